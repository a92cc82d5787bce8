"""Releases as files: immutable, and only those that the manifest lists."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from glokal.errors import NotFound
from glokal.release import MANIFEST, Release
from glokal.web.responses import (
    IMMUTABLE,
    Edition,
    client_has,
    not_modified,
    redirect,
    representation,
)
from glokal.web.routes import get_router

JSON = "application/json"
SVG = "image/svg+xml"
PICTURE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""The Content-Security-Policy of a picture, which brings its colours for light and dark."""


@dataclass(frozen=True)
class Releases:
    """The endpoints over the release that is served."""

    release: Release
    edition: Edition

    def latest(self, name: str = "") -> Response:
        """``/releases/latest``, also before a file's name: where the newest release has it."""
        if name not in ("", MANIFEST, *(file.name for file in self.release.manifest.files)):
            raise NotFound(f"The newest release has no file {name}.")
        return redirect(302, f"/releases/{self.release.manifest.version}/{name}")

    def listing(self, version: str, request: Request) -> Response:
        """``/releases/{version}/``: the manifest, which lists every file with its checksum."""
        return self.file(version, MANIFEST, request)

    def file(self, version: str, name: str, request: Request) -> Response:
        """``/releases/{version}/{name}``: one file as it was published."""
        if version != self.release.manifest.version:
            raise NotFound(f"There is no release {version} here.")
        if name == MANIFEST:
            return representation(
                request, self.edition, JSON, self.release.manifest.to_json, cache=IMMUTABLE
            )
        entry = next((file for file in self.release.manifest.files if file.name == name), None)
        if entry is None:
            raise NotFound(f"Release {version} has no file {name}.")
        headers = {"ETag": f'"{entry.sha256}"', "Cache-Control": IMMUTABLE}
        if self.edition.last_modified:
            headers["Last-Modified"] = self.edition.last_modified
        if entry.media_type == SVG:
            headers["Content-Security-Policy"] = PICTURE
        if client_has(request, headers["ETag"]):
            return not_modified(headers)
        path = self.release.path / entry.name
        return FileResponse(path, headers=headers, media_type=entry.media_type)


def router(releases: Releases) -> APIRouter:
    """The routes of the releases."""
    return get_router(
        ("/releases/latest", releases.latest, "The newest release: 302 to its address"),
        ("/releases/latest/{name:path}", releases.latest, "A file of the newest release: 302"),
        ("/releases/{version}/", releases.listing, "The manifest of a release"),
        ("/releases/{version}/{name:path}", releases.file, "One file of a release"),
    )
