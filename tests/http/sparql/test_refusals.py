"""What the endpoint does not answer, and how it says so."""

import json
import socket
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from tests.http.sparql.endpoint import ENDLESS, FORM, GRAPH, form, post


def get(**parameters: Any) -> Callable[[httpx.Client], httpx.Response]:
    accept = parameters.pop("accept", "*/*")
    return lambda client: client.get("/sparql", params=parameters, headers={"Accept": accept})


REFUSALS: dict[str, tuple[Callable[[httpx.Client], httpx.Response], int, str]] = {
    "missing query": (get(format="json"), 400, "missing"),
    "missing query in a form": (lambda c: post(c, b"a=b", FORM), 400, "missing"),
    "empty form": (lambda c: post(c, b"", FORM), 400, "missing"),
    "two queries": (get(query=["ASK {}", "ASK {}"]), 400, "more than once"),
    "two queries in two places": (
        lambda c: post(c, form(query="ASK {}"), FORM, "/sparql?query=ASK+%7B%7D"),
        400,
        "more than once",
    ),
    "syntax error": (get(query="SELECT * { ?s ?p nope:x }"), 400, "Prefix not found"),
    "empty query": (get(query=""), 400, "Line 1, column 1"),
    "update as query": (get(query="INSERT DATA {}"), 400, "read-only"),
    "update parameter": (get(update="INSERT DATA {}"), 400, "read-only"),
    "update form": (lambda c: post(c, form(update="DROP ALL"), FORM), 400, "read-only"),
    "update body": (
        lambda c: post(c, b"DROP ALL", "application/sparql-update"),
        400,
        "read-only",
    ),
    "service": (get(query="ASK { SERVICE <http://example.org/> {} }"), 400, "SERVICE"),
    "unknown function": (get(query="SELECT (<http://example.org/f>() AS ?x) {}"), 400, "function"),
    "graph that is no IRI": (get(query="ASK {}", **{"default-graph-uri": "x y"}), 400, "IRI"),
    "query that is not UTF-8": (
        lambda c: post(c, b"ASK { ?s ?p '\xe5' }", "application/sparql-query"),
        400,
        "not in UTF-8",
    ),
    "address that is not UTF-8": (lambda c: c.get("/sparql?query=%E5"), 400, "not in UTF-8"),
    "too many parameters": (lambda c: c.get(f"/sparql?{'a=&' * 1001}"), 400, "parameters"),
    "wrong media type": (lambda c: post(c, b"ASK {}", "text/plain"), 415, "text/plain"),
    "no media type": (lambda c: c.post("/sparql", content=b"ASK {}"), 415, "sparql-query"),
    "unknown charset": (
        lambda c: post(c, b"ASK {}", "application/sparql-query; charset=utf-16"),
        415,
        "utf-16",
    ),
    "body too large": (
        lambda c: post(c, b"#" * (1024**2 + 1), "application/sparql-query"),
        413,
        "bytes",
    ),
    "result too large": (get(query="SELECT * { ?a ?b ?c . ?d ?e ?f }"), 413, "LIMIT"),
    "nothing acceptable": (get(query="ASK {}", accept="image/png"), 406, "image/png"),
    "format for the other kind": (get(query=GRAPH, accept="text/csv"), 406, "text/turtle"),
    "unknown format": (get(query="ASK {}", format="docx"), 406, "docx"),
    "nothing acceptable of the description": (get(accept="text/csv"), 406, "text/turtle"),
    "too slow": (get(query=ENDLESS), 504, "2 seconds"),
    "too deep": (
        lambda c: post(c, b"ASK" + b"{" * 200_000, "application/sparql-query"),
        422,
        "deeply",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_each_refusal_says_what_is_wrong(client: httpx.Client, case: str) -> None:
    send, status, detail = REFUSALS[case]
    response = send(client)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert detail in response.json()["detail"]
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_a_syntax_error_names_line_and_column(client: httpx.Client) -> None:
    problem = client.get("/sparql", params={"query": "SELECT *\n{ ?s ?p nope:x }"}).json()
    assert (problem["line"], problem["column"]) == (2, 15)


def test_no_query_makes_the_server_connect(client: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        target = f"<http://127.0.0.1:{listener.getsockname()[1]}/>"
        for text in (
            f"ASK {{ SERVICE {target} {{ ?s ?p ?o }} }}",
            f"ASK {{ SERVICE SILENT {target} {{ ?s ?p ?o }} }}",
            f"ASK {{ BIND({target} AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
            f"LOAD {target}",
        ):
            assert client.get("/sparql", params={"query": text}).status_code == 400
        for text in (f"ASK FROM {target} {{ ?s ?p ?o }}", f"ASK {{ GRAPH {target} {{ }} }}"):
            assert client.get("/sparql", params={"query": text}).status_code == 200
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_problem_is_json_even_with_odd_letters(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "å\u2028\U0001f600"})
    assert response.status_code == 400
    assert json.loads(response.content)["status"] == 400
