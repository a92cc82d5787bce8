"""What follows from the ontology and the data, and from what it follows.

Other agencies must not need a reasoner, so what follows is published, in a graph of its own.
``derivations`` writes down the rule and the premises of each inference beside it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from rdflib import Graph, URIRef
from rdflib.term import Node

from glokal.terms import DCTERMS, RDF, RDFS, STRAT

Triple = tuple[Node, Node, Node]
TYPE, SUBCLASS = URIRef(RDF.type), URIRef(RDFS.subClassOf)
SUBPROPERTY = URIRef(RDFS.subPropertyOf)
TRANSITIVE = (
    (STRAT.isPartOf, DCTERMS.isPartOf, STRAT.partRule),
    (STRAT.supports, STRAT.contributesTowards, STRAT.supportRule),
)
"""Direct relation, its transitive closure, and the rule: the pattern of ``skos:broader`` and
``skos:broaderTransitive``. The direct relation itself is not transitive."""


@dataclass(frozen=True)
class Inference:
    """A triple that follows, the IRI of the rule, and the triples that it follows from."""

    triple: Triple
    rule: str
    premises: tuple[Triple, ...]


def infer(union: Graph) -> tuple[Inference, ...]:
    """Everything that follows from a graph and is not asserted in it, in a fixed order.

    Superclasses come by rdfs9 and super-properties by rdfs7 of RDF Semantics section 9.2,
    from the axioms about our own terms alone: those that others make about theirs say
    nothing here that an agency would look for. ``dcterms:isPartOf`` is closed over
    ``strat:isPartOf`` only: it also holds between spans and segments, which form no chain.
    Where a triple follows in several ways, an axiom tells it before a chain does, and of the
    ways by one rule that with the fewest premises is kept, the first of equals.
    """
    found: dict[Triple, Inference] = {}
    for ways in (_superclasses(union), _superproperties(union), _chains(union)):
        for inference in sorted(ways, key=lambda way: len(way.premises)):
            if inference.triple not in union:
                found.setdefault(inference.triple, inference)
    return tuple(found[triple] for triple in sorted(found))


def _superclasses(union: Graph) -> Iterator[Inference]:
    supers = _closure(_axioms(union, SUBCLASS))
    for thing, type_ in sorted(union.subject_objects(TYPE)):
        for ancestor, path in supers.get(type_, {}).items():
            premises = ((thing, TYPE, type_), *_links(path, SUBCLASS))
            yield Inference((thing, TYPE, ancestor), STRAT.subclassRule, premises)


def _superproperties(union: Graph) -> Iterator[Inference]:
    for property_, supers in sorted(_closure(_axioms(union, SUBPROPERTY)).items()):
        for subject, value in sorted(union.subject_objects(property_)):
            for ancestor, path in supers.items():
                premises = ((subject, property_, value), *_links(path, SUBPROPERTY))
                yield Inference((subject, ancestor, value), STRAT.subpropertyRule, premises)


def _chains(union: Graph) -> Iterator[Inference]:
    for direct, closed, rule in TRANSITIVE:
        links = union.subject_objects(URIRef(direct))
        for start, reached in sorted(_closure(links).items()):
            for end, path in reached.items():
                premises = tuple(_links(path, URIRef(direct)))
                yield Inference((start, URIRef(closed), end), rule, premises)


def _axioms(union: Graph, predicate: URIRef) -> Iterator[tuple[Node, Node]]:
    for term, ancestor in union.subject_objects(predicate):
        if str(term).startswith(STRAT.iri) and isinstance(ancestor, URIRef):
            yield term, ancestor


def _links(path: tuple[Node, ...], predicate: URIRef) -> Iterator[Triple]:
    for start, end in pairwise(path):
        yield start, predicate, end


def _closure(pairs: Iterable[tuple[Node, Node]]) -> Mapping[Node, Mapping[Node, tuple[Node, ...]]]:
    """What each node leads to, by the shortest path; to itself only where it is in a circle."""
    direct: dict[Node, list[Node]] = {}
    for start, end in sorted(pairs):
        direct.setdefault(start, []).append(end)
    return {start: _paths(start, direct) for start in direct}


def _paths(start: Node, direct: Mapping[Node, list[Node]]) -> Mapping[Node, tuple[Node, ...]]:
    reached: dict[Node, tuple[Node, ...]] = {}
    waiting: list[tuple[Node, ...]] = [(start,)]
    for path in waiting:  # grows while it is read: breadth first
        for end in direct.get(path[-1], ()):
            if end not in reached:
                reached[end] = (*path, end)
                waiting.append(reached[end])
    return reached
