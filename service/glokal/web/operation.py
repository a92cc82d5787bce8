"""What a supervisor asks: is the process alive, and may it be sent requests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from glokal.errors import ServiceBusy
from glokal.release import Release
from glokal.web.routes import get_router

NO_STORE = {"Cache-Control": "no-store"}


class Pool(Protocol):
    """The part of the query workers that readiness looks at."""

    @property
    def alive(self) -> bool:
        """Whether queries can be answered now."""
        ...

    @property
    def walls(self) -> Mapping[str, bool]:
        """What keeps a query from opening connections, beside the guard that reads it first."""
        ...


@dataclass(frozen=True)
class Operation:
    """The endpoints of operation."""

    release: Release
    pool: Pool

    async def health(self) -> Response:
        """``/healthz``: the process answers; nothing else is touched."""
        return JSONResponse({"status": "ok"}, headers=NO_STORE)

    async def readiness(self) -> Response:
        """``/readyz``: which release is served, or 503 while queries cannot be answered.

        ``isolation`` tells which of the walls around queries stand on this system.
        """
        if not self.pool.alive:
            raise ServiceBusy("No query worker is ready yet.")
        manifest = self.release.manifest
        body = {
            "status": "ready",
            "release": manifest.version,
            "digest": manifest.digest,
            "isolation": {"guard": True, **self.pool.walls},
        }
        return JSONResponse(body, headers=NO_STORE)


def router(operation: Operation) -> APIRouter:
    """The routes of operation."""
    return get_router(
        ("/healthz", operation.health, "Liveness"),
        ("/readyz", operation.readiness, "Readiness: the release and its digest"),
    )
