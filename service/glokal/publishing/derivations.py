"""The inferred graph: each triple that follows, with the rule and the statements behind it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from rdflib import Graph, URIRef
from rdflib.term import Node

from glokal.publishing.inference import Inference, Triple
from glokal.terms import BASE, RDF, STRAT

DIGITS = 12
"""Hexadecimal digits of a digest that tell triples about one thing apart."""


def inferred_graph(inferences: Iterable[Inference], union: Graph) -> Graph:
    """What follows, and a ``strat:InferredStatement`` that explains each triple.

    The explanation has its superclass too, as everything else has in what is published. A
    premise is named by the statement or fact that says it. A premise that no statement
    says, such as a class or an axiom of the ontology, is reified here so that it can be
    pointed at; that asserts nothing (RDF Schema section 5.3).

    Args:
        inferences: what ``infer`` found in the union.
        union: the asserted graphs.
    """
    stated = _statements(union)
    graph = Graph()
    for inference in inferences:
        graph.add(inference.triple)
        node = _name(inference.triple, "inferred")
        _reify(graph, node, inference.triple, RDF.Statement, STRAT.InferredStatement)
        graph.add((node, URIRef(STRAT.followsBy), URIRef(inference.rule)))
        for premise in inference.premises:
            source = stated.get(premise) or _asserted(graph, premise)
            graph.add((node, URIRef(STRAT.followsFrom), source))
    return graph


def _statements(union: Graph) -> Mapping[Triple, Node]:
    return {triple: statement for statement, triple in sorted(_reified(union), reverse=True)}


def _reified(union: Graph) -> Iterator[tuple[Node, Triple]]:
    subject, predicate, value = (URIRef(t) for t in (RDF.subject, RDF.predicate, RDF.object))
    for statement, about in union.subject_objects(subject):
        for relation in union.objects(statement, predicate):
            for end in union.objects(statement, value):
                yield statement, (about, relation, end)


def _asserted(graph: Graph, triple: Triple) -> URIRef:
    node = _name(triple, "asserted")
    _reify(graph, node, triple, RDF.Statement)
    return node


def _reify(graph: Graph, node: URIRef, triple: Triple, *types: str) -> None:
    for type_ in types:
        graph.add((node, URIRef(RDF.type), URIRef(type_)))
    for predicate, term in zip((RDF.subject, RDF.predicate, RDF.object), triple, strict=True):
        graph.add((node, URIRef(predicate), term))


def _name(triple: Triple, kind: str) -> URIRef:
    """An IRI in the document of the subject; in the graph's own where that is no thing of ours."""
    digest = hashlib.sha256(" ".join(term.n3() for term in triple).encode()).hexdigest()
    document = str(triple[0]).partition("#")[0]
    if not document.startswith(f"{BASE}id/"):
        document = f"{BASE}id/graph/inferred"
    return URIRef(f"{document}#{kind}-{digest[:DIGITS]}")
