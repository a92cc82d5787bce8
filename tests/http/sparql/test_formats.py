"""Which format an answer has."""

import httpx
import pytest
from tests.http.sparql.endpoint import BROWSER, COUNT, GRAPH, JSON_RESULTS


@pytest.mark.parametrize(
    ("accept", "text", "content_type"),
    [
        (None, COUNT, JSON_RESULTS),
        ("*/*", COUNT, JSON_RESULTS),
        (BROWSER, COUNT, JSON_RESULTS),
        ("application/sparql-results+xml", COUNT, "application/sparql-results+xml"),
        ("application/json", COUNT, JSON_RESULTS),
        ("text/xml", COUNT, "application/sparql-results+xml"),
        ("text/csv", COUNT, "text/csv; charset=utf-8"),
        ("text/tab-separated-values", COUNT, "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.1, text/*;q=0.9", "ASK {}", "text/tab-separated-values; charset=utf-8"),
        (None, GRAPH, "text/turtle; charset=utf-8"),
        (BROWSER, GRAPH, "text/turtle; charset=utf-8"),
        ("application/ld+json", GRAPH, "application/ld+json"),
        ("application/n-triples", GRAPH, "application/n-triples"),
        ("application/rdf+xml", GRAPH, "application/rdf+xml"),
        ("application/trig", GRAPH, "application/trig"),
        ("application/n-quads", GRAPH, "application/n-quads"),
        (f"{JSON_RESULTS}, application/rdf+xml;q=0.5", GRAPH, "application/rdf+xml"),
        (f"{JSON_RESULTS}, application/rdf+xml;q=0.5", COUNT, JSON_RESULTS),
    ],
)
def test_accept(client: httpx.Client, accept: str | None, text: str, content_type: str) -> None:
    headers = {"Accept": accept} if accept else {}
    request = client.build_request("GET", "/sparql", params={"query": text}, headers=headers)
    if accept is None:
        del request.headers["Accept"]
    response = client.send(request)
    assert (response.status_code, response.headers["content-type"]) == (200, content_type)


@pytest.mark.parametrize(
    ("name", "text", "content_type"),
    [
        ("json", COUNT, JSON_RESULTS),
        ("srj", COUNT, JSON_RESULTS),
        (JSON_RESULTS, COUNT, JSON_RESULTS),
        ("xml", COUNT, "application/sparql-results+xml"),
        ("csv", COUNT, "text/csv; charset=utf-8"),
        ("TSV", COUNT, "text/tab-separated-values; charset=utf-8"),
        ("text/csv", COUNT, "text/csv; charset=utf-8"),
        ("json", GRAPH, "application/ld+json"),
        ("json-ld", GRAPH, "application/ld+json"),
        ("xml", GRAPH, "application/rdf+xml"),
        ("rdf+xml", GRAPH, "application/rdf+xml"),
        ("n3", GRAPH, "text/turtle; charset=utf-8"),
        ("ttl", GRAPH, "text/turtle; charset=utf-8"),
        ("nt", GRAPH, "application/n-triples"),
        ("nquads", GRAPH, "application/n-quads"),
    ],
)
@pytest.mark.parametrize("parameter", ["format", "output"])
def test_a_name_beats_accept(
    client: httpx.Client, parameter: str, name: str, text: str, content_type: str
) -> None:
    response = client.get(
        "/sparql",
        params={"query": text, parameter: name, "unknown": "ignored"},
        headers={"Accept": "text/csv, text/turtle;q=0.5"},
    )
    assert (response.status_code, response.headers["content-type"]) == (200, content_type)
