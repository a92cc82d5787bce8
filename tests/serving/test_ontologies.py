"""The document of an ontology, over a store small enough to read."""

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from glokal.serving.describe import open_documents

BASE = "https://example.org/"
DATA = """
@prefix : <https://example.org/id/> .
@prefix def: <https://example.org/def/> .
@prefix onto: <https://example.org/def/onto#> .
@prefix graph: <https://example.org/id/graph/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

graph:ontology {
  def:onto a owl:Ontology ; owl:versionIRI <def/onto/1.0.0> ; dcterms:creator :maker .
  dcterms:creator a owl:AnnotationProperty .
  prov:Entity a owl:Class .
  onto:Goal a owl:Class ; rdfs:subClassOf prov:Entity , rdf:Statement ; rdfs:label "Goal"@en .
  onto:near skos:inScheme def:list .
  def:list a skos:ConceptScheme ; skos:prefLabel "list"@en ; skos:hasTopConcept onto:near .
}
graph:text { :goal a onto:Goal . }
graph:shapes { <def/shapes> a owl:Ontology ; rdfs:seeAlso def:onto . }
graph:catalogue { :set rdfs:seeAlso def:onto . }
"""


def document(path: str) -> set[tuple[str, str]]:
    """Subject and object of each quad, without what stands before their last slash or hash."""
    store = Store()
    store.extend(parse(DATA, format=RdfFormat.TRIG, base_iri=BASE))
    quads = open_documents(store, BASE).describe(BASE + path)
    return {(local(quad.subject), local(quad.object)) for quad in quads}


def local(term: object) -> str:
    value = term.value if isinstance(term, NamedNode) else str(term)
    return value.rpartition("/")[2].rpartition("#")[2]


def test_header_terms_declarations_and_names_of_schemes() -> None:
    assert document("def/onto") == {
        ("onto", "Ontology"),
        ("onto", "1.0.0"),
        ("onto", "maker"),
        ("creator", "AnnotationProperty"),
        ("Entity", "Class"),
        ("Goal", "Class"),
        ("Goal", "Entity"),
        ("Goal", '"Goal"@en'),
        ("near", "list"),
        ("list", '"list"@en'),
    }


def test_a_version_is_the_ontology() -> None:
    assert document("def/onto/1.0.0") == document("def/onto")


def test_shapes_are_no_ontology_to_reason_with() -> None:
    assert ("shapes", "Ontology") in document("def/shapes")
    assert ("shapes", "onto") in document("def/shapes")
