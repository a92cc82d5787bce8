"""The header of an example query: what it says, and what it lacks."""

import pytest

from glokal.errors import BadRequest
from glokal.queries import form_of, gaps, parse_query, unbound

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


ASKED = QUERY.replace(
    "SELECT ?s\nWHERE { ?s ?p ?o }",
    """# an ordinary comment
SELECT ?s WHERE {
  BIND ("sv" AS ?language)
  BIND (<https://example.org/a> AS ?thing)
  BIND ("2026-12-31"^^xsd:date AS ?day)
}""",
).replace(
    "# description@en",
    """# parameter: language = "sv" | "fi"
# parameter: thing = <https://example.org/a>
# parameter: day = "2026-12-31"^^xsd:date
# description@en""",
)


def test_parameters_are_read_from_the_header() -> None:
    query = parse_query("07-what", ASKED)
    assert [parameter.name for parameter in query.parameters] == ["language", "thing", "day"]
    assert [parameter.choices for parameter in query.parameters] == [("sv", "fi"), (), ()]
    assert [parameter.default for parameter in query.parameters] == [
        "sv", "https://example.org/a", "2026-12-31",
    ]  # fmt: skip
    assert list(unbound(query)) == []


def test_the_body_is_the_query_with_its_parameters_and_says_the_same_when_read_again() -> None:
    query = parse_query("07-what", ASKED)
    assert query.body.startswith("# parameter: language")
    assert "title@" not in query.body.partition("SELECT")[0]
    again = parse_query("07-what", query.body)
    assert (again.parameters, again.body) == (query.parameters, query.body)


def test_values_take_the_place_of_what_the_text_binds() -> None:
    query = parse_query("07-what", ASKED)
    values = {"language": "fi", "thing": "urn:b", "day": "2020-02-29", "nothing": "}"}
    text = query.bound(values)
    assert text.startswith("# an ordinary comment\nSELECT")
    assert 'BIND ("fi" AS ?language)' in text
    assert "BIND (<urn:b> AS ?thing)" in text
    assert 'BIND ("2020-02-29"^^xsd:date AS ?day)' in text
    assert query.bound({}) == query.bound({"language": "sv"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "en"),
        ("language", '" AS ?language) } #'),
        ("thing", "b"),
        ("thing", "urn:b> AS ?x) } #"),
        ("thing", "urn:a b"),
        ("thing", "urn:a\n"),
        ("day", "2021-02-29"),
        ("day", "20260101"),
        ("day", '2026-01-01"'),
        ("day", ""),
    ],
)
def test_no_other_value_gets_into_a_query(name: str, value: str) -> None:
    with pytest.raises(BadRequest, match=name):
        parse_query("07-what", ASKED).bound({name: value})


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('BIND ("sv" AS ?language)', "", "language"),
        ("}", '  BIND ("sv" AS ?language) }', "language"),
        ('"sv" | "fi"', '"sv"', 'parameter: language = "sv"'),
        ('"sv" | "fi"', "sv | fi", "parameter: language = sv | fi"),
        ("thing =", "the thing =", "parameter: the thing = <https://example.org/a>"),
    ],
)
def test_a_parameter_that_cannot_be_set_is_named(old: str, new: str, found: str) -> None:
    assert list(unbound(parse_query("07-what", ASKED.replace(old, new)))) == [found]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("# SELECT\nPREFIX a: <b#ASK>\nask {}", "ASK"),
        ("BASE <x:y> PREFIX:<z>CONSTRUCT WHERE {}", "CONSTRUCT"),
        ("describe <x:y>", "DESCRIBE"),
        ("LOAD <x:y>", ""),
    ],
)
def test_the_form_of_a_query(text: str, form: str) -> None:
    assert form_of(text) == form
