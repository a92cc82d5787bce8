"""Errors as answers: problem details for machines, a page for people (RFC 9457).

The status is the truth, and nothing inside the service is told: no path, address or trace.
"""

import json
import re
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from glokal.errors import GlokalError, NotAcceptable, ReleaseError
from glokal.formats import HTML, LANGUAGES, by_suffix
from glokal.serving.negotiate import choose_language, prefers_html
from glokal.web.contract import STANDARD_HEADERS
from glokal.web.links import link
from glokal.web.responses import NEGOTIATED, SHORT, Pages

PROBLEM_JSON = "application/problem+json"
TYPES = "tag:w3id.org,2026:glokal:problem:"
"""Problem types are told apart by these; HTTP's own statuses have ``about:blank``."""
EXTENSIONS = ("line", "column")
RETRY_AFTER = 30
"""Seconds, where an error names none itself."""

Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]


def handlers(pages: Pages) -> dict[int | type[Exception], Handler]:
    """The handler of each kind of exception, as the application takes them."""

    async def known(request: Request, error: GlokalError) -> Response:
        return _answer(request, pages, problem(error, request.scope["path"]), _headers(error))

    async def http(request: Request, error: HTTPException) -> Response:
        document = _plain(error.status_code, request.scope["path"])
        return _answer(request, pages, document, dict(error.headers or {}))

    async def unexpected(request: Request, _: Exception) -> Response:
        # Starlette sends this outside of every middleware and then raises again for the log.
        document = _plain(500, request.scope["path"])
        return _answer(request, pages, document, dict(STANDARD_HEADERS))

    return {GlokalError: known, HTTPException: http, Exception: unexpected}


def problem(error: GlokalError, path: str) -> dict[str, Any]:
    """The problem details of an error at a URL path."""
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(error).__name__).lower()
    document = {
        "type": TYPES + kind,
        "title": error.title,
        "status": error.status,
        "detail": str(error) if _is_public(error) else None,
        "instance": path,
        **{name: getattr(error, name, None) for name in EXTENSIONS},
    }
    if isinstance(error, NotAcceptable):
        document["alternatives"] = [
            {"url": url, "type": media_type} for url, media_type in error.alternatives
        ]
    return {name: value for name, value in document.items() if value is not None}


def _plain(status: int, path: str) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "instance": path}


def _is_public(error: GlokalError) -> bool:
    """Whether the message is meant for the client; that of a failing release names folders."""
    return error.status != HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, ReleaseError)


def _headers(error: GlokalError) -> dict[str, str]:
    headers = {}
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(getattr(error, "retry_after", RETRY_AFTER))
    if isinstance(error, NotAcceptable) and error.alternatives:
        links = (link(url, "alternate", type=kind) for url, kind in error.alternatives)
        headers["Link"] = ", ".join(links)
    return headers


def _answer(
    request: Request, pages: Pages, document: dict[str, Any], headers: dict[str, str]
) -> Response:
    status = document["status"]
    cache = SHORT if status < HTTPStatus.INTERNAL_SERVER_ERROR else "no-store"
    headers = {"Vary": NEGOTIATED, "Cache-Control": cache, **headers}
    if prefers_html(request.headers.get("accept")):
        language = _language(request)
        headers |= {"Content-Type": HTML.content_type, "Content-Language": language}
        body = pages.error(status, language, request.scope["path"])
    else:
        headers["Content-Type"] = PROBLEM_JSON
        body = json.dumps(document, ensure_ascii=True).encode()
    return Response(body, status_code=status, headers=headers)


def _language(request: Request) -> str:
    """The language of the address if it has one, otherwise the reader's."""
    path = request.scope["path"]
    first = path.split("/")[1] if "/" in path else ""
    _, _, language = by_suffix(path)
    if first in LANGUAGES:
        language = first
    return language or choose_language(request.headers.get("accept-language"))
