"""The SPARQL endpoint (https://www.w3.org/TR/sparql11-protocol/), for queries only.

An answer is sent once it is whole: a status of 200 never stands before half a result.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from glokal.errors import BadRequest, NotAcceptable, QueryRefused
from glokal.formats import RDF_FORMATS, RESULT_FORMATS, Format
from glokal.rdf import serialise
from glokal.release import Release
from glokal.serving.negotiate import by_name, choose, prefers_html
from glokal.serving.sparql.description import describe_service
from glokal.serving.sparql.pool import QueryPool
from glokal.serving.sparql.protocol import Query
from glokal.web.asking import answer_to
from glokal.web.parameters import Parameters, read_parameters
from glokal.web.responses import SHORT, Edition, client_has, not_modified, redirect

PATH = "/sparql"
HOME = "/query"
CONTEXT = "context.jsonld"
REVALIDATED, UNCACHED = "no-cache", "no-store"
"""An answer depends on the release and the query alone; a draw or a clock, on the moment too."""


@dataclass(frozen=True)
class Sparql:
    """The endpoint, with what it answers from; ``context`` is the published JSON-LD context."""

    pool: QueryPool
    release: Release
    edition: Edition
    context: Mapping[str, Any]

    async def answer(self, request: Request) -> Response:
        """``/sparql``: the answer to a query, or without any parameter what the service is."""
        parameters = await read_parameters(request)
        if request.method == "GET" and not parameters:
            return self._describe(request)
        query = _query(parameters, request)
        headers = {
            "ETag": self.edition.etag(repr(query), None),
            "Cache-Control": REVALIDATED,
            "Vary": "Accept",
        }
        if _client_has(request, headers["ETag"]):
            return not_modified(headers)
        answer = self.pool.kept(query) or await answer_to(request, self.pool, query)
        if request.method == "POST" or not answer.repeatable:
            headers = {"Cache-Control": UNCACHED, "Vary": "Accept"}
        headers["Content-Type"] = answer.content_type
        headers["Server-Timing"] = (
            f"queue;dur={answer.waited * 1000:.1f}, "
            f"engine;dur={answer.ran * 1000:.1f}, "
            f"serialise;dur={answer.serialised * 1000:.1f}"
        )
        return Response(answer.body, headers=headers)

    def _describe(self, request: Request) -> Response:
        accept = request.headers.get("accept")
        if prefers_html(accept):
            return redirect(303, HOME, vary="Accept")
        fmt = choose(accept, RDF_FORMATS)
        if fmt is None:
            raise NotAcceptable(_choices("The service description", RDF_FORMATS))
        manifest = self.release.manifest
        body = serialise(describe_service(manifest), fmt, self.context, manifest.base)
        return Response(
            body,
            headers={"Content-Type": fmt.content_type, "Vary": "Accept", "Cache-Control": SHORT},
        )


def router(pool: QueryPool, release: Release, edition: Edition) -> APIRouter:
    """The route of the endpoint.

    Args:
        pool: runs the queries.
        release: what the service description tells of.
        edition: what an answer depends on beside the query.
    """
    context = json.loads((release.path / CONTEXT).read_bytes())
    routes = APIRouter()
    routes.add_api_route(
        PATH,
        Sparql(pool, release, edition, context).answer,
        methods=["GET", "POST"],
        include_in_schema=False,  # one operation for both methods would be listed twice
        response_class=Response,
    )
    return routes


def _query(parameters: Parameters, request: Request) -> Query:
    if "update" in parameters:
        raise QueryRefused("This endpoint is read-only and takes no update.")
    texts = parameters.get("query", ())
    if not texts:
        raise BadRequest("The parameter “query” is missing.")
    if len(texts) > 1:
        raise BadRequest("The parameter “query” was given more than once.")
    results, graph = _formats(parameters, request)
    return Query(
        texts[0],
        results.key if results else None,
        graph.key if graph else None,
        tuple(parameters.get("default-graph-uri", ())),
        tuple(parameters.get("named-graph-uri", ())),
    )


def _formats(parameters: Parameters, request: Request) -> tuple[Format | None, Format | None]:
    """The formats for results and for graphs; which of them a query needs is not known yet."""
    names = [*parameters.get("format", ()), *parameters.get("output", ())]
    if any(names):
        name = next(filter(None, names))
        results, graph = by_name(name, RESULT_FORMATS), by_name(name, RDF_FORMATS)
        wish = f"“{name}”"
    else:
        accept = request.headers.get("accept")
        results, graph = choose(accept, RESULT_FORMATS), choose(accept, RDF_FORMATS)
        wish = f"“{accept}”"
    if results is None and graph is None:
        offers = (*RESULT_FORMATS, *RDF_FORMATS)
        raise NotAcceptable(_choices(f"An answer as {wish} is not to be had; it", offers))
    return results, graph


def _client_has(request: Request, etag: str) -> bool:
    """Whether a GET or HEAD need not be answered; ``*`` would be true of a query that fails too."""
    asks_for_any = request.headers.get("if-none-match", "").strip() == "*"
    return request.method != "POST" and not asks_for_any and client_has(request, etag)


def _choices(what: str, offers: tuple[Format, ...]) -> str:
    return f"{what} can be had as {', '.join(offer.media_type for offer in offers)}."
