"""The mutants: every way that this suite knows to change one thing of the published data."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node
from tests.mutation.mutant import Mutant, Triple

from glokal.formats import LANGUAGES
from glokal.terms import BASE, DCTERMS, OA, RDF, SCHEMA, SH, SKOS, SKOSXL, STRAT, XSD

Change = tuple[tuple[Triple, ...], tuple[Triple, ...]]
"""What is removed and what is added."""

TYPE = URIRef(RDF.type)
EVIDENCE = URIRef(STRAT.isEvidencedBy)
PART = URIRef(DCTERMS.isPartOf)
QUOTES = {URIRef(term) for term in (OA.exact, OA.prefix, OA.suffix, RDF.value, SCHEMA.text)}
OFFSETS = {URIRef(OA.start), URIRef(OA.end)}
LABELS = {
    URIRef(term) for term in (SKOS.prefLabel, SKOS.altLabel, SKOSXL.literalForm, SKOS.definition)
}
DATES = {URIRef(XSD.iri + name) for name in ("date", "gYear", "gYearMonth", "dateTime")}
LOOK_ALIKES = {"”": '"', "–": "-", "’": "'", "å": "a", "ä": "a", "ö": "o", " ": "\u00a0"}
"""What an editor's keyboard makes of a code point of the source."""


class Mutation:
    """Makes every mutant of one graph, seen within the whole of the published data.

    Where a mutant needs another value (a sibling, an evidence elsewhere), the seed decides
    which; the same seed makes the same mutants.
    """

    def __init__(self, key: str, graph: Graph, union: Graph, shapes: Graph, seed: int) -> None:
        self.key = key
        self.graph = graph
        self.union = union
        self.shapes = shapes
        self.random = random.Random(f"{seed} {key}")  # noqa: S311 -- no secret depends on it

    def mutants(self) -> Iterator[Mutant]:
        """Every mutant, kind by kind, in the order of the triples."""
        triples = sorted(self.graph)
        for kind, change in TRIPLE_KINDS.items():
            for triple in triples:
                for removed, added in change(self, triple):
                    yield Mutant(kind, self.key, removed, added)
        for subject in in_order({s for s, _, _ in triples}):
            own = tuple(sorted(self.graph.triples((subject, None, None))))
            yield Mutant("individual removed", self.key, own)
            pointing = tuple(sorted(self.union.triples((None, None, subject))))
            if pointing and (subject, TYPE, None) in self.graph:
                yield Mutant("individual orphaned", self.key, pointing)

    @cached_property
    def classes(self) -> dict[Node, list[Node]]:
        """The individuals of each class."""
        found: dict[Node, set[Node]] = defaultdict(set)
        for thing, type_ in self.union.subject_objects(TYPE):
            found[type_].add(thing)
        return {type_: in_order(things) for type_, things in found.items()}

    @cached_property
    def spans(self) -> dict[Node, Node]:
        """The segment of each span of the source."""
        pairs = self.union.subject_objects(PART)
        return {
            span: part for span, part in pairs if "/span/" in str(span) and "/segment/" in str(part)
        }

    @cached_property
    def functional(self) -> set[Node]:
        """The properties that some shape allows one value at most."""
        one = self.shapes.subjects(URIRef(SH.iri + "maxCount"), Literal(1))
        return {path for shape in one for path in self.shapes.objects(shape, URIRef(SH.path))}

    def any_but(self, candidates: list[Node], *excluded: Node) -> Node | None:
        """One of the candidates, or None where only the excluded ones are there."""
        left = [candidate for candidate in candidates if candidate not in excluded]
        return self.random.choice(left) if left else None


Changes = Iterator[Change]


def deleted(_: Mutation, triple: Triple) -> Changes:
    yield (triple,), ()


def language_swapped(_: Mutation, triple: Triple) -> Changes:
    o = triple[2]
    if isinstance(o, Literal) and o.language in LANGUAGES:
        other = LANGUAGES[(LANGUAGES.index(o.language) + 1) % len(LANGUAGES)]
        yield _instead(triple, Literal(str(o), lang=other))


def language_dropped(_: Mutation, triple: Triple) -> Changes:
    if isinstance(triple[2], Literal) and triple[2].language:
        yield _instead(triple, Literal(str(triple[2])))


def object_nowhere(_: Mutation, triple: Triple) -> Changes:
    if isinstance(triple[2], URIRef) and triple[1] != TYPE:
        yield _instead(triple, URIRef(f"{triple[2]}-x"))


def object_of_another_class(mutation: Mutation, triple: Triple) -> Changes:
    if _is_ours(triple[2]) and triple[1] != TYPE:
        types = set(mutation.union.objects(triple[2], TYPE))
        others = [
            kind for kind in in_order(mutation.classes) if kind not in types and _is_ours(kind)
        ]
        kind = mutation.any_but(others)
        other = mutation.any_but(mutation.classes[kind], triple[2]) if kind else None
        if other:
            yield _instead(triple, other)


def object_of_the_same_class(mutation: Mutation, triple: Triple) -> Changes:
    if _is_ours(triple[2]) and triple[1] not in (TYPE, EVIDENCE):
        values = set(mutation.union.objects(triple[0], triple[1]))
        for kind in in_order(mutation.union.objects(triple[2], TYPE)):
            other = mutation.any_but(mutation.classes[kind], *values)
            if other:
                yield _instead(triple, other)
                return


def type_changed(mutation: Mutation, triple: Triple) -> Changes:
    if triple[1] == TYPE:
        other = mutation.any_but(
            in_order(mutation.classes), *mutation.union.objects(triple[0], TYPE)
        )
        if other:
            yield _instead(triple, other)


