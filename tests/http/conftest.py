"""The application over the real release, once for all HTTP tests."""

from collections.abc import Iterator

import pytest
from tests.http.browser import Browser, browsing

from glokal.app import create_app
from glokal.release import Release
from glokal.settings import Settings


@pytest.fixture(scope="session")
def site(release: Release) -> Iterator[Browser]:
    with browsing(create_app(release, Settings())) as browser:
        yield browser
