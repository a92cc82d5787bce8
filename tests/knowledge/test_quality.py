"""ontology/QUALITY.md: what it names exists, and no rule of a public list is left out."""

import re

import pytest
from tests.knowledge.rules import ROOT, RULES

QUALITY = (ROOT / "ontology" / "QUALITY.md").read_text(encoding="utf-8")
OURS = re.compile(r"\b[ODP]-[1-9][0-9]*\b")
PATH = re.compile(r"`(tests/[\w/]+\.py)`")


def test_the_rules_that_it_names_exist() -> None:
    assert set(OURS.findall(QUALITY)) <= set(RULES)


def test_the_tests_that_it_names_exist() -> None:
    assert {path for path in PATH.findall(QUALITY) if not (ROOT / path).is_file()} == set()


@pytest.mark.parametrize("number", range(1, 42))
def test_every_pitfall_has_an_answer(number: int) -> None:
    assert re.search(rf"^\|.*\bP{number:02}\b.*\| .*\w", QUALITY, re.MULTILINE)


@pytest.mark.parametrize("rule", [f"O-{number}" for number in range(36, 54)])
def test_no_rule_made_for_them_is_forgotten(rule: str) -> None:
    assert rule in OURS.findall(QUALITY)