def quote_changed(mutation: Mutation, triple: Triple) -> Changes:
    _, p, o = triple
    if p in QUOTES and str(o):
        text = str(o)
        place = mutation.random.randrange(len(text))
        places = [n for n, char in enumerate(text) if char in LOOK_ALIKES] or [place]
        for at, new in ((mutation.random.choice(places), None), (place, ""), (place, "x")):
            char = LOOK_ALIKES.get(text[at], text[at].swapcase()) if new is None else new
            changed = text[:at] + char + text[at + 1 :]
            if changed != text:
                yield _instead(triple, _like(o, changed))


def offset_shifted(_: Mutation, triple: Triple) -> Changes:
    if triple[1] in OFFSETS:
        for step in (1, -1):
            if int(str(triple[2])) + step >= 0:
                yield _instead(triple, _like(triple[2], str(int(str(triple[2])) + step)))
    if str(triple[2]).startswith("char="):
        start, end = str(triple[2]).removeprefix("char=").split(",")
        yield _instead(triple, _like(triple[2], f"char={start},{int(end) + 1}"))


def value_doubled(mutation: Mutation, triple: Triple) -> Changes:
    s, p, o = triple
    if p in mutation.functional:
        others = in_order(set(mutation.union.objects(None, p)) - set(mutation.union.objects(s, p)))
        alike = [other for other in others if _kind(other) == _kind(o)]
        other = mutation.any_but(alike) or _another(o)
        if other is not None:
            yield (), ((s, p, other),)


def date_changed(_: Mutation, triple: Triple) -> Changes:
    o = triple[2]
    if isinstance(o, Literal) and o.datatype in DATES:
        year, rest = str(o)[:4], str(o)[4:]
        yield _instead(triple, _like(o, "0" + year[1:] + rest))
        yield _instead(triple, _like(o, "9" + year[1:] + rest))
        if not rest:
            yield _instead(triple, Literal(f"{year}-01-01", datatype=URIRef(XSD.date)))
            yield _instead(triple, Literal(f"{year}-01", datatype=URIRef(XSD.iri + "gYearMonth")))
        else:
            yield _instead(triple, _like(o, year))


def predicate_misspelt(_: Mutation, triple: Triple) -> Changes:
    s, p, o = triple
    if p != TYPE:
        yield (triple,), ((s, URIRef(str(p)[:-1]), o),)
    yield (triple,), ((s, URIRef(f"{p}s"), o),)


def predicate_of_another_vocabulary(_: Mutation, triple: Triple) -> Changes:
    s, p, o = triple
    local = str(p).replace("#", "/").rpartition("/")[2]
    for space in (STRAT.iri, DCTERMS.iri, SKOS.iri, SCHEMA.iri):
        if not str(p).startswith(space) and p != TYPE:
            yield (triple,), ((s, URIRef(space + local), o),)
            return


def label_copied(mutation: Mutation, triple: Triple) -> Changes:
    s, p, o = triple
    if p in LABELS and isinstance(o, Literal) and o.language in LANGUAGES:
        for other in in_order(mutation.union.objects(s, p)):
            foreign = isinstance(other, Literal) and other.language not in (o.language, None)
            if foreign and str(other) != str(o):
                yield _instead(triple, Literal(str(other), lang=o.language))
                return


def evidence_elsewhere(mutation: Mutation, triple: Triple) -> Changes:
    s, p, o = triple
    if p == EVIDENCE:
        here = mutation.spans.get(o)
        far = in_order(span for span, segment in mutation.spans.items() if segment != here)
        other = mutation.any_but(far, *mutation.union.objects(s, p))
        if other:
            yield _instead(triple, other)
    if p == PART and s in mutation.spans:
        other = mutation.any_but(in_order(set(mutation.spans.values())), o)
        if other:
            yield _instead(triple, other)


def evidence_nearby(mutation: Mutation, triple: Triple) -> Changes:
    s, p, o = triple
    if p == EVIDENCE:
        here = mutation.spans.get(o)
        near = in_order(span for span, segment in mutation.spans.items() if segment == here)
        other = mutation.any_but(near, *mutation.union.objects(s, p))
        if other:
            yield _instead(triple, other)


TRIPLE_KINDS: dict[str, Callable[[Mutation, Triple], Changes]] = {
    "deleted": deleted,
    "language swapped": language_swapped,
    "language dropped": language_dropped,
    "object that does not exist": object_nowhere,
    "object of another class": object_of_another_class,
    "object of the same class": object_of_the_same_class,
    "type changed": type_changed,
    "quote changed": quote_changed,
    "offset shifted": offset_shifted,
    "functional value doubled": value_doubled,
    "date out of range or padded": date_changed,
    "predicate misspelt": predicate_misspelt,
    "predicate of another vocabulary": predicate_of_another_vocabulary,
    "label copied from another language": label_copied,
    "evidence pointing at another segment": evidence_elsewhere,
    "evidence moved within its segment": evidence_nearby,
}
"""What each kind makes of one triple: no change, one, or several."""


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """The nodes sorted by how they are written, so that a seed always makes the same choices."""
    return sorted(nodes, key=lambda node: node.n3())


def _instead(triple: Triple, value: Node) -> Change:
    return (triple,), ((triple[0], triple[1], value),)


def _is_ours(node: Node) -> bool:
    return isinstance(node, URIRef) and str(node).startswith(BASE)


def _like(literal: Node, text: str) -> Literal:
    assert isinstance(literal, Literal)
    return Literal(text, lang=literal.language, datatype=literal.datatype, normalize=False)


def _kind(node: Node) -> tuple[object, ...]:
    if isinstance(node, Literal):
        return (node.datatype, node.language)
    return (type(node),)


def _another(node: Node) -> Node | None:
    if isinstance(node, Literal):
        return _like(node, f"{node}0" if str(node).isdigit() else f"{node} x")
    return None
