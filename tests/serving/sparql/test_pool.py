"""The pool as who asks sees it: answers, refusals, deadlines, a bounded queue."""

import asyncio
import contextlib
import os
import signal
import time
from pathlib import Path

import pytest
from tests.serving.sparql.asking import (
    ENDLESS,
    number,
    value,
    workers,
)
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
from glokal.serving.sparql.protocol import Query
from glokal.settings import Settings

ORDERED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i LIMIT 1"
DOUBLINGS = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
BOMB = f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('ab' AS ?x0) {DOUBLINGS} }}"
MB = 1024**2


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
        async with running(small_release, workers=1, sparql_queue=2) as pool:
            asked = [value(pool, f"SELECT ({n} AS ?n) {{}}") for n in range(4)]
            *answers, refused = await asyncio.gather(*asked, return_exceptions=True)
            assert answers == ["0", "1", "2"]
            assert isinstance(refused, ServiceBusy)
            assert await value(pool, "SELECT (3 AS ?n) {}") == "3"

    asyncio.run(check())


def test_a_query_does_not_wait_for_ever(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release, workers=1, sparql_timeout=1) as pool:
            for worker in workers():
                os.kill(worker, signal.SIGSTOP)
            await asyncio.sleep(0.2)  # for its threads to notice
            with pytest.raises(ServiceBusy, match="became free"):
                await value(pool, "SELECT (1 AS ?n) {}")
            for worker in workers():
                os.kill(worker, signal.SIGCONT)
            assert await value(pool, "SELECT (2 AS ?n) {}") == "2"

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
