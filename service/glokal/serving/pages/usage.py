"""Where the terms of an ontology are used, and the rules that the shapes lay upon them."""

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from glokal.serving.pages.graph import APART, Graph
from glokal.serving.pages.labels import Labels
from glokal.serving.pages.links import Links
from glokal.serving.pages.model import Rule, Use
from glokal.serving.pages.sentences import Sentences
from glokal.terms import DCTERMS, OWL, RDF, SH

SHOWN = 3
"""How many of the things that use a term are named."""

MANY = 50
"""Things beyond this number are named in the order of their addresses, not of the text."""


class Usage:
    """The things of a release that use a term, and the rules for it."""

    def __init__(self, graph: Graph, labels: Labels, links: Links, sentences: Sentences) -> None:
        self._graph = graph
        self._labels = labels
        self._links = links
        self._sentences = sentences

    def of(self, term: str, language: str) -> Use:
        """How many things use a term, and the first of them.

        A class is used by its instances, a property by what it starts from, a value of a
        closed list by what has it.
        """
        things = {self._thing(quad) for quad in self._using(term)}
        known = sorted(iri for iri in things if iri)
        if len(known) <= MANY:
            known.sort(key=lambda iri: (self._graph.place(iri), iri))
        first = tuple(self._sentences.link(iri, language) for iri in known[:SHOWN])
        return Use(len(known), first)

    def rules(self, term: str, language: str) -> tuple[Rule, ...]:
        """What the shapes ask of the instances of a class, or of the values of a property."""
        found = dict.fromkeys(shape for shape in self._shapes(term) if self._id(shape))
        rules = (self._rule(shape, language) for shape in found)
        return tuple(sorted(rules, key=lambda rule: (rule.id[0], int(rule.id[2:]))))

    def _using(self, term: str) -> Iterable[Quad]:
        if self._graph.is_a(term, OWL.Class):
            quads = self._graph.quads(None, RDF.type, term)
        elif self._graph.is_a(term, OWL.NamedIndividual):
            quads = (
                quad
                for quad in self._graph.quads(None, None, term)
                if quad.predicate.value.startswith(self._graph.strat.iri)
            )
        else:
            quads = self._graph.quads(None, term)
        return (quad for quad in quads if self._graph.key_of(quad) not in APART)

    def _thing(self, quad: Quad) -> str:
        """The thing that a quad is about; what lives in a thing's document counts as the thing."""
        if not isinstance(quad.subject, NamedNode):
            return ""
        iri = quad.subject.value
        own = self._graph.is_a(iri, OWL.NamedIndividual)
        return iri if own else iri.partition("#")[0]

    def _shapes(self, term: str) -> Iterable[str]:
        if self._graph.is_a(term, OWL.Class):
            for shape in self._graph.subjects(SH.targetClass, term, "shapes"):
                yield shape
                yield from self._graph.iris(shape, SH.property, "shapes")
        else:
            yield from self._graph.subjects(SH.path, term, "shapes")

    def _id(self, shape: str) -> str:
        return self._graph.text(shape, DCTERMS.identifier) or ""

    def _rule(self, shape: str, language: str) -> Rule:
        words = self._graph.by_language(shape, SH.message).get(language, "")
        return Rule(self._id(shape), words, self._links.page(shape, language))
