"""Who answers which query: from its arrival to its answer, its deadline or its worker’s death.

Two things happen without anybody asking: a query that has used up its share of processor time
is moved to the slow lane, and one that has reached its deadline is ended with its worker. Both
are looked for every few milliseconds as long as there is any query.
"""

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from glokal.errors import (
    ContentTooLarge,
    GlokalError,
    QueryTimeout,
    ReleaseError,
    ServiceBusy,
)
from glokal.serving.sparql import endings
from glokal.serving.sparql.admission import Admission
from glokal.serving.sparql.crew import Crew, processor_time
from glokal.serving.sparql.desk import ROOM
from glokal.serving.sparql.jobs import Job, Jobs, Waiter
from glokal.serving.sparql.protocol import READY, Answer, Query, unpack
from glokal.serving.sparql.staff import Hand, Staff
from glokal.serving.sparql.zygote import Configuration

LOOK = 0.01
"""Seconds from one look at the workers to the next."""
LOST = 0.05
"""Seconds after which a request that nobody has, and that is not queued, is queued again."""
BUDGET = 0.05
"""Seconds of processor time that a query may use before it is heavy."""
HEAVY_KNOWN = 1000
"""How many queries are remembered to be heavy, to refuse them early when there is no room."""


@dataclass(frozen=True)
class Bounds:
    """How many workers and waiting queries there may be, and the seconds that a query may take.

    ``share`` is what one client may send a second while others wait.
    """

    fast: int
    slow: int
    waiting: int
    queue: int
    share: int
    timeout: float

    @property
    def workers(self) -> int:
        """The workers that may live at once."""
        return self.fast + self.slow + self.waiting


