"""The rules of the shapes, as the tests of the knowledge read them."""

from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from glokal.terms import DCTERMS, SH

ROOT = Path(__file__).resolve().parents[2]


def parsed(*patterns: str) -> Graph:
    """The union of every Turtle file under the root that fits one of the patterns."""
    graph = Graph()
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            graph.parse(path, format="turtle")
    return graph


SHAPES = parsed("shapes/*.ttl")


def severities(node: Node) -> set[str]:
    """The severities that a shape or constraint states."""
    return {str(value).removeprefix(SH.iri) for value in SHAPES.objects(node, URIRef(SH.severity))}


def messages(node: Node) -> list[tuple[str, str]]:
    """Language and words of each message of a shape or constraint."""
    found = SHAPES.objects(node, URIRef(SH.message))
    return sorted((str(m.language), str(m)) for m in found if isinstance(m, Literal))


def by_letter_and_number(rule: str) -> tuple[str, int]:
    """Sorts O-9 before O-10."""
    letter, _, number = rule.partition("-")
    return letter, int(number)


def _rules() -> dict[str, URIRef]:
    found: dict[str, URIRef] = {}
    for node, identifier in SHAPES.subject_objects(URIRef(DCTERMS.identifier)):
        assert isinstance(node, URIRef), f"the rule {identifier} has no IRI"
        assert str(identifier) not in found, f"{identifier} names two rules"
        found[str(identifier)] = node
    return {rule: found[rule] for rule in sorted(found, key=by_letter_and_number)}


RULES = _rules()
"""The shape or constraint of each rule id, in order."""
