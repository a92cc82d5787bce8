"""What the tests share: the real sources, released once per run."""

from pathlib import Path

import pytest

from glokal.publishing.publish import build, rebase_release
from glokal.publishing.sources import Sources, load
from glokal.release import Release

ROOT = Path(__file__).resolve().parent.parent
REBASED = "http://127.0.0.1:8000/"


def silent(step: str) -> None:
    """Takes the steps of a build and says nothing."""


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the real ontology, data and shapes."""
    return ROOT


@pytest.fixture(scope="session")
def sources() -> Sources:
    """The real sources, parsed."""
    return load(ROOT)


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the real sources under the default base."""
    return build(ROOT, tmp_path_factory.mktemp("releases"), None, None, silent)


@pytest.fixture(scope="session")
def rebased(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The same release under ``http://127.0.0.1:8000/``."""
    return rebase_release(release, REBASED, tmp_path_factory.mktemp("rebased"), silent)
