"""What follows from the ontology: superclasses, super-properties, parts of parts.

Other agencies must not need a reasoner, so what follows is published, in a graph of its own.
"""

from collections.abc import Iterable, Iterator, Mapping

from rdflib import Graph, URIRef
from rdflib.term import Node

from glokal.terms import DCTERMS, RDF, RDFS, STRAT

TYPE = URIRef(RDF.type)
DIRECT_PART = URIRef(STRAT.isPartOf)
PART = URIRef(DCTERMS.isPartOf)


def infer(union: Graph) -> Graph:
    """The triples that follow from a graph and are not asserted in it.

    Superclasses come by rdfs9 and super-properties by rdfs7 of RDF Semantics section 9.2,
    from the axioms about our own terms alone: those that others make about theirs say
    nothing here that an agency would look for. ``dcterms:isPartOf`` is closed over
    ``strat:isPartOf`` only: it also holds between spans and segments, which form no chain.
    """
    inferred = Graph()
    for triple in (*_supertypes(union), *_superproperties(union), *_wholes(union)):
        if triple not in union:
            inferred.add(triple)
    return inferred


def _supertypes(union: Graph) -> Iterator[tuple[Node, Node, Node]]:
    supers = _closure(_axioms(union, RDFS.subClassOf))
    for thing, type_ in union.subject_objects(TYPE):
        for ancestor in supers.get(type_, ()):
            yield thing, TYPE, ancestor


def _superproperties(union: Graph) -> Iterator[tuple[Node, Node, Node]]:
    for property_, ancestors in _closure(_axioms(union, RDFS.subPropertyOf)).items():
        for subject, value in union.subject_objects(property_):
            for ancestor in ancestors:
                yield subject, ancestor, value


def _wholes(union: Graph) -> Iterator[tuple[Node, Node, Node]]:
    for part, wholes in _closure(union.subject_objects(DIRECT_PART)).items():
        for whole in wholes:
            yield part, PART, whole


def _axioms(union: Graph, predicate: str) -> Iterator[tuple[Node, Node]]:
    for term, ancestor in union.subject_objects(URIRef(predicate)):
        if str(term).startswith(STRAT.iri) and isinstance(ancestor, URIRef):
            yield term, ancestor


def _closure(pairs: Iterable[tuple[Node, Node]]) -> Mapping[Node, set[Node]]:
    """Everything that each node leads to, itself left out unless it stands in a circle."""
    direct: dict[Node, set[Node]] = {}
    for start, end in pairs:
        direct.setdefault(start, set()).add(end)
    return {start: _reach(start, direct) for start in direct}


def _reach(start: Node, direct: Mapping[Node, set[Node]]) -> set[Node]:
    reached: set[Node] = set()
    waiting = list(direct[start])
    while waiting:
        node = waiting.pop()
        if node not in reached:
            reached.add(node)
            waiting.extend(direct.get(node, ()))
    return reached
