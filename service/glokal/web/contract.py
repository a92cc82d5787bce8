"""The part of the HTTP contract that every answer keeps: methods, CORS and security headers.

A plain ASGI middleware, so that errors, redirects and 304 have the headers too.
"""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

STANDARD_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Link, ETag, Last-Modified, Vary, Content-Language, Retry-After, Memento-Datetime"
    ),
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""On every answer; the data is public, so any origin may read it, without credentials."""

RAW_HEADERS = [
    (name.lower().encode("latin-1"), value.encode("latin-1"))
    for name, value in STANDARD_HEADERS.items()
]

PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Content-Type, If-None-Match, If-Modified-Since, Prefer"
    ),
    "Access-Control-Max-Age": "86400",
}

READ_ONLY = "GET, HEAD, OPTIONS"


class HttpContract:
    """Middleware: standard headers on everything, OPTIONS, and HEAD wherever there is GET."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection (ASGI 3)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sender = _with_standard_headers(send)
        if scope["method"] == "OPTIONS":
            allow = await self._allowed(scope, receive)
            response = Response(status_code=204, headers={"Allow": allow, **PREFLIGHT_HEADERS})
            await response(scope, receive, sender)
        elif scope["method"] == "HEAD":
            await self.app({**scope, "method": "GET"}, receive, _without_body(sender))
        else:
            await self.app(scope, receive, sender)

    async def _allowed(self, scope: Scope, receive: Receive) -> str:
        """The methods of a path: what the 405 of its route lists, for no route takes OPTIONS."""
        answers: list[str] = []

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                answers.append(Headers(raw=message["headers"]).get("allow", READ_ONLY))

        await self.app(scope, receive, note)
        return complete_allow(answers[0])


def complete_allow(allow: str) -> str:
    """An Allow header with the methods that the middleware answers for the routes."""
    methods = {method.strip() for method in allow.split(",")} | {"OPTIONS"}
    if "GET" in methods:
        methods.add("HEAD")
    return ", ".join(sorted(methods))


def _with_standard_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name for name, _ in message["headers"]}
            message["headers"] += [entry for entry in RAW_HEADERS if entry[0] not in present]
            if b"allow" in present:
                headers = MutableHeaders(scope=message)
                headers["allow"] = complete_allow(headers["allow"])
        await send(message)

    return sender


def _without_body(send: Send) -> Send:
    ended = False

    async def sender(message: Message) -> None:
        nonlocal ended
        if message["type"] == "http.response.start":
            await send(message)
        elif not ended:
            ended = True
            await send({"type": "http.response.body", "body": b""})

    return sender
