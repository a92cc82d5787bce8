"""The home page: the map of each strategy, and the data as a whole."""

from glokal.formats import DATA_FORMATS
from glokal.release import Release
from glokal.serving.pages.graph import Graph
from glokal.serving.pages.map import HomePage
from glokal.serving.pages.model import Download
from glokal.serving.pages.questions import HOME, Questions
from glokal.serving.pages.strategies import Maps


class Home:
    """The home page of a release, in any language."""

    def __init__(self, graph: Graph, maps: Maps, release: Release, questions: Questions) -> None:
        self._questions = questions
        self._graph = graph
        self._maps = maps
        self._manifest = release.manifest

    def page(self, language: str) -> HomePage:
        """The page in one language; the strategies stand in the order of their IRIs."""
        publication = self._manifest.publication
        year = int(str(publication["issued"])[:4])
        strategies = self._graph.instances(self._graph.strat.Strategy)
        return HomePage(
            title=publication["title"][language],
            maps=tuple(self._maps.of(strategy, year, language) for strategy in strategies),
            dumps=tuple(
                Download(f.label, f"/releases/latest/dataset{f.suffix}", f.media_type)
                for f in DATA_FORMATS
            ),
            triples=self._manifest.counts.get("triples", 0),
            question=self._questions.example(HOME, language),
            endpoint=f"{self._graph.base}sparql",
        )
