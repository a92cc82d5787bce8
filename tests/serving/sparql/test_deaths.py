"""Workers that are killed or die, and what becomes of their queries."""

import asyncio
import os
import signal

import pytest
from tests.serving.sparql.asking import (
    ENDLESS,
    kill_workers,
    lives,
    number,
    until,
    value,
    workers,
    zygote,
)
from tests.serving.sparql.example import PEOPLE, running

from glokal.errors import (
    QueryEngineFailed,
    ServiceBusy,
)
from glokal.release import Release


def test_a_worker_that_was_killed_is_replaced(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release, sparql_cache=0) as pool:
            for _ in range(20):
                kill_workers()
                assert await value(pool, "SELECT (1 AS ?n) {}") == "1"

    asyncio.run(check())


HALF_A_SECOND = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"


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
