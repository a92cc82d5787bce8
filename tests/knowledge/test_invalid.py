"""Each rule is broken by a file of its own, and that file breaks nothing else (rule S-4)."""

import pytest
from tests.knowledge.laying import BASE, INVALID, ONTOLOGY, WITHOUT, lines_of, named_by, outcomes
from tests.knowledge.rules import RULES, SHAPES, parsed

from glokal.publishing.validation import find

EXAMPLES = parsed("ontology/examples/*.ttl")


@pytest.fixture(scope="module")
def broken() -> dict[str, list[str]]:
    """What the file of each rule breaks; a missing file has a test of its own."""
    return outcomes(rule for rule in RULES if (INVALID / f"{rule}.ttl").exists())


def test_each_rule_has_its_file() -> None:
    assert {path.stem for path in INVALID.glob("*.ttl")} == {*RULES, "base"}


def test_the_base_breaks_nothing() -> None:
    assert [(f.rule, f.focus, f.value) for f in find(ONTOLOGY + BASE, SHAPES)] == []


def test_the_examples_of_the_ontology_break_nothing() -> None:
    assert len(EXAMPLES)
    found = find(ONTOLOGY + EXAMPLES, SHAPES)
    assert [(f.rule, f.focus, f.value) for f in found if f.severity == "Violation"] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_file_breaks_its_rule_and_no_other(rule: str, broken: dict[str, list[str]]) -> None:
    assert rule in broken[rule]
    assert broken[rule] == named_by(rule)


@pytest.mark.parametrize("rule", RULES)
def test_a_file_that_breaks_several_rules_says_why(rule: str) -> None:
    comments = [line for line in lines_of(rule)[1:] if line.startswith("# ")]
    reasons = [line for line in comments if not line.startswith(WITHOUT)]
    assert len(named_by(rule)) == 1 or reasons
    assert rule in named_by(rule)
    assert set(named_by(rule)) <= set(RULES)
