"""The short way past the framework keeps the contract that the long way keeps."""

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from tests.http.sparql.endpoint import NoPages

from glokal.errors import NotFound
from glokal.web.contract import HttpContract
from glokal.web.front import Front, endpoints
from glokal.web.problems import handlers


async def good(request: Request) -> Response:
    return PlainTextResponse(request.method)


async def refused(request: Request) -> Response:
    raise NotFound("Nothing is here.")


async def broken(request: Request) -> Response:
    raise RuntimeError("a secret")


ROUTES = {"/good": good, "/refused": refused, "/broken": broken}


@pytest.fixture(params=["short", "long"])
def app(request: pytest.FixtureRequest) -> Any:
    router = APIRouter()
    for path, endpoint in ROUTES.items():
        router.add_api_route(path, endpoint, methods=["GET", "POST"])
    problems = handlers(NoPages())
    usual = FastAPI(exception_handlers=problems)
    usual.include_router(router)
    if request.param == "long":
        usual.add_middleware(HttpContract)
        return usual
    assert endpoints(router) == ROUTES
    return HttpContract(Front(usual, endpoints(router), problems))


def ask(app: Any, method: str, path: str) -> httpx.Response:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path)

    return asyncio.run(send())


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("GET", "/good", 200, "GET"),
        ("POST", "/good", 200, "POST"),
        ("HEAD", "/good", 200, ""),
        ("OPTIONS", "/good", 204, ""),
        ("PUT", "/good", 405, "Method Not Allowed"),
        ("GET", "/refused", 404, "Nothing is here."),
        ("GET", "/broken", 500, "Internal Server Error"),
        ("GET", "/nowhere", 404, "Not Found"),
    ],
)
def test_both_ways_give_the_same(app: Any, method: str, path: str, status: int, body: str) -> None:
    answer = ask(app, method, path)
    assert answer.status_code == status
    assert body in answer.text
    assert "secret" not in answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    if status in (204, 405):
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
