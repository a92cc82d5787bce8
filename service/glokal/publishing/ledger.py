"""The ledger of the sentences, drawn from the evidence: what each one backs and names.

It repeats what the evidence and the statements say, so that the loss of either is noticed
(rules D-200 to D-203); an editor need not write it by hand.
"""

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.term import Node

from glokal.publishing.sources import Sources
from glokal.publishing.turtle import turtle_of
from glokal.terms import DCTERMS, ORG, RDF, SCHEMA, STRAT

NAMED = (
    STRAT.Theme, STRAT.ActorCategory, STRAT.ActivityArea, STRAT.Level, STRAT.SustainabilityAspect,
    ORG.FormalOrganization, ORG.OrganizationalUnit, DCTERMS.Location,
)  # fmt: skip
"""The classes of what a sentence can name."""

Entry = tuple[str, str, str]


def ledger_turtle(sources: Sources, reading: bool) -> str:
    """The entries that the ledger lacks, as Turtle with absolute IRIs; empty where none.

    Args:
        sources: the sources.
        reading: whether to draw the entries of ``reading.ttl``, else those of the text.
    """
    union = sources.union("text", "reading", "context", "ontology")
    readings = set(sources.union("reading").subjects(URIRef(STRAT.status)))
    wanted = {
        *_backed(union, readings, reading),
        *(() if reading else _named(union)),
    }
    return turtle_of(sorted(entry for entry in wanted if not _has(union, entry)))


def _has(union: Graph, entry: Entry) -> bool:
    segment, predicate, value = map(URIRef, entry)
    return (segment, predicate, value) in union


def _backed(union: Graph, readings: set[Node], reading: bool) -> Iterator[Entry]:
    for thing, segment in _evidenced(union):
        if (thing in readings) == reading:
            yield str(segment), STRAT.backs, str(thing)


def _named(union: Graph) -> Iterator[Entry]:
    """What the statements that a sentence makes in words are about."""
    for statement, segment in _evidenced(union):
        if (statement, URIRef(STRAT.basis), URIRef(STRAT.wording)) not in union:
            continue
        for role in (RDF.subject, RDF.object):
            for thing in union.objects(statement, URIRef(role)):
                if _can_be_named(union, thing):
                    yield str(segment), SCHEMA.mentions, str(thing)


def _evidenced(union: Graph) -> Iterator[tuple[Node, Node]]:
    for thing, span in union.subject_objects(URIRef(STRAT.isEvidencedBy)):
        for segment in union.objects(span, URIRef(DCTERMS.isPartOf)):
            yield thing, segment


def _can_be_named(union: Graph, thing: Node) -> bool:
    return any((thing, URIRef(RDF.type), URIRef(kind)) in union for kind in NAMED)
