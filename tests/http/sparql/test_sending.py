"""The ways to send a query (SPARQL 1.1 Protocol section 2.1)."""

from collections.abc import Callable
from urllib.parse import quote, urlencode

import httpx
import pytest
from tests.http.sparql.endpoint import COUNT, FORM, JSON_RESULTS, LABELS, form, post
from tests.serving.sparql.example import GOAL, READING, TEXT

Send = Callable[[httpx.Client, str], httpx.Response]

WAYS: dict[str, Send] = {
    "GET": lambda client, text: client.get("/sparql", params={"query": text}),
    "POST form": lambda client, text: post(client, form(query=text), FORM),
    "POST form in Latin-1": lambda client, text: post(
        client,
        b"query=" + quote(text, encoding="latin-1").encode(),
        f"{FORM}; charset=ISO-8859-1",
    ),
    "POST query": lambda client, text: post(client, text.encode(), "application/sparql-query"),
    "POST query in UTF-8": lambda client, text: post(
        client, text.encode(), 'Application/SPARQL-Query; charset="UTF-8"'
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_to_send_a_query(client: httpx.Client, way: str) -> None:
    text = "SELECT ?s { ?s skos:prefLabel 'Mål, \"ett\"'@sv }"
    response = WAYS[way](client, text)
    assert response.status_code == 200
    assert response.headers["content-type"] == JSON_RESULTS
    assert response.headers["vary"] == "Accept"
    assert response.headers["cache-control"] == ("no-cache" if "GET" in way else "no-store")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["server-timing"].startswith("queue;dur=")
    assert [row["s"]["value"] for row in response.json()["results"]["bindings"]] == [GOAL]


def test_letters_that_were_not_escaped(client: httpx.Client) -> None:
    text = "ASK { ?s skos:prefLabel 'Mål, \"ett\"'@sv }"
    response = post(client, f"query={text}".encode(), FORM)
    assert response.json()["boolean"] is True


def test_head_is_get_without_a_body(client: httpx.Client) -> None:
    get = client.get("/sparql", params={"query": COUNT})
    head = client.head("/sparql", params={"query": COUNT})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


def test_graphs_named_by_the_protocol(client: httpx.Client) -> None:
    def rows(**parameters: str | list[str]) -> list[str]:
        response = client.get("/sparql", params={"query": LABELS, "format": "csv", **parameters})
        return response.text.splitlines()[1:]

    assert rows() == ["Goal", '"Mål, ""ett"""']
    assert rows(**{"default-graph-uri": READING}) == ["Goal"]
    assert rows(**{"default-graph-uri": [READING, TEXT]}) == ["Goal", '"Mål, ""ett"""']
    assert rows(**{"named-graph-uri": READING}) == []
    url = f"/sparql?{urlencode({'default-graph-uri': READING, 'format': 'csv'})}"
    response = post(client, LABELS.encode(), "application/sparql-query", url)
    assert response.text.splitlines()[1:] == ["Goal"]


def test_a_query_of_16_kilobytes_fits_into_an_address(client: httpx.Client) -> None:
    text = "ASK {}" + " " * 16_000
    assert client.get("/sparql", params={"query": text}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "PROPFIND"])
def test_other_methods_learn_which_ones_there_are(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/sparql")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_preflight(client: httpx.Client) -> None:
    response = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert (response.status_code, response.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert "POST" in response.headers["access-control-allow-methods"]
