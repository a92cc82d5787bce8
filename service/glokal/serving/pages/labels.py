"""What things are called, in which language and in whose words."""

from collections.abc import Mapping

from glokal.formats import LANGUAGES
from glokal.rdf import prefixes
from glokal.serving.pages.graph import Graph
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Text, Wording
from glokal.terms import (
    CIDS,
    DCTERMS,
    FOAF,
    GIST,
    OA,
    OWL,
    P_PLAN,
    PAV,
    RDF,
    RDFS,
    SKOS,
    SKOSXL,
    SSSOM,
    TIME,
)

NAMING = (SKOS.prefLabel, RDFS.label, DCTERMS.title, FOAF.name)
"""The properties that name a thing, the best first."""

NAMED = (PAV, SSSOM, TIME, GIST, P_PLAN, CIDS)
"""Namespaces that pages name by prefix, beside those of every format."""


class Labels:
    """Labels of anything that has an IRI; nothing is ever without one."""

    def __init__(self, graph: Graph, messages: Mapping[str, Messages]) -> None:
        self._graph = graph
        self._messages = messages
        known = prefixes(graph.base) | {space.short: space.iri for space in NAMED}
        self._prefixes = sorted(known.items(), key=lambda p: -len(p[1]))

    def label(self, iri: str, language: str) -> Text:
        """The label in a language, else in another, else made from what the thing is."""
        for naming in NAMING:
            found = self._graph.by_language(iri, naming)
            for wanted in (language, "", *LANGUAGES):
                if wanted in found:
                    return Text(found[wanted], wanted)
        return (
            self._common(iri, language)
            or self._mapped(iri, language)
            or Text(self._made_up(iri, language))
        )

    def is_named(self, iri: str) -> bool:
        """Whether a person has given the IRI a name, in the data or in the catalogues."""
        named = any(self._graph.literals(iri, naming) for naming in NAMING)
        return named or self._common(iri, LANGUAGES[0]) is not None

    def plain(self, iri: str, language: str) -> str:
        """The words of the label alone."""
        return self.label(iri, language).words

    def wording(self, iri: str, language: str, shown_in: str) -> Wording:
        """The label in a language with the status of its words, as told in ``shown_in``."""
        text = self.label(iri, language)
        label = self._label_of(iri, text.language)
        status = self._graph.text(label, self._graph.strat.wordingStatus) if label else None
        strat = self._graph.strat
        return Wording(
            text,
            capitalised(self._messages[shown_in](f"lang.{language}")),
            self.plain(status, shown_in) if status else "",
            status in (strat.source, strat.officialTranslation),
            (label or "").partition("#")[2],
        )

    def others(self, iri: str, language: str) -> tuple[Wording, ...]:
        """The wordings in the other languages; none where the thing has but one name."""
        named = self._graph.by_language(iri, SKOS.prefLabel)
        return tuple(
            self.wording(iri, other, language)
            for other in LANGUAGES
            if other != language and other in named
        )

    def kind(self, iri: str, language: str) -> str:
        """What a thing is, in one word or two; empty where it has no class."""
        chosen = self.class_of(iri)
        return capitalised(self.plain(chosen, language)) if chosen else ""

    def class_of(self, iri: str) -> str | None:
        """The class that says best what a thing is: one that has forms in the catalogue."""
        types = self._graph.stated_types(iri)
        spoken = [kind for kind in types if self.is_spoken(kind)]
        return next(iter(spoken or filter(self.is_named, types)), None)

    def is_spoken(self, kind: str) -> bool:
        """Whether sentences can be made about instances of a class."""
        return self._messages[LANGUAGES[0]].kind(local_name(kind)) is not None

    def number(self, segment: str) -> str:
        """The number of a segment as people say it: S07 is 7."""
        return (self._graph.text(segment, DCTERMS.identifier) or "").lstrip("S0")

    def segment(self, segment: str, language: str) -> str:
        """What a segment is called in running text: sentence 25, heading 23."""
        heading = self._graph.is_a(segment, self._graph.strat.Heading)
        key = "evidence.heading" if heading else "evidence.sentence"
        return self._messages[language](key, n=self.number(segment))

    def curie(self, iri: str) -> str:
        """The IRI in its short form, or as it is where no prefix fits."""
        for prefix, space in self._prefixes:
            if iri.startswith(space) and iri != space:
                return f"{prefix}:{iri.removeprefix(space)}"
        return iri

    def _common(self, iri: str, language: str) -> Text | None:
        """The name that the catalogue gives a term of a vocabulary of others."""
        name = self._messages[language].term(self.curie(iri))
        return Text(name, language) if name else None

    def _mapped(self, iri: str, language: str) -> Text | None:
        """The name that a mapping gives what it points at in a vocabulary of others."""
        for mapping in self._graph.subjects(OWL.annotatedTarget, iri):
            found = self._graph.by_language(mapping, SSSOM.object_label)
            for wanted in (language, *LANGUAGES):
                if wanted in found:
                    return Text(found[wanted], wanted)
        return None

    def _made_up(self, iri: str, language: str) -> str:
        say = self._messages[language]
        if self._graph.is_segment(iri):
            return capitalised(self.segment(iri, language))
        if self._graph.is_a(iri, OA.SpecificResource):
            start, end = self._graph.position(iri)
            return say("span.label", start=start, end=end)
        if self._graph.text(iri, RDF.subject):
            return say("statement.label", n=iri.rpartition("/")[2])
        if iri.startswith(self._graph.base) and "#" in iri:
            return "#" + iri.partition("#")[2]
        if iri.startswith(self._graph.base):
            return local_name(iri)
        return self.curie(iri)

    def _label_of(self, iri: str, language: str) -> str | None:
        for label in self._graph.iris(iri, SKOSXL.prefLabel):
            if language in self._graph.by_language(label, SKOSXL.literalForm):
                return label
        return None


def local_name(iri: str) -> str:
    """What stands after the last # or / of an IRI."""
    return iri.rpartition("#")[2].rpartition("/")[2]


def capitalised(words: str) -> str:
    """The words with a capital first letter; the rest stays."""
    return words[:1].upper() + words[1:]
