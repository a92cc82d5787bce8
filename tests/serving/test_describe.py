"""What a document holds, over a store small enough to read."""

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from glokal.errors import NotFound
from glokal.serving.addresses import document_iri, document_path, thing_iri
from glokal.serving.describe import Documents, open_documents

BASE = "https://example.org/"
DATA = """
@prefix : <https://example.org/id/> .
@prefix def: <https://example.org/def/> .
@prefix onto: <https://example.org/def/onto#> .
@prefix graph: <https://example.org/id/graph/> .
@prefix strat: <https://example.org/def/strategy#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .

graph:text {
  :goal a onto:Goal ; skos:prefLabel "mål"@sv, "goal"@en ; skosxl:prefLabel <id/goal#label-sv> ;
    onto:serves :vision ; strat:isEvidencedBy :span1 .
  <id/goal#label-sv> skosxl:literalForm "mål"@sv .
  :vision a onto:Vision ; skos:prefLabel "vision"@sv ; strat:isEvidencedBy :span3 .
  :task onto:reaches :goal ; skos:prefLabel "uppgift"@sv .
  :statement1 rdf:subject :goal ; rdf:predicate onto:serves ; rdf:object :vision ;
    strat:isEvidencedBy :span2 .
  :statement2 rdf:subject :task ; rdf:predicate onto:reaches ; rdf:object :goal ;
    strat:isEvidencedBy :span3 .
  :span1 oa:hasSelector <id/span1#quote> . <id/span1#quote> oa:exact "ett" .
  :span2 oa:hasSelector <id/span2#quote> . <id/span2#quote> oa:exact "två" .
  :span3 oa:hasSelector <id/span3#quote> . <id/span3#quote> oa:exact "tre" .
}
graph:ontology {
  def:onto a owl:Ontology ; owl:versionIRI <def/onto/1.0.0> .
  onto:Goal a owl:Class ; rdfs:label "Goal"@en ; rdfs:isDefinedBy def:onto .
  onto:serves rdfs:label "serves"@en ; rdfs:isDefinedBy def:onto .
}
graph:catalogue {
  :set a dcat:Dataset ; dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
}
"""


@pytest.fixture(scope="module")
def documents() -> Documents:
    store = Store()
    store.extend(parse(DATA, format=RdfFormat.TRIG, base_iri=BASE))
    return open_documents(store, BASE)


def local(quads: list[Quad]) -> set[tuple[str, str, str]]:
    """Subject, predicate and object without what stands before their last slash or hash."""

    def short(term: object) -> str:
        value = term.value if isinstance(term, NamedNode) else str(term)
        return value.removeprefix(BASE + "id/").removeprefix(BASE)

    return {
        (short(q.subject), q.predicate.value.rpartition("/")[2].rpartition("#")[2], short(q.object))
        for q in quads
    }


def test_own_statements_and_those_of_hash_iris(documents: Documents) -> None:
    found = local(documents.describe(BASE + "id/goal"))
    assert ("goal", "serves", "vision") in found
    assert ("goal#label-sv", "literalForm", '"mål"@sv') in found


def test_statements_about_it_with_their_evidence(documents: Documents) -> None:
    found = local(documents.describe(BASE + "id/goal"))
    assert ("statement1", "object", "vision") in found
    assert ("span1#quote", "exact", '"ett"') in found
    assert ("span2#quote", "exact", '"två"') in found


def test_nothing_about_other_things_but_their_labels(documents: Documents) -> None:
    found = local(documents.describe(BASE + "id/goal"))
    assert {row for row in found if row[0] == "vision"} == {("vision", "prefLabel", '"vision"@sv')}
    assert not {row for row in found if row[0].startswith("span3")}


def test_what_links_to_it(documents: Documents) -> None:
    found = local(documents.describe(BASE + "id/goal"))
    assert ("task", "reaches", "goal") in found
    assert ("statement2", "object", "goal") in found
    assert ("task", "prefLabel", '"uppgift"@sv') in found


def test_labels_of_properties_and_classes(documents: Documents) -> None:
    found = local(documents.describe(BASE + "id/goal"))
    assert ("def/onto#serves", "label", '"serves"@en') in found
    assert ("def/onto#Goal", "label", '"Goal"@en') in found


def test_a_class_is_not_drowned_in_its_instances(documents: Documents) -> None:
    found = local(documents.describe(BASE + "def/onto"))
    assert ("def/onto#Goal", "isDefinedBy", "def/onto") in found
    assert not {row for row in found if row[0] == "goal"}


def test_the_document_about_itself(documents: Documents) -> None:
    quads = documents.describe(BASE + "id/goal")
    own = [quad for quad in quads if quad.subject == NamedNode(BASE + "doc/goal")]
    assert {quad.graph_name for quad in own} == {NamedNode(BASE + "id/graph/catalogue")}
    assert local(own) == {
        ("doc/goal", "type", "http://xmlns.com/foaf/0.1/Document"),
        ("doc/goal", "primaryTopic", "goal"),
        ("doc/goal", "inDataset", "set"),
        ("doc/goal", "license", "https://creativecommons.org/licenses/by/4.0/"),
    }


def test_quads_name_their_graph_and_come_once(documents: Documents) -> None:
    quads = documents.describe(BASE + "id/goal")
    assert len(quads) == len(set(quads))
    graphs = {str(quad.graph_name).rpartition("/")[2] for quad in quads}
    assert graphs == {"text>", "ontology>", "catalogue>"}


@pytest.mark.parametrize("iri", ["def/onto/1.0.0", "def/onto#Goal", "def/onto"])
def test_which_document_describes_an_iri(documents: Documents, iri: str) -> None:
    assert documents.resolve(BASE + iri) == BASE + "def/onto"


def test_a_graph_has_a_document(documents: Documents) -> None:
    assert ("doc/graph/text", "primaryTopic", "graph/text") in local(
        documents.describe(BASE + "id/graph/text")
    )


@pytest.mark.parametrize(
    "iri", [BASE + "id/nothing", BASE + "id/", "https://example.com/id/goal", "id/ <>\x00", ""]
)
def test_unknown(documents: Documents, iri: str) -> None:
    with pytest.raises(NotFound):
        documents.describe(iri)


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        ("id/a/b", "/doc/a/b"),
        ("def/onto#Goal", "/doc/def/onto"),
        ("id/mål 1", "/doc/m%C3%A5l%201"),
    ],
)
def test_addresses(iri: str, path: str) -> None:
    assert document_path(BASE + iri, BASE) == path
    thing = (BASE + iri).partition("#")[0]
    assert thing_iri(document_iri(BASE + iri, BASE).removeprefix(BASE + "doc/"), BASE) == thing
