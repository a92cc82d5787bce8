"""The likeliest slips of an editor, and the exact words that `glokal check` answers with."""

import shutil
import tomllib
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from glokal.errors import SourcesUnreadable
from glokal.formats import LANGUAGES
from glokal.publishing.findings import Report
from glokal.publishing.sources import load
from glokal.publishing.summary import lines
from glokal.publishing.validation import validate

TABLE = tomllib.loads((Path(__file__).parent / "slips.toml").read_text(encoding="utf-8"))
SLIPS, UNREADABLE = TABLE["slip"], TABLE["unreadable"]
Slip = Mapping[str, Any]


def copied(root: Path, folder: Path) -> Path:
    for name in ("ontology", "shapes", "data"):
        shutil.copytree(root / name, folder / name)
    return folder


def slipped(folder: Path, slip: Slip) -> None:
    path = folder / slip["file"]
    text = path.read_text(encoding="utf-8")
    assert text.count(slip["old"]) == 1, slip["title"]
    path.write_text(text.replace(slip["old"], slip["new"]), encoding="utf-8")


def filled(told: str, folder: Path, slip: Slip) -> str:
    """The expected words with their lines: of the last passage or the first, or below it."""
    text = (folder / slip.get("told_in", slip["file"])).read_text(encoding="utf-8")
    at = slip.get("at", slip["new"])
    first = text[: text.index(at)].count("\n") + 1
    last = text[: text.rindex(at)].count("\n") + 1
    line = (last if slip.get("last") else first) + slip.get("below", 0)
    return told.replace("{line}", str(line)).replace("{first}", str(first))


@pytest.fixture(scope="module")
def wrong(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real sources with every slip in them, each in a place of its own."""
    folder = copied(root, tmp_path_factory.mktemp("slipped"))
    for slip in SLIPS:
        slipped(folder, slip)
    return folder


@pytest.fixture(scope="module")
def report(wrong: Path) -> Report:
    return validate(load(wrong))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: str(slip["title"]))
def test_a_slip_is_told_at_its_line_with_what_was_found_and_expected(
    report: Report, wrong: Path, slip: Slip, language: str
) -> None:
    shown = [(style, line.strip()) for style, line in lines(report, language)]
    files: dict[str, str] = {}
    name = ""
    for is_file, part in groupby(shown, key=lambda entry: entry[0] == "file"):
        told = [line for _, line in part]
        name = told[-1] if is_file else name
        files[name] = files.get(name, "") + "" if is_file else "\n".join(told) + "\n"
    expected = filled(slip[language], wrong, slip)
    assert f"{expected}\n" in files[slip.get("told_in", slip["file"])]


@pytest.mark.parametrize("slip", UNREADABLE, ids=lambda slip: str(slip["title"]))
def test_a_file_that_cannot_be_read_is_told_with_what_is_expected(
    root: Path, tmp_path: Path, slip: Slip
) -> None:
    folder = copied(root, tmp_path / "sources")
    slipped(folder, slip)
    with pytest.raises(SourcesUnreadable) as caught:
        load(folder)
    told = filled(slip["told"], folder, slip).replace("{file}", slip["file"])
    assert told in map(str, caught.value.problems)


def test_a_misplaced_file_is_told_with_the_name_that_may_be_meant(
    root: Path, tmp_path: Path
) -> None:
    folder = copied(root, tmp_path / "sources")
    place = folder / "data/kommunforbundet/2017-2021"
    (place / "statements.ttl").rename(place / "statement.ttl")
    with pytest.raises(SourcesUnreadable) as caught:
        load(folder)
    assert [str(problem) for problem in caught.value.problems] == [
        "data/kommunforbundet/2017-2021/statement.ttl: no graph is known for a file of this "
        "name and folder; perhaps statements.ttl is meant"
    ]


def test_there_are_twenty_slips_and_each_is_told_in_every_language() -> None:
    assert len(SLIPS) >= 20
    assert all(set(LANGUAGES) <= set(slip) for slip in SLIPS)
