"""The words of the source that say something: a sentence and the exact words in it."""

from collections.abc import Sequence
from dataclasses import replace

from glokal.serving.pages.graph import Graph
from glokal.serving.pages.labels import Labels
from glokal.serving.pages.links import Links, words_fragment
from glokal.serving.pages.model import Evidence, Text
from glokal.terms import DCTERMS, OA, RDF

LONG = 175
"""Sentences with more characters than this are cut beside relations."""
CONTEXT = 70
"""Characters that stay on either side of the exact words of a sentence that is cut."""


class Evidences:
    """Evidence by span."""

    def __init__(self, graph: Graph, labels: Labels, links: Links) -> None:
        self._graph = graph
        self._labels = labels
        self._links = links

    def beside(self, spans: Sequence[str], language: str) -> tuple[Evidence, ...]:
        """Evidence beside a relation: long sentences are cut at words."""
        return tuple(_cut(self.of_span(span, language)) for span in spans)

    def leads(self, spans: Sequence[str], language: str) -> tuple[tuple[Evidence, ...], ...]:
        """A thing's own words: each place, and where it is the only one, what leads up to it."""
        if len(spans) == 1:
            return (self._lead(spans[0], language),)
        return tuple((self.of_span(span, language, translated=True),) for span in spans)

    def own_words(self, segment: str, language: str) -> Evidence:
        """A sentence as the evidence of itself, with its translation."""
        whole = self.of_segment(segment, language)
        return replace(whole, translation=self.translation(segment, language))

    def _lead(self, span: str, language: str) -> tuple[Evidence, ...]:
        """The sentence whole, after the one before it in its paragraph."""
        own = self.of_span(span, language, translated=True)
        segment = self._segment(span)
        before = self._previous(segment)
        return (self.of_segment(before, language), own) if before else (own,)

    def of_span(self, span: str, language: str, translated: bool = False) -> Evidence:
        """The sentence of a span with the words of the span set apart."""
        segment = self._segment(span)
        whole = self.of_segment(segment, language)
        start, end = self._graph.position(span)
        first = self._graph.position(segment)[0]
        words = whole.before
        exact = words[start - first : end - first]
        return Evidence(
            words[: start - first], exact, words[end - first :], whole.language, whole.name,
            start, end, whole.href, whole.href + words_fragment(exact),
            translation=self.translation(segment, language) if translated else None,
        )  # fmt: skip

    def of_segment(self, segment: str, language: str) -> Evidence:
        """A whole sentence, none of it set apart."""
        words = self._graph.literals(segment, RDF.value)[0]
        start, end = self._graph.position(segment)
        href = self.address(segment, language)
        name = self._labels.segment(segment, language)
        return Evidence(words.value, "", "", words.language or "", name, start, end, href, href)

    def address(self, segment: str, language: str) -> str:
        """Where a sentence stands on the page of its document."""
        document = self._graph.iris(segment, OA.hasSource)[0]
        anchor = self._graph.text(segment, DCTERMS.identifier)
        return f"{self._links.page(document, language)}#{anchor}"

    def translation(self, segment: str, language: str) -> Text | None:
        """The sentence in another language, where the project or the organisation gives it."""
        strat = self._graph.strat
        for translation in self._graph.subjects(strat.translates, segment):
            found = self._graph.by_language(translation, RDF.value)
            if language in found:
                return Text(found[language], language)
        return None

    def _segment(self, span: str) -> str:
        return self._graph.iris(span, DCTERMS.isPartOf, "text")[0]

    def _previous(self, segment: str) -> str | None:
        """The segment before this one, where only a space parts them."""
        start = self._graph.position(segment)[0]
        document = self._graph.iris(segment, OA.hasSource)[0]
        for other in self._graph.segments(document):
            if self._graph.position(other)[1] in (start, start - 1):
                return None if self._new_paragraph(segment, other) else other
        return None

    def _new_paragraph(self, segment: str, before: str) -> bool:
        strat = self._graph.strat
        return any(self._graph.is_a(s, strat.Heading) for s in (segment, before))


def _cut(evidence: Evidence) -> Evidence:
    if len(evidence.before + evidence.exact + evidence.after) <= LONG:
        return evidence
    before, after = evidence.before, evidence.after
    if len(before) > CONTEXT:
        before = before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0]
    return replace(
        evidence,
        before=before,
        after=after,
        cut_before=before != evidence.before,
        cut_after=after != evidence.after,
    )
