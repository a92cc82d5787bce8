"""A client that goes away stops its query."""

import asyncio
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from fastapi import FastAPI
from tests.http.sparql.endpoint import ENDLESS, FORM, application

from glokal.release import Release


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_client_that_leaves_frees_the_worker(small_release: Release, method: str) -> None:
    async def check() -> None:
        app = application(small_release, sparql_timeout=60)
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://test") as client,
        ):
            await asyncio.wait_for(_leave(app, method), 5)
            response = await client.get("/sparql", params={"query": "ASK {}"}, timeout=5)
            assert response.json()["boolean"] is True

    asyncio.run(check())


async def _leave(app: FastAPI, method: str) -> None:
    """Send an endless query as a server would pass it on, then close the connection."""
    query = urlencode({"query": ENDLESS}).encode()
    messages = [
        {"type": "http.request", "body": query if method == "POST" else b""},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Any:
        if len(messages) == 1:
            await asyncio.sleep(0.2)
        return messages.pop(0)

    async def send(message: Any) -> None:
        pass

    scope = {
        "type": "http",
        "method": method,
        "path": "/sparql",
        "query_string": query if method == "GET" else b"",
        "headers": [(b"content-type", FORM.encode())],
    }
    await app(scope, receive, send)
