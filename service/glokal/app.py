"""The composition root of the service: a release and settings in, an ASGI application out."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from glokal import __version__
from glokal.rdf import prefixes
from glokal.release import STORE, Release
from glokal.serving.describe import open_documents
from glokal.serving.ontologies import Engine
from glokal.serving.pages import Pages
from glokal.serving.sparql.pool import QueryPool
from glokal.settings import Settings
from glokal.web import operation, queries, releases, site, sparql, things
from glokal.web.contract import HttpContract
from glokal.web.front import Front, endpoints
from glokal.web.problems import handlers
from glokal.web.responses import Edition

CONTEXT = "context.jsonld"


class Service(FastAPI):
    """The framework’s application, with a short way past it for what is asked most."""

    front: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection (ASGI 3)."""
        await self.front(scope, receive, send)

    async def usual(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the routes."""
        await super().__call__(scope, receive, send)


def create_app(release: Release, settings: Settings) -> FastAPI:
    """Compose the service over one release.

    Args:
        release: opened and verified; its base IRI is that of every answer.
        settings: bounds of the query service.

    Raises:
        ReleaseError: the store of the release cannot be opened.
    """
    store = release.store()
    pages = Pages(store, release)
    pool = QueryPool(release.path / STORE, prefixes(release.manifest.base), settings)

    problems = handlers(pages)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.stop()

    app = Service(
        title="Glokal",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # the redirect would name the host of the request
        lifespan=lifespan,
        exception_handlers=problems,
    )
    edition = Edition.of(release)
    queries = sparql.router(pool, release, edition)
    app.front = HttpContract(Front(app.usual, endpoints(queries), problems))
    for router in (*_routers(release, edition, store, pages, pool), queries):
        app.include_router(router)
    return app


def _routers(
    release: Release, edition: Edition, store: Engine, pages: Pages, pool: QueryPool
) -> tuple[APIRouter, ...]:
    documents = open_documents(store, release.manifest.base)
    context = (release.path / CONTEXT).read_bytes()
    static = site.read_static(files("glokal") / "static")
    return (
        queries.router(queries.Queries(pool, pages, documents, edition)),
        things.router(things.Things(documents, pages, edition, json.loads(context), context)),
        releases.router(releases.Releases(release, edition)),
        operation.router(operation.Operation(release, pool)),
        site.router(site.Site(pages, edition, static)),
    )
