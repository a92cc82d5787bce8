"""What a release says of itself: what counts as a link to others."""

from rdflib import Graph

from glokal.publishing.coverage import coverage

THINGS = """
@prefix id: <https://w3id.org/glokal/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .

id:a skosxl:prefLabel id:label-of-a .
id:b skosxl:prefLabel id:label-of-b .
"""


def linked(mappings: str) -> dict[str, int]:
    graph = Graph().parse(data=THINGS + mappings, format="turtle")
    return dict(coverage(graph)["linked"])


def mapping(source: str, target: str) -> str:
    return f"[] a owl:Axiom ; owl:annotatedSource {source} ; owl:annotatedTarget <{target}> ."


def test_a_thing_with_a_mapping_to_a_concept_of_others_leads_outward() -> None:
    to_yso = mapping("id:a", "http://www.yso.fi/onto/yso/p10083")
    assert linked(to_yso) == {"things": 2, "outward": 1}


def test_a_mapping_to_a_scheme_of_ours_leads_nowhere_outside() -> None:
    to_ours = mapping("id:a", "https://w3id.org/glokal/def/legal-matter/tjanster")
    assert linked(to_ours) == {"things": 2, "outward": 0}


def test_a_thing_that_has_both_counts_once() -> None:
    to_both = (
        mapping("id:a", "https://w3id.org/glokal/def/legal-matter/tjanster")
        + mapping("id:a", "http://www.yso.fi/onto/yso/p1947")
        + mapping("id:a", "http://www.yso.fi/onto/yso/p6930")
    )
    assert linked(to_both) == {"things": 2, "outward": 1}
