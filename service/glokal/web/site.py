"""Pages that are not about one thing, and the files that they are drawn with."""

import gzip
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from glokal.errors import NotFound
from glokal.formats import HTML, LANGUAGES
from glokal.serving.negotiate import choose_encoding, choose_language
from glokal.web.links import link
from glokal.web.responses import (
    USUAL,
    Edition,
    Pages,
    client_has,
    not_modified,
    redirect,
    representation,
)
from glokal.web.routes import get_router

STATIC_CACHE = "public, max-age=3600"
MEDIA_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
}
"""By file name ending; the machine's own table would differ from place to place."""

ROBOTS = "\n".join(
    (
        "User-agent: *",
        "Disallow: /sparql",
        *(f"Disallow: /{language}/query?" for language in LANGUAGES),
        "",
    )
)


@dataclass(frozen=True)
class StaticFile:
    """A file of the site: its bytes, its Content-Type and its strong entity tag.

    ``coded`` holds its bytes in content codings, by name, the best one first.
    """

    content: bytes
    content_type: str
    etag: str
    coded: Mapping[str, bytes] = field(default_factory=dict)


def read_static(folder: Traversable, prefix: str = "") -> dict[str, StaticFile]:
    """Every file under a folder that has a known media type, by its path in the folder."""
    files: dict[str, StaticFile] = {}
    for entry in folder.iterdir():
        content_type = MEDIA_TYPES.get(entry.name.rpartition(".")[2])
        if entry.is_dir():
            files |= read_static(entry, f"{prefix}{entry.name}/")
        elif content_type:
            content = entry.read_bytes()
            etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
            coded = _coded(folder, entry.name, content)
            files[prefix + entry.name] = StaticFile(content, content_type, etag, coded)
    return files


def _coded(folder: Traversable, name: str, content: bytes) -> dict[str, bytes]:
    """The codings of a file: Brotli where packaging made one, gzip where it makes it smaller."""
    brotli, squeezed = folder / f"{name}.br", gzip.compress(content, 9, mtime=0)
    coded = {"br": brotli.read_bytes()} if brotli.is_file() else {}
    return coded | ({"gzip": squeezed} if len(squeezed) < len(content) else {})


@dataclass(frozen=True)
class Site:
    """The endpoints of the site."""

    pages: Pages
    edition: Edition
    static: Mapping[str, StaticFile]

    def front(self, request: Request) -> Response:
        """``/``: the home page in the reader's language."""
        language = choose_language(request.headers.get("accept-language"))
        return redirect(302, f"/{language}/", vary="Accept-Language")

    def home(self, request: Request) -> Response:
        """``/sv/`` and its kin: the home page."""
        return self._page(request, self.pages.home)

    def quality(self, request: Request) -> Response:
        """``/sv/quality`` and its kin: the quality page."""
        return self._page(request, self.pages.quality)

    def _page(self, request: Request, write: Callable[[str], bytes]) -> Response:
        _, language, rest = request.scope["path"].split("/", 2)
        return representation(
            request,
            self.edition,
            HTML.content_type,
            lambda: write(language),
            language=language,
            links=[
                link(f"/{other}/{rest}", "alternate", hreflang=other, type=HTML.media_type)
                for other in LANGUAGES
                if other != language
            ],
        )

    def slash(self, request: Request) -> Response:
        """``/sv`` and its kin: the home page has a slash at its end."""
        return redirect(308, request.scope["path"] + "/")

    def file(self, name: str, request: Request) -> Response:
        """``/static/{name}``: a style sheet, a font, an image."""
        found = self.static.get(name)
        if found is None:
            raise NotFound(f"There is no file {name}.")
        coding = choose_encoding(request.headers.get("accept-encoding"), tuple(found.coded))
        headers = {
            "ETag": f'{found.etag[:-1]}-{coding}"' if coding else found.etag,
            "Cache-Control": STATIC_CACHE,
            "Vary": "Accept-Encoding",
        }
        if client_has(request, headers["ETag"]):
            return not_modified(headers)
        if coding:
            headers["Content-Encoding"] = coding
        content = found.coded[coding] if coding else found.content
        return Response(content, headers=headers, media_type=found.content_type)

    def robots(self) -> Response:
        """``/robots.txt``: pages and data are for everybody, queries are not for crawlers."""
        return PlainTextResponse(ROBOTS, headers={"Cache-Control": USUAL})


def router(site: Site) -> APIRouter:
    """The routes of the site."""
    homes = (f"/{language}/" for language in LANGUAGES)
    return get_router(
        ("/", site.front, "302 to the home page in the reader's language"),
        *((path, site.home, "The home page") for path in homes),
        *((f"/{language}/quality", site.quality, "The quality page") for language in LANGUAGES),
        *((f"/{language}", site.slash, "308 to the home page") for language in LANGUAGES),
        ("/static/{name:path}", site.file, "A file that the pages are drawn with"),
        ("/robots.txt", site.robots, "For crawlers"),
    )
