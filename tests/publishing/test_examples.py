"""Example queries that break a rule are found like anything else, with their file and line."""

from pathlib import Path

import pytest
from tests.publishing.small import load_small

from glokal.formats import LANGUAGES
from glokal.publishing.examples import faulty_queries
from glokal.publishing.sources import fingerprint, load
from glokal.queries import ExampleQuery, parse_query

HEADER = "".join(
    f"# {field}@{language}: x.\n" for field in ("title", "description") for language in LANGUAGES
)
GOOD = HEADER + "\nSELECT ?s { ?s ?p ?o }\n"


def found(*queries: ExampleQuery) -> list[tuple[str, str | None, int | None]]:
    return [(f.rule, f.file, f.line) for f in faulty_queries(queries)]


def test_a_query_that_says_everything_breaks_nothing() -> None:
    assert found(parse_query("01-good", GOOD)) == []


def test_a_missing_title_is_a_finding() -> None:
    text = GOOD.replace("# title@fi: x.\n", "")
    assert found(parse_query("01-good", text)) == [("P-30", "data/queries/01-good.rq", 1)]
    (finding,) = faulty_queries([parse_query("01-good", text)])
    assert all("title@fi" in finding.message(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    "query", ["SELECT ?s { ?s ?p ?o", "SELECT ?s { ?s a strat:Goal }", "INSERT DATA { <a:b> a 1 }"]
)
def test_a_text_that_is_no_query_is_a_finding_at_its_line(query: str) -> None:
    ((rule, file, line),) = found(parse_query("01-good", HEADER + query))
    assert (rule, file, line) == ("P-31", "data/queries/01-good.rq", 7)


def test_two_queries_of_one_number_are_a_finding() -> None:
    queries = (parse_query("01-good", GOOD), parse_query("01-other", GOOD))
    assert found(*queries) == [("P-32", "data/queries/01-other.rq", 1)]


def test_queries_are_read_with_the_sources_and_change_their_fingerprint(tmp_path: Path) -> None:
    root = load_small(tmp_path).root
    before = fingerprint(root)
    folder = root / "data" / "queries"
    folder.mkdir()
    (folder / "01-good.rq").write_text(GOOD, encoding="utf-8")
    assert [query.name for query in load(root).queries] == ["01-good"]
    assert fingerprint(root) != before


def test_a_parameter_that_is_not_bound_is_a_finding() -> None:
    text = GOOD.replace("\nSELECT", '# parameter: language = "sv" | "fi"\n\nSELECT')
    assert found(parse_query("01-good", text)) == [("P-33", "data/queries/01-good.rq", 1)]


def test_a_query_that_cannot_be_described_is_a_finding() -> None:
    text = HEADER + "\nDESCRIBE <https://example.org/>\n"
    assert found(parse_query("01-good", text)) == [("P-34", "data/queries/01-good.rq", 1)]
