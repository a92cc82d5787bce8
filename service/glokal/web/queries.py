"""The query page, the pages of the example queries, and their tables at stable URLs.

What a stranger writes goes to the query workers as it is: no text is parsed or run here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from glokal.errors import GlokalError, NotFound, ServiceBusy
from glokal.formats import CSV, HTML, LANGUAGES, RESULTS_JSON, RESULTS_TSV, RESULTS_XML
from glokal.serving.describe import Documents
from glokal.serving.negotiate import choose_language
from glokal.serving.pages import Pages
from glokal.serving.pages.query import Asked
from glokal.serving.pages.results import GRAPH, TABLE
from glokal.serving.sparql.pool import QueryPool
from glokal.serving.sparql.protocol import Answer, Query
from glokal.web.asking import answer_to
from glokal.web.links import document_links, link
from glokal.web.parameters import read_parameters
from glokal.web.responses import (
    Edition,
    client_has,
    headers_of,
    not_modified,
    redirect,
    representation,
    whole,
)
from glokal.web.routes import get_router

ENDINGS = {"csv": CSV, "json": RESULTS_JSON, "xml": RESULTS_XML, "tsv": RESULTS_TSV}
"""The tables of an example query, by the ending of their URL."""

VALIDATORS = ("ETag", "Last-Modified")

Write = Callable[[Asked, Answer | GlokalError | None, str], bytes]


@dataclass(frozen=True)
class Queries:
    """The endpoints of queries for people, and of tables for spreadsheets."""

    pool: QueryPool
    pages: Pages
    documents: Documents
    edition: Edition

    def front(self, request: Request) -> Response:
        """``/query``: the query page in the reader's language."""
        language = choose_language(request.headers.get("accept-language"))
        query = request.scope["query_string"].decode("latin-1")
        path = f"/{language}/query" + (f"?{query}" if query else "")
        return redirect(302, path, vary="Accept-Language")

    async def query(self, request: Request) -> Response:
        """``/sv/query`` and its kin: the form, and what the query in it gives."""
        language = request.scope["path"].split("/")[1]
        asked = self.pages.queries.asked(await _given(request), language)
        links = [
            link(f"/{other}/query", "alternate", hreflang=other, type=HTML.media_type)
            for other in LANGUAGES
            if other != language and not request.scope["query_string"]
        ]
        return await self._page(request, asked, language, links, self.pages.query)

    def terms(self, request: Request) -> Response:
        """``/sv/query/terms.json`` and its kin: what the query field completes."""
        language = request.scope["path"].split("/")[1]
        return representation(
            request,
            self.edition,
            "application/json",
            lambda: self.pages.completions(language),
            language=language,
        )

    async def example(self, name: str, request: Request) -> Response:
        """``/doc/query/{name}.sv.html`` and its kin: an example query with its answer."""
        language = request.scope["path"].rsplit(".", 2)[1]
        asked = self.pages.queries.example(name, await _given(request), language)
        iri = self.pages.queries.examples.get(name).iri
        links = document_links(self.documents, iri, HTML, language)
        return await self._page(request, asked, language, links, self.pages.example)

    async def table(self, name: str, ending: str, request: Request) -> Response:
        """``/queries/{name}.csv`` and its kin: the table of an example query."""
        fmt = ENDINGS.get(ending)
        example = self.pages.queries.examples.get(name)
        if fmt is None or example.gives_graph:
            raise NotFound(f"The query {name} has no table .{ending}.")
        asked = self.pages.queries.example(name, await _given(request))
        links = [link(example.iri, "describedby")]
        if self.documents.licence:
            links.append(link(self.documents.licence, "license"))
        headers = headers_of(
            request, self.edition, fmt.content_type, links=links, url=_url(request)
        )
        if client_has(request, headers["ETag"]):
            return not_modified(headers)
        answer = await answer_to(request, self.pool, Query(asked.text, results=fmt.key))
        return await run_in_threadpool(whole, answer.body, headers)

    async def _page(
        self, request: Request, asked: Asked, language: str, links: list[str], write: Write
    ) -> Response:
        """A page with the answer of its query; one without has the status of the error."""
        headers = headers_of(
            request,
            self.edition,
            HTML.content_type,
            language=language,
            links=links,
            url=_url(request),
        )
        if client_has(request, headers["ETag"]):
            return not_modified(headers)
        found = await self._found(request, asked)
        status = 200
        if isinstance(found, GlokalError):
            status, headers = found.status, _failed(headers, found)
        return await run_in_threadpool(
            lambda: whole(write(asked, found, language), headers, status)
        )

    async def _found(self, request: Request, asked: Asked) -> Answer | GlokalError | None:
        if not asked.runs:
            return None
        try:
            return await answer_to(
                request, self.pool, Query(asked.text, results=TABLE, graph=GRAPH)
            )
        except GlokalError as error:
            return error


def router(queries: Queries) -> APIRouter:
    """The routes of the queries; they come before those of things, whose pages they give."""
    pages = (f"/doc/query/{{name}}.{language}.html" for language in LANGUAGES)
    return get_router(
        ("/query", queries.front, "302 to the query page in the reader's language"),
        *((f"/{code}/query", queries.query, "The query page") for code in LANGUAGES),
        *((f"/{code}/query/terms.json", queries.terms, "Terms for the form") for code in LANGUAGES),
        *((path, queries.example, "An example query and its answer") for path in pages),
        ("/queries/{name}.{ending}", queries.table, "The table that an example query gives"),
    )


async def _given(request: Request) -> dict[str, str]:
    """The parameters of a request; the first value of each counts."""
    return {name: values[0] for name, values in (await read_parameters(request)).items()}


def _url(request: Request) -> str:
    """What names the bytes of a page: the parameters count."""
    return f"{request.scope['path']}?{request.scope['query_string'].decode('latin-1')}"


def _failed(headers: dict[str, str], error: GlokalError) -> dict[str, str]:
    """The headers of a page that has no answer: nobody is to keep it."""
    kept = {name: value for name, value in headers.items() if name not in VALIDATORS}
    retry = {"Retry-After": str(error.retry_after)} if isinstance(error, ServiceBusy) else {}
    return {**kept, "Cache-Control": "no-store", **retry}
