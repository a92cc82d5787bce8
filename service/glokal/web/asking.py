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
    watch = Watch(request)
    try:
        return await pool.run(query, client)
    except asyncio.CancelledError as error:
        if not watch.client_is_gone:
            raise
        watch.task.uncancel()
        raise ClientGone(
            "The client closed the connection before its query was answered."
        ) from error
    finally:
        watch.end()


class Watch:
    """Cancels the task that makes it once the client has left, but not before QUICK is over.

    Most queries are answered before anybody could leave, and cost no second task.
    """

    def __init__(self, request: Request) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101
        self.task = task
        self.client_is_gone = False
        self._ended = False
        self._request = request
        self._watcher: asyncio.Task[None] | None = None
        self._start = asyncio.get_running_loop().call_later(QUICK, self._begin)

    def end(self) -> None:
        """Cancel nothing any more."""
        self._ended = True
        self._start.cancel()
        if self._watcher:
            self._watcher.cancel()

    def _begin(self) -> None:
        self._watcher = asyncio.create_task(self._look())

    async def _look(self) -> None:
        await _departure(self._request)
        if not self._ended:
            self.client_is_gone = True
            self.task.cancel()


async def _departure(request: Request) -> None:
    """Return when the client has closed the connection; its body must have been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
