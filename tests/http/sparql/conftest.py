"""An endpoint that is served, and a client for it."""

from collections.abc import Iterator

import httpx
import pytest
from tests.http.sparql.endpoint import application, serving
from tests.serving.sparql.example import build

from glokal.release import Release


@pytest.fixture(scope="module")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build(tmp_path_factory.mktemp("sparql"))


@pytest.fixture(scope="module")
def endpoint(small_release: Release) -> Iterator[str]:
    with serving(application(small_release, sparql_timeout=2, sparql_max_bytes=500_000)) as url:
        yield url


@pytest.fixture(scope="module")
def client(endpoint: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=endpoint.removesuffix("/sparql"), timeout=30) as client:
        yield client
