"""What follows about a thing, each with the rule and the statements that it follows from."""

from collections.abc import Collection, Iterable, Mapping

from pyoxigraph import NamedNode

from glokal.serving.pages.graph import Graph, Term
from glokal.serving.pages.labels import Labels
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Part, Relation, Sentence, Text
from glokal.serving.pages.sentences import Sentences
from glokal.terms import DCTERMS, RDF, RDFS

Spoken = tuple[str, str, Term]
"""Subject, predicate and object of a statement."""


class Inferences:
    """The inferred rows of any thing's page: further kinds, indirect wholes, where it leads."""

    def __init__(
        self, graph: Graph, labels: Labels, sentences: Sentences, messages: Mapping[str, Messages]
    ) -> None:
        self._graph = graph
        self._labels = labels
        self._sentences = sentences
        self._messages = messages
        self._shown = {
            RDF.type: "kind",
            DCTERMS.isPartOf: "whole",
            graph.strat.contributesTowards: "towards",
        }

    def rows(self, thing: str, known: Collection[Term], language: str) -> list[Relation]:
        """A row for each triple that follows and is new: not said of the thing in other words.

        Args:
            thing: the IRI of the subject.
            known: the values that are stated of it.
            language: of the page.
        """
        found = [
            (list(self._shown).index(predicate), str(value), statement)
            for statement in self._graph.subjects(RDF.subject, thing, "inferred")
            if self._graph.is_a(statement, self._graph.strat.InferredStatement)
            for _, predicate, value in [self._spoken(statement)]
            if predicate in self._shown and self._is_news(thing, value, known)
        ]
        return [self._row(statement, language) for _, _, statement in sorted(found)]

    def _is_news(self, thing: str, value: Term, known: Collection[Term]) -> bool:
        return (
            isinstance(value, NamedNode)
            and value not in known
            and value.value not in self._graph.stated_types(thing)
            and self._labels.is_named(value.value)
        )

    def _row(self, statement: str, language: str) -> Relation:
        subject, predicate, value = self._spoken(statement)
        say = self._messages[language]
        pattern = say(f"inferred.{self._shown[predicate]}", s="{s}", o="{o}")
        parts = [self._sentences.reference(value, language)]
        return Relation(
            self._sentences.fill(pattern, subject, parts, language),
            by=tuple(self._chain(statement, language)),
        )

    def _chain(self, statement: str, language: str) -> Iterable[Sentence]:
        """The rule, then each premise as a sentence, in the order in which they lead on."""
        for rule in self._graph.iris(statement, self._graph.strat.followsBy):
            yield (self._sentences.link(rule, language),)
        premises = self._graph.iris(statement, self._graph.strat.followsFrom)
        for premise in self._in_order(premises, self._spoken(statement)[0]):
            yield self._premise(premise, language)

    def _premise(self, premise: str, language: str) -> Sentence:
        subject, predicate, value = self._spoken(premise)
        first = self._sentences.link(subject, language)
        if predicate in (RDF.type, RDFS.subClassOf, RDFS.subPropertyOf):
            key = f"premise.{predicate.rpartition('#')[2]}"
            pattern = self._messages[language](key, s="{s}", o="{o}")
            return _filled(pattern, first, self._sentences.reference(value, language))
        said = self._sentences.about(subject, predicate, [value], language)
        return (first, Text(": "), *said)

    def _in_order(self, premises: Iterable[str], start: str) -> list[str]:
        """From the subject of what follows, step by step; axioms follow what they are about."""
        waiting = {self._spoken(premise)[0]: premise for premise in premises}
        ordered: list[str] = []
        here: str | None = start
        while here in waiting:
            premise = waiting.pop(here)
            ordered.append(premise)
            _, predicate, value = self._spoken(premise)
            here = value.value if predicate != RDFS.subPropertyOf else None
        return [*ordered, *waiting.values()]

    def _spoken(self, statement: str) -> Spoken:
        return (
            self._graph.iris(statement, RDF.subject)[0],
            self._graph.iris(statement, RDF.predicate)[0],
            self._graph.objects(statement, RDF.object)[0],
        )


def _filled(pattern: str, subject: Part, value: Part) -> Sentence:
    before, _, rest = pattern.partition("{s}")
    between, _, after = rest.partition("{o}")
    parts = (Text(before), subject, Text(between), value, Text(after))
    return tuple(part for part in parts if not isinstance(part, Text) or part.words)
