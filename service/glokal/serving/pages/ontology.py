"""The documentation of an ontology: its header, its diagram, an entry for each of its terms."""

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from glokal.release import Release
from glokal.serving.pages.graph import Graph
from glokal.serving.pages.labels import Labels
from glokal.serving.pages.links import Links
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Download, Link, Ontology, Part, Section, Term, Text
from glokal.serving.pages.relations import MATCHES
from glokal.serving.pages.sentences import Sentences
from glokal.serving.pages.usage import Usage
from glokal.terms import DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS, VANN

PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
SECTIONS = (
    ("classes", (OWL.Class,)),
    ("properties", PROPERTIES),
    ("values", (SKOS.Concept,)),
)
HEADER = (
    ("version", OWL.versionInfo),
    ("thisversion", OWL.versionIRI),
    ("namespace", VANN.preferredNamespaceUri),
    ("prefix", VANN.preferredNamespacePrefix),
    ("created", DCTERMS.created),
    ("modified", DCTERMS.modified),
    ("creator", DCTERMS.creator),
    ("licence", DCTERMS.license),
    ("cite", DCTERMS.bibliographicCitation),
)
FACTS = (
    ("broader", (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.inScheme)),
    ("disjoint", (OWL.disjointWith,)),
    ("domain", (RDFS.domain, SCHEMA.domainIncludes)),
    ("range", (RDFS.range, SCHEMA.rangeIncludes)),
    ("match", MATCHES),
)
"""What a term leads to."""
REVERSED = (
    ("narrower", (RDFS.subClassOf, RDFS.subPropertyOf)),
    ("relations", (RDFS.domain, SCHEMA.domainIncludes)),
)
"""What leads to a term."""
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


class Ontologies:
    """The documentation of ontologies."""

    def __init__(
        self,
        graph: Graph,
        labels: Labels,
        links: Links,
        sentences: Sentences,
        messages: Mapping[str, Messages],
        release: Release,
    ) -> None:
        self._graph = graph
        self._labels = labels
        self._sentences = sentences
        self._messages = messages
        self._release = release
        self._usage = Usage(graph, labels, links, sentences)

    def document(self, ontology: str, language: str) -> Ontology | None:
        """Everything about an ontology whose terms have its IRI before their fragment."""
        if not any(self._graph.quads(ontology, RDF.type, OWL.Ontology, "ontology")):
            return None
        say = self._messages[language]
        sections = [
            Section(key, say(f"ontology.{key}"), say(f"ontology.{key}.note"), terms)
            for key, terms in self._sections(f"{ontology}#", language)
            if terms
        ]
        picture, drawing = self._diagram(language)
        schemes = self._graph.instances(SKOS.ConceptScheme)
        return Ontology(
            tuple(self._facts(ontology, [(key, (p,)) for key, p in HEADER], language)),
            picture,
            drawing,
            tuple(sections),
            tuple(self._sentences.link(scheme, language) for scheme in schemes),
        )

    def _sections(self, space: str, language: str) -> Iterable[tuple[str, tuple[Term, ...]]]:
        for key, kinds in SECTIONS:
            own = (iri for iri in self._instances(kinds) if iri.startswith(space))
            yield key, self._terms(own, language)
        yield "others", self._terms(self._explained(), language)

    def _instances(self, kinds: Iterable[str]) -> set[str]:
        return {iri for kind in kinds for iri in self._graph.instances(kind)}

    def _explained(self) -> Iterable[str]:
        """The terms of others that we name and tell the use of."""
        for iri in self._instances((OWL.Class, OWL.AnnotationProperty, *PROPERTIES)):
            if not iri.startswith(self._graph.base) and self._notes(iri, "en"):
                yield iri

    def _terms(self, iris: Iterable[str], language: str) -> tuple[Term, ...]:
        ordered = sorted(iris, key=lambda i: (self._labels.plain(i, language).lower(), i))
        return tuple(self._term(iri, language) for iri in ordered)

    def _term(self, iri: str, language: str) -> Term:
        name = self._labels.curie(iri)
        own = iri.startswith(self._graph.base)
        return Term(
            iri.partition("#")[2] if own else name.replace(":", "-"),
            name,
            self._labels.label(iri, language),
            self._in(iri, SKOS.definition, language),
            self._in(iri, SKOS.example, language),
            self._notes(iri, language),
            (
                *self._facts(iri, FACTS, language),
                *self._facts(iri, REVERSED, language, reverse=True),
            ),
            tuple(Text(words, language) for words in self._words(iri, SKOS.note, language)),
            self._usage.of(iri, language),
            self._usage.rules(iri, language),
        )

    def _facts(
        self,
        iri: str,
        table: Iterable[tuple[str, tuple[str, ...]]],
        language: str,
        reverse: bool = False,
    ) -> Iterable[tuple[str, tuple[Part, ...]]]:
        for key, predicates in table:
            read = self._pointing if reverse else self._objects
            if parts := tuple(read(iri, predicates, language)):
                yield self._messages[language](f"ontology.{key}"), parts

    def _objects(self, iri: str, predicates: tuple[str, ...], language: str) -> Iterable[Part]:
        found = dict.fromkeys(
            o
            for predicate in predicates
            for graph in ("ontology", "interpretation")
            for o in self._graph.objects(iri, predicate, graph)
        )
        return (self._named(o, language) for o in found)

    def _named(self, term: NamedNode | Literal, language: str) -> Part:
        """A term of ours by its label, a term of others by its prefixed name, with a link."""
        if isinstance(term, Literal) or term.value.startswith(self._graph.base):
            return self._sentences.reference(term, language)
        return Link(Text(self._labels.curie(term.value)), term.value)

    def _pointing(self, iri: str, predicates: tuple[str, ...], language: str) -> Iterable[Part]:
        found = {s for p in predicates for s in self._graph.subjects(p, iri, "ontology")}
        ordered = sorted(found, key=lambda s: (self._labels.plain(s, language).lower(), s))
        return (self._sentences.link(s, language) for s in ordered)

    def _diagram(self, language: str) -> tuple[Download | None, str]:
        """The file of the diagram in a language, and its drawing to stand in a page.

        The drawing takes its colours from the style sheet of the site, so it goes without
        those that the file brings.
        """
        for file in self._release.manifest.files:
            if file.name.endswith(f".{language}.svg"):
                drawing = (self._release.path / file.name).read_text(encoding="utf-8")
                href = f"/releases/latest/{file.name}"
                return Download("SVG", href, file.media_type), STYLE.sub("", drawing)
        return None, ""

    def _notes(self, iri: str, language: str) -> tuple[Text, ...]:
        return tuple(Text(words, language) for words in self._words(iri, SKOS.scopeNote, language))

    def _words(self, iri: str, predicate: str, language: str) -> Iterable[str]:
        literals = self._graph.literals(iri, predicate, "ontology")
        return (literal.value for literal in literals if literal.language == language)

    def _in(self, iri: str, predicate: str, language: str) -> Text | None:
        words = self._graph.by_language(iri, predicate).get(language)
        return Text(words, language) if words else None
