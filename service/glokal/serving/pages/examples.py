"""The example queries as the release has them: described in its catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from glokal.errors import NotFound
from glokal.queries import ExampleQuery, parse_query
from glokal.serving.pages.graph import Graph
from glokal.terms import RDFS, SH

QUERIES = "id/query/"
TEXTS = (SH.select, SH.ask, SH.construct)
"""The properties that have the text of a query, by its form."""


@dataclass(frozen=True)
class Example:
    """An example query, the thing that it is, and whether it gives a graph."""

    iri: str
    query: ExampleQuery
    gives_graph: bool

    @property
    def name(self) -> str:
        """The last part of its IRI."""
        return self.query.name

    def values(self, given: Mapping[str, str], language: str = "") -> dict[str, str]:
        """A value for each parameter: the one given, else the reader's language, else the first."""
        return {
            parameter.name: given.get(parameter.name)
            or (language if language in parameter.choices else parameter.default)
            for parameter in self.query.parameters
        }


class Examples:
    """Every example query of a release, by name; read once."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    @cached_property
    def all(self) -> Mapping[str, Example]:
        """The examples in the order of their names."""
        start = self._graph.base + QUERIES
        found = (
            self._example(iri, start)
            for iri in self._graph.instances(SH.SPARQLExecutable, "catalogue")
            if iri.startswith(start)
        )
        return {example.name: example for example in sorted(found, key=lambda one: one.name)}

    def get(self, name: str) -> Example:
        """The example with a name.

        Raises:
            NotFound: there is none.
        """
        if name not in self.all:
            raise NotFound(f"There is no query {name}.")
        return self.all[name]

    def _example(self, iri: str, start: str) -> Example:
        graph = self._graph
        text = next(filter(None, (graph.text(iri, predicate) for predicate in TEXTS)), "")
        query = parse_query(iri.removeprefix(start), text)
        return Example(
            iri,
            ExampleQuery(
                query.name,
                graph.by_language(iri, RDFS.label),
                graph.by_language(iri, RDFS.comment),
                text,
                query.parameters,
            ),
            graph.text(iri, SH.construct) is not None,
        )
