"""The source stands in the graph word for word: compared with an independent copy of it."""

import csv
import hashlib
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from glokal.release import Release, dataset_of
from glokal.terms import OA, RDF, SCHEMA, STRAT

HERE = Path(__file__).parent
SOURCE = (HERE / "source.sv.txt").read_text(encoding="utf-8")
SHA256 = "603bece7e0531c3dc279f1fe9dd16f11cedb9fa61c104a928de5ad8b5d3444eb"
DOCUMENT = "https://w3id.org/glokal/id/kommunforbundet/2017-2021/document/webbsida-sv"

Facts = dict[str, dict[str, list[str]]]


def reference_segments() -> list[tuple[str, int, int]]:
    """Name, start and end of each segment, as the reading cut the text."""
    with (HERE / "segments.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [(row["segment"], int(row["start"]), int(row["end"])) for row in rows]


@pytest.fixture(scope="module")
def facts(release: Release) -> Facts:
    """Every value of the published dataset, by subject and predicate."""
    table: Facts = {}
    for quad in dataset_of(release):
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        values = table.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
        values.append(quad.object.value)
    return table


def test_the_copy_is_the_source() -> None:
    assert hashlib.sha256(SOURCE.encode()).hexdigest() == SHA256
    assert len(SOURCE) == 4326


def test_the_document_holds_the_source(facts: Facts) -> None:
    assert facts[DOCUMENT][SCHEMA.text] == [SOURCE]
    assert facts[DOCUMENT][SCHEMA.sha256] == [SHA256]


@pytest.mark.parametrize(("name", "start", "end"), reference_segments())
def test_segment_word_for_word(facts: Facts, name: str, start: int, end: int) -> None:
    segment = f"{DOCUMENT}/segment/{name}"
    assert facts[segment][RDF.value] == [SOURCE[start:end]]
    assert facts[f"{segment}#position"][OA.start] == [str(start)]
    assert facts[f"{segment}#position"][OA.end] == [str(end)]


def test_every_quotation_is_exact(facts: Facts) -> None:
    quotes = {s: v for s, v in facts.items() if OA.exact in v}
    assert len(quotes) > 150
    for quote, values in quotes.items():
        position = facts[quote.replace("#quote", "#position")]
        start, end = int(position[OA.start][0]), int(position[OA.end][0])
        assert values[OA.exact] == [SOURCE[start:end]], quote
        assert values[OA.prefix] == [SOURCE[max(0, start - 32) : start]], quote
        assert values[OA.suffix] == [SOURCE[end : end + 32]], quote


def test_everything_of_the_strategy_is_evidenced(facts: Facts) -> None:
    strategy = DOCUMENT.removesuffix("/document/webbsida-sv")
    classes = {STRAT.Statement, STRAT.StrategyElement, STRAT.EnvisionedState, STRAT.ModelInput}
    things = [
        subject
        for subject, values in facts.items()
        if subject.startswith(strategy) and classes & set(values.get(RDF.type, []))
    ]
    assert len(things) == 275 + 46 + 6 + 3
    assert [thing for thing in things if not facts[thing].get(STRAT.isEvidencedBy)] == []
