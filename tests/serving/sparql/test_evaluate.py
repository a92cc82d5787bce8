"""Queries on a store in this process: datasets, formats, limits, errors."""

import json
import re
from typing import Any

import pytest
from pyoxigraph import RdfFormat, Store, parse
from tests.serving.sparql.example import GOAL, PEOPLE, READING, TEXT

from glokal.errors import BadRequest, NotAcceptable, QuerySyntaxError, ResultTooLarge
from glokal.formats import RDF_FORMATS, Format
from glokal.rdf import prefixes
from glokal.release import Release
from glokal.serving.sparql.evaluate import evaluate
from glokal.serving.sparql.protocol import Answer, Query
from glokal.terms import BASE, SKOS

LABELS = "SELECT ?label { ?s skos:prefLabel ?label }"
IN_A_GRAPH = "SELECT ?label { GRAPH ?g { ?s skos:prefLabel ?label } }"


@pytest.fixture(scope="module")
def store(small_release: Release) -> Store:
    return small_release.store()


def ask(store: Store, text: str, limit: int = 10**6, **options: Any) -> Answer:
    query = Query(text, **{"results": "srj", "graph": "nt", **options})
    return evaluate(store, prefixes(BASE), query, limit)


def labels(store: Store, text: str, **options: Any) -> set[str]:
    found = json.loads(ask(store, text, **options).body)
    return {row["label"]["value"] for row in found["results"]["bindings"]}


def test_the_default_graph_is_the_union(store: Store) -> None:
    assert labels(store, LABELS) == {'Mål, "ett"', "Goal"}


def test_from_takes_the_place_of_the_union(store: Store) -> None:
    text = LABELS.replace("{", f"FROM <{READING}> {{")
    assert labels(store, text) == {"Goal"}


def test_from_named_alone_leaves_the_default_graph_empty(store: Store) -> None:
    assert labels(store, LABELS.replace("{", f"FROM NAMED <{READING}> {{")) == set()
    text = IN_A_GRAPH.replace("{", f"FROM NAMED <{READING}> {{", 1)
    assert labels(store, text) == {"Goal"}


def test_the_graphs_of_the_protocol_win_over_the_text(store: Store) -> None:
    text = LABELS.replace("{", f"FROM <{READING}> {{")
    assert labels(store, text, default_graphs=(TEXT,)) == {'Mål, "ett"'}
    assert labels(store, LABELS, named_graphs=(TEXT,)) == set()
    assert labels(store, IN_A_GRAPH, named_graphs=(READING,)) == {"Goal"}
    assert labels(store, IN_A_GRAPH, default_graphs=(READING,)) == set()


def test_a_graph_that_is_not_there_is_empty(store: Store) -> None:
    text = "SELECT ?label FROM <http://127.0.0.1:1/> { ?s skos:prefLabel ?label }"
    assert labels(store, text) == set()


def test_tables_follow_their_specification(store: Store) -> None:
    text = "SELECT ?label ?none { ?s skos:prefLabel ?label FILTER(LANG(?label) = 'sv') }"
    assert ask(store, text, results="csv").body == 'label,none\r\n"Mål, ""ett""",\r\n'.encode()
    assert ask(store, text, results="tsv").body == '?label\t?none\n"Mål, \\"ett\\""@sv\t\n'.encode()


@pytest.mark.parametrize(
    ("key", "content_type", "body"),
    [
        ("srj", "application/sparql-results+json", b'{"head":{},"boolean":true}'),
        ("srx", "application/sparql-results+xml", b"<boolean>true</boolean>"),
        ("csv", "text/csv; charset=utf-8", b"boolean\r\ntrue\r\n"),
        ("tsv", "text/tab-separated-values; charset=utf-8", b"?boolean\ntrue\n"),
    ],
)
def test_ask_has_an_answer_in_every_format(
    store: Store, key: str, content_type: str, body: bytes
) -> None:
    answer = ask(store, "ASK {}", results=key)
    assert (answer.kind, answer.content_type) == ("boolean", content_type)
    assert body in answer.body


@pytest.mark.parametrize("fmt", RDF_FORMATS)
@pytest.mark.parametrize("text", ["CONSTRUCT {?s ?p ?o} {?s ?p ?o}", "DESCRIBE ?s {?s ?p ?o}"])
def test_a_graph_can_be_read_back(store: Store, fmt: Format, text: str) -> None:
    answer = ask(store, f"{text} VALUES ?s {{ <{GOAL}> }}", graph=fmt.key)
    assert answer.kind == "graph"
    media_type = RdfFormat.from_media_type(answer.content_type)
    read = {str(quad.triple) for quad in parse(answer.body, format=media_type)}
    assert len(read) == 3
    assert f'<{GOAL}> <{SKOS.prefLabel}> "Goal"@en' in read


def test_a_graph_uses_the_standard_prefixes(store: Store) -> None:
    body = ask(store, "CONSTRUCT WHERE { ?s a strat:Goal }", graph="ttl").body.decode()
    assert " a strat:Goal" in body


@pytest.mark.parametrize(
    ("text", "formats", "named"),
    [
        ("ASK {}", {"results": None}, "application/sparql-results"),
        ("SELECT * {}", {"results": None}, "text/csv"),
        ("CONSTRUCT WHERE {?s ?p ?o}", {"graph": None}, "text/turtle"),
    ],
)
def test_the_format_must_fit_what_the_query_gives(
    store: Store, text: str, formats: dict[str, Any], named: str
) -> None:
    with pytest.raises(NotAcceptable, match=named):
        ask(store, text, **formats)


@pytest.mark.parametrize("text", ["SELECT * {?s ?p ?o}", "CONSTRUCT WHERE {?s ?p ?o}"])
def test_a_result_is_whole_or_refused(store: Store, text: str) -> None:
    whole = len(ask(store, text).body)
    assert len(ask(store, text, limit=whole).body) == whole > PEOPLE
    with pytest.raises(ResultTooLarge, match=f"{whole - 1:,} bytes"):
        ask(store, text, limit=whole - 1)


@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("SELEC", 1, 6, "cannot be read on from here"),
        ("SELECT * {\n ?s ?p }", 2, 9, "after “?s ?p }”"),
        ("PREFIX ö: <http://example.org/>\n\nSELECT * {?å ö:x nope:x}", 3, 24, "Prefix not found"),
        ("SELECT ?s (COUNT(?o) AS ?n) {?s ?p ?o}", 1, 39, "variable that is unbound"),
    ],
)
def test_a_syntax_error_has_a_place(
    store: Store, text: str, line: int, column: int, part: str
) -> None:
    with pytest.raises(QuerySyntaxError, match=re.escape(part)) as caught:
        ask(store, text)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("SELECT (<http://example.org/f>(1) AS ?x) {}", {}),
        ("SELECT * {}", {"default_graphs": ("not an IRI",)}),
        ("SELECT * {}", {"named_graphs": ("",)}),
    ],
)
def test_what_cannot_be_run_is_the_clients_fault(
    store: Store, text: str, options: dict[str, Any]
) -> None:
    with pytest.raises(BadRequest, match="cannot be run"):
        ask(store, text, **options)
