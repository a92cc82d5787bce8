from pathlib import Path

import pytest
from tests.publishing.small import ONTOLOGY, TEXT, edited

from glokal.errors import SourcesUnreadable
from glokal.publishing import formatting
from glokal.publishing.formatting import FormatterFailed, rewrite, unformatted


def test_a_file_that_is_laid_out_otherwise_is_found_and_rewritten(small: Path) -> None:
    rewrite(unformatted(small))
    assert unformatted(small) == {}
    tidy = (small / TEXT).read_bytes()
    edited(small, TEXT, " ;\n    ", ";")
    changed = unformatted(small)
    assert list(changed) == [small / TEXT]
    rewrite(changed)
    assert (small / TEXT).read_bytes() == tidy
    assert sorted(path.name for path in (small / TEXT).parent.iterdir()) == [
        "reading.ttl",
        "text.ttl",
    ]


def test_a_comment_on_the_first_line_starts_at_the_first_column(small: Path) -> None:
    (small / ONTOLOGY).write_text("# What this is.\n" + (small / ONTOLOGY).read_text())
    rewrite(unformatted(small))
    assert (small / ONTOLOGY).read_text().startswith("# What this is.\n@prefix")
    assert unformatted(small) == {}


def test_a_syntax_error_is_told_before_anything_is_formatted(small: Path) -> None:
    edited(small, TEXT, "a strat:Goal ;", "a stratt:Goal ;")
    with pytest.raises(SourcesUnreadable, match=rf"{TEXT}:9:"):
        unformatted(small)


def test_a_missing_formatter_is_told(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(FormatterFailed, match="not installed"):
        unformatted(small)


def test_a_formatter_that_changes_what_is_said_is_stopped(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(files: list[Path]) -> None:
        for file in files:
            file.write_text(file.read_text().replace("rader", "ord"))

    monkeypatch.setattr(formatting, "_run", spoil)
    before = (small / TEXT).read_bytes()
    with pytest.raises(FormatterFailed, match="would change what"):
        unformatted(small)
    assert (small / TEXT).read_bytes() == before
