"""A starter publication: a small example strategy to be replaced, with all that it needs."""

import datetime
import shutil
from pathlib import Path

from glokal.errors import GlokalError
from glokal.publishing.sources import shipped_root

STARTER = Path(__file__).parents[1] / "starter"
DATE = "2026-11-24"
"""The date in the starter that stands for today."""

CLOSED_LISTS = ("basis", "modality", "scope", "status", "wording-status")
"""The vocabularies that belong to the ontology; the open ones are each publication's own."""


class FolderInUse(GlokalError):
    """The folder for a starter is not empty, or cannot be written to."""

    title = "The folder cannot be used"


def write_starter(folder: Path) -> None:
    """Fill a new or empty folder with sources that conform.

    Ontology, shapes and closed lists are those that came with the program; the data are an
    example of an invented municipality, dated today.

    Raises:
        FolderInUse: something stands in the folder, or it cannot be written to.
        SourcesUnreadable: the program came without its ontology and shapes.
    """
    shipped = shipped_root()
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FolderInUse(
                f"{folder} is not empty; choose a new folder, so that nothing is overwritten"
            )
        _copy(shipped, folder)
    except OSError as error:
        raise FolderInUse(f"{folder} cannot be written: {error.strerror}") from error


def _copy(shipped: Path, folder: Path) -> None:
    for name in ("ontology", "shapes"):
        shutil.copytree(shipped / name, folder / name)
    shutil.copytree(STARTER, folder, dirs_exist_ok=True)
    for name in CLOSED_LISTS:
        path = f"data/vocabularies/{name}.ttl"
        shutil.copyfile(shipped / path, folder / path)
    today = datetime.datetime.now().astimezone().date().isoformat()
    for source in STARTER.rglob("*.t*"):
        copy = folder / source.relative_to(STARTER)
        copy.write_bytes(source.read_bytes().replace(DATE.encode(), today.encode()))
