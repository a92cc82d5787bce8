"""The message catalogues: complete, alike in all languages, and used."""

import re
import shutil
from pathlib import Path
from string import Formatter

import pytest

from glokal.errors import MessageMissing
from glokal.formats import LANGUAGES
from glokal.serving.pages.messages import LOCALES, Messages, read_messages

PACKAGE = LOCALES.parent
KEY = re.compile(r"""["']((?:[a-z]+\.)+[a-z0-9]+)["']""")
BUILT = re.compile(
    r"(lang|group|layer|ontology|error|fault|inferred|premise|severity)\.[a-zA-Z0-9]+(\.(note|rule|title|text))?"
)
"""Keys whose last part is a value of the data: a language, a group, a section, a status."""


@pytest.fixture(scope="module")
def messages() -> dict[str, Messages]:
    return read_messages()


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_languages_hold_the_same_messages(messages: dict[str, Messages]) -> None:
    ids = [list(messages[language].forms) for language in LANGUAGES]
    assert ids[0] == ids[1] == ids[2]
    assert len(ids[0]) > 300


def test_a_message_has_the_same_slots_in_every_language(messages: dict[str, Messages]) -> None:
    for key, forms in messages["sv"].forms.items():
        if key[1] in ("relation.other",) or key[0] == "term":
            continue
        wanted = slots(forms[0]) - {"s"}  # a language may speak of "this" instead
        for language in LANGUAGES:
            for form in messages[language].forms[key]:
                assert slots(form) - {"s"} == wanted, f"{language}: {key}"


def test_every_message_that_the_code_names_exists_and_none_is_left_over(
    messages: dict[str, Messages],
) -> None:
    files = [*PACKAGE.glob("templates/*.html"), *PACKAGE.glob("serving/pages/*.py")]
    named = {key for path in files for key in KEY.findall(path.read_text(encoding="utf-8"))}
    held = {key for context, key in messages["sv"].forms if context is None and "." in key}
    files_named = {key for key in named if key.endswith((".html", ".css", ".js", ".po", ".json"))}
    assert named - files_named <= held
    assert {key for key in held - named if not BUILT.fullmatch(key)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_message_stops_the_start(tmp_path: Path, language: str) -> None:
    shutil.copytree(LOCALES, tmp_path / "locales")
    path = tmp_path / "locales" / language / "LC_MESSAGES" / "ui.po"
    text = path.read_text(encoding="utf-8")
    emptied = re.sub(r'(msgid "nav.skip"\nmsgstr) "[^"]+"', r'\1 ""', text)
    assert emptied != text
    path.write_text(emptied, encoding="utf-8")
    with pytest.raises(MessageMissing, match=rf"{language}.*nav\.skip"):
        read_messages(tmp_path / "locales")


def test_a_message_that_is_not_there_is_named(messages: dict[str, Messages]) -> None:
    with pytest.raises(MessageMissing, match=r"no message 'nav\.nowhere'"):
        messages["fi"]("nav.nowhere")


def test_numbers_dates_and_lists_follow_the_language(messages: dict[str, Messages]) -> None:
    assert messages["sv"].number(4326) == "4\u00a0326"
    assert messages["en"].date("2026-11-24") == "24 November 2026"
    assert messages["fi"].date("2026-11-24") == "24. marraskuuta 2026"
    assert messages["fi"].joined(["kunnat", "maakunnat", "valtio"]) == "kunnat, maakunnat ja valtio"
    assert messages["sv"].counted("document.relations", 1) == "1 relation"
    assert messages["fi"].counted("document.relations", 2) == "2 yhteyttä"
