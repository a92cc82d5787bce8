"""Workers that are killed, die, or are too few; the next query must always work."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import pytest
from tests.serving.sparql.example import GOAL, PEOPLE, running

from glokal.errors import (
    GlokalError,
    NotAcceptable,
    QueryEngineFailed,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    ReleaseError,
    ResultTooLarge,
    ServiceBusy,
)
from glokal.release import Release
from glokal.serving.sparql.pool import QueryPool
from glokal.serving.sparql.process import COMMAND
from glokal.serving.sparql.protocol import Query, pack, read
from glokal.settings import Settings

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ORDERED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i LIMIT 1"
DOUBLINGS = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
BOMB = f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('ab' AS ?x0) {DOUBLINGS} }}"
MB = 1024**2


def number(text: str) -> Query:
    return Query(text, results="csv", graph="nt")


async def value(pool: QueryPool, text: str) -> str:
    answer = await pool.run(number(text))
    return answer.body.decode().splitlines()[1]


def test_answers_come_with_their_kind_and_times(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release) as pool:
            assert pool.alive
            assert await value(pool, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == str(PEOPLE + 3)
            answer = await pool.run(number("ASK { ?s a strat:Goal }"))
            assert (answer.kind, answer.body) == ("boolean", b"boolean\r\ntrue\r\n")
            graph = await pool.run(number(f"DESCRIBE <{GOAL}>"))
            assert (graph.kind, graph.content_type) == ("graph", "application/n-triples")
            assert 0 <= graph.waited < 1
            assert 0 < graph.ran < 1
        assert not pool.alive

    asyncio.run(check())


@pytest.mark.parametrize(
    ("query", "error"),
    [
        (number("INSERT DATA {}"), QueryRefused),
        (number("SELECT"), QuerySyntaxError),
        (Query("SELECT * {}", graph="ttl"), NotAcceptable),
        (Query("CONSTRUCT WHERE { ?s ?p ?o }", results="srj"), NotAcceptable),
        (number("SELECT * { ?a ?b ?c . ?d ?e ?f }"), ResultTooLarge),
    ],
)
def test_what_the_worker_says_of_a_query_arrives(
    small_release: Release, query: Query, error: type[GlokalError]
) -> None:
    async def check() -> None:
        async with running(small_release, sparql_max_bytes=100_000) as pool:
            with pytest.raises(error) as caught:
                await pool.run(query)
            assert getattr(caught.value, "column", 7) == 7
            assert await value(pool, "SELECT (1 AS ?n) {}") == "1"

    asyncio.run(check())


def test_a_query_is_stopped_at_its_deadline(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release, sparql_timeout=1) as pool:
            for text in (ENDLESS, ORDERED):
                started = time.monotonic()
                with pytest.raises(QueryTimeout, match="after 1 seconds"):
                    await pool.run(number(text))
                assert 1 <= time.monotonic() - started < 2
                assert await value(pool, "SELECT (1 AS ?n) {}") == "1"

    asyncio.run(check())


def test_a_query_that_takes_too_much_memory_ends_alone(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release, sparql_memory=1200 * MB) as pool:
            with pytest.raises(QueryEngineFailed, match="memory"):
                await pool.run(number(BOMB))
            assert await value(pool, "SELECT (1 AS ?n) {}") == "1"

    asyncio.run(check())


@pytest.mark.parametrize(
    ("depth", "error"),
    [(20_000, None), (120_000, QueryEngineFailed)],
)
def test_nesting(small_release: Release, depth: int, error: type[GlokalError] | None) -> None:
    async def check() -> None:
        async with running(small_release) as pool:
            query = number("ASK " + "{" * depth + "}" * depth)
            if error is None:
                assert (await pool.run(query)).kind == "boolean"
            else:
                with pytest.raises(error, match="nests too deeply"):
                    await pool.run(query)
            assert await value(pool, "SELECT (1 AS ?n) {}") == "1"

    asyncio.run(check())


def test_the_queue_is_bounded(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release, sparql_timeout=1, sparql_queue=2) as pool:
            first = asyncio.create_task(pool.run(number(ENDLESS)))
            await asyncio.sleep(0)
            waiting = [
                asyncio.create_task(value(pool, f"SELECT ({n} AS ?n) {{}}")) for n in range(2)
            ]
            await asyncio.sleep(0.1)
            with pytest.raises(ServiceBusy, match="Too many"):
                await value(pool, "SELECT (9 AS ?n) {}")
            with pytest.raises(QueryTimeout):
                await first
            results = await asyncio.gather(*waiting, return_exceptions=True)
            assert all(r in ("0", "1") or isinstance(r, ServiceBusy) for r in results)
            assert await value(pool, "SELECT (3 AS ?n) {}") == "3"

    asyncio.run(check())


def test_a_cancelled_query_never_answers_the_next(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release) as pool:
            for n in range(4):
                task = asyncio.create_task(pool.run(number(ENDLESS if n % 2 else "ASK {}")))
                await asyncio.sleep(0.05 * (n % 2))
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
                assert await value(pool, f"SELECT ({n} AS ?n) {{}}") == str(n)

    asyncio.run(check())


def test_many_queries_at_once_each_get_their_own_answer(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release, workers=2, sparql_queue=100) as pool:
            texts = [f"SELECT ({n} AS ?n) {{}}" for n in range(100)]
            answers = await asyncio.gather(*(value(pool, text) for text in texts))
            assert answers == [str(n) for n in range(100)]

    asyncio.run(check())


def test_a_worker_that_was_killed_is_replaced(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release) as pool:
            for _ in range(2):
                os.kill(_only_worker(), signal.SIGKILL)
                await asyncio.sleep(0.1)
                assert await value(pool, "SELECT (1 AS ?n) {}") == "1"

    asyncio.run(check())


def test_a_store_that_is_not_there_is_reported(tmp_path: Path) -> None:
    async def check() -> None:
        pool = QueryPool(tmp_path / "nowhere", {}, Settings())
        with pytest.raises(ReleaseError, match=r"cannot start: .*nowhere"):
            await pool.start()
        assert not pool.alive

    asyncio.run(check())


def test_too_little_memory_to_start_is_reported(small_release: Release) -> None:
    async def check() -> None:
        settings = Settings(sparql_memory=MB)
        pool = QueryPool(small_release.path / "store", {}, settings)
        with pytest.raises(ReleaseError, match="query worker"):
            await pool.start()

    asyncio.run(check())


def test_a_worker_ends_with_the_process_that_started_it(small_release: Release) -> None:
    with raw_worker(COMMAND, small_release, ENDLESS) as (worker, requests, replies):
        assert read(replies) == ({"ready": True}, b"")
        assert worker.poll() is None
        requests.close()
        assert worker.wait(timeout=2) == 0


def test_no_query_opens_a_connection(small_release: Release) -> None:
    """The process itself cannot, even where the guard would let a call pass."""
    unguarded = (
        "import glokal.serving.sparql.evaluate as evaluate, glokal.serving.sparql.worker as worker;"
        "outline = evaluate.examine('ASK {}');"
        "evaluate.examine = lambda text: outline;"
        "worker.main()"
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        port = listener.getsockname()[1]
        call = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        header = _ask_a_worker([COMMAND[0], "-c", unguarded], small_release, call)
        assert header["error"] == "ReleaseError"
        assert "open files" in header["message"]
        header = _ask_a_worker(COMMAND, small_release, call)
        assert header["error"] == "QueryRefused"
        with pytest.raises(BlockingIOError):
            listener.accept()


def _ask_a_worker(command: Sequence[str], release: Release, text: str) -> dict[str, Any]:
    with raw_worker(command, release, text) as (_, _, replies):
        assert read(replies) == ({"ready": True}, b"")
        frame = read(replies)
    assert frame, "the worker gave no answer in time"
    return frame[0]


@contextlib.contextmanager
def raw_worker(
    command: Sequence[str], release: Release, text: str
) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes]]]:
    """A worker that has been sent a query; it is killed at the end, or after ten seconds."""
    configuration = {
        "store": str(release.path / "store"),
        "prefixes": {},
        "memory": 2048 * MB,
        "max_bytes": MB,
    }
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin
        assert worker.stdout
        limit = threading.Timer(10, worker.kill)
        limit.start()
        try:
            worker.stdin.write(pack(configuration) + number(text).to_frame())
            worker.stdin.flush()
            yield worker, worker.stdin, worker.stdout
        finally:
            limit.cancel()
            worker.kill()


def _only_worker() -> int:
    """The process id of the one child of this process."""
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return int(children[-1])
