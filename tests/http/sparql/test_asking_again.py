"""What a client that asks again has to fetch (RFC 9110 section 13.1)."""

import httpx
from tests.http.sparql.endpoint import COUNT, JSON_RESULTS, LABELS
from tests.serving.sparql.example import TEXT


def test_a_client_that_has_the_answer_need_not_fetch_it(client: httpx.Client) -> None:
    first = client.get("/sparql", params={"query": LABELS})
    tag = first.headers["etag"]
    again = client.get("/sparql", params={"query": LABELS}, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert (again.headers["etag"], again.headers["vary"]) == (tag, "Accept")
    head = client.head("/sparql", params={"query": LABELS}, headers={"If-None-Match": tag})
    assert head.status_code == 304


def test_each_format_dataset_and_query_has_its_tag(client: httpx.Client) -> None:
    def tag(accept: str = JSON_RESULTS, **parameters: str) -> str:
        given = {"query": LABELS, **parameters}
        return client.get("/sparql", params=given, headers={"Accept": accept}).headers["etag"]

    variants = [
        tag(),
        tag("text/csv"),
        tag(query=COUNT),
        tag(**{"default-graph-uri": TEXT}),
        tag(**{"named-graph-uri": TEXT}),
    ]
    assert len(set(variants)) == len(variants)
    assert tag() == tag()


def test_what_differs_each_time_is_not_kept(client: httpx.Client) -> None:
    draw = {"query": "SELECT (RAND() AS ?n) {}"}
    one, other = (client.get("/sparql", params=draw) for _ in range(2))
    assert one.headers["cache-control"] == "no-store"
    assert "etag" not in one.headers
    assert one.content != other.content


def test_any_tag_does_not_stand_for_the_answer_of_a_wrong_query(client: httpx.Client) -> None:
    headers = {"If-None-Match": "*"}
    assert client.get("/sparql", params={"query": "ASK {"}, headers=headers).status_code == 400
    assert client.get("/sparql", params={"query": LABELS}, headers=headers).status_code == 200
