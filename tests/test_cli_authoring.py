"""The commands that help to write sources, as a terminal shows them."""

from pathlib import Path

import pytest

from glokal.cli import main


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "strategi"
    with pytest.raises(SystemExit) as ended:
        main(["new", str(folder)])
    assert ended.value.code == 0
    return folder


def ran(capture: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    out, err = capture.readouterr()
    return ended.value.code, out, err


def test_new_tells_the_next_steps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "strategi")
    code, out, err = ran(capsys, "new", folder)
    assert (code, err) == (0, "")
    for step in (f"glokal check {folder}", f"glokal serve {folder}", f"{folder}/README.md"):
        assert step in out


def test_new_refuses_a_folder_that_is_in_use(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = ran(capsys, "new", str(starter))
    assert (code, out) == (1, "")
    assert err == (
        f"glokal: {starter} is not empty; choose a new folder, so that nothing is overwritten\n"
    )


def test_check_passes_at_once(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    conforms = "Conforms (violation: 0, warning: 0, note: 0)\n"
    assert ran(capsys, "check", str(starter)) == (0, conforms, "")


def test_segment_prints_the_document(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = starter / "data/exempelkommunen/2026-2029"
    code, out, err = ran(capsys, "segment", str(place / "webbsida-sv.txt"))
    assert (code, err) == (0, "")
    assert out == (place / "document.ttl").read_text(encoding="utf-8")


def test_segment_tells_where_a_text_belongs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = ran(capsys, "segment", str(tmp_path / "text.txt"))
    assert code == 1
    assert "expected data/NAME/YEARS/DOCUMENT-LANGUAGE.txt" in err


def test_quote_prints_turtle_and_says_where_it_is(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = ran(capsys, "quote", "unga får", str(starter))
    assert code == 0
    assert 'oa:exact "unga får" ;' in out
    assert "span/296-304>\nS07: …" in err


def test_quote_asks_which(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = ran(capsys, "quote", "sommarjobb", str(starter))
    assert (code, out) == (1, "")
    assert [line[:13] for line in err.splitlines()] == ["--nth 1: S06:", "--nth 2: S07:"]
    assert (
        'oa:exact "sommarjobb"' in ran(capsys, "quote", "sommarjobb", str(starter), "--nth", "1")[1]
    )
    assert ran(capsys, "quote", "sommarjobb", str(starter), "--nth", "3")[0] == 2


def test_quote_does_not_print_a_span_twice(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = ran(capsys, "quote", "Unga ska trivas", str(starter))
    assert (code, out) == (0, "")
    assert "described already" in err


def test_ledger_prints_nothing_where_nothing_lacks(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(capsys, "ledger", str(starter)) == (0, "", "")
