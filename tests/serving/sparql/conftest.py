import pytest
from tests.serving.sparql.example import build

from glokal.release import Release


@pytest.fixture(scope="session")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build(tmp_path_factory.mktemp("sparql"))
