"""What the dispatcher makes of what its crew tells, in an order that no real crew can be given."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from glokal.errors import ContentTooLarge, QueryEngineFailed, QueryNestsTooDeeply, QueryTimeout
from glokal.serving.sparql import dispatch
from glokal.serving.sparql.desk import ROOM, Desk, create
from glokal.serving.sparql.dispatch import Bounds, Dispatcher
from glokal.serving.sparql.protocol import ENVELOPE, READY, Answer, Mailbox, Query, pack
from glokal.serving.sparql.zygote import Configuration

BOUNDS = Bounds(fast=2, slow=1, waiting=4, queue=4, share=10, timeout=0.1)
NOBODY = 2**22 + 1
"""No process has such an id, so it has used no processor time."""


class FakeCrew:
    """Does what it is told by the test, and remembers what it was told by the dispatcher."""

    def __init__(self, listener: Dispatcher, workers: int, places: int) -> None:
        self.listener = listener
        self.places = places
        self.network_left = True
        self.desk = Desk(create(), places, workers)
        self.orders: list[tuple[str, int]] = []
        self.queue: list[int] = []

    async def start(self, configuration: Configuration) -> None:
        asyncio.get_running_loop().call_soon(self.bear, 0, 1)

    def bear(self, *workers: int) -> None:
        for worker in workers:
            self.listener.started(worker, NOBODY)
            self.listener.answered(worker, READY, pack({"filtered": True}))

    async def stop(self) -> None:
        pass

    def order(self, verb: str, worker: int) -> None:
        self.orders.append((verb, worker))

    def enqueue(self, number: int) -> None:
        self.queue.append(number)

    @property
    def queue_is_empty(self) -> bool:
        return not self.queue

    def take(self, worker: int) -> int:
        """Let a worker begin with the next request."""
        number = self.queue.pop(0)
        now = asyncio.get_running_loop().time()
        assert self.desk.begin(worker, number, now, 0.0)
        return number

    def answer(self, worker: int, number: int) -> None:
        header = {"kind": "boolean", "content_type": "text/csv"}
        self.listener.answered(worker, number, pack(header, str(number).encode()))


Scene = Callable[[Dispatcher, FakeCrew], Coroutine[Any, Any, None]]


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[[Scene], None]:
    monkeypatch.setattr(dispatch, "Crew", FakeCrew)

    async def act(scene: Scene) -> None:
        dispatcher = Dispatcher(BOUNDS)
        await dispatcher.start(Configuration("", {}, 0, 0, 0))
        crew = dispatcher._crew
        assert isinstance(crew, FakeCrew)
        try:
            async with asyncio.timeout(10):
                await scene(dispatcher, crew)
        finally:
            await dispatcher.stop()

    return lambda scene: asyncio.run(act(scene))


def ask(dispatcher: Dispatcher, text: str = "ASK {}") -> "asyncio.Task[Answer]":
    return asyncio.create_task(dispatcher.run(Query(text), "", shareable=False))


def test_who_is_killed_for_one_query_does_not_fail_the_next(play: Callable[[Scene], None]) -> None:
    async def scene(dispatcher: Dispatcher, crew: FakeCrew) -> None:
        first, second = ask(dispatcher), ask(dispatcher)
        await asyncio.sleep(0)
        number = crew.take(0)
        first.cancel()
        await asyncio.sleep(0)
        assert ("kill", 0) in crew.orders
        crew.answer(0, number)  # it was faster, and is at the next one when it is killed
        late = crew.take(0)
        crew.listener.ended(0, -9)
        assert crew.queue == [late]
        crew.take(1)
        crew.listener.ended(1, -9)  # by a stranger: the one death that a query survives
        assert crew.queue == [late]
        crew.bear(0)
        crew.answer(0, crew.take(0))
        assert (await second).body == str(late).encode()

    play(scene)


@pytest.mark.parametrize(
    ("status", "error"),
    [(-11, QueryNestsTooDeeply), (-6, QueryEngineFailed), (70, QueryEngineFailed)],
)
def test_a_query_fails_by_the_way_its_worker_died(
    play: Callable[[Scene], None], status: int, error: type[Exception]
) -> None:
    async def scene(dispatcher: Dispatcher, crew: FakeCrew) -> None:
        query, other = ask(dispatcher), ask(dispatcher)
        await asyncio.sleep(0)
        crew.take(1)
        crew.listener.ended(1, status)
        with pytest.raises(error):
            await query
        assert crew.orders[-1] == ("fork", 1)
        crew.answer(0, crew.take(0))
        assert (await other).kind == "boolean"

    play(scene)


def test_an_answer_that_was_on_its_way_wins_over_the_deadline(
    play: Callable[[Scene], None],
) -> None:
    async def scene(dispatcher: Dispatcher, crew: FakeCrew) -> None:
        query, late = ask(dispatcher), ask(dispatcher)
        await asyncio.sleep(0)
        number = crew.take(0)
        crew.take(1)
        await asyncio.sleep(2 * BOUNDS.timeout)
        assert {("kill", 0), ("kill", 1)} <= set(crew.orders)
        crew.answer(0, number)
        crew.listener.ended(0, -9)
        crew.listener.ended(1, -9)
        assert (await query).body == str(number).encode()
        with pytest.raises(QueryTimeout):
            await late

    play(scene)


def test_a_request_that_got_lost_is_queued_again(play: Callable[[Scene], None]) -> None:
    async def scene(dispatcher: Dispatcher, crew: FakeCrew) -> None:
        query = ask(dispatcher)
        await asyncio.sleep(0)
        lost = crew.queue.pop()  # by a worker that died before it could say so
        async with asyncio.timeout(5):
            while not crew.queue:
                await asyncio.sleep(0.005)
        assert crew.queue[0] == lost
        crew.answer(0, crew.take(0))
        assert (await query).kind == "boolean"

    play(scene)


def test_nobody_gets_an_answer_to_what_was_forgotten(play: Callable[[Scene], None]) -> None:
    async def scene(dispatcher: Dispatcher, crew: FakeCrew) -> None:
        first = ask(dispatcher)
        await asyncio.sleep(0)
        number = crew.take(0)
        first.cancel()
        await asyncio.sleep(0)
        others = [ask(dispatcher) for _ in range(5)]
        await asyncio.sleep(0)
        crew.answer(0, number)
        await asyncio.sleep(0)
        assert not any(other.done() for other in others)
        assert number not in crew.queue

    play(scene)


def test_a_query_that_has_no_room_is_refused(play: Callable[[Scene], None]) -> None:
    async def scene(dispatcher: Dispatcher, crew: FakeCrew) -> None:
        with pytest.raises(ContentTooLarge):
            await ask(dispatcher, "#" * ROOM)
        assert not crew.queue

    play(scene)


def test_frames_are_put_together_from_any_pieces() -> None:
    dice = random.Random(1)  # noqa: S311
    frames = [(n, bytes(dice.randrange(300))) for n in range(200)]
    written = b"".join(ENVELOPE.pack(n, len(frame)) + frame for n, frame in frames)
    mailbox = Mailbox()
    assert not list(mailbox.take(b"the beginning of a frame"))
    mailbox.clear()
    read: list[tuple[int, bytes]] = []
    while written:
        cut = dice.randrange(1, 200)
        read += mailbox.take(written[:cut])
        written = written[cut:]
    assert read == frames


def test_a_place_on_the_desk_belongs_to_one_number() -> None:
    desk = Desk(create(), places=4, workers=2)
    desk.put(5, b"five")
    assert desk.begin(1, 5, 12.5, 0.25) == b"five"
    assert (desk.task(1), desk.started(1), desk.cpu(1), desk.task(0)) == (5, 12.5, 0.25, 0)
    desk.put(9, b"nine" * 40_000)
    assert desk.begin(0, 5, 1.0, 1.0) is None
    assert desk.begin(0, 9, 1.0, 1.0) == b"nine" * 40_000
    desk.withdraw(9)
    assert desk.begin(0, 9, 1.0, 1.0) is None
    desk.end(1)
    assert desk.task(1) == 0
