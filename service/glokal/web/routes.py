"""Routes from a table: one line for each path that GET answers."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response


def get_router(*table: tuple[str, Callable[..., Any], str]) -> APIRouter:
    """A router for GET; HEAD and OPTIONS come from ``glokal.web.contract``.

    Args:
        table: the path, the endpoint and a one-line summary of each route; the first that
            matches a URL answers it.
    """
    routes = APIRouter()
    for path, endpoint, summary in table:
        routes.add_api_route(path, endpoint, summary=summary, response_class=Response)
    return routes
