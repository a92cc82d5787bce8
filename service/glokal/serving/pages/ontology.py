"""The terms of an ontology: definition, example, place among the others."""

from collections.abc import Iterable, Mapping

from glokal.serving.pages.graph import Graph
from glokal.serving.pages.labels import Labels
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Part, Term, Text
from glokal.serving.pages.relations import MATCHES
from glokal.serving.pages.sentences import Sentences
from glokal.terms import OWL, RDFS, SCHEMA, SKOS

SECTIONS = (
    ("classes", (OWL.Class,)),
    ("properties", (OWL.ObjectProperty, OWL.DatatypeProperty)),
    ("values", (SKOS.Concept,)),
)
FACTS = (
    ("broader", (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.inScheme)),
    ("domain", (RDFS.domain, SCHEMA.domainIncludes)),
    ("range", (RDFS.range, SCHEMA.rangeIncludes)),
    ("match", MATCHES),
)


class Ontologies:
    """The documentation of ontologies."""

    def __init__(
        self, graph: Graph, labels: Labels, sentences: Sentences, messages: Mapping[str, Messages]
    ) -> None:
        self._graph = graph
        self._labels = labels
        self._sentences = sentences
        self._messages = messages

    def terms(self, ontology: str, language: str) -> tuple[tuple[str, str, tuple[Term, ...]], ...]:
        """The terms that have this ontology before their fragment: (key, heading, terms)."""
        if not self._graph.is_a(ontology, OWL.Ontology):
            return ()
        say = self._messages[language]
        return tuple(
            (key, say(f"ontology.{key}"), found)
            for key, kinds in SECTIONS
            if (found := tuple(self._terms(f"{ontology}#", kinds, language)))
        )

    def _terms(self, space: str, kinds: tuple[str, ...], language: str) -> Iterable[Term]:
        iris = {iri for kind in kinds for iri in self._graph.instances(kind)}
        own = [iri for iri in iris if iri.startswith(space)]
        for iri in sorted(own, key=lambda i: (self._labels.plain(i, language).lower(), i)):
            yield self._term(iri, language)

    def _term(self, iri: str, language: str) -> Term:
        say = self._messages[language]
        facts = tuple(
            (say(f"ontology.{key}"), parts)
            for key, predicates in FACTS
            if (parts := self._objects(iri, predicates, language))
        )
        return Term(
            iri.partition("#")[2],
            self._labels.label(iri, language),
            iri,
            self._in(iri, SKOS.definition, language),
            self._in(iri, SKOS.example, language),
            facts,
        )

    def _objects(self, iri: str, predicates: tuple[str, ...], language: str) -> tuple[Part, ...]:
        found = dict.fromkeys(
            o
            for predicate in predicates
            for graph in ("ontology", "interpretation")
            for o in self._graph.objects(iri, predicate, graph)
        )
        return tuple(self._sentences.reference(o, language) for o in found)

    def _in(self, iri: str, predicate: str, language: str) -> Text | None:
        words = self._graph.by_language(iri, predicate).get(language)
        return Text(words, language) if words else None
