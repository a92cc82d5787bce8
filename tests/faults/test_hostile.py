"""After each attack the endpoint answers a small query, and the web process has not grown."""

import itertools
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import quote

import pytest
from tests.faults.hostile import ANY_TRIPLE, CORPUS, TOO_LONG
from tests.faults.server import DEADLINE, Running, serving

from glokal.release import Release

MB = 1024**2
GROWTH = 40 * MB
"""What the web process may have more than at first, whatever it was sent: its cache, what it
keeps of a few large requests and answers, and what its allocator does not give back."""
NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def server(release: Release) -> Iterator[Running]:
    with serving(release, sparql_max_bytes=4 * MB, sparql_memory=1200 * MB) as running:
        running.number(next(NUMBERS))
        yield running


@pytest.fixture(scope="module")
def at_first(server: Running) -> int:
    return server.memory


@pytest.fixture(autouse=True)
def well_afterwards(server: Running, at_first: int) -> Iterator[None]:
    before = server.process
    yield
    n = next(NUMBERS)
    assert server.number(n) == str(n)
    assert server.client.get("/sv/").status_code == 200
    assert server.process == before
    assert server.memory < at_first + GROWTH


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_query_has_an_honest_answer(server: Running, name: str) -> None:
    text, statuses = CORPUS[name]
    started = time.monotonic()
    answer = server.ask(text)
    # On a machine that is busy otherwise, any of them may reach its deadline first.
    assert answer.status_code in (*statuses, TOO_LONG), answer.text[:300]
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code
    if answer.status_code == TOO_LONG:
        assert time.monotonic() - started >= DEADLINE


def test_all_at_once(server: Running) -> None:
    """As many as there is room for, and then some: each has a whole answer."""
    texts = {name: text for name, (text, _) in CORPUS.items() if len(text) < 100_000}
    with connected(server, *map(post, texts.values())) as connections:
        for name, connection in zip(texts, connections, strict=True):
            status = int(read_all(connection).split()[1])
            assert status in (*CORPUS[name][1], TOO_LONG, 503), name


def test_bytes_that_are_no_utf8(server: Running) -> None:
    for body in (b"ASK { ?s ?p '\xff\xfe' }", b"\xc3", b"ASK {} #\xed\xa0\x80"):
        answer = server.client.post(
            "/sparql", content=body, headers={"Content-Type": "application/sparql-query"}
        )
        assert answer.status_code == 400
    assert server.client.get("/sparql?query=%FF%00").status_code == 400


def test_an_escaped_nul(server: Running) -> None:
    assert server.client.get("/sparql?query=ASK%20%00%20%7B%7D").status_code == 400


@contextmanager
def connected(server: Running, *requests: bytes) -> Iterator[list[socket.socket]]:
    """A connection for each of some requests, which have been sent."""
    with ExitStack() as stack:
        connections = [stack.enter_context(server.connect()) for _ in requests]
        for connection, request in zip(connections, requests, strict=True):
            connection.sendall(request)
        yield connections


def get(text: str) -> bytes:
    return f"GET /sparql?query={quote(text)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


def post(text: str) -> bytes:
    body = text.encode()
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/sparql-query\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def endless() -> str:
    return f"SELECT (COUNT(*) AS ?n{next(NUMBERS)}) {{ {ANY_TRIPLE} }}"


def read_all(connection: socket.socket) -> bytes:
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
    return b"".join(parts)


def test_clients_that_leave(server: Running) -> None:
    for _ in range(30):
        with server.connect() as connection:
            connection.sendall(get(endless()))
    for _ in range(5):
        with server.connect() as connection:
            connection.sendall(get(endless()))
            time.sleep(0.1)


def test_connections_that_are_half_closed(server: Running) -> None:
    with connected(server, *(get(endless()) for _ in range(5))) as connections:
        for connection in connections:
            connection.shutdown(socket.SHUT_WR)
        n = next(NUMBERS)
        assert server.number(n) == str(n)
        for connection in connections:
            read_all(connection)


ALL = "SELECT * { ?s ?p ?o } LIMIT 8000"


def test_readers_that_are_slow(server: Running) -> None:
    requests = (get(f"{ALL} OFFSET {next(NUMBERS)}") for _ in range(5))
    with connected(server, *requests) as connections:
        n = next(NUMBERS)
        assert server.number(n) == str(n)
        for connection in connections:
            assert connection.recv(100).startswith(b"HTTP/1.1 200")


PARTS = {
    "a body": (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
        b"Content-Type: application/sparql-query\r\n\r\nASK"
    ),
    "a head": b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\nX-",
    "a chunk": (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/sparql-query\r\n\r\nffff\r\nASK"
    ),
    "nothing": b"",
    "noise": bytes(range(256)) * 4,
}


@pytest.mark.parametrize("part", PARTS)
def test_senders_that_stop_in_the_middle(server: Running, part: str) -> None:
    with connected(server, *[PARTS[part]] * 20):
        n = next(NUMBERS)
        assert server.number(n) == str(n)


def test_requests_behind_one_another(server: Running) -> None:
    with server.connect() as connection:
        connection.sendall(get("ASK {}") * 50)
        answers = b""
        while answers.count(b"HTTP/1.1 200") < 50:
            part = connection.recv(65536)
            assert part
            answers += part
