"""Representations: bytes that are a pure function of the release, the code and the URL."""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from glokal import __version__
from glokal.release import Release
from glokal.serving.negotiate import choose_encoding

ENCODINGS = ("gzip",)
SHORT = "public, max-age=60"
"""For answers that a new release may change and that are cheap to ask for again."""
USUAL = "public, max-age=300"
IMMUTABLE = "public, max-age=31536000, immutable"
NEGOTIATED = "Accept, Accept-Language"
KEPT_BY_304 = ("ETag", "Cache-Control", "Vary", "Last-Modified")


class Pages(Protocol):
    """What makes the HTML pages; each method gives a whole page in UTF-8."""

    def home(self, language: str) -> bytes:
        """The home page."""
        ...

    def quality(self, language: str) -> bytes:
        """The quality page."""
        ...

    def thing(self, iri: str, language: str) -> bytes:
        """The page about a thing.

        Raises:
            NotFound: the data has no such IRI.
        """
        ...

    def error(self, status: int, language: str, path: str) -> bytes:
        """The page that tells a reader what an HTTP status at a path means."""
        ...


@dataclass(frozen=True)
class Edition:
    """What every representation depends on beside its URL: the data and the code."""

    digest: str
    code: str
    issued: date | None

    @classmethod
    def of(cls, release: Release) -> "Edition":
        """The edition that this code makes of a release."""
        issued = release.manifest.publication.get("issued")
        return cls(
            digest=release.manifest.digest,
            code=__version__,
            issued=date.fromisoformat(str(issued)) if issued else None,
        )

    def etag(self, what: str, encoding: str | None) -> str:
        """The strong entity tag of what a URL path or a query gives in one content coding."""
        key = "\n".join((self.digest, self.code, what, encoding or "identity"))
        return f'"{hashlib.sha256(key.encode(errors="replace")).hexdigest()[:32]}"'

    @property
    def last_modified(self) -> str | None:
        """The day of issue as an HTTP date."""
        if self.issued is None:
            return None
        midnight = datetime.combine(self.issued, datetime.min.time(), UTC)
        return format_datetime(midnight, usegmt=True)


def representation(
    request: Request,
    edition: Edition,
    content_type: str,
    render: Callable[[], bytes],
    *,
    language: str | None = None,
    links: Iterable[str] = (),
    cache: str = USUAL,
) -> Response:
    """Answer with bytes, or with 304 if the client has them; only the former renders.

    Args:
        request: says which codings and which entity tags the client has.
        edition: the data and the code that the bytes are made of.
        content_type: the Content-Type header.
        render: makes the bytes.
        language: of a page, for Content-Language; None for data, which has all languages.
        links: the values of the Link header (RFC 8288).
        cache: the Cache-Control header.
    """
    headers = headers_of(request, edition, content_type, language=language, links=links)
    headers["Cache-Control"] = cache
    if client_has(request, headers["ETag"]):
        return not_modified(headers)
    return whole(render(), headers)


def headers_of(
    request: Request,
    edition: Edition,
    content_type: str,
    *,
    language: str | None = None,
    links: Iterable[str] = (),
    url: str | None = None,
) -> dict[str, str]:
    """The headers of a representation, before its bytes are made.

    Args:
        request: says which codings the client has.
        edition: the data and the code that the bytes are made of.
        content_type: the Content-Type header.
        language: of a page, for Content-Language.
        links: the values of the Link header (RFC 8288).
        url: what names the bytes; the path of the request, where parameters mean nothing.
    """
    encoding = choose_encoding(request.headers.get("accept-encoding"), ENCODINGS)
    headers = {
        "ETag": edition.etag(url or request.scope["path"], encoding),
        "Last-Modified": edition.last_modified,
        "Cache-Control": USUAL,
        "Vary": "Accept-Encoding",
        "Content-Type": content_type,
        "Content-Encoding": encoding,
        "Content-Language": language,
        "Link": ", ".join(links) or None,
    }
    return {name: value for name, value in headers.items() if value}


def whole(body: bytes, headers: dict[str, str], status: int = 200) -> Response:
    """The answer with all of its bytes, in the content coding that its headers name."""
    coded = gzip.compress(body, 6, mtime=0) if "Content-Encoding" in headers else body
    return Response(coded, status_code=status, headers=headers)


def not_modified(headers: dict[str, str]) -> Response:
    """A 304 with those of the headers that it must repeat (RFC 9110 section 15.4.5)."""
    return Response(
        status_code=304,
        headers={name: headers[name] for name in KEPT_BY_304 if name in headers},
    )


def client_has(request: Request, etag: str) -> bool:
    """Whether If-None-Match names an entity tag, by weak comparison (RFC 9110 section 13.1.2)."""
    known = [
        tag.strip().removeprefix("W/")
        for tag in request.headers.get("if-none-match", "").split(",")
    ]
    return etag in known or "*" in known


def redirect(
    status: int, path: str, *, vary: str | None = None, links: Iterable[str] = ()
) -> Response:
    """Send the client to another path of this site, whatever its host is called.

    Args:
        status: 302, 303 or 308.
        path: the escaped URL path, sent as a relative reference (RFC 9110 section 10.2.2).
        vary: the request headers that chose the path.
        links: the values of the Link header.
    """
    headers = {"Location": path, "Cache-Control": SHORT, "Vary": vary}
    headers["Link"] = ", ".join(links) or None
    return Response(
        status_code=status, headers={name: value for name, value in headers.items() if value}
    )
