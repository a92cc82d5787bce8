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
    work = asyncio.ensure_future(pool.run(query, client))
    departure = None
    try:
        await asyncio.wait({work}, timeout=QUICK)  # most are answered before anybody could leave
        if not work.done():
            departure = asyncio.ensure_future(_departure(request))
            await asyncio.wait({work, departure}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise ClientGone("The client closed the connection before its query was answered.")
        return await work
    finally:
        if departure or not work.done():
            tasks = [task for task in (work, departure) if task]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _departure(request: Request) -> None:
    """Return when the client has closed the connection; its body must have been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
