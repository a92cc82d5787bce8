"""The published data as the mutants see it, and which of them ``check`` does not notice."""

import logging
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from rdflib import Graph
from tests.mutation.mutant import Mutant
from tests.mutation.mutants import Mutation
from tests.mutation.noticing import Noticing

from glokal.publishing.catalogue import catalogue
from glokal.publishing.sources import IMPORTS, Sources, load
from glokal.publishing.validation import find
from glokal.terms import GRAPHS

ROOT = Path(__file__).resolve().parents[2]
GRAPH_KEYS = ("text", "reading", "context", "interpretation", "vocabularies")


class Published:
    """The sources of the project, read once."""

    def __init__(self) -> None:
        self._sources = load(ROOT)

    def mutants(self, seed: int) -> Iterator[Mutant]:
        """Every mutant of every graph; the seed decides where there is a choice."""
        for key in GRAPH_KEYS:
            graph = _graph(self._sources, key)
            yield from Mutation(key, graph, self._data, self._shapes, seed).mutants()

    def overlooked(self, mutants: Iterable[Mutant]) -> list[Mutant]:
        """Those that the quick look does not notice, in their order."""
        quick = self._noticing.rule_broken_by
        return [mutant for mutant in mutants if not quick(mutant.removed, mutant.added)]

    def survivors(self, overlooked: list[Mutant]) -> list[Mutant]:
        """Those that ``check`` does not notice either, in their order.

        All are made at once; where ``check`` finds nothing, none of them is noticed.
        """
        if not overlooked or not self.noticed_by_check(overlooked):
            return overlooked
        if len(overlooked) == 1:
            return []
        half = len(overlooked) // 2
        return self.survivors(overlooked[:half]) + self.survivors(overlooked[half:])

    def noticed_by_check(self, mutants: Iterable[Mutant]) -> bool:
        """Whether ``check`` finds a violation where all of these are made at once."""
        changed = Graph()
        removed = {triple for mutant in mutants for triple in mutant.removed}
        for triple in self._data:
            if triple not in removed:
                changed.add(triple)
        for mutant in mutants:
            for triple in mutant.added:
                changed.add(triple)
        return any(found.severity == "Violation" for found in find(changed, self._shapes))

    @cached_property
    def _shapes(self) -> Graph:
        return self._sources.union("shapes")

    @cached_property
    def _data(self) -> Graph:
        """What ``check`` looks at."""
        data = self._sources.union(*(key for key in GRAPHS if key != "shapes"), IMPORTS)
        publication = self._sources.publication
        return data + catalogue(publication, publication["version"], {}, self._sources.queries)

    @cached_property
    def _noticing(self) -> Noticing:
        return Noticing(self._data + Graph(), self._shapes)  # a copy that it may change


process: list[Published] = []
"""What each process of a pool looks at; filled when it starts."""


def start() -> None:
    """Begin a process of a pool."""
    be_quiet()
    process.append(Published())


def overlooked_of(mutants: list[Mutant]) -> list[Mutant]:
    """Those that the quick look does not notice, asked in a process of a pool."""
    return process[0].overlooked(mutants)


def survivors_of(overlooked: list[Mutant]) -> list[Mutant]:
    """Those that ``check`` does not notice, asked in a process of a pool."""
    return process[0].survivors(overlooked)


def be_quiet() -> None:
    """Let rdflib say nothing of values that are ill-typed on purpose."""
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)


def _graph(sources: Sources, key: str) -> Graph:
    if key != "vocabularies":
        return sources.union(key)
    graph = Graph()
    for file in sources.files:
        if file.path.startswith("data/vocabularies/"):
            for triple in file.graph:
                graph.add(triple)
    return graph
