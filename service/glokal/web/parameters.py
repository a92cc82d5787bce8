"""The parameters of a SPARQL request, from its URL and its body.

SPARQL 1.1 Protocol section 2.1: by GET, by POST of a form, by POST of the query itself.
"""

import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from starlette.requests import ClientDisconnect, Request

from glokal.errors import (
    BadRequest,
    ClientGone,
    ContentTooLarge,
    QueryRefused,
    UnsupportedMediaType,
)

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
CHARSETS = ("utf-8", "us-ascii", "iso-8859-1")
CHARSET = re.compile(r';\s*charset\s*=\s*"?([\w-]+)"?', re.IGNORECASE)
MAX_BODY = 1024**2
MAX_FIELDS = 1000

Parameters = Mapping[str, list[str]]
"""The values of each parameter, in the order in which they were sent."""


async def read_parameters(request: Request) -> Parameters:
    """Every parameter of a request; reads the body of a POST to the end.

    Raises:
        ClientGone: the client went away before it had sent everything.
        BadRequest: the text is not in its charset, or there are too many parameters.
        QueryRefused: the body is an update.
        UnsupportedMediaType: the body is neither a form nor a query.
        ContentTooLarge: the body is larger than MAX_BODY bytes.
    """
    pairs = _pairs(request.scope["query_string"], "utf-8")
    if request.method == "POST":
        body = await _body(request)
        pairs += _pairs_of_body(body, request.headers.get("content-type", ""))
    parameters: dict[str, list[str]] = {}
    for name, value in pairs:
        parameters.setdefault(name, []).append(value)
    return parameters


async def _body(request: Request) -> bytes:
    chunks = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > MAX_BODY:
                raise ContentTooLarge(f"The body is larger than {MAX_BODY:,} bytes.")
            chunks.append(chunk)
    except ClientDisconnect as error:
        raise ClientGone("The client closed the connection within its request.") from error
    return b"".join(chunks)


def _pairs_of_body(body: bytes, content_type: str) -> list[tuple[str, str]]:
    media_type = content_type.partition(";")[0].strip().lower()
    charset = CHARSET.search(content_type)
    encoding = charset[1].lower() if charset else "utf-8"
    if media_type == UPDATE:
        raise QueryRefused("This endpoint is read-only and takes no update.")
    if media_type not in (FORM, QUERY):
        raise UnsupportedMediaType(f"POST takes {FORM} or {QUERY}, not “{media_type}”.")
    if encoding not in CHARSETS:
        raise UnsupportedMediaType(f"The charset “{encoding}” is not read; send UTF-8.")
    return _pairs(body, encoding) if media_type == FORM else [("query", _text(body, encoding))]


def _pairs(form: bytes, encoding: str) -> list[tuple[str, str]]:
    # By bytes to the end: some clients send letters unescaped.
    parts = [part for part in form.split(b"&") if part]
    if len(parts) > MAX_FIELDS:
        raise BadRequest(f"There are more than {MAX_FIELDS} parameters.")
    pairs = []
    for part in parts:
        name, _, value = part.replace(b"+", b" ").partition(b"=")
        pairs.append(
            (
                _text(unquote_to_bytes(name), encoding),
                _text(unquote_to_bytes(value), encoding),
            )
        )
    return pairs


def _text(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadRequest(f"The text is not in {encoding.upper()}: {error.reason}.") from error
