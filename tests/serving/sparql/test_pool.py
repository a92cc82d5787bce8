"""Workers that are killed, die, or are too few; the next query must always work."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

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
from glokal.serving.sparql.protocol import Query
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


def test_a_worker_that_was_killed_is_replaced(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release, sparql_cache=0) as pool:
            for _ in range(20):
                kill_workers()
                assert await value(pool, "SELECT (1 AS ?n) {}") == "1"

    asyncio.run(check())


HALF_A_SECOND = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.02)


def test_a_query_whose_worker_was_killed_is_run_again_once(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release) as pool:
            task = asyncio.create_task(value(pool, HALF_A_SECOND))
            await asyncio.sleep(0.15)
            kill_workers()
            assert await task == str((PEOPLE + 3) ** 2)
            endless = asyncio.create_task(value(pool, ENDLESS))
            for _ in range(2):
                await asyncio.sleep(0.5)
                kill_workers()
            with pytest.raises(QueryEngineFailed):
                await endless

    asyncio.run(check())


def test_a_worker_that_dies_while_it_writes_spoils_nothing(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release, sparql_cache=0) as pool:
            whole = (await pool.run(number(LARGE))).body
            for n in range(12):
                task = asyncio.create_task(pool.run(number(LARGE)))
                await asyncio.sleep(0.02 * n)
                kill_workers()
                assert (await task).body == whole
            assert await value(pool, "SELECT (1 AS ?n) {}") == "1"

    asyncio.run(check())


def test_a_cancelled_query_runs_no_more(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release, sparql_timeout=60) as pool:
            before = set(workers())
            task = asyncio.create_task(pool.run(number(ENDLESS)))
            await until(lambda: len(workers()) == 3)  # it is heavy, and another took its place
            task.cancel()
            await until(lambda: len(workers()) == 2)
            assert len(before & set(workers())) == 1

    asyncio.run(check())


def test_a_worker_that_was_slowed_down_is_not_used_again(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release) as pool:
            before = set(workers())
            assert await value(pool, HALF_A_SECOND) == str((PEOPLE + 3) ** 2)
            await until(lambda: len(workers()) == 2)
            assert before != set(workers())
            assert {os.getpriority(os.PRIO_PROCESS, worker) for worker in workers()} == {
                os.getpriority(os.PRIO_PROCESS, 0)
            }

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


def test_no_process_outlives_the_pool(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release) as pool:
            endless = asyncio.create_task(pool.run(number(ENDLESS)))
            await asyncio.sleep(0.5)
            processes = [zygote(), *workers()]
            assert len(processes) >= 3  # a fourth where the long query has been demoted
        with pytest.raises(ServiceBusy):
            await endless
        assert not any(map(lives, processes))

    asyncio.run(check())


def test_no_worker_outlives_the_zygote(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release) as pool:
            lost = workers()
            endless = asyncio.create_task(pool.run(number(ENDLESS)))
            await asyncio.sleep(0.2)
            os.kill(zygote(), signal.SIGKILL)
            with pytest.raises(ServiceBusy, match="restarted"):
                await endless
            async with asyncio.timeout(10):
                while not pool.alive:
                    await asyncio.sleep(0.02)
            assert await value(pool, "SELECT (1 AS ?n) {}") == "1"
            assert not any(map(lives, lost))

    asyncio.run(check())


def zygote() -> int:
    """The process id of the child of this process that was started last."""
    return max(children(os.getpid()))


def workers() -> list[int]:
    """The process ids of the living workers."""
    return children(zygote())


def kill_workers() -> None:
    for worker in workers():
        os.kill(worker, signal.SIGKILL)


def lives(process: int) -> bool:
    """Whether a process runs; one that is dead may be listed until its adopter takes note."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children(process: int) -> list[int]:
    return [
        int(child)
        for task in Path(f"/proc/{process}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
