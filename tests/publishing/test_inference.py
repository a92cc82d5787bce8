from rdflib import Graph

from glokal.publishing.inference import infer

PREFIXES = """
@prefix strat: <https://w3id.org/glokal/def/strategy#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix ex: <https://example.org/> .
"""


def inferred(text: str) -> set[str]:
    graph = Graph().parse(data=PREFIXES + text, format="turtle")
    made = infer(graph)
    return {
        " ".join(graph.namespace_manager.normalizeUri(str(term)) for term in triple)
        for triple in made
    }


def test_superclasses_of_our_classes_follow_to_the_top() -> None:
    assert inferred(
        "strat:Goal rdfs:subClassOf strat:StrategyElement ."
        "strat:StrategyElement rdfs:subClassOf prov:Entity . ex:g a strat:Goal ."
    ) == {"ex:g rdf:type strat:StrategyElement", "ex:g rdf:type prov:Entity"}


def test_axioms_about_the_terms_of_others_are_left_alone() -> None:
    assert not inferred("prov:Plan rdfs:subClassOf prov:Entity . ex:p a prov:Plan .")


def test_a_restriction_is_no_class_to_publish() -> None:
    assert not inferred("strat:Goal rdfs:subClassOf [ a owl:Restriction ] . ex:g a strat:Goal .")


def test_super_properties_follow_from_ours() -> None:
    assert inferred(
        "strat:hasBearer rdfs:subPropertyOf strat:involves . ex:a strat:hasBearer ex:b ."
    ) == {"ex:a strat:involves ex:b"}


def test_parts_of_parts_are_parts_by_dcterms_only() -> None:
    assert inferred("ex:a strat:isPartOf ex:b . ex:b strat:isPartOf ex:c .") == {
        "ex:a dcterms:isPartOf ex:b",
        "ex:b dcterms:isPartOf ex:c",
        "ex:a dcterms:isPartOf ex:c",
    }


def test_what_dcterms_says_of_spans_is_not_closed() -> None:
    assert not inferred("ex:a dcterms:isPartOf ex:b . ex:b dcterms:isPartOf ex:c .")


def test_what_is_asserted_is_not_inferred_again() -> None:
    assert not inferred("ex:a strat:isPartOf ex:b ; dcterms:isPartOf ex:b .")


def test_a_circle_ends() -> None:
    assert "ex:a dcterms:isPartOf ex:a" in inferred(
        "ex:a strat:isPartOf ex:b . ex:b strat:isPartOf ex:a ."
    )
