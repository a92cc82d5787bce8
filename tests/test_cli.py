import json
import os
import signal
import socket
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from tests.publishing.small import FILES, READING, TEXT, THING, edited, silent, write_small

from glokal import __version__
from glokal.cli import main
from glokal.formats import DATA_FORMATS
from glokal.publishing.publish import build
from glokal.release import Release, open_release

GLOKAL = [sys.executable, "-c", "from glokal.cli import main; main()"]
MESSAGES = {"sv": "Ge målet en etikett.", "fi": "Nimeä tavoite.", "en": "Give the goal a label."}


@dataclass(frozen=True)
class Outcome:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Runner:
    """Runs commands in this process."""

    capture: pytest.CaptureFixture[bytes]

    def __call__(self, *arguments: object) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = self.capture.readouterr()
        code = ended.value.code
        return Outcome(code if isinstance(code, int) else 0, out.decode(), err.decode())


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Runner:
    return Runner(capfdbinary)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small(tmp_path / "sources")


@pytest.fixture
def broken(small: Path) -> Path:
    return edited(small, TEXT, "skos:prefLabel", "skos:altLabel")


def one_line(outcome: Outcome) -> str:
    assert outcome.err.count("\n") == 1, outcome.err
    assert "Traceback" not in outcome.err
    return outcome.err


def test_the_version_is_that_of_the_package(run: Runner, root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert run("--version") == Outcome(0, f"glokal {project['version']}\n", "")


def test_check_tells_that_sound_sources_conform(run: Runner, small: Path) -> None:
    assert run("check", small) == Outcome(0, "Conforms (violation: 0, warning: 0, note: 0)\n", "")


@pytest.mark.parametrize("language", MESSAGES)
def test_check_prints_findings_in_the_language_asked_for(
    run: Runner, broken: Path, language: str
) -> None:
    outcome = run("check", broken, "--lang", language)
    assert outcome.code == 1
    lines = outcome.out.splitlines()
    assert lines[0] == TEXT
    assert lines[1].startswith("  9: ")
    assert lines[1].endswith(f" D-1 {THING}")
    assert lines[2].strip() == MESSAGES[language]
    assert "\x1b" not in outcome.out


def test_check_gives_json(run: Runner, broken: Path) -> None:
    outcome = run("check", broken, "--format", "json")
    report = json.loads(outcome.out)
    assert (outcome.code, report["conforms"]) == (1, False)
    (finding,) = report["findings"]
    assert (finding["rule"], finding["file"], finding["line"]) == ("D-1", TEXT, 9)
    assert finding["messages"] == MESSAGES


def test_check_gives_turtle(run: Runner, broken: Path) -> None:
    outcome = run("check", broken, "--format", "turtle")
    triples = list(parse(outcome.out.encode(), format=RdfFormat.TURTLE))
    focus = "http://www.w3.org/ns/shacl#focusNode"
    assert [str(t.object) for t in triples if t.predicate.value == focus] == [f"<{THING}>"]
    assert outcome.code == 1


def test_check_tells_each_syntax_error_of_each_file_at_its_place(run: Runner, small: Path) -> None:
    edited(small, TEXT, "a strat:Goal ;", "a stratt:Goal ;")
    edited(small, READING, '"Helhet"@sv ;', '"Helhet"@sv')
    outcome = run("check", small)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"glokal: {TEXT}:9:" in outcome.err
    assert "perhaps strat: is meant" in outcome.err
    assert f"glokal: {READING}:10:5: A dot is expected" in outcome.err


def test_an_ill_typed_literal_is_no_noise_of_a_library(run: Runner, small: Path) -> None:
    edited(small, TEXT, "sequenceNumber 01", 'sequenceNumber "one"^^xsd:integer')
    outcome = run("check", small)
    assert outcome.err == ""
    assert "warning D-2" in outcome.out


@pytest.mark.parametrize("command", ["check", "build", "serve", "format", "export"])
def test_a_folder_without_sources_is_one_line(run: Runner, tmp_path: Path, command: str) -> None:
    options = ("--cache", tmp_path, "--port", 0) if command == "serve" else ()
    outcome = run(command, tmp_path, *options)
    assert outcome.code == 2
    assert "ontology/, data/, shapes/ missing" in one_line(outcome)


def test_build_writes_a_release(run: Runner, small: Path, tmp_path: Path) -> None:
    outcome = run("build", small, "--releases", tmp_path / "r", "--version", "3.0.0")
    release = open_release(tmp_path / "r" / "latest")
    assert outcome.code == 0
    assert release.manifest.version == "3.0.0"
    assert release.manifest.digest in outcome.out


def test_build_refuses_what_does_not_conform_and_shows_it(
    run: Runner, broken: Path, tmp_path: Path
) -> None:
    outcome = run("build", broken, "--releases", tmp_path / "r")
    assert (outcome.code, outcome.out) == (1, "")
    assert MESSAGES["en"] in outcome.err
    assert outcome.err.endswith("glokal: the sources break 1 rule; nothing was written\n")
    assert list((tmp_path / "r").iterdir()) == []


def test_build_never_changes_a_version(run: Runner, small: Path, tmp_path: Path) -> None:
    assert run("build", small, "--releases", tmp_path / "r").code == 0
    edited(small, TEXT, "rader", "ord")
    outcome = run("build", small, "--releases", tmp_path / "r")
    assert outcome.code == 1
    assert "exists with another content" in one_line(outcome)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--version", "1.0"), "'1.0' is no version"),
        (("--base", "nonsense"), "base"),
        (("--base", "ftp://example.org/"), "base"),
    ],
)
def test_build_refuses_what_no_release_can_have(
    run: Runner, small: Path, tmp_path: Path, options: tuple[str, str], said: str
) -> None:
    outcome = run("build", small, "--releases", tmp_path / "r", *options)
    assert outcome.code == 1
    assert said in one_line(outcome)


