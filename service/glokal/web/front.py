"""The short way to an endpoint that is asked thousands of times a second.

The framework tries every route in turn and resolves dependencies that there are none of, which
takes longer than most queries do. Whatever the endpoint does not answer goes the usual way.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from glokal.errors import GlokalError

Endpoint = Callable[[Request], Awaitable[Response]]
Handler = Callable[[Request, Any], Awaitable[Response]]
METHODS = ("GET", "POST")


class Front:
    """ASGI application: answers GET and POST of some paths by itself, the rest by another."""

    def __init__(
        self, app: ASGIApp, endpoints: Mapping[str, Endpoint], failures: Mapping[Any, Handler]
    ) -> None:
        """Stand before an application.

        Args:
            app: answers everything else.
            endpoints: what answers a path; the application has a route for it too.
            failures: what answers a GlokalError and, whatever it is, an Exception.
        """
        self.app = app
        self.endpoints = endpoints
        self.failures = failures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection (ASGI 3)."""
        endpoint = self.endpoints.get(scope["path"]) if scope["type"] == "http" else None
        if endpoint is None or scope["method"] not in METHODS:
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive, send)
        try:
            response = await endpoint(request)
        except GlokalError as error:
            response = await self.failures[GlokalError](request, error)
        except Exception as error:
            response = await self.failures[Exception](request, error)
            await response(scope, receive, send)
            raise  # for the log
        await response(scope, receive, send)


def endpoints(router: APIRouter) -> dict[str, Endpoint]:
    """What answers each path of a router; all of them take a request and nothing else."""
    return {route.path: route.endpoint for route in router.routes if isinstance(route, APIRoute)}
