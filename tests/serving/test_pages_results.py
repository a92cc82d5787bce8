"""An answer as a table: cells of every kind, pages of rows, and nothing that a page cannot hold."""

import pytest
from pyoxigraph import Store

from glokal.release import Release
from glokal.serving.pages.graph import Graph
from glokal.serving.pages.labels import Labels
from glokal.serving.pages.links import Links
from glokal.serving.pages.messages import read_messages
from glokal.serving.pages.model import Link, Text
from glokal.serving.pages.results import GRAPH, LAST, LONGEST, PAGE, TABLE, WIDEST, Result, Results
from glokal.serving.sparql.evaluate import evaluate
from glokal.serving.sparql.protocol import Answer, Query

LIMIT = 10**7
VISION = "id/kommunforbundet/2017-2021/vision"


@pytest.fixture(scope="module")
def store(release: Release) -> Store:
    return release.store()


@pytest.fixture(scope="module")
def results(release: Release, store: Store) -> Results:
    graph, messages = Graph(store, release.manifest.base), read_messages()
    return Results(Labels(graph, messages), Links(graph.base), messages)


def asked(results: Results, store: Store, text: str, offset: int = 0, lang: str = "sv") -> Result:
    answer = evaluate(store, {}, Query(text, results=TABLE, graph=GRAPH), LIMIT)
    return results.page(answer, offset, lang)


def cell(results: Results, store: Store, term: str, language: str = "sv") -> Link | Text:
    text = f"SELECT ?x WHERE {{ BIND ({term} AS ?x) }}"
    return asked(results, store, text, lang=language).rows[0][0]


def test_columns_rows_and_their_number(results: Results, store: Store) -> None:
    result = asked(results, store, 'SELECT ?a ?b { VALUES (?a ?b) { ("x" 1) ("y" UNDEF) } }')
    assert (result.kind, result.columns, result.total) == ("bindings", ("a", "b"), 2)
    assert result.rows == ((Text("x"), Text("1")), (Text("y"), Text("")))
    assert (result.first, result.last, result.cut) == (1, 2, False)


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ('"hej"@sv', Text("hej", "sv")),
        ('"a\\tb\\n\\"c\\"\\\\d"', Text('a\tb\n"c"\\d')),
        ('"<script>"', Text("<script>")),
        ("true", Text("ja")),
        ("1.5", Text("1.5")),
        ('"2020"^^<http://www.w3.org/2001/XMLSchema#gYear>', Text("2020")),
        ("<urn:a>", Text("urn:a")),
        ("<javascript:alert(1)>", Text("javascript:alert(1)")),
        ("<https://example.org/a>", Link(Text("https://example.org/a"), "https://example.org/a")),
        ('"\\u0000\\u0007\\uFFFE"', Text("\ufffd\ufffd\ufffd")),
        ('"😀"', Text("😀")),
    ],
)
def test_cells(results: Results, store: Store, term: str, shown: Link | Text) -> None:
    assert cell(results, store, term) == shown


def test_what_is_ours_is_shown_by_its_label(
    results: Results, store: Store, release: Release
) -> None:
    found = cell(results, store, f"<{release.manifest.base}{VISION}>", "fi")
    assert isinstance(found, Link)
    assert found.text.language == "fi"
    assert found.href == "/doc/kommunforbundet/2017-2021/vision.fi.html"


def test_a_term_in_a_term_is_shown_as_it_is(results: Results, store: Store) -> None:
    found = cell(results, store, 'TRIPLE(<urn:a>, <urn:b>, TRIPLE(<urn:a>, <urn:b>, "c d"))')
    assert isinstance(found, Text)
    assert found.words.startswith("<<( <urn:a> <urn:b> <<(")


def test_yes_and_no(results: Results, store: Store) -> None:
    assert asked(results, store, "ASK {}") == Result("boolean", truth=True)
    assert asked(results, store, "ASK { FILTER (false) }") == Result("boolean", truth=False)


def test_a_graph_is_a_table_of_triples(results: Results, store: Store) -> None:
    text = 'CONSTRUCT { <urn:a> <urn:b> "c . d"@sv , <urn:e> , [] } WHERE {}'
    result = asked(results, store, text, lang="en")
    assert result.columns == ("subject", "relation", "object")
    assert result.total == 3
    assert (Text("urn:a"), Text("urn:b"), Text("c . d", "sv")) in result.rows


def test_nothing_is_no_row(results: Results, store: Store) -> None:
    assert asked(results, store, "SELECT ?x { FILTER (false) }").total == 0
    assert asked(results, store, "CONSTRUCT {} WHERE {}").total == 0


def test_a_row_without_columns_is_a_row(results: Results) -> None:
    result = results.page(Answer("bindings", "", b"\n\n"), 0, "sv")
    assert (result.columns, result.total) == ((), 1)


def test_pages_follow_each_other(results: Results) -> None:
    body = b"?n\n" + b"".join(b"%d\n" % n for n in range(LAST * 2))
    seen = []
    for offset in range(0, LAST, PAGE):
        result = results.page(Answer("bindings", "", body), offset, "sv")
        assert (result.first, result.total) == (offset + 1, LAST * 2)
        seen += [row[0] for row in result.rows]
    assert seen == [Text(str(n)) for n in range(LAST)]
    beyond = results.page(Answer("bindings", "", body), LAST, "sv")
    assert beyond.rows == ()


def test_what_is_too_long_or_too_wide_is_cut_and_says_so(results: Results) -> None:
    long = b'?a\n"' + b"\\n" * LONGEST + b'"\n'
    result = results.page(Answer("bindings", "", long), 0, "sv")
    assert result.cut
    (words,) = result.rows[0]
    assert isinstance(words, Text)
    assert len(words.words) < LONGEST + 3
    names = "\t".join(f"?v{n}" for n in range(WIDEST + 1)).encode()
    wide = results.page(Answer("bindings", "", names + b"\n" + b"\t" * WIDEST + b"\n"), 0, "sv")
    assert (wide.cut, len(wide.columns), len(wide.rows[0])) == (True, WIDEST, WIDEST)
