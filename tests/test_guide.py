"""data/AUTHORING.md tells the truth: its blocks, run from top to bottom, publish a strategy."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT

from glokal.release import open_release

GUIDE = (ROOT / "data" / "AUTHORING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder after the last block, and what `glokal check` said each time."""
    folder = tmp_path_factory.mktemp("guide")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["sh", "-e", "-c", "\n".join(BLOCKS)],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    verdicts = [line for line in ran.stdout.splitlines() if "onform" in line]
    return folder / "strategi", verdicts


def test_the_sources_conform_after_each_step(done: tuple[Path, list[str]]) -> None:
    conforms = "Conforms (violation: 0, warning: 0, note: 0)"
    assert [v for v in done[1] if v.startswith("Conforms")] == [conforms] * 3


def test_what_was_read_is_published(done: tuple[Path, list[str]]) -> None:
    release = open_release(done[0] / "releases" / "latest")
    assert release.manifest.version == "1.0.0"
    dump = (release.path / "dataset.nt").read_text(encoding="utf-8")
    thing = "http://127.0.0.1:8000/id/nystad/2026-2029/commitment/sommarjobb-raknas"
    assert f"<{thing}>" in dump
    assert "exempelkommunen" not in dump


def test_the_message_that_the_guide_shows_is_the_one_that_is_given(
    done: tuple[Path, list[str]],
) -> None:
    path = done[0] / "data/nystad/2026-2029/evidence.ttl"
    right = path.read_text(encoding="utf-8")
    wrong = right.replace(
        'oa:exact "fullmäktiges mandattid 2026–2029"', 'oa:exact "fullmäktiges mandattid 2026-2029"'
    )
    assert wrong != right
    path.write_text(wrong, encoding="utf-8")
    command = [sys.executable, "-m", "glokal", "check", str(done[0]), "--lang", "sv"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    path.write_text(right, encoding="utf-8")
    (shown,) = re.findall(r"^```text\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    assert shown in ran.stdout


def test_every_command_of_the_guide_exists() -> None:
    for command in set(re.findall(r"`?glokal ([a-z]+)", GUIDE)):
        ran = subprocess.run(
            [sys.executable, "-m", "glokal", command, "--help"], capture_output=True, check=False
        )
        assert ran.returncode == 0, command


def test_the_links_of_the_guide_lead_somewhere() -> None:
    for path in re.findall(r"\]\(([^)#]+)\)", GUIDE):
        assert (ROOT / "data" / path).exists(), path
