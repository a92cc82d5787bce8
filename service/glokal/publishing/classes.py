"""What a class diagram shows: the classes of an ontology, each under another; their relations."""

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from glokal.terms import BASE, OWL, PREFIXES, RDF, RDFS, SCHEMA, TIME

PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
FROM = (RDFS.domain, SCHEMA.domainIncludes)
TO = (RDFS.range, SCHEMA.rangeIncludes)


@dataclass(frozen=True)
class Member:
    """A relation that starts from a class: what it is called, and where it leads."""

    name: str
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Class:
    """A class, the classes under it, and the further ones that it stands under.

    ``local`` is the name in its IRI and ``path`` where its documentation stands; a class of
    others has a prefixed name and no path.
    """

    name: str
    local: str
    path: str
    also: tuple[str, ...]
    members: tuple[Member, ...]
    below: tuple["Class", ...]

    @property
    def size(self) -> int:
        """How many classes stand under it, at any depth."""
        return sum(1 + child.size for child in self.below)


def classes(ontology: Graph, space: str, language: str) -> tuple[Class, ...]:
    """The classes of a namespace, from the topmost down, in the order of their names.

    Each stands once, under one of its superclasses: one of ours, else the first of others.
    """
    reader = _Reader(ontology, space, language)
    return tuple(reader.read(iri) for iri in reader.tops())


class _Reader:
    def __init__(self, ontology: Graph, space: str, language: str) -> None:
        self._graph = ontology
        self._space = space
        self._language = language
        self._own = set(filter(self._is_own, ontology.subjects(_type, URIRef(OWL.Class))))
        self._parent = {iri: self._first(self._supers(iri)) for iri in self._own}

    def tops(self) -> list[Node]:
        """The classes that no class of ours stands above, and those of others with relations."""
        given = {p for p in self._parent.values() if p is not None}
        bare = {iri for iri, parent in self._parent.items() if parent is None}
        domains = {d for p in self._properties() for d in self._objects(p, FROM)}
        return self._sorted((given | bare | domains) - set(self._parent) | bare)

    def read(self, iri: Node) -> Class:
        """A class with all that stands under it."""
        children = (child for child, parent in self._parent.items() if parent == iri)
        own = self._is_own(iri)
        local = str(iri).removeprefix(self._space) if own else ""
        document = self._space.removeprefix(BASE).rstrip("#")
        parent = self._parent.get(iri)
        return Class(
            name=self._name(iri),
            local=local,
            path=f"/doc/{document}.{self._language}.html#{local}" if own else "",
            also=tuple(self._name(s) for s in self._supers(iri) if own and s != parent),
            members=tuple(self._members(iri)),
            below=tuple(self.read(child) for child in self._sorted(children)),
        )

    def _members(self, iri: Node) -> Iterable[Member]:
        for prop in self._sorted(p for p in self._properties() if iri in self._objects(p, FROM)):
            targets = self._sorted(self._objects(prop, TO))
            yield Member(self._name(prop), tuple(self._name(target) for target in targets))

    def _properties(self) -> list[Node]:
        kinds = (self._graph.subjects(_type, URIRef(kind)) for kind in PROPERTIES)
        return [prop for found in kinds for prop in found if self._is_own(prop)]

    def _supers(self, iri: Node) -> list[Node]:
        return self._sorted(self._objects(iri, (RDFS.subClassOf,)))

    def _first(self, supers: list[Node]) -> Node | None:
        return next(iter([s for s in supers if self._is_own(s)] or supers), None)

    def _objects(self, subject: Node, predicates: Iterable[str]) -> set[Node]:
        return {o for p in predicates for o in self._graph.objects(subject, URIRef(p))}

    def _is_own(self, iri: Node) -> bool:
        return str(iri).startswith(self._space)

    def _sorted(self, iris: Iterable[Node]) -> list[Node]:
        return sorted(iris, key=lambda iri: (self._name(iri).lower(), str(iri)))

    def _name(self, iri: Node) -> str:
        """The label in the language; for a term of others its prefixed name."""
        if self._is_own(iri):
            for label in self._graph.objects(iri, URIRef(RDFS.label)):
                if isinstance(label, Literal) and label.language == self._language:
                    return str(label)
        return _prefixed(str(iri))


_type = URIRef(RDF.type)
_SPACES = PREFIXES | {TIME.short: TIME.iri}


def _prefixed(iri: str) -> str:
    for prefix, space in _SPACES.items():
        if iri.startswith(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri
