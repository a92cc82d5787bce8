"""The endpoint of a small release, served in a thread, and what the tests ask it."""

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import urlencode

import httpx
import uvicorn
from fastapi import FastAPI
from tests.serving.sparql.example import GOAL

from glokal.app import Service
from glokal.rdf import prefixes
from glokal.release import Release
from glokal.serving.sparql.pool import QueryPool
from glokal.settings import Settings
from glokal.terms import BASE
from glokal.web.contract import HttpContract
from glokal.web.front import Front, endpoints
from glokal.web.problems import handlers
from glokal.web.responses import Edition
from glokal.web.sparql import router

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
LABELS = "SELECT ?label { ?s skos:prefLabel ?label } ORDER BY ?label"
GRAPH = f"DESCRIBE <{GOAL}>"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FORM = "application/x-www-form-urlencoded"
JSON_RESULTS = "application/sparql-results+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class NoPages:
    """Pages are other tests' concern."""

    def home(self, language: str) -> bytes:
        return b""

    def quality(self, language: str) -> bytes:
        return b""

    def thing(self, iri: str, language: str) -> bytes:
        return b""

    def error(self, status: int, language: str, path: str) -> bytes:
        return b"<!DOCTYPE html>"


def application(release: Release, **settings: Any) -> Service:
    pool = QueryPool(release.path / "store", prefixes(BASE), Settings.model_validate(settings))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await pool.start()
        yield
        await pool.stop()

    problems = handlers(NoPages())
    queries = router(pool, release, Edition.of(release))
    app = Service(lifespan=lifespan, exception_handlers=problems)
    app.include_router(queries)
    app.front = HttpContract(Front(app.usual, endpoints(queries), problems))
    return app


class Server(uvicorn.Server):
    """A server in a thread of this process, on a port that the system gives."""

    @property
    def url(self) -> str:
        host, port = self.servers[0].sockets[0].getsockname()
        return f"http://{host}:{port}/sparql"


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The URL of the endpoint of an application that is being served."""
    server = Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            thread.join(0.01)
        yield server.url
    finally:
        server.should_exit = True
        thread.join()


def form(**fields: str | list[str]) -> bytes:
    return urlencode(fields, doseq=True).encode()


def post(client: httpx.Client, body: bytes, content_type: str, url: str = "/sparql") -> Any:
    return client.post(url, content=body, headers={"Content-Type": content_type})
