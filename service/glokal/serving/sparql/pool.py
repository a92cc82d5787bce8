"""The query workers: one query each at a time, a bounded queue before them."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from glokal.errors import ReleaseError, ServiceBusy
from glokal.serving.sparql.process import WorkerProcess
from glokal.serving.sparql.protocol import Answer, Query
from glokal.settings import Settings

logger = logging.getLogger(__name__)


class QueryPool:
    """Answers queries in processes that can be killed; use it within one event loop."""

    def __init__(self, store: Path, prefixes: Mapping[str, str], settings: Settings) -> None:
        """Start nothing yet.

        Args:
            store: the folder of the read-only store.
            prefixes: declared for every query.
            settings: number of workers, deadline, memory, size of results, queue.
        """
        configuration = {
            "store": str(store),
            "prefixes": dict(prefixes),
            "memory": settings.sparql_memory,
            "max_bytes": settings.sparql_max_bytes,
        }
        self._settings = settings
        self._workers = [
            WorkerProcess(configuration, settings.sparql_timeout) for _ in range(settings.workers)
        ]
        self._idle: asyncio.Queue[WorkerProcess] = asyncio.Queue()
        self._waiting = 0
        self._renewals: set[asyncio.Task[None]] = set()
        self._open = False

    @property
    def alive(self) -> bool:
        """Whether queries can be answered now."""
        return self._open and any(worker.alive for worker in self._workers)

    async def start(self) -> None:
        """Start every worker.

        Raises:
            ReleaseError: a worker cannot open the store; the message says why.
        """
        starts = (worker.start() for worker in self._workers)
        failures = [e for e in await asyncio.gather(*starts, return_exceptions=True) if e]
        if failures:
            await self.stop()
            raise failures[0]
        self._open = True
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def stop(self) -> None:
        """Kill every worker; a query that still runs fails."""
        self._open = False
        for renewal in self._renewals:
            renewal.cancel()
        await asyncio.gather(*self._renewals, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in self._workers))

    async def run(self, query: Query) -> Answer:
        """Answer one query; cancelling stops it and frees its worker.

        Raises:
            ServiceBusy: the queue is full, or the wait in it was too long.
            QueryTimeout: the query ran past its deadline.
            QueryEngineFailed: it used up the memory or the stack of its process.
            GlokalError: what ``evaluate`` says of the query.
        """
        clock = asyncio.get_running_loop().time
        arrived = clock()
        worker = await self._take()
        waited = clock() - arrived
        try:
            return replace(await worker.ask(query), waited=waited)
        finally:
            self._give_back(worker)

    async def _take(self) -> WorkerProcess:
        if self._idle.empty() and self._waiting >= self._settings.sparql_queue:
            raise ServiceBusy("Too many queries are waiting; try again later.")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.sparql_timeout):
                return await self._idle.get()
        except TimeoutError as error:
            raise ServiceBusy("No query worker became free; try again later.") from error
        finally:
            self._waiting -= 1

    def _give_back(self, worker: WorkerProcess) -> None:
        if worker.alive:
            self._idle.put_nowait(worker)
        elif self._open:
            renewal = asyncio.create_task(self._renew(worker))
            self._renewals.add(renewal)
            renewal.add_done_callback(self._renewals.discard)

    async def _renew(self, worker: WorkerProcess) -> None:
        """Start a worker before the next query needs it, which otherwise would try again."""
        try:
            await worker.start()
        except ReleaseError as error:
            logger.warning("%s", error)
        finally:
            self._idle.put_nowait(worker)
