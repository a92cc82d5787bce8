"""The shapes themselves: each rule is named once, worded in three languages, and listed.

S-1: whatever can fire is a rule with an IRI and an id. S-2: it has one severity. S-3: it has a
message in sv, fi and en. S-4: a file of ``invalid/`` breaks it (test_invalid.py).
"""

import re
from collections.abc import Iterator

import pytest
from pyshacl import validate
from rdflib import BNode, URIRef
from rdflib.term import Node
from tests.knowledge.rules import ROOT, RULES, SHAPES, messages, parsed, severities

from glokal.terms import DCTERMS, RDF, SH

LANGUAGES = ["en", "fi", "sv"]
RULE_ID = re.compile(r"[ODP]-[1-9][0-9]*")
TARGET = SH.iri + "target"
NOT_CONSTRAINTS = {
    SH.message,
    SH.path,
    SH.property,
    SH.severity,
    SH.iri + "sparql",
    RDF.type,
    DCTERMS.identifier,
}


def of_kind(*kinds: str) -> Iterator[Node]:
    for kind in kinds:
        yield from SHAPES.subjects(URIRef(RDF.type), URIRef(kind))


def has_target(node: Node) -> bool:
    return any(str(predicate).startswith(TARGET) for predicate in SHAPES.predicates(node))


def constrains(node: Node) -> bool:
    predicates = {str(predicate) for predicate in SHAPES.predicates(node)}
    return any(not name.startswith(TARGET) for name in predicates - NOT_CONSTRAINTS)


def firing() -> set[Node]:
    """SPARQL constraints, property shapes, and node shapes that hold a constraint and a target."""
    nodes = (node for node in of_kind(SH.NodeShape) if has_target(node) and constrains(node))
    return {*of_kind(SH.SPARQLConstraint, SH.PropertyShape), *nodes}


def table() -> str:
    """What the README lists."""
    lines = ["| Rule | Severity | Shape | What an editor is told |", "|---|---|---|---|"]
    for rule, node in RULES.items():
        severity, words = min(severities(node)), dict(messages(node))["en"]
        lines.append(f"| {rule} | {severity} | `{node.rpartition('#')[2]}` | {words} |")
    return "\n".join(lines)


def test_everything_that_can_fire_is_a_rule() -> None:
    assert firing() == set(RULES.values())


def test_rule_ids_are_well_formed() -> None:
    assert [rule for rule in RULES if not RULE_ID.fullmatch(rule)] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_one_severity(rule: str) -> None:
    assert severities(RULES[rule]) in ({"Violation"}, {"Warning"}, {"Info"})


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_tells_what_to_do_in_three_languages(rule: str) -> None:
    worded = messages(RULES[rule])
    assert [language for language, _ in worded] == LANGUAGES
    assert [words for _, words in worded if not words.endswith(".")] == []
    assert len({words for _, words in worded}) == len(LANGUAGES)


def test_a_constraint_has_the_severity_of_its_host() -> None:
    hosted = list(SHAPES.subject_objects(URIRef(SH.iri + "sparql")))
    assert hosted
    for host, constraint in hosted:
        assert severities(host) == severities(constraint), constraint


def test_no_rule_stands_unused() -> None:
    cited = set(SHAPES.objects())
    rules = of_kind(SH.PropertyShape, SH.SPARQLConstraint)
    assert [node for node in rules if node not in cited and not has_target(node)] == []


def test_only_cells_of_lists_are_blank() -> None:
    first = URIRef(RDF.iri + "first")
    blank = {node for node in SHAPES.all_nodes() if isinstance(node, BNode)}
    assert {node for node in blank if (node, first, None) not in SHAPES} == set()


def test_the_shapes_are_shapes_by_the_rules_of_shacl() -> None:
    ground = parsed(
        "ontology/*.ttl",
        "ontology/imports/*.ttl",
        "data/vocabularies/*.ttl",
        "tests/knowledge/invalid/base.ttl",
    )
    conforms, _, text = validate(ground, shacl_graph=parsed("shapes/*.ttl"), meta_shacl=True)
    assert conforms, text


def test_the_readme_lists_the_rules() -> None:
    assert table() in (ROOT / "shapes" / "README.md").read_text(encoding="utf-8")
