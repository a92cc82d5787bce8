"""Small sources, fresh for each test."""

from pathlib import Path

import pytest
from tests.publishing.small import write_small


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small(tmp_path / "sources")
