"""The strategy at a glance: what stands where on the map of the home page."""

import re
from collections.abc import Iterable, Mapping

from glokal.formats import DATA_FORMATS
from glokal.release import Release
from glokal.serving.pages.evidence import Evidences
from glokal.serving.pages.graph import Graph
from glokal.serving.pages.labels import Labels, capitalised, local_name
from glokal.serving.pages.map import Branch, HomePage, Parts
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Download, Evidence, Link
from glokal.serving.pages.sentences import Sentences
from glokal.terms import DCAT, RDF


class Home:
    """The map of a strategy; its things are found by their classes and relations."""

    def __init__(
        self,
        graph: Graph,
        labels: Labels,
        sentences: Sentences,
        evidences: Evidences,
        messages: Mapping[str, Messages],
        release: Release,
    ) -> None:
        self._graph = graph
        self._labels = labels
        self._sentences = sentences
        self._evidences = evidences
        self._messages = messages
        self._release = release

    def page(self, language: str) -> HomePage:
        """The map in one language."""
        strat = self._graph.strat
        strategy = self._graph.instances(strat.Strategy)[0]
        vision = self._parts(strategy, strat.Vision)[0]
        start, end, bearer = self._period(strategy, language)
        say = self._messages[language]
        return HomePage(
            kind=self._labels.kind(vision, language),
            vision=self._branch(
                vision,
                language,
                [(strat.VisionComponent, self._parts(vision, strat.VisionComponent))],
            ),
            period=say("home.period", bearer=bearer, start=start, end=end),
            expired=int(end) < int(str(self._release.manifest.publication["issued"])[:4]),
            hinge=self._hinge(vision, language),
            columns=(*self._priorities(strategy, language), *self._models(strategy, language)),
            mission=tuple(self._missions(strategy, language)),
            ground=tuple(self._ground(language)),
            dumps=tuple(
                Download(f.label, f"/releases/latest/dataset{f.suffix}", f.media_type)
                for f in DATA_FORMATS
            ),
            triples=self._release.manifest.counts.get("triples", 0),
        )

    def _period(self, strategy: str, language: str) -> tuple[str, str, str]:
        strat, graph = self._graph.strat, self._graph
        term = graph.iris(strategy, strat.isValidDuring)[0]
        bearer = graph.iris(strategy, strat.hasBearer)[0]
        start, end = graph.text(term, DCAT.startDate), graph.text(term, DCAT.endDate)
        return start or "", end or "", self._labels.plain(bearer, language)

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
            kinds = [(k, self._parts(priority, k)) for k in (strat.Goal, strat.Commitment)]
            yield self._branch(priority, language, kinds)

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
            )

    def _missions(self, strategy: str, language: str) -> Iterable[tuple[str, Branch]]:
        strat = self._graph.strat
        tasks = self._placed(self._graph.instances(strat.CoreTask))
        for mission in self._parts(strategy, strat.Mission):
            branch = self._branch(mission, language, [(strat.CoreTask, tasks)])
            yield self._labels.kind(mission, language), branch

    def _ground(self, language: str) -> Iterable[Parts]:
        strat = self._graph.strat
        for kind in (strat.Principle, strat.SustainabilityAspect):
            things = self._graph.instances(kind)
            yield self._list(kind, self._placed(things), "", language)

    def _branch(
        self,
        thing: str,
        language: str,
        parts: Iterable[tuple[str, list[str]]],
        reading: bool = False,
    ) -> Branch:
        return Branch(
            self._sentences.link(thing, language),
            self._labels.wording(thing, language, language).own,
            tuple(self._list(kind, things, thing, language) for kind, things in parts),
            reading,
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