def test_a_base_without_its_slash_gets_one(run: Runner, small: Path, tmp_path: Path) -> None:
    run("build", small, "--releases", tmp_path / "r", "--base", "http://example.org/glokal")
    assert open_release(tmp_path / "r" / "latest").manifest.base == "http://example.org/glokal/"


@pytest.mark.parametrize("command", ["build", "export", "serve"])
def test_a_folder_that_cannot_be_written_is_one_line(
    run: Runner, small: Path, tmp_path: Path, command: str
) -> None:
    (tmp_path / "file").write_text("")
    options = {
        "build": ("--releases", tmp_path / "file" / "r"),
        "export": ("--to", tmp_path / "file" / "r"),
        "serve": ("--cache", tmp_path / "file" / "r", "--port", 0),
    }
    outcome = run(command, small, *options[command])
    assert outcome.code == 1
    assert "is not writable: Not a directory" in one_line(outcome)


def test_format_lists_what_would_change_and_then_changes_it(run: Runner, small: Path) -> None:
    run("format", small)
    assert run("format", small, "--check") == Outcome(0, "", "")
    edited(small, TEXT, " ;\n    ", ";")
    untidy = (small / TEXT).read_bytes()
    assert run("format", small, "--check") == Outcome(1, f"{TEXT}\n", "")
    assert (small / TEXT).read_bytes() == untidy
    assert run("format", small) == Outcome(0, f"{TEXT}\n", "")
    assert run("format", small, "--check").code == 0


def test_export_prints_turtle_or_the_format_asked_for(run: Runner, small: Path) -> None:
    turtle = run("export", small)
    assert turtle.code == 0
    assert len(list(parse(turtle.out.encode(), format=RdfFormat.TURTLE))) > 100
    rows = run("export", small, "--format", "csv").out.splitlines()
    assert rows[0] == "graph,subject,predicate,object,datatype,language"


def test_export_fills_a_folder(run: Runner, small: Path, tmp_path: Path) -> None:
    assert run("export", small, "--to", tmp_path / "dumps").code == 0
    names = {path.name for path in (tmp_path / "dumps").iterdir()}
    assert names == {f"dataset{fmt.suffix}" for fmt in DATA_FORMATS}


def test_an_unknown_format_lists_the_known(run: Runner, small: Path) -> None:
    outcome = run("export", small, "--format", "docx")
    assert outcome.code == 2
    assert "docx is none of" in outcome.err


def test_a_wrong_environment_variable_is_one_line(
    run: Runner, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOKAL_PORT", "many")
    outcome = run("serve", small)
    assert outcome.code == 1
    assert "port" in one_line(outcome)


def test_a_port_in_use_is_one_line_before_anything_is_built(
    run: Runner, small: Path, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        outcome = run("serve", small, "--port", port, "--cache", tmp_path / "cache")
    assert outcome.code == 1
    assert f"cannot listen on 127.0.0.1 port {port}: Address already in use" in one_line(outcome)
    assert not (tmp_path / "cache").exists()


def test_an_address_of_another_machine_is_one_line(run: Runner, small: Path) -> None:
    outcome = run("serve", small, "--host", "192.0.2.1", "--port", 0)
    assert outcome.code == 1
    assert "cannot listen on 192.0.2.1" in one_line(outcome)


def test_a_damaged_release_is_one_line_and_stays_as_it_is(
    run: Runner, small: Path, tmp_path: Path
) -> None:
    release = build(small, tmp_path / "r", None, None, silent)
    content = bytearray((release.path / "dataset.jsonld").read_bytes())
    content[100] ^= 1
    (release.path / "dataset.jsonld").write_bytes(content)
    outcome = run("serve", "--release", release.path, "--port", 0)
    assert outcome.code == 1
    assert "is damaged: dataset.jsonld" in one_line(outcome)
    assert (release.path / "dataset.jsonld").read_bytes() == content


@contextmanager
def serving(*arguments: object) -> Iterator[tuple[str, str]]:
    """A server in a process of its own: its address and its greeting."""
    command = [*GLOKAL, "serve", *map(str, arguments), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            greeting = process.stdout.readline().strip()
            yield greeting.split(" ")[3], greeting
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0


def test_serve_says_where_it_is_and_answers(release: Release) -> None:
    with serving("--release", release.path) as (address, greeting):
        assert greeting == (
            f"Glokal {__version__} at {address} (kommunforbundet-2017-2021 1.0.0, "
            "base https://w3id.org/glokal/)"
        )
        with urllib.request.urlopen(f"{address}readyz") as response:
            assert response.status == 200


def test_serve_under_another_base_answers_with_its_iris(release: Release, tmp_path: Path) -> None:
    base = "http://data.example.org/"
    arguments = ("--release", release.path, "--base", base, "--cache", tmp_path)
    with serving(*arguments) as (address, _):
        url = f"{address}doc/kommunforbundet/2017-2021.nt"
        with urllib.request.urlopen(url) as response:
            body = response.read().decode()
    assert f"<{base}id/kommunforbundet/2017-2021>" in body
    assert "https://w3id.org/glokal/" not in body


def test_a_watched_terminal_gets_colours(broken: Path) -> None:
    environment = {**os.environ, "FORCE_COLOR": "1", "TERM": "xterm"}
    done = subprocess.run(
        [*GLOKAL, "check", str(broken)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 1
    assert "\x1b[31m" in done.stdout


def test_the_small_sources_are_complete() -> None:
    assert {path.split("/")[0] for path in FILES} == {"data", "ontology", "shapes"}
