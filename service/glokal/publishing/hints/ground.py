"""What the hints are read from: the data that was checked, and the shapes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from glokal.publishing.findings import Finding
from glokal.publishing.hints.phrases import Hint
from glokal.terms import BASE, OA, OWL, PREFIXES, RDF, SCHEMA, SH

LONGEST = 100
"""Signs of a literal that a hint shows."""

PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})
SIMILAR = 0.6
"""How like a known term another must be to be named (0 to 1, as difflib counts)."""


@dataclass(frozen=True)
class Ground:
    """The graphs of a validation, with the questions that hints ask of them."""

    data: Graph
    shapes: Graph

    def values(self, subject: Node | str, path: str) -> list[Node]:
        """What is said of a subject by a property, in order."""
        return sorted(self.data.objects(_node(subject), URIRef(path)), key=str)

    def value(self, subject: Node | str, path: str) -> Node | None:
        """The first value of a property, or None."""
        return next(iter(self.values(subject, path)), None)

    def text(self, subject: Node | str | None, path: str) -> str:
        """The first value of a property as a string; empty where there is none."""
        value = self.value(subject, path) if subject is not None else None
        return "" if value is None else str(value)

    def number(self, subject: Node | str | None, path: str) -> int:
        """The first value of a property as an integer; 0 where it is none."""
        text = self.text(subject, path)
        return int(text) if text.isdecimal() else 0

    def classes(self, subject: Node | str) -> tuple[str, ...]:
        """The classes of a subject, in short."""
        return tuple(short(kind) for kind in self.values(subject, RDF.type))

    def parameter(self, shape: Node | str | None, name: str) -> Node | None:
        """A parameter of a shape, such as ``sh:datatype``."""
        found = self.shapes.objects(_node(shape), URIRef(SH.iri + name)) if shape else ()
        return next(iter(sorted(found, key=str)), None)

    def members(self, shape: Node | str | None, name: str) -> list[Node]:
        """The members of the list that is a parameter of a shape, such as ``sh:languageIn``."""
        head = self.parameter(shape, name)
        return [] if head is None else list(Collection(self.shapes, head))

    def allowed(self, shape: Node | str | None) -> tuple[str, ...]:
        """The classes that a shape lets a value have, by sh:class, sh:node and sh:or."""
        one = self.parameter(shape, "class")
        if one is not None:
            return (short(one),)
        nodes = [self.parameter(shape, "node"), *self.members(shape, "or")]
        found = (kind for node in nodes if node is not None for kind in self.allowed(str(node)))
        return tuple(dict.fromkeys(found))

    def selector(self, selected: str, ending: str) -> str:
        """The IRI of the selector of a span or segment: ``#quote``, ``#position``."""
        found = map(str, self.values(selected, OA.hasSelector))
        return next((iri for iri in found if iri.endswith(ending)), selected + ending)

    def source_text(self, selected: str) -> str:
        """The text of the document that a span or segment is taken from."""
        return self.text(self.value(selected, OA.hasSource), SCHEMA.text)

    def nearest(self, iri: str, known: Iterable[str]) -> str | None:
        """The IRI most like another, by what stands after the namespace they share."""
        space = max(iri.rfind("#"), iri.rfind("/")) + 1
        local = {k[space:]: k for k in known if k.startswith(iri[:space]) and k != iri}
        close = get_close_matches(iri[space:], local, 1, SIMILAR)
        return local[close[0]] if close else None

    def instances(self, kinds: Iterable[str]) -> set[str]:
        """The IRIs of everything of these classes."""
        type_ = URIRef(RDF.type)
        return {str(one) for kind in kinds for one in self.data.subjects(type_, URIRef(kind))}

    def nearest_thing(self, iri: str) -> str | None:
        """The described thing whose IRI is most like another that nothing is said of."""
        known = {str(s) for s in self.data.subjects() if str(s).startswith(BASE)}
        return self.nearest(iri, {k for k in known if "#" in iri or "#" not in k})


Explain = Callable[[Finding, Ground], Hint | None]
"""What gives the hint for a finding; None where there is nothing to tell."""


def short(term: Node | str) -> str:
    """A term as Turtle writes it: prefixed where a prefix is known, literals cut to a line."""
    if isinstance(term, Literal):
        return _short_literal(term)
    for prefix, space in PREFIXES.items():
        if str(term).startswith(space):
            return f"{prefix}:{str(term).removeprefix(space)}"
    return f"<{term}>"


def _short_literal(term: Literal) -> str:
    words = str(term).translate(ESCAPES)
    shown = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    kind = f"^^{short(term.datatype)}" if term.datatype else ""
    return f'"{shown}"' + (f"@{term.language}" if term.language else kind)


def _node(subject: Node | str) -> Node:
    return subject if isinstance(subject, Node) else URIRef(subject)
