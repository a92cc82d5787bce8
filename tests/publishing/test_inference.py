from collections.abc import Iterable

from rdflib import Graph, URIRef

from glokal.publishing.derivations import inferred_graph
from glokal.publishing.inference import Inference, infer
from glokal.publishing.sources import Sources
from glokal.terms import GRAPHS, RDF, STRAT

MADE = ("inferred-", "asserted-")
PREFIXES = """
@prefix strat: <https://w3id.org/glokal/def/strategy#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix ex: <https://example.org/> .
@prefix id: <https://w3id.org/glokal/id/> .
"""


def graph_of(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def written(graph: Graph, triple: Iterable[object]) -> str:
    return " ".join(graph.namespace_manager.normalizeUri(str(term)) for term in triple)


def inferences(text: str) -> dict[str, Inference]:
    graph = graph_of(text)
    return {written(graph, found.triple): found for found in infer(graph)}


def inferred(text: str) -> set[str]:
    return set(inferences(text))


def premises(text: str, triple: str) -> list[str]:
    graph = graph_of(text)
    return [written(graph, premise) for premise in inferences(text)[triple].premises]


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


def test_a_chain_of_support_leads_to_its_end() -> None:
    text = "ex:a strat:supports ex:b . ex:b strat:supports ex:c ."
    assert inferred(text) == {
        "ex:a strat:contributesTowards ex:b",
        "ex:b strat:contributesTowards ex:c",
        "ex:a strat:contributesTowards ex:c",
    }
    assert premises(text, "ex:a strat:contributesTowards ex:c") == [
        "ex:a strat:supports ex:b",
        "ex:b strat:supports ex:c",
    ]


def test_the_shortest_chain_is_told() -> None:
    text = (
        "ex:a strat:supports ex:b , ex:d . ex:b strat:supports ex:c . ex:c strat:supports ex:e ."
        "ex:d strat:supports ex:e ."
    )
    assert premises(text, "ex:a strat:contributesTowards ex:e") == [
        "ex:a strat:supports ex:d",
        "ex:d strat:supports ex:e",
    ]


def test_the_fewest_premises_are_told_whichever_class_comes_first() -> None:
    text = (
        "strat:Alpha rdfs:subClassOf strat:Middle . strat:Middle rdfs:subClassOf prov:Entity ."
        "strat:Zeta rdfs:subClassOf prov:Entity . ex:g a strat:Alpha , strat:Zeta ."
    )
    assert premises(text, "ex:g rdf:type prov:Entity") == [
        "ex:g rdf:type strat:Zeta",
        "strat:Zeta rdfs:subClassOf prov:Entity",
    ]


def test_an_axiom_is_told_before_a_chain_and_the_shorter_way_first() -> None:
    text = (
        "strat:hasBearer rdfs:subPropertyOf strat:involves . strat:involves rdfs:subPropertyOf"
        " strat:contributesTowards . strat:supports rdfs:subPropertyOf strat:contributesTowards ."
        "ex:a strat:hasBearer ex:b ; strat:supports ex:b ."
    )
    assert premises(text, "ex:a strat:contributesTowards ex:b") == [
        "ex:a strat:supports ex:b",
        "strat:supports rdfs:subPropertyOf strat:contributesTowards",
    ]


def test_a_superclass_follows_from_the_class_and_the_axioms() -> None:
    text = (
        "strat:Goal rdfs:subClassOf strat:StrategyElement ."
        "strat:StrategyElement rdfs:subClassOf prov:Entity . ex:g a strat:Goal ."
    )
    assert premises(text, "ex:g rdf:type prov:Entity") == [
        "ex:g rdf:type strat:Goal",
        "strat:Goal rdfs:subClassOf strat:StrategyElement",
        "strat:StrategyElement rdfs:subClassOf prov:Entity",
    ]


def test_what_dcterms_says_of_spans_is_not_closed() -> None:
    assert not inferred("ex:a dcterms:isPartOf ex:b . ex:b dcterms:isPartOf ex:c .")


def test_what_is_asserted_is_not_inferred_again() -> None:
    assert not inferred("ex:a strat:isPartOf ex:b ; dcterms:isPartOf ex:b .")


def test_a_circle_ends() -> None:
    assert "ex:a dcterms:isPartOf ex:a" in inferred(
        "ex:a strat:isPartOf ex:b . ex:b strat:isPartOf ex:a ."
    )


STATED = """
id:a strat:isPartOf id:b . id:b strat:isPartOf id:c .
id:first a strat:Statement ; rdf:subject id:a ; rdf:predicate strat:isPartOf ; rdf:object id:b .
id:second a strat:Statement ; rdf:subject id:b ; rdf:predicate strat:isPartOf ; rdf:object id:c .
"""


def test_each_inference_names_its_rule_and_the_statements_behind_it() -> None:
    asserted = graph_of(STATED)
    graph = inferred_graph(infer(asserted), asserted)
    subject, value = URIRef("https://w3id.org/glokal/id/a"), URIRef("https://w3id.org/glokal/id/c")
    nodes = set(graph.subjects(URIRef(RDF.subject), subject))
    (node,) = nodes & set(graph.subjects(URIRef(RDF.object), value))
    assert str(node).startswith(f"{subject}#inferred-")
    assert set(graph.objects(node, URIRef(RDF.type))) == {
        URIRef(RDF.Statement),
        URIRef(STRAT.InferredStatement),
    }
    assert set(graph.objects(node, URIRef(STRAT.followsBy))) == {URIRef(STRAT.partRule)}
    assert set(graph.objects(node, URIRef(STRAT.followsFrom))) == {
        URIRef("https://w3id.org/glokal/id/first"),
        URIRef("https://w3id.org/glokal/id/second"),
    }


def test_a_premise_that_no_statement_says_is_pointed_at_and_not_asserted() -> None:
    asserted = graph_of("strat:Goal rdfs:subClassOf prov:Entity . id:g a strat:Goal .")
    graph = inferred_graph(infer(asserted), asserted)
    premises = set(graph.objects(None, URIRef(STRAT.followsFrom)))
    assert len(premises) == 2
    assert all("#asserted-" in str(premise) for premise in premises)
    assert not any(triple in graph for triple in asserted)


def test_every_inferred_triple_of_the_real_data_has_one_explanation(sources: Sources) -> None:
    asserted = sources.union(*(key for key in GRAPHS if key != "shapes"))
    found = infer(asserted)
    graph = inferred_graph(found, asserted)
    explained = list(graph.subjects(URIRef(RDF.type), URIRef(STRAT.InferredStatement)))
    said = {triple for triple in graph if not str(triple[0]).rpartition("#")[2].startswith(MADE)}
    assert len(found) == len(explained) == len(said)
    assert said == {inference.triple for inference in found}
    assert not any(triple in asserted for triple in said)
    premises = set(graph.objects(None, URIRef(STRAT.followsFrom)))
    reified = set((asserted + graph).subjects(URIRef(RDF.subject)))
    assert premises <= reified
