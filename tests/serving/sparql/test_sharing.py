"""What one answer saves: the same query at once, and the same query again."""

import asyncio
import contextlib
from dataclasses import replace

import pytest
from tests.serving.sparql.example import running

from glokal.errors import QueryTimeout
from glokal.release import Release
from glokal.serving.sparql.cache import AnswerCache
from glokal.serving.sparql.protocol import Answer, Query
from glokal.serving.sparql.repeatable import is_repeatable, may_differ

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
NUMBER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?b ?e }"


def csv(text: str) -> Query:
    return Query(text, "csv", "nt")


def test_a_query_that_was_answered_runs_no_more(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release) as pool:
            ran = await pool.run(csv(NUMBER))
            first = await pool.run(csv(NUMBER))
            assert (first.body, first.ran) == (ran.body, 0)
            assert await pool.run(csv(NUMBER)) is first
            other = await pool.run(replace(csv(NUMBER), results="srj"))
            assert other.content_type != first.content_type
        again = await pool.run(csv(NUMBER))  # nobody is left to run it
        assert again is first

    asyncio.run(check())


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_differs_every_time_is_run_every_time(small_release: Release, function: str) -> None:
    text = f"SELECT ({function} AS ?x) {{}}"

    async def check() -> None:
        async with running(small_release) as pool:
            answers = await asyncio.gather(*(pool.run(csv(text)) for _ in range(2)))
            answers.append(await pool.run(csv(text)))
            assert not any(answer.repeatable for answer in answers)
            if "BNODE" not in function:  # whose labels are the engine's
                assert len({answer.body for answer in answers}) == 3

    asyncio.run(check())


def test_the_same_query_at_once_runs_once(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release, sparql_cache=0) as pool:
            answers = await asyncio.gather(*(pool.run(csv(NUMBER)) for _ in range(20)))
            assert all(answer is answers[0] for answer in answers)
            assert await pool.run(csv(NUMBER)) is not answers[0]

    asyncio.run(check())


def test_who_leaves_takes_nothing_from_who_waits_for_the_same(small_release: Release) -> None:
    async def check() -> None:
        async with running(small_release, sparql_timeout=1) as pool:
            first, second = (asyncio.create_task(pool.run(csv(ENDLESS))) for _ in range(2))
            await asyncio.sleep(0.2)
            first.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await first
            with pytest.raises(QueryTimeout):
                await second

    asyncio.run(check())


def answer(size: int, *, repeatable: bool = True) -> Answer:
    return Answer("bindings", "text/csv", b"x" * size, repeatable=repeatable)


def test_the_cache_is_bounded_and_forgets_what_was_not_asked_for() -> None:
    cache = AnswerCache(100_000)
    for n in range(5):
        cache.put(csv(f"{n}"), answer(10_000))
    for n in range(5, 50):
        assert cache.get(csv("0"))
        cache.put(csv(f"{n}"), answer(10_000))
    kept = [n for n in range(50) if cache.get(csv(f"{n}"))]
    assert kept == [0, *range(42, 50)]


@pytest.mark.parametrize(
    ("size", "one"),
    [(0, answer(0)), (100_000, answer(12_000)), (100_000, answer(1, repeatable=False))],
)
def test_some_answers_are_not_kept(size: int, one: Answer) -> None:
    cache = AnswerCache(size)
    cache.put(csv("ASK {}"), one)
    assert cache.get(csv("ASK {}")) is None


@pytest.mark.parametrize(
    ("text", "repeatable"),
    [
        ("SELECT * { ?s foaf:knows ?o }", True),
        ("SELECT * { ?now now:rand 'NOW()', <uuid> } # RAND()", True),
        ("SELECT (now ( ) AS ?x) {}", False),
        ("SELECT (1+rAnd() AS ?x) {}", False),
        ("SELECT (sTruUid() AS ?x) {}", False),
        ("SELECT * { BIND(BNODE('a')AS?x) }", False),
        ("SELECT * { ?s ?p ?o FILTER(?o<NOW()) }", False),
    ],
)
def test_which_queries_are_repeatable(text: str, repeatable: bool) -> None:
    assert may_differ(text)
    assert is_repeatable(text) is repeatable
