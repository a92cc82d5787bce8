"""The pages of the release."""

import pytest
from pyoxigraph import Store

from glokal.release import Release
from glokal.serving.pages import Pages


@pytest.fixture(scope="module")
def store(release: Release) -> Store:
    return release.store()


@pytest.fixture(scope="module")
def pages(store: Store, release: Release) -> Pages:
    return Pages(store, release)
