"""A query runs for the one who asked it, and no longer than that one waits."""

import asyncio

from starlette.requests import Request

from glokal.errors import ClientGone
from glokal.serving.sparql.pool import QueryPool
from glokal.serving.sparql.protocol import Answer, Query

QUICK = 0.03
"""Seconds that a query runs before anybody looks whether its client is still there."""


async def answer_to(request: Request, pool: QueryPool, query: Query) -> Answer:
    """Run a query as long as its client waits for it; the request must have been read.

    Raises:
        ClientGone: the client went away; its query was stopped.
        GlokalError: what the pool says of the query.
    """
    client = request.client.host if request.client else ""
    try:
        async with asyncio.timeout(None) as patience:
            watch = Watch(request, patience)
            try:
                return await pool.run(query, client)
            finally:
                watch.end()
    except TimeoutError as error:
        raise ClientGone(
            "The client closed the connection before its query was answered."
        ) from error


class Watch:
    """Ends a patience once the client of a request has left, but looks only after QUICK.

    Most queries are answered before anybody could leave, and cost no second task.
    """

    def __init__(self, request: Request, patience: asyncio.Timeout) -> None:
        self._request = request
        self._patience = patience
        self._watcher: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()
        self._start = self._loop.call_later(QUICK, self._begin)

    def end(self) -> None:
        """Look no more."""
        self._start.cancel()
        if self._watcher:
            self._watcher.cancel()

    def _begin(self) -> None:
        self._watcher = self._loop.create_task(self._look())

    async def _look(self) -> None:
        """Wait until the client has closed the connection; its body must have been read."""
        while (await self._request.receive())["type"] != "http.disconnect":
            pass
        self._patience.reschedule(self._loop.time())
