"""The header of an example query: what it says, and what it lacks."""

import pytest

from glokal.queries import gaps, parse_query

QUERY = """# title@sv: Vad?
# title@fi: Mitä?
# title@en: What?
# description@sv: En mening
#   som går vidare.
# description@fi: Virke.
# description@en: A sentence.

SELECT ?s
WHERE { ?s ?p ?o }  # title@en: no longer the header
"""


def test_a_header_is_read_with_its_continued_lines() -> None:
    query = parse_query("07-what", QUERY)
    assert query.number == 7
    assert query.titles == {"sv": "Vad?", "fi": "Mitä?", "en": "What?"}
    assert query.descriptions["sv"] == "En mening som går vidare."
    assert query.text == QUERY
    assert list(gaps(query)) == []


@pytest.mark.parametrize(
    ("line", "missing"),
    [("# title@fi: Mitä?\n", "title@fi"), ("# description@en: A sentence.\n", "description@en")],
)
def test_what_is_missing_is_named(line: str, missing: str) -> None:
    assert list(gaps(parse_query("07-what", QUERY.replace(line, "")))) == [missing]


@pytest.mark.parametrize("name", ["what", "7-what", "07-What", "07_what", "07"])
def test_a_name_has_a_number_and_small_letters(name: str) -> None:
    query = parse_query(name, QUERY)
    assert list(gaps(query)) == ["name"]
    assert query.number == 0


def test_a_comment_of_another_kind_ends_what_is_continued() -> None:
    query = parse_query("07-what", "# title@en: What?\n# by someone\n#   else\n")
    assert query.titles == {"en": "What?"}
