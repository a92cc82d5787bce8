"""Mixed load while workers, and once the process they come from, are killed at random."""

import asyncio
import itertools
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import httpx
from tests.faults.hostile import ANY_TRIPLE
from tests.faults.server import Running, serving

from glokal.release import Release

SECONDS = 10
CLIENTS = 8
BUSY, DIED, LATE = 503, 507, 504
ROWS = 3000


@dataclass(frozen=True)
class Kind:
    """A kind of query: its text for a number, and the only answer that is right, if there is one.

    ``status`` is that of an answer that nothing has disturbed; ``often`` is its share of the load.
    """

    text: Callable[[int], str]
    status: int
    body: Callable[[int], str] | None
    often: int


def table(n: int) -> str:
    return "n\r\n" + "".join(f"{n + row}\r\n" for row in range(ROWS))


KINDS = {
    "number": Kind(lambda n: f"SELECT ({n} AS ?n) {{}}", 200, lambda n: f"n\r\n{n}\r\n", 20),
    "table": Kind(
        lambda n: f"SELECT ?n {{ VALUES ?n {{ {' '.join(str(n + r) for r in range(ROWS))} }} }}",
        200,
        table,
        6,
    ),
    "shared": Kind(
        lambda n: f"SELECT ({n // 50} AS ?n) {{}}", 200, lambda n: f"n\r\n{n // 50}\r\n", 6
    ),
    "mistake": Kind(lambda n: f"SELECT ?n{n} {{", 400, None, 2),
    "endless": Kind(lambda n: f"SELECT (COUNT(*) AS ?n{n}) {{ {ANY_TRIPLE} }}", 504, None, 1),
    "deep": Kind(lambda n: f"ASK {{ # {n}\n {'{' * 200_000}", 422, None, 1),
}  # fmt: skip


@dataclass
class Tally:
    """What came of everything that was asked, by kind and status, and what was wrong."""

    outcomes: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    sent: int = 0

    def note(self, name: str, n: int, answer: httpx.Response) -> None:
        """Compare an answer with the one that is right."""
        kind = KINDS[name]
        self.outcomes[name, answer.status_code] += 1
        if answer.status_code not in (kind.status, BUSY, DIED, LATE):
            self.wrong.append(f"{name} {n}: {answer.status_code} {answer.text[:200]}")
        elif answer.status_code == 200 and kind.body and answer.text != kind.body(n):
            self.wrong.append(f"{name} {n}: {answer.text[:200]}")

    def share(self, name: str) -> float:
        """The part of one kind that was answered as if nothing had happened."""
        all_of_them = sum(count for (kind, _), count in self.outcomes.items() if kind == name)
        return self.outcomes[name, KINDS[name].status] / all_of_them


def test_no_answer_is_lost_mixed_or_wrong(release: Release) -> None:
    tally = Tally()
    with serving(release, sparql_cache=100_000) as server:
        asyncio.run(soak(server, tally))
        assert server.number(7) == "7"
        assert server.client.get("/sv/").status_code == 200
    assert sum(tally.outcomes.values()) == tally.sent > 200
    assert set(KINDS) == {name for name, _ in tally.outcomes}
    assert not tally.wrong
    assert tally.share("number") > 0.5, tally.outcomes  # the rest came while there was no zygote


async def soak(server: Running, tally: Tally) -> None:
    """Ask and kill for a while; returns when every question has its answer."""
    dice = random.Random(20171124)  # noqa: S311
    numbers = itertools.count(1000)
    end = time.monotonic() + SECONDS
    address = f"http://127.0.0.1:{server.port}"
    async with httpx.AsyncClient(base_url=address, timeout=20) as client:
        asking = [ask(client, end, dice, numbers, tally) for _ in range(CLIENTS)]
        await asyncio.gather(*asking, kill(server, end, dice))
    for _ in range(50):  # the zygote may just be starting
        if server.client.get("/readyz").status_code == 200:
            return
        await asyncio.sleep(0.1)


async def ask(
    client: httpx.AsyncClient,
    end: float,
    dice: random.Random,
    numbers: "itertools.count[int]",
    tally: Tally,
) -> None:
    while time.monotonic() < end:
        (name,) = dice.choices(list(KINDS), [kind.often for kind in KINDS.values()])
        n = next(numbers)
        tally.sent += 1
        answer = await client.post(
            "/sparql",
            content=KINDS[name].text(n),
            headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"},
        )
        tally.note(name, n, answer)


async def kill(server: Running, end: float, dice: random.Random) -> None:
    middle = time.monotonic() + SECONDS / 2
    while time.monotonic() < end:
        await asyncio.sleep(dice.uniform(0.02, 0.2))
        with suppress(ProcessLookupError, FileNotFoundError, ValueError, IndexError):
            if time.monotonic() > middle:
                middle = end
                os.kill(server.zygote, signal.SIGKILL)
            else:
                os.kill(dice.choice(server.workers), signal.SIGKILL)
