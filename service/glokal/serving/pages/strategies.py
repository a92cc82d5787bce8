"""The map of a strategy: what stands where, from the vision at the top to the ground."""

import re
from collections.abc import Iterable, Mapping

from glokal.serving.pages.evidence import Evidences
from glokal.serving.pages.graph import Graph
from glokal.serving.pages.labels import Labels, capitalised, local_name
from glokal.serving.pages.map import Branch, Parts, StrategyMap
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Evidence, Link
from glokal.serving.pages.sentences import Sentences
from glokal.terms import DCAT, DCTERMS, RDF


class Maps:
    """The maps of strategies; their things are found by their classes and relations."""

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

    def of(self, strategy: str, today: int, language: str) -> StrategyMap:
        """The map of one strategy in one language; ``today`` is the year of the release."""
        strat = self._graph.strat
        vision = next(iter(self._parts(strategy, strat.Vision)), None)
        top = vision or strategy
        parts = [(strat.VisionComponent, self._parts(top, strat.VisionComponent))]
        period, end = self._period(strategy, language)
        return StrategyMap(
            anchor=strategy.removeprefix(self._graph.base).replace("/", "-"),
            strategy=self._sentences.link(strategy, language),
            kind=self._labels.kind(top, language),
            vision=self._branch(top, language, self._filled(parts)),
            period=period,
            expired=end is not None and end < today,
            hinge=self._hinge(top, language),
            columns=(*self._priorities(strategy, language), *self._models(strategy, language)),
            mission=tuple(self._missions(strategy, language)),
            ground=tuple(self._ground(strategy, language)),
        )

    def _period(self, strategy: str, language: str) -> tuple[str, int | None]:
        """Whose strategy it is and for which years, and the last of them; what is known."""
        strat, graph, say = self._graph.strat, self._graph, self._messages[language]
        bearers = [self._labels.plain(b, language) for b in graph.iris(strategy, strat.hasBearer)]
        bearer = say.joined(bearers)
        for term in graph.iris(strategy, strat.isValidDuring):
            start, end = graph.number(term, DCAT.startDate), graph.number(term, DCAT.endDate)
            if start and end:
                return say("home.period", bearer=bearer, start=start, end=end), end
        return say("home.bearer", bearer=bearer) if bearer else "", None

    def _hinge(self, vision: str, language: str) -> Evidence | None:
        """The words that say how all below leads to the vision."""
        strat = self._graph.strat
        for statement in self._graph.subjects(RDF.object, vision):
            if strat.supports in self._graph.iris(statement, RDF.predicate):
                return self._evidences.of_span(self._graph.spans(statement)[0], language)
        return None

    def _priorities(self, strategy: str, language: str) -> Iterable[Branch]:
        strat = self._graph.strat
        for priority in sorted(self._parts(strategy, strat.Priority), key=self._number):
            aims = [(kind, self._parts(priority, kind)) for kind in (strat.Goal, strat.Objective)]
            rest = [(k, self._parts(priority, k)) for k in (strat.Indicator, strat.Commitment)]
            # That no aim is stated is worth saying; of all else only what there is.
            stated = self._filled(aims) or aims[:1]
            yield self._branch(priority, language, [*stated, *self._filled(rest)])

    def _number(self, thing: str) -> int:
        """The place of a thing in the order that the text itself gives."""
        return self._graph.number(thing, self._graph.strat.sequenceNumber) or 0

    def _models(self, strategy: str, language: str) -> Iterable[Branch]:
        strat, graph = self._graph.strat, self._graph
        for model in self._parts(strategy, strat.ForesightModel):
            inputs = self._placed(graph.iris(model, strat.usesInput))
            born = {p for source in inputs for p in graph.subjects(strat.isDerivedFrom, source)}
            products = self._placed({*graph.iris(model, strat.produces), *born})
            steps = [
                part for kind in (strat.ModelActivity, strat.PlannedActivity)
                for part in self._parts(model, kind)
            ]  # fmt: skip
            yield self._branch(
                model,
                language,
                [
                    (strat.ModelInput, inputs),
                    (strat.ModelActivity, list(dict.fromkeys(steps))),
                    (strat.KnowledgeProduct, products),
                ],
                reading=not any(graph.quads(model, strat.isPartOf, strategy, "text")),
                model=True,
            )

    def _missions(self, strategy: str, language: str) -> Iterable[tuple[str, Branch]]:
        strat = self._graph.strat
        tasks = [(strat.CoreTask, self._within(strategy, strat.CoreTask))]
        for mission in self._parts(strategy, strat.Mission):
            branch = self._branch(mission, language, self._filled(tasks))
            yield self._labels.kind(mission, language), branch

    def _ground(self, strategy: str, language: str) -> Iterable[Parts]:
        strat = self._graph.strat
        within = (strat.Principle, strat.FollowUp, strat.DriverOfChange)
        kinds = [(kind, self._within(strategy, kind)) for kind in within]
        kinds.insert(1, (strat.SustainabilityAspect, self._aspects(strategy)))
        return [self._list(kind, things, "", language) for kind, things in self._filled(kinds)]

    def _aspects(self, strategy: str) -> list[str]:
        """The sustainability aspects that some part of the strategy is about."""
        strat, graph = self._graph.strat, self._graph
        return self._placed(
            aspect
            for aspect in graph.instances(strat.SustainabilityAspect)
            if any(
                any(graph.quads(part, DCTERMS.isPartOf, strategy))
                for part in graph.subjects(strat.isAbout, aspect)
            )
        )

    def _filled(self, kinds: Iterable[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
        return [(kind, things) for kind, things in kinds if things]

    def _branch(
        self,
        thing: str,
        language: str,
        parts: Iterable[tuple[str, list[str]]],
        reading: bool = False,
        model: bool = False,
    ) -> Branch:
        return Branch(
            self._sentences.link(thing, language),
            self._labels.wording(thing, language, language).own,
            tuple(self._list(kind, things, thing, language) for kind, things in parts),
            reading,
            model,
        )

    def _list(self, kind: str, things: list[str], whole: str, language: str) -> Parts:
        say = self._messages[language]
        heading = say.kind(local_name(kind), several=len(things) != 1)
        if len(things) == 1:
            heading = self._labels.plain(kind, language)
        links = tuple(self._item(thing, whole, language) for thing in things)
        return Parts(capitalised(heading or ""), links, "" if things else say("home.nogoal"))

    def _item(self, thing: str, whole: str, language: str) -> Link:
        strat = self._graph.strat
        notes = []
        if strat.internal in self._graph.iris(thing, strat.hasScope):
            notes.append(self._labels.plain(strat.internal, language))
        if whole and any(self._graph.quads(thing, strat.isPartOf, whole, "reading")):
            notes.append(self._messages[language]("document.reading"))
        return self._sentences.link(thing, language, note=", ".join(notes))

    def _parts(self, whole: str, kind: str) -> list[str]:
        """The direct parts of a whole that are of one kind, in the order of the text."""
        parts = self._graph.subjects(self._graph.strat.isPartOf, whole)
        return self._placed(part for part in parts if self._graph.is_a(part, kind))

    def _within(self, strategy: str, kind: str) -> list[str]:
        """The parts of one kind at any depth of a strategy, in the order of the text."""
        parts = self._graph.subjects(DCTERMS.isPartOf, strategy)
        return self._placed(part for part in parts if self._graph.is_a(part, kind))

    def _placed(self, things: Iterable[str]) -> list[str]:
        return sorted(things, key=lambda t: (self._place(t), self._first_said(t), t))

    def _place(self, thing: str) -> tuple[int, int]:
        """Where the text speaks of a thing; of a concept, where it is first said of something."""
        place = self._graph.place(thing)
        if self._graph.spans(thing):
            return place
        statements = self._graph.subjects(RDF.object, thing)
        return min((self._graph.place(s) for s in statements), default=place)

    def _first_said(self, thing: str) -> list[int]:
        """The number of the first statement with a thing, for things said in one breath."""
        statements = [
            statement
            for role in (RDF.subject, RDF.object)
            for statement in self._graph.subjects(role, thing)
        ]
        numbers = [[int(n) for n in re.findall(r"\d+", local_name(s))] for s in statements]
        return min(numbers, default=[])
