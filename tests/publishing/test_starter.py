"""The starter publication conforms, can be built, and is what its own tools make of it."""

import datetime
from pathlib import Path

import pytest
from tests.publishing.small import silent

from glokal.publishing.findings import Report
from glokal.publishing.formatting import unformatted
from glokal.publishing.ledger import ledger_turtle
from glokal.publishing.publish import build
from glokal.publishing.segmenting import document_turtle
from glokal.publishing.sources import load
from glokal.publishing.starter import STARTER, FolderInUse, write_starter
from glokal.publishing.validation import validate

PLACE = "data/exempelkommunen/2026-2029"


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "strategy"
    write_starter(folder)
    return folder


def test_a_starter_conforms_at_once(starter: Path) -> None:
    assert validate(load(starter)) == Report(())


def test_a_starter_can_be_built(starter: Path, tmp_path: Path) -> None:
    made = build(starter, tmp_path / "releases", None, None, silent)
    assert made.manifest.base == "http://127.0.0.1:8000/"
    assert made.manifest.publication["issued"] == today()


def test_a_starter_has_the_one_layout(starter: Path) -> None:
    assert unformatted(starter) == {}


def test_the_document_of_a_starter_is_that_of_its_source_text(starter: Path) -> None:
    document = (starter / PLACE / "document.ttl").read_text(encoding="utf-8")
    assert document_turtle(starter / PLACE / "webbsida-sv.txt") == document


def test_the_ledger_of_a_starter_is_that_of_its_evidence(starter: Path) -> None:
    sources = load(starter)
    assert ledger_turtle(sources, reading=False) == ""
    assert ledger_turtle(sources, reading=True) == ""


def test_every_file_of_a_starter_says_what_belongs_in_it() -> None:
    for path in STARTER.rglob("*.ttl"):
        assert path.read_text(encoding="utf-8").startswith("# "), path


def test_a_starter_is_dated_today(starter: Path) -> None:
    assert f'dcterms:created "{today()}"^^xsd:date' in (starter / PLACE / "reading.ttl").read_text()


@pytest.mark.parametrize("occupant", ["file", "folder"])
def test_nothing_is_overwritten(tmp_path: Path, occupant: str) -> None:
    place = tmp_path / "taken"
    if occupant == "folder":
        place.mkdir()
        (place / "kept.txt").write_text("mine")
    else:
        place.write_text("mine")
    with pytest.raises(FolderInUse, match="is not empty; choose a new folder"):
        write_starter(place)
    assert not (tmp_path / "taken" / "data").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderInUse, match="cannot be written: Not a directory"):
        write_starter(tmp_path / "file" / "new")


def today() -> str:
    return datetime.datetime.now().astimezone().date().isoformat()
