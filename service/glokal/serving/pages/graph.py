"""Reading the store: small questions with sorted answers, each triple counted once."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad, Store

from glokal.terms import DCTERMS, OA, RDF, STRAT, graph_iri

Term = NamedNode | Literal

APART = ("inferred", "shapes", "catalogue")
"""Graphs that count neither as using a thing nor as pointing at it: what follows, what checks, and
what describes the publication."""


class Graph:
    """The dataset of a release, seen as one graph or one named graph at a time."""

    def __init__(self, store: Store, base: str) -> None:
        self.base = base
        self.strat = STRAT.rebased(base)
        self._store = store

    def quads(
        self,
        subject: str | None = None,
        predicate: str | None = None,
        value: Term | str | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """The quads that match; ``graph`` is the key of a named graph; a ``str`` is an IRI."""
        return self._store.quads_for_pattern(
            NamedNode(subject) if subject else None,
            NamedNode(predicate) if predicate else None,
            NamedNode(value) if isinstance(value, str) else value,
            NamedNode(graph_iri(graph, self.base)) if graph else None,
        )

    def key_of(self, quad: Quad) -> str:
        """The key of the named graph that holds a quad."""
        return str(quad.graph_name).strip("<>").rpartition("/")[2]

    def objects(self, subject: str, predicate: str, graph: str | None = None) -> list[Term]:
        """The objects of a subject by a predicate, sorted."""
        found = {q.object for q in self.quads(subject, predicate, None, graph)}
        return sorted((o for o in found if isinstance(o, NamedNode | Literal)), key=str)

    def iris(self, subject: str, predicate: str, graph: str | None = None) -> list[str]:
        """The objects that are IRIs, sorted."""
        return [
            term.value
            for term in self.objects(subject, predicate, graph)
            if isinstance(term, NamedNode)
        ]

    def literals(self, subject: str, predicate: str, graph: str | None = None) -> list[Literal]:
        """The objects that are literals, sorted."""
        return [o for o in self.objects(subject, predicate, graph) if isinstance(o, Literal)]

    def text(self, subject: str, predicate: str) -> str | None:
        """The first object as a string, or None."""
        found = self.objects(subject, predicate)
        return found[0].value if found else None

    def number(self, subject: str, predicate: str) -> int | None:
        """The first object as an integer (xsd:integer, xsd:gYear), or None."""
        found = self.text(subject, predicate)
        return int(found) if found is not None else None

    def by_language(self, subject: str, predicate: str) -> dict[str, str]:
        """The literals of a predicate by language tag; "" for those without one."""
        found = reversed(self.literals(subject, predicate))
        return {literal.language or "": literal.value for literal in found}

    def subjects(self, predicate: str, value: Term | str, graph: str | None = None) -> list[str]:
        """The subjects that have this object by this predicate, sorted."""
        found = {q.subject for q in self.quads(None, predicate, value, graph)}
        return sorted(s.value for s in found if isinstance(s, NamedNode))

    def instances(self, kind: str, graph: str | None = None) -> list[str]:
        """The instances of a class, sorted by IRI."""
        return self.subjects(RDF.type, kind, graph)

    def is_a(self, subject: str, kind: str) -> bool:
        """Whether the subject has this class, stated or inferred."""
        return any(self.quads(subject, RDF.type, kind))

    @cached_property
    def fragments(self) -> Mapping[str, tuple[str, ...]]:
        """The subjects with a fragment, by the IRI before it; read once."""
        found: dict[str, set[str]] = {}
        for quad in self.quads():
            if isinstance(quad.subject, NamedNode) and "#" in quad.subject.value:
                iri = quad.subject.value
                found.setdefault(iri.partition("#")[0], set()).add(iri)
        return {document: tuple(sorted(iris)) for document, iris in found.items()}

    def exists(self, subject: str) -> bool:
        """Whether anything is said about the subject."""
        return any(self.quads(subject))

    def stated_types(self, subject: str) -> list[str]:
        """The classes of a subject that are stated, not inferred."""
        found = self.quads(subject, RDF.type)
        return sorted({_iri(q.object) for q in found if self.key_of(q) != "inferred"})

    def spans(self, subject: str) -> list[str]:
        """The places in the source that evidence a subject, in the order of the text."""
        spans = self.iris(subject, self.strat.isEvidencedBy)
        return sorted(spans, key=lambda span: (self.position(span), span))

    def position(self, selected: str) -> tuple[int, int]:
        """Start and end (code points, end exclusive) of a span or a segment.

        What has no position stands after everything that has one.
        """
        for selector in self.iris(selected, OA.hasSelector):
            start, end = self.number(selector, OA.start), self.number(selector, OA.end)
            if start is not None and end is not None:
                return start, end
        return 1 << 31, 1 << 31

    def segments(self, document: str) -> list[str]:
        """The numbered sentences and headings of a document, in the order of the text."""
        found = self.subjects(OA.hasSource, document)
        return sorted(filter(self.is_segment, found), key=self.position)

    def is_segment(self, iri: str) -> bool:
        """Whether an IRI is a numbered sentence or heading of a document."""
        has_number = self.text(iri, DCTERMS.identifier) is not None
        return has_number and bool(self.iris(iri, OA.hasSource))

    def place(self, thing: str) -> tuple[int, int]:
        """Where the source first speaks of a thing; of a span or segment, where it stands."""
        return min(
            (self.position(span) for span in self.spans(thing)), default=self.position(thing)
        )


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
