"""Answers queries: from the cache, together with others who ask the same, or by a worker."""

import asyncio
import logging
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from glokal.errors import ReleaseError, ServiceBusy
from glokal.serving.sparql.cache import AnswerCache
from glokal.serving.sparql.dispatch import Bounds, Dispatcher
from glokal.serving.sparql.protocol import Answer, Query
from glokal.serving.sparql.repeatable import may_differ
from glokal.serving.sparql.zygote import Configuration
from glokal.settings import Settings

logger = logging.getLogger(__name__)

SLOW_WAITING = 4
"""Heavy queries that stand still while others run; each keeps the memory of its worker."""
RESTART = 0.2, 10.0
"""Seconds before a crew that was lost again soon is replaced: at first, and at most."""


class QueryPool:
    """Answers queries in processes that can be killed; use it within one event loop.

    What it answers from never changes, so an answer may be kept as long as the pool.
    """

    def __init__(self, store: Path, prefixes: Mapping[str, str], settings: Settings) -> None:
        """Start nothing yet.

        Args:
            store: the folder of the read-only store.
            prefixes: declared for every query.
            settings: number of workers, deadline, memory, size of results, queue, cache.
        """
        self._configuration = Configuration(
            store=str(store),
            prefixes=dict(prefixes),
            in_memory=settings.sparql_in_memory,
            memory=settings.sparql_memory,
            max_bytes=settings.sparql_max_bytes,
        )
        self._bounds = Bounds(
            fast=settings.workers,
            slow=max(1, len(_processors()) - 1),
            waiting=SLOW_WAITING,
            queue=settings.sparql_queue,
            share=settings.sparql_share,
            timeout=settings.sparql_timeout,
        )
        self._cache = AnswerCache(settings.sparql_cache)
        self._dispatcher: Dispatcher | None = None
        self._keeper: asyncio.Task[None] | None = None

    @property
    def alive(self) -> bool:
        """Whether queries can be answered now."""
        return self._dispatcher is not None and self._dispatcher.alive

    @property
    def walls(self) -> Mapping[str, bool]:
        """Which walls stand behind the guard that refuses SERVICE, by name."""
        return self._dispatcher.walls if self._dispatcher else {}

    async def start(self) -> None:
        """Start the workers.

        Raises:
            ReleaseError: they cannot open the store; the message says why.
        """
        self._dispatcher = await self._new_crew()
        lacking = [name for name, stands in self.walls.items() if not stands]
        if lacking:
            logger.warning(
                "Queries run without %s on this system (see ARCHITECTURE.md)", " and ".join(lacking)
            )
        self._keeper = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        """Kill every worker; a query that still runs fails."""
        if self._keeper:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper
        dispatcher, self._dispatcher = self._dispatcher, None
        if dispatcher:
            await dispatcher.stop()

    def kept(self, query: Query) -> Answer | None:
        """The answer to a query that was asked before, if it is still kept."""
        return self._cache.get(query)

    async def run(self, query: Query, client: str = "") -> Answer:
        """Answer one query; cancelling stops it and frees its worker.

        Args:
            query: what is asked.
            client: the address that asks; nobody takes more than a share while others wait.

        Raises:
            ServiceBusy: the queue is full, or the wait in it was too long.
            QueryTimeout: the query ran past its deadline.
            QueryEngineFailed: it used up the memory or the stack of its process.
            ContentTooLarge: it is larger than a request may be.
            GlokalError: what ``evaluate`` says of the query.
        """
        kept = self.kept(query)
        if kept:
            return kept
        if self._dispatcher is None:
            raise ServiceBusy("The query workers are not running.")
        shareable = not may_differ(query.text)
        answer = await self._dispatcher.run(query, client, shareable=shareable)
        self._cache.put(query, answer)
        return answer

    async def _new_crew(self) -> Dispatcher:
        dispatcher = Dispatcher(self._bounds)
        await dispatcher.start(self._configuration)
        return dispatcher

    async def _keep(self) -> None:
        """Replace the crew whenever its zygote has died: at once, but not over and over."""
        first, longest = RESTART
        delay = 0.0
        while self._dispatcher:
            started = time.monotonic()
            await self._dispatcher.over.wait()
            logger.warning("the process that query workers come from has died; starting another")
            await self._dispatcher.stop()
            if time.monotonic() - started > longest:
                delay = 0.0
            while not self.alive:
                await asyncio.sleep(delay)
                delay = min(longest, max(first, delay * 2))
                try:
                    self._dispatcher = await self._new_crew()
                except ReleaseError as error:
                    logger.warning("%s", error)


def _processors() -> set[int]:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))
