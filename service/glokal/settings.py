"""What an operator may set: by command-line option or GLOKAL_… environment variable."""

from pathlib import Path

from pydantic import AnyHttpUrl, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings of a serving process; frozen, made once by the composition root."""

    model_config = SettingsConfigDict(env_prefix="GLOKAL_", frozen=True)

    base: AnyHttpUrl | None = Field(
        default=None,
        description="Public base IRI, ending in a slash; rebases every IRI of the release.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    workers: int = Field(
        default=2, ge=1, le=32, description="Query workers that are ready for the next query."
    )
    cache: Path = Field(
        default_factory=lambda: Path.home() / ".cache" / "glokal",
        description="Folder for releases that `glokal serve` builds by itself.",
    )
    sparql_timeout: float = Field(
        default=10.0, gt=0, description="Seconds that a query may take before it is stopped."
    )
    sparql_max_bytes: int = Field(
        default=32 * 1024 * 1024, gt=0, description="Largest query result in bytes."
    )
    sparql_memory: int = Field(
        default=2 * 1024**3, gt=0, description="Address space of a query worker in bytes."
    )
    sparql_queue: int = Field(
        default=64, ge=1, le=1024, description="Queries that may wait for a worker before a 503."
    )
    sparql_share: int = Field(
        default=20,
        ge=1,
        description="Queries a second that one client address may send while others wait.",
    )
    sparql_cache: int = Field(
        default=32 * 1024 * 1024, ge=0, description="Bytes of results to keep; 0 keeps none."
    )
    sparql_in_memory: int = Field(
        default=1_000_000,
        ge=0,
        description="Largest store, in quads, that query workers hold in memory.",
    )
