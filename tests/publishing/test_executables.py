"""The example queries in the catalogue, as SPARQL editors ask for them."""

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions
from rdflib import URIRef

from glokal.formats import LANGUAGES
from glokal.publishing.catalogue import CATALOGUE_IRI, ENDPOINT
from glokal.publishing.executables import executables, query_iri
from glokal.publishing.sources import Sources
from glokal.queries import ExampleQuery, parse_query
from glokal.release import Release
from glokal.terms import DCTERMS, RDF, SCHEMA, SH

EDITOR = """PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?sq ?comment ?query WHERE {
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct ?query .
} ORDER BY ?sq"""
"""What the SPARQL editor of SIB asks an endpoint for its examples."""


def test_an_editor_finds_each_query_in_three_languages(release: Release, sources: Sources) -> None:
    rows = release.store().query(EDITOR, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    found: dict[str, set[str | None]] = {}
    texts = {}
    for row in rows:
        query, comment, text = row["sq"], row["comment"], row["query"]
        assert isinstance(query, NamedNode)
        assert isinstance(comment, Literal)
        assert isinstance(text, Literal)
        found.setdefault(query.value, set()).add(comment.language)
        texts[query.value] = text.value
    assert found == {query_iri(query): set(LANGUAGES) for query in sources.queries}
    assert texts == {query_iri(query): query.body for query in sources.queries}


def test_what_is_published_can_be_asked_at_another_base(rebased: Release) -> None:
    store, base = rebased.store(), rebased.manifest.base
    texts = [
        quad.object.value
        for quad in store.quads_for_pattern(None, NamedNode(SH.select), None, None)
        if isinstance(quad.object, Literal) and str(quad.subject).startswith(f"<{base}id/query/")
    ]
    assert len(texts) == 28
    for text in texts:
        assert "w3id.org/glokal" not in text
        answer = store.query(text, use_default_graph_as_union=True)
        assert isinstance(answer, QuerySolutions)
        assert next(iter(answer), None) is not None, text


@pytest.mark.parametrize(
    ("text", "kind", "predicate"),
    [
        ("SELECT * { ?s ?p ?o }", SH.SPARQLSelectExecutable, SH.select),
        ("ASK { ?s ?p ?o }", SH.SPARQLAskExecutable, SH.ask),
        ("CONSTRUCT WHERE { ?s ?p ?o }", SH.SPARQLConstructExecutable, SH.construct),
    ],
)
def test_each_form_has_its_class_and_property(text: str, kind: str, predicate: str) -> None:
    query = parse_query("01-all", text)
    graph = executables([query], ENDPOINT)
    subject = URIRef(query_iri(query))
    assert set(graph.objects(subject, URIRef(RDF.type))) == {
        URIRef(SH.SPARQLExecutable),
        URIRef(kind),
    }
    assert str(graph.value(subject, URIRef(predicate))) == text + "\n"
    assert graph.value(subject, URIRef(SCHEMA.target)) == URIRef(ENDPOINT)


def test_a_description_is_no_form_of_the_vocabulary() -> None:
    assert len(executables([ExampleQuery("01-x", {}, {}, "DESCRIBE <x:y>")], ENDPOINT)) == 0


def test_the_catalogue_lists_them(release: Release, sources: Sources) -> None:
    listed = release.store().quads_for_pattern(
        NamedNode(CATALOGUE_IRI), NamedNode(DCTERMS.hasPart), None, None
    )
    assert {str(quad.object).strip("<>") for quad in listed} == set(map(query_iri, sources.queries))
