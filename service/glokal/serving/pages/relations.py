"""What is said about a thing, grouped by who says it: the rows of its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from glokal.serving.pages.evidence import Evidences
from glokal.serving.pages.graph import Graph, Term
from glokal.serving.pages.inferences import Inferences
from glokal.serving.pages.labels import Labels
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Group, Relation, Sentence, Text
from glokal.serving.pages.sentences import Sentences
from glokal.terms import DCTERMS, OWL, PAV, RDF, RDFS, SKOS, SSSOM

MATCHES = (
    SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One statement about a thing: its relation, its evidence, its status."""

    predicate: str
    value: Term
    spans: tuple[str, ...]
    status: str


class Relations:
    """The rows of any thing's page, in any language."""

    def __init__(
        self,
        graph: Graph,
        labels: Labels,
        sentences: Sentences,
        evidences: Evidences,
        messages: Mapping[str, Messages],
    ) -> None:
        self._graph = graph
        self._labels = labels
        self._sentences = sentences
        self._evidences = evidences
        self._messages = messages
        self._inferences = Inferences(graph, labels, sentences, messages)

    def groups(self, thing: str, language: str) -> tuple[Group, ...]:
        """The groups of rows that are not empty, the words of the text first."""
        strat = self._graph.strat
        said = self.said(thing)
        rows = {
            "explicit": self._rows(
                thing, [s for s in said if s.status == strat.explicit], language
            ),
            "implicit": self._rows(
                thing, [s for s in said if s.status == strat.implicit], language
            ),
            "context": self._context(thing, language),
            "inferred": self._inferences.rows(thing, {one.value for one in said}, language),
            "interpretation": self._interpreted(thing, language),
        }
        return tuple(Group(key, tuple(found)) for key, found in rows.items() if found)

    def sentence(self, statement: str, language: str) -> Sentence:
        """What a statement says, its subject named; empty for what is no statement."""
        if not self._graph.is_a(statement, self._graph.strat.Statement):
            return ()
        subject = self._graph.iris(statement, RDF.subject)[0]
        predicate = self._graph.iris(statement, RDF.predicate)[0]
        values = self._graph.objects(statement, RDF.object)
        said = self._sentences.about(subject, predicate, values, language)
        return (self._sentences.link(subject, language), Text(": "), *said)

    def said(self, thing: str) -> list[Said]:
        """What the source says about a thing, stated or read, in the order of the catalogue."""
        strat = self._graph.strat
        found = [
            Said(
                self._graph.iris(statement, RDF.predicate)[0],
                self._graph.objects(statement, RDF.object)[0],
                tuple(self._graph.spans(statement)),
                self._graph.iris(statement, strat.status)[0],
            )
            for statement in self._graph.subjects(RDF.subject, thing)
            if self._graph.is_a(statement, strat.Statement)
        ]
        return sorted(found, key=lambda s: (self._sentences.order(s.predicate), self._at(s)))

    def _at(self, said: Said) -> tuple[tuple[int, int], str]:
        return self._graph.position(said.spans[0]), str(said.value)

    def _rows(self, thing: str, said: list[Said], language: str) -> list[Relation]:
        together: dict[tuple[object, ...], list[Said]] = {}
        for one in said:
            key = self._sentences.pattern_key(thing, one.predicate, one.value)
            together.setdefault((one.predicate, key, one.spans), []).append(one)
        return [
            self._row(thing, some, language)
            for shared in together.values()
            for some in self._shared(shared, language)
        ]

    def _shared(self, said: list[Said], language: str) -> Iterable[list[Said]]:
        """All in one sentence, or each in its own where a list would read wrong."""
        values = [one.value for one in said]
        if len(said) == 1 or self._sentences.can_share(values, language):
            return [said]
        return [[one] for one in said]

    def _row(self, thing: str, said: list[Said], language: str) -> Relation:
        values = [one.value for one in said]
        return Relation(
            self._sentences.about(thing, said[0].predicate, values, language),
            self._evidences.beside(said[0].spans, language),
            self._sentences.remark(said[0].predicate, values, language),
        )

    def _context(self, thing: str, language: str) -> list[Relation]:
        rows = []
        for fact in self._graph.subjects(RDF.subject, thing, "context"):
            predicate = self._graph.iris(fact, RDF.predicate)[0]
            values = self._graph.objects(fact, RDF.object)
            sources = tuple(
                (self._sentences.link(source, language),)
                for source in self._graph.iris(fact, DCTERMS.source)
            )
            sentence = self._sentences.about(thing, predicate, values, language)
            remark = self._graph.by_language(fact, SKOS.scopeNote).get(language, "")
            rows.append(Relation(sentence, remark=remark, by=sources))
        return rows

    def _interpreted(self, thing: str, language: str) -> list[Relation]:
        """The links that an editor made from a thing to the vocabularies of others."""
        return [
            Relation(
                self._sentences.about(thing, predicate, [target], language),
                remark=self._graph.by_language(mapping, RDFS.comment).get(language, ""),
                by=((Text(self._editor(mapping, language)),),),
            )
            for mapping in self._graph.subjects(OWL.annotatedSource, thing, "interpretation")
            for predicate in self._graph.iris(mapping, OWL.annotatedProperty)
            for target in self._graph.objects(mapping, OWL.annotatedTarget)
        ]

    def _editor(self, mapping: str, language: str) -> str:
        """Who made a mapping, when, and how sure of it."""
        say, graph = self._messages[language], self._graph
        who = [self._labels.plain(iri, language) for iri in graph.iris(mapping, PAV.authoredBy)]
        when = [say.date(day.value) for day in graph.literals(mapping, PAV.authoredOn)]
        sure = [
            say("mapping.confidence", n=say.number(float(score.value)))
            for score in graph.literals(mapping, SSSOM.confidence)
        ]
        return ", ".join(who + when + sure)
