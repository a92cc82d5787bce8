"""The queries that are on their way, and who waits for each."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from glokal.errors import GlokalError
from glokal.serving.sparql.protocol import Answer, Query

Waiter = asyncio.Future[Answer]


@dataclass(slots=True, eq=False)
class Job:
    """One query on its way.

    ``number`` is that of its request on the desk; ``arrived`` is by the monotonic clock;
    ``verdict`` is why its worker was told to end, if it was; ``lives`` is how many workers it may
    still lose to somebody else.
    """

    number: int
    query: Query
    client: str
    arrived: float
    waiters: list[Waiter] = field(default_factory=list)
    verdict: GlokalError | None = None
    lives: int = 1

    def settle(self, outcome: Answer | GlokalError) -> None:
        """Tell everybody who still waits."""
        for waiter in self.waiters:
            if waiter.done():
                continue
            if isinstance(outcome, Answer):
                waiter.set_result(outcome)
            else:
                waiter.set_exception(outcome)


class Jobs:
    """Gives each job a place on the desk and a number that is never used again."""

    def __init__(self, places: int) -> None:
        """No job yet.

        Args:
            places: how many there may be at once.
        """
        self._places = places
        self._free = list(range(places))
        self._round = 0
        self._jobs: dict[int, Job] = {}
        self._clients: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._jobs)

    def __iter__(self) -> Iterator[Job]:
        return iter(list(self._jobs.values()))

    def get(self, number: int) -> Job | None:
        """The job of a number, as long as somebody waits for it."""
        return self._jobs.get(number)

    def others_than(self, client: str) -> bool:
        """Whether another client has a job here."""
        return len(self._clients) > (client in self._clients)

    def add(self, query: Query, client: str, now: float) -> Job:
        """A new job; the caller has seen to it that there is a place."""
        self._round += 1
        job = Job(self._round * self._places + self._free.pop(), query, client, now)
        self._jobs[job.number] = job
        self._clients[client] += 1
        return job

    def remove(self, job: Job) -> bool:
        """Forget a job and free its place; False if it was forgotten before."""
        if self._jobs.pop(job.number, None) is None:
            return False
        self._free.append(job.number % self._places)
        self._clients[job.client] -= 1
        if not self._clients[job.client]:
            del self._clients[job.client]
        return True
