"""The source text as a reader knows it, with what each sentence is evidence of."""

from glokal.formats import LANGUAGES
from glokal.serving.pages.graph import Graph
from glokal.serving.pages.labels import Labels
from glokal.serving.pages.model import (
    Link,
    Note,
    Paragraph,
    Segment,
    Sentence,
    SourceText,
    Text,
    Wording,
)
from glokal.serving.pages.relations import Relations
from glokal.serving.pages.sentences import Sentences
from glokal.terms import DCTERMS, RDF, SCHEMA


class Sources:
    """The pages of documents."""

    def __init__(
        self,
        graph: Graph,
        labels: Labels,
        sentences: Sentences,
        relations: Relations,
    ) -> None:
        self._graph = graph
        self._labels = labels
        self._sentences = sentences
        self._relations = relations

    def text(self, document: str, language: str) -> SourceText | None:
        """The text of a document, or None for what has none."""
        whole = self._graph.literals(document, SCHEMA.text)
        if not whole:
            return None
        strat = self._graph.strat
        segments = self._graph.segments(document)
        furniture = [s for s in segments if self._graph.is_a(s, strat.Furniture)]
        kept = [s for s in segments if s not in furniture]
        return SourceText(
            whole[0].language or "",
            tuple(self._paragraph(p, language) for p in self._paragraphs(kept, whole[0].value)),
            tuple(self._segment(s, language) for s in furniture),
            len(whole[0].value),
            self._graph.text(document, SCHEMA.sha256) or "",
        )

    def _paragraphs(self, segments: list[str], whole: str) -> list[list[str]]:
        """Segments with no line break between them, and each heading, stand together."""
        paragraphs: list[list[str]] = []
        last = 0
        for segment in segments:
            start, end = self._graph.position(segment)
            if not paragraphs or "\n" in whole[last:start]:
                paragraphs.append([])
            paragraphs[-1].append(segment)
            last = end
        return paragraphs

    def _paragraph(self, segments: list[str], language: str) -> Paragraph:
        return Paragraph(
            tuple(self._segment(s, language) for s in segments),
            tuple(w for s in segments for w in self._translations(s, language)),
            tuple(note for s in segments if (note := self._note(s, language))),
        )

    def _segment(self, segment: str, language: str) -> Segment:
        return Segment(
            self._anchor(segment),
            self._labels.number(segment),
            self._labels.segment(segment, language),
            self._words(segment),
            self._graph.is_a(segment, self._graph.strat.Heading),
        )

    def _note(self, segment: str, language: str) -> Note | None:
        strat = self._graph.strat
        spans = sorted(
            self._graph.subjects(DCTERMS.isPartOf, segment, "text"), key=self._graph.position
        )
        backed = dict.fromkeys(
            x for span in spans for x in self._graph.subjects(strat.isEvidencedBy, span)
        )
        statements = [x for x in backed if self._graph.is_a(x, strat.Statement)]
        things = [x for x in backed if x not in statements]
        relations = tuple(self._relation(s, language) for s in statements)
        if not backed:
            return None
        return Note(
            self._labels.number(segment), self._labels.segment(segment, language),
            self._anchor(segment),
            tuple(self._thing(x, language) for x in things), relations,
            sum(read for _, read in relations),
        )  # fmt: skip

    def _thing(self, thing: str, language: str) -> Link:
        return self._sentences.link(thing, language, note=self._labels.kind(thing, language))

    def _relation(self, statement: str, language: str) -> tuple[Sentence, bool]:
        """Subject, relation and object in one line, and whether an editor read it so."""
        strat = self._graph.strat
        read = strat.implicit in self._graph.iris(statement, strat.status)
        return self._relations.sentence(statement, language), read

    def _translations(self, segment: str, language: str) -> list[Wording]:
        strat = self._graph.strat
        found = []
        for translation in self._graph.subjects(strat.translates, segment):
            words = self._graph.by_language(translation, RDF.value).get(language)
            status = self._graph.iris(translation, strat.wordingStatus)
            if words and language in LANGUAGES and status:
                found.append(
                    Wording(
                        Text(words, language), "", self._labels.plain(status[0], language),
                        status[0] == strat.officialTranslation,
                    )
                )  # fmt: skip
        return found

    def _words(self, segment: str) -> str:
        return self._graph.text(segment, RDF.value) or ""

    def _anchor(self, segment: str) -> str:
        return self._graph.text(segment, DCTERMS.identifier) or ""
