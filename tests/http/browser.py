"""A client for the tests: asks the application in this process, sends only what it is told."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

ORIGIN = "http://copy.example"


class Browser:
    """Asks an ASGI application; follows no redirect unless asked to."""

    def __init__(self, portal: BlockingPortal, client: httpx.AsyncClient) -> None:
        self._portal = portal
        self._client = client

    def ask(self, method: str, path: str, **headers: str) -> httpx.Response:
        """Send one request; ``if_none_match="x"`` sends ``If-None-Match: x``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        async def send() -> httpx.Response:
            return await self._client.request(method, path, headers=named)

        return self._portal.call(send)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Send a GET."""
        return self.ask("GET", path, **headers)

    def follow(self, path: str, **headers: str) -> httpx.Response:
        """Send a GET and follow where it leads within the site, at most five times."""
        answer = self.get(path, **headers)
        for _ in range(5):
            location = answer.headers.get("location")
            if location is None:
                return answer
            answer = self.get(str(answer.url.join(location)), **headers)
        raise AssertionError(f"{path} redirects without end")


@contextmanager
def browsing(app: FastAPI) -> Iterator[Browser]:
    """Start an application, as a server would, and stop it at the end."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(app.router.lifespan_context(app)),
    ):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url=ORIGIN)
        client.headers.clear()  # httpx would send Accept and Accept-Encoding by itself
        try:
            yield Browser(portal, client)
        finally:
            portal.call(client.aclose)
