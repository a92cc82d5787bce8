"""The example queries: each gives the answer that a reader of the source gives, in two engines.

``answers/NN.tsv`` holds the answer to query NN, worked out from the source text and not from
the data: a line of column names, then a line for each row; an empty cell is an unbound variable.
"""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, QuerySolutions, Triple
from rdflib import Graph

from glokal.formats import LANGUAGES
from glokal.publishing.files import exact_literals
from glokal.publishing.sources import load
from glokal.queries import ExampleQuery, gaps
from glokal.release import Release

ANSWERS = Path(__file__).parent / "answers"
QUERIES = {query.number: query for query in load(Path(__file__).parents[2]).queries}
OF_SEVERAL_STRATEGIES = range(26, 34)
"""Questions that one strategy cannot answer."""

Table = list[list[str]]


@pytest.fixture(scope="module")
def union(release: Release) -> Graph:
    """The published dataset as one graph, for the second engine."""
    graph = Graph()
    with exact_literals():
        graph.parse(release.path / "dataset.nt", format="nt")
    return graph


def expected(number: int) -> Table:
    lines = (ANSWERS / f"{number:02}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def asked_of_the_store(release: Release, query: ExampleQuery) -> Table:
    """The answer of the engine that serves the data; nothing is declared beforehand."""
    rows = release.store().query(query.text, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    table = [[variable.value for variable in rows.variables]]
    for row in rows:
        cells = []
        for term in row:
            assert not isinstance(term, BlankNode | Triple)
            cells.append(term.value if term else "")
        table.append(cells)
    return table


def asked_of_rdflib(graph: Graph, query: ExampleQuery) -> Table:
    result = graph.query(query.text)
    columns = result.vars or []
    rows = [
        [str(row[column]) if column in row else "" for column in columns] for row in result.bindings
    ]
    return [[str(column) for column in columns], *rows]


def test_each_question_that_one_strategy_can_answer_is_a_query() -> None:
    assert set(QUERIES) == set(range(1, 37)) - set(OF_SEVERAL_STRATEGIES)


def test_each_query_has_its_answer() -> None:
    assert {int(path.stem) for path in ANSWERS.iterdir()} == set(QUERIES)


@pytest.mark.parametrize("number", QUERIES)
def test_the_header_says_everything(number: int) -> None:
    query = QUERIES[number]
    assert list(gaps(query)) == []
    assert len(set(query.titles.values())) == len(set(query.descriptions.values())) == 3
    assert all(title.endswith("?") for title in query.titles.values())
    assert all(text.endswith(".") for text in query.descriptions.values())


@pytest.mark.parametrize("number", QUERIES)
def test_the_answer_is_that_of_a_reader(release: Release, number: int) -> None:
    assert asked_of_the_store(release, QUERIES[number]) == expected(number)


@pytest.mark.parametrize("number", QUERIES)
def test_both_engines_agree(union: Graph, release: Release, number: int) -> None:
    query = QUERIES[number]
    assert asked_of_rdflib(union, query) == asked_of_the_store(release, query)


@pytest.mark.parametrize("number", QUERIES)
def test_the_language_is_changed_in_one_place(release: Release, number: int) -> None:
    """In each language the answer has the same rows; only words that have a language differ."""
    query = QUERIES[number]
    if "?language" not in query.text:
        return
    assert query.text.count('BIND ("sv" AS ?language)') == 1
    sizes = set()
    for language in LANGUAGES:
        text = query.text.replace('("sv" AS ?language)', f'("{language}" AS ?language)')
        changed = ExampleQuery(query.name, query.titles, query.descriptions, text)
        sizes.add(len(asked_of_the_store(release, changed)))
    assert len(sizes) == 1