class Dispatcher:
    """One crew with what it has to do; used within one event loop, and thrown away when lost."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._crew = Crew(self, bounds.workers, bounds.workers + bounds.queue)
        self._desk = self._crew.desk
        self._jobs = Jobs(self._crew.places)
        self._staff = Staff(self._crew, bounds.fast, bounds.slow, bounds.waiting)
        self._admission = Admission(bounds.share)
        self._shared: dict[Query, Job] = {}
        self._heavy: OrderedDict[int, None] = OrderedDict()
        self._timer: asyncio.TimerHandle | None = None
        self.over = asyncio.Event()
        """Set once the crew is dead or dismissed."""

    @property
    def alive(self) -> bool:
        """Whether a worker is ready."""
        return not self.over.is_set() and self._staff.ready

    @property
    def walls(self) -> dict[str, bool]:
        """What stands behind the guard: no descriptors to be had, no network, fewer calls."""
        return {
            "descriptors": self._staff.ready,
            "network_namespace": self._crew.network_left,
            "system_calls": self._staff.filtered,
        }

    async def start(self, configuration: Configuration) -> None:
        """Start the crew; returns when every fast worker is ready.

        Raises:
            ReleaseError: the store cannot be opened, or a worker dies of being started.
        """
        await self._crew.start(configuration)
        self._staff.refill()
        try:
            await self._staff.complete
        except ReleaseError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Dismiss the crew; who still waits is told that the service is busy."""
        self.over.set()
        if self._timer:
            self._timer.cancel()
        for job in self._jobs:
            self._close(job, ServiceBusy("The query workers are being restarted; try again."))
        await self._crew.stop()

    async def run(self, query: Query, client: str, *, shareable: bool) -> Answer:
        """Have one query answered; cancelling stops it, unless others wait for the same.

        Args:
            query: what is asked.
            client: the address that asks.
            shareable: whether everybody who asks this at once may have one and the same answer.

        Raises:
            ServiceBusy: there is no room for it, or it waited for too long.
            GlokalError: what became of it.
        """
        job = self._shared.get(query) if shareable else None
        if job is None:
            job = self._submit(query, client)
            if shareable:
                self._shared[query] = job
        waiter: Waiter = asyncio.get_running_loop().create_future()
        job.waiters.append(waiter)
        try:
            return await waiter
        finally:
            job.waiters.remove(waiter)
            if not job.waiters:
                self._abandon(job)

    # What comes in.

    def _submit(self, query: Query, client: str) -> Job:
        frame = query.to_frame()
        if len(frame) > ROOM:
            raise ContentTooLarge(f"The query is larger than {ROOM:,} bytes.")
        if not self.alive:
            raise ServiceBusy("No query worker is ready; try again later.")
        waiting = len(self._jobs) - len(self._staff.lane) - self._bounds.fast
        if waiting >= self._bounds.queue:
            raise ServiceBusy("Too many queries are waiting; try again later.")
        if waiting > self._bounds.queue // 2 and self._jobs.others_than(client):
            self._admission.enter(client)
        if hash(query) in self._heavy and not self._staff.lane.has_room(client):
            raise ServiceBusy("Too many long queries are running; try again later.")
        job = self._jobs.add(query, client, time.monotonic())
        self._desk.put(job.number, frame)
        self._crew.enqueue(job.number)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(LOOK, self._look)
        return job

    def _abandon(self, job: Job) -> None:
        """Forget a query that nobody waits for any more, and end who works at it."""
        if self._close(job, None):
            for worker in range(self._bounds.workers):
                if self._desk.task(worker) == job.number:
                    self._staff.kill(worker)

    def _close(self, job: Job, outcome: Answer | GlokalError | None) -> bool:
        """Be done with a job; False if somebody was before."""
        if not self._jobs.remove(job):
            return False
        self._desk.withdraw(job.number)
        if self._shared.get(job.query) is job:
            del self._shared[job.query]
        if outcome:
            job.settle(outcome)
        return True

    # What the crew tells.

    def started(self, worker: int, process: int) -> None:
        """A worker was forked."""
        self._staff.hands[worker].process = process

    def answered(self, worker: int, number: int, frame: bytes) -> None:
        """A worker has written a frame: that it is ready, or an answer."""
        header, body = unpack(frame)
        if number == READY:
            self._staff.welcome(worker, filtered=header["filtered"])
            return
        job = self._jobs.get(number)
        if job:
            self._close(job, self._outcome(worker, job, header, body))
        if worker in self._staff.lane:  # its priority cannot be raised again
            self._staff.kill(worker)

    def _outcome(
        self, worker: int, job: Job, header: dict[str, Any], body: bytes
    ) -> Answer | GlokalError:
        if "error" in header:
            return endings.reported(header)
        waited = max(0.0, self._desk.started(worker) - job.arrived)
        return Answer(body=body, waited=waited, **header)

    def ended(self, worker: int, status: int) -> None:
        """A worker is dead: the query that it worked at fails, or begins anew elsewhere."""
        job = self._jobs.get(self._desk.task(worker))
        self._desk.end(worker)
        hand = self._staff.bury(worker, status)
        if job:
            self._mourn(job, hand, status)

    def _mourn(self, job: Job, hand: Hand, status: int) -> None:
        """Decide whether a query has to do with the death of the worker that had it."""
        if job.verdict:
            self._close(job, job.verdict)
        elif hand.condemned:  # for an earlier one
            self._crew.enqueue(job.number)
        elif status in endings.KILLED and job.lives:
            job.lives -= 1
            self._crew.enqueue(job.number)
        else:
            self._close(job, endings.cause_of_death(status))

    def lost(self) -> None:
        """The zygote is dead."""
        if not self._staff.complete.done():
            error = ReleaseError("the query workers ended while starting")
            self._staff.complete.set_exception(error)
        self.over.set()

    # What is looked for.

    def _look(self) -> None:
        """See how far every worker is, and how long every query has waited."""
        now = time.monotonic()
        taken = set()
        for worker, hand in enumerate(self._staff.hands):
            task = self._desk.task(worker)
            job = self._jobs.get(task)
            taken.add(task)
            if job:
                self._watch(worker, hand, job, now)
            elif task and task == hand.stray:
                self._staff.kill(worker)
            hand.stray = 0 if job else task
        for job in self._jobs:
            if job.number not in taken and now - job.arrived > LOST:
                self._watch_over_waiting(job, now)
        self._staff.take_turns(now)
        busy = self._jobs or any(hand.stray for hand in self._staff.hands)
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(LOOK, self._look) if busy else None

    def _watch(self, worker: int, hand: Hand, job: Job, now: float) -> None:
        started = self._desk.started(worker)
        if hand.process is None or hand.condemned:
            return
        if now - started > self._bounds.timeout:
            job.verdict = QueryTimeout(
                f"The query was stopped after {self._bounds.timeout:g} seconds; "
                "ask for less, or add LIMIT."
            )
            self._staff.kill(worker)
        elif worker not in self._staff.lane:
            used = processor_time(hand.process)
            spent = now - started if used is None else used - self._desk.cpu(worker)
            if spent > BUDGET:
                self._demote(worker, job)

    def _demote(self, worker: int, job: Job) -> None:
        """Move a worker with its query to the slow lane, or end it where that is full."""
        self._heavy[hash(job.query)] = None
        while len(self._heavy) > HEAVY_KNOWN:
            self._heavy.popitem(last=False)
        if not self._staff.demote(worker, job.client):
            job.verdict = ServiceBusy("Too many long queries are running; try again later.")
            self._staff.kill(worker)

    def _watch_over_waiting(self, job: Job, now: float) -> None:
        if now - job.arrived > self._bounds.timeout:
            self._close(job, ServiceBusy("No query worker became free; try again later."))
        elif self._crew.queue_is_empty:  # its worker died between taking it and saying so
            self._crew.enqueue(job.number)
