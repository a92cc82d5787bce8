"""The README tells the truth: its commands run, and it names every setting and command."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from glokal.release import Release
from glokal.settings import Settings

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def server(release: Release) -> Iterator[str]:
    """The address of `glokal serve`, started as a user starts it, on a port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "glokal", "serve"]
    options = ["--release", str(release.path), "--port", str(port)]
    silent = subprocess.DEVNULL
    process = subprocess.Popen([*command, *options], stdout=silent, stderr=silent)
    try:
        address = f"http://127.0.0.1:{port}"
        transport = httpx.HTTPTransport(retries=7)
        with httpx.Client(transport=transport) as client:
            assert client.get(f"{address}/readyz").status_code == 200
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_curl_lines(server: str) -> None:
    curls = [block for block in blocks("sh") if block.startswith("curl")]
    assert len(curls) == 3
    answers = [
        subprocess.run(
            ["sh", "-c", f"{block.rstrip()} --fail --silent --show-error".replace(ADDRESS, server)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for block in curls
    ]
    assert "Finlands framgång skapas lokalt" in answers[0]
    assert answers[2].splitlines()[1].startswith("1,One step ahead,")
    assert answers[1].splitlines() == [
        "label",
        "Steget före",
        "Samarbete över gränserna",
        "Nyskapande kultur",
    ]


def test_python_lines(server: str) -> None:
    (program,) = blocks("python")
    answer = subprocess.run(
        [sys.executable, "-c", program.replace(ADDRESS, server)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert len(answer.stdout.splitlines()) == 7
    assert "stärka prognosförmågan i hela sin verksamhet" in answer.stdout


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    assert f"| `GLOKAL_{name.upper()}` |" in README


@pytest.mark.parametrize(
    "command", ["check", "build", "serve", "format", "export", "new", "segment", "quote", "ledger"]
)
def test_every_command_is_documented(command: str) -> None:
    assert f"| `glokal {command}" in README
    shown = subprocess.run(
        [sys.executable, "-m", "glokal", command, "--help"], capture_output=True, check=True
    )
    assert shown.stdout


def test_make_targets_exist() -> None:
    makefile = (Path(__file__).parent.parent / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:`|^)make ([a-z]+)", README, re.MULTILINE))
    assert {"serve", "test", "check", "lint", "format", "bench"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_links_and_picture_exist() -> None:
    for path in re.findall(r"\]\(([^)#]+)\)", README):
        assert (Path(__file__).parent.parent / path).exists(), path
