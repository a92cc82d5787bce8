"""The numbers that the reading of the strategy must give, each by one query without a reasoner."""

import pytest
from pyoxigraph import Literal, QuerySolutions

from glokal.release import Release
from glokal.terms import PREFIXES

STRATEGY = "<https://w3id.org/glokal/id/kommunforbundet/2017-2021>"


def of_class(name: str) -> str:
    """The query that counts what the source names of one class, as asserted."""
    return (
        f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ GRAPH ?g {{ ?x a {name} }} "
        "FILTER(!STRENDS(STR(?g), 'graph/inferred')) }"
    )


COUNTS = {
    "strategies": (of_class("strat:Strategy"), 1),
    "documents": (of_class("strat:StrategyDocument"), 1),
    "missions": (of_class("strat:Mission"), 1),
    "core tasks": (of_class("strat:CoreTask"), 1),
    "explications": (of_class("strat:Explication"), 3),
    "visions": (of_class("strat:Vision"), 1),
    "vision components": (of_class("strat:VisionComponent"), 7),
    "priorities": (of_class("strat:Priority"), 3),
    "goals": (of_class("strat:Goal"), 3),
    "commitments": (of_class("strat:Commitment"), 7),
    "internal commitments": (
        "SELECT (COUNT(?x) AS ?n) { ?x a strat:Commitment ; strat:hasScope strat:internal }",
        3,
    ),
    "claims": (of_class("strat:Claim"), 3),
    "principles": (of_class("strat:Principle"), 5),
    "enabling conditions": (of_class("strat:EnablingCondition"), 5),
    "announced contents": (of_class("strat:AnnouncedContent"), 3),
    "announced contents that something delivers": (
        "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x strat:isDeliveredBy ?y }",
        2,
    ),
    "foresight models": (of_class("strat:ForesightModel"), 1),
    "model inputs": (of_class("strat:ModelInput"), 3),
    "model activities": (
        "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a strat:ModelActivity }",
        3,
    ),
    "planned activities": (of_class("strat:PlannedActivity"), 1),
    "knowledge products": (of_class("strat:KnowledgeProduct"), 2),
    "envisioned states": (of_class("strat:EnvisionedState"), 6),
    "council terms": (of_class("strat:CouncilTerm"), 1),
    "actor categories": (of_class("strat:ActorCategory"), 13),
    "themes": (of_class("strat:Theme"), 20),
    "activity areas": (of_class("strat:ActivityArea"), 8),
    "levels": (of_class("strat:Level"), 6),
    "sustainability aspects": (of_class("strat:SustainabilityAspect"), 6),
    "organisations": (of_class("org:FormalOrganization"), 1),
    "units": (of_class("org:OrganizationalUnit"), 1),
    "places": (of_class("dcterms:Location"), 1),
    "measurable objectives": (of_class("strat:Objective"), 0),
    "indicators": (of_class("strat:Indicator"), 0),
    "arrangements for follow-up": (of_class("strat:FollowUp"), 0),
    "drivers of change": (of_class("strat:DriverOfChange"), 0),
    "parts at any depth": (
        f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x dcterms:isPartOf {STRATEGY} }}",
        46,
    ),
    "parts by their class": (
        "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a strat:StrategyElement }",
        46,
    ),
    "statements": (of_class("strat:Statement"), 275),
    "explicit statements": ("SELECT (COUNT(?x) AS ?n) { ?x strat:status strat:explicit }", 245),
    "implicit statements": ("SELECT (COUNT(?x) AS ?n) { ?x strat:status strat:implicit }", 30),
    "segments": ("SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a strat:Segment }", 41),
    "segments that are evidence": (
        "SELECT (COUNT(DISTINCT ?x) AS ?n) "
        "{ ?any strat:isEvidencedBy ?span . ?span dcterms:isPartOf ?x . ?x a strat:Segment }",
        40,
    ),
    "links with their mapping": ("SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a owl:Axiom }", 63),
    "matters of the Local Government Act": (
        "SELECT (COUNT(DISTINCT ?x) AS ?n) "
        "{ ?x skos:inScheme <https://w3id.org/glokal/def/legal-matter> }",
        7,
    ),
    "named graphs": ("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }", 8),
}


def values(release: Release, query: str, name: str) -> list[str]:
    """The values of one variable in the rows of a query over the union of all graphs."""
    rows = release.store().query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    terms = [row[name] for row in rows]
    assert all(isinstance(term, Literal) for term in terms)
    return [term.value for term in terms if isinstance(term, Literal)]


def count(release: Release, query: str) -> int:
    (number,) = values(release, query, "n")
    return int(number)


@pytest.mark.parametrize("name", COUNTS)
def test_count(release: Release, name: str) -> None:
    query, expected = COUNTS[name]
    assert count(release, query) == expected


def test_things_that_the_text_names(release: Release) -> None:
    """The 116 things of the reading: those of the classes above, but no furniture of ours."""
    kinds = (
        "strat:Strategy strat:StrategyDocument strat:StrategyElement strat:ModelInput "
        "strat:KnowledgeProduct strat:EnvisionedState strat:CouncilTerm strat:ActorCategory "
        "strat:Theme strat:ActivityArea strat:Level strat:SustainabilityAspect "
        "org:FormalOrganization org:OrganizationalUnit dcterms:Location"
    )
    query = f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ VALUES ?c {{ {kinds} }} ?x a ?c }}"
    assert count(release, query) == 116


def test_three_priorities_in_order(release: Release) -> None:
    query = (
        "SELECT ?label { ?p a strat:Priority ; strat:sequenceNumber ?n ; skos:prefLabel ?label "
        "FILTER(LANG(?label) = 'sv') } ORDER BY ?n"
    )
    assert values(release, query, "label") == [
        "Steget före",
        "Samarbete över gränserna",
        "Nyskapande kultur",
    ]
