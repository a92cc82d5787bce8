from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from tests.publishing.small import load_small

from glokal.formats import DATA_FORMATS, LANGUAGES
from glokal.publishing.catalogue import catalogue
from glokal.publishing.descriptions import CATALOGUE, GRAPH_DESCRIPTIONS, SERVICE
from glokal.terms import BASE, DCAT, DCTERMS, GRAPHS, RDF, RDFS, VOID, graph_iri

DATASET = URIRef(f"{BASE}id/dataset/small")


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    return catalogue(load_small(tmp_path).publication, "2.0.0", {"text": 7, "triples": 9})


def test_there_is_one_of_each(graph: Graph) -> None:
    for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.DataService):
        assert len(list(graph.subjects(URIRef(RDF.type), URIRef(kind)))) == 1


def test_each_dump_has_a_distribution_with_its_iana_type(graph: Graph) -> None:
    urls = {
        (
            str(graph.value(node, URIRef(DCAT.downloadURL))),
            str(graph.value(node, URIRef(DCAT.mediaType))),
        )
        for node in graph.objects(DATASET, URIRef(DCAT.distribution))
    }
    assert urls == {
        (
            f"{BASE}releases/2.0.0/dataset{fmt.suffix}",
            f"https://www.iana.org/assignments/media-types/{fmt.media_type}",
        )
        for fmt in DATA_FORMATS
    }


def test_each_graph_is_described_in_three_languages(graph: Graph) -> None:
    for key in GRAPHS:
        for predicate in (RDFS.label, DCTERMS.description):
            texts = list(graph.objects(URIRef(graph_iri(key)), URIRef(predicate)))
            assert {text.language for text in texts if isinstance(text, Literal)} == set(LANGUAGES)


def test_only_what_was_counted_is_stated(graph: Graph) -> None:
    counted = {str(s): str(n) for s, n in graph.subject_objects(URIRef(VOID.triples))}
    assert counted == {graph_iri("text"): "7", str(DATASET): "9"}


def test_every_node_has_an_iri_and_the_only_date_is_that_of_issue(graph: Graph) -> None:
    assert all(isinstance(node, URIRef | Literal) for node in graph.all_nodes())
    dates = [
        value for value in graph.objects() if isinstance(value, Literal) and value.datatype
        and "date" in value.datatype
    ]  # fmt: skip
    assert [str(date) for date in dates] == ["2026-11-24"]


def test_the_same_input_gives_the_same_catalogue(graph: Graph, tmp_path: Path) -> None:
    again = catalogue(load_small(tmp_path).publication, "2.0.0", {"text": 7, "triples": 9})
    assert set(again) == set(graph)


def test_all_fixed_wording_is_in_three_languages() -> None:
    for described in (CATALOGUE, SERVICE, *GRAPH_DESCRIPTIONS.values()):
        assert set(described.label) == set(described.description) == set(LANGUAGES)
    assert set(GRAPH_DESCRIPTIONS) == set(GRAPHS)


def test_an_address_to_write_to_may_be_left_out(tmp_path: Path) -> None:
    publication = dict(load_small(tmp_path).publication)
    publication["publisher"] = {**publication["publisher"], "email": "a@example.org"}
    texts = {str(value) for value in catalogue(publication, "1.0.0", {}).objects()}
    assert "mailto:a@example.org" in texts
