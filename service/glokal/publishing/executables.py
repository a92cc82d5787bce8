"""The example queries as things: described so that SPARQL editors find them.

They look for ``sh:SPARQLExecutable`` with the text of the query and ``schema:target``, as in
https://github.com/sib-swiss/sparql-examples; the classes are those of SHACL section 5.2.
"""

from collections.abc import Iterable, Iterator

from rdflib import Graph, Literal, URIRef

from glokal.queries import ExampleQuery, form_of
from glokal.terms import BASE, DCTERMS, RDF, RDFS, SCHEMA, SH

FORMS = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
}
"""The class of a query, and the property that has its text, by its form."""


def query_iri(query: ExampleQuery) -> str:
    """The IRI of an example query."""
    return f"{BASE}id/query/{query.name}"


def executables(queries: Iterable[ExampleQuery], endpoint: str) -> Graph:
    """Describe the queries; a text that is of none of the forms is left out.

    Args:
        queries: titles, descriptions and text are published as they stand.
        endpoint: the IRI of the service that answers them.
    """
    graph = Graph()
    for query in (query for query in queries if form_of(query.text) in FORMS):
        for predicate, value in _described(query, endpoint):
            graph.add((URIRef(query_iri(query)), URIRef(predicate), value))
    return graph


def _described(query: ExampleQuery, endpoint: str) -> Iterator[tuple[str, URIRef | Literal]]:
    kind, text = FORMS[form_of(query.text)]
    yield RDF.type, URIRef(SH.SPARQLExecutable)
    yield RDF.type, URIRef(kind)
    yield DCTERMS.identifier, Literal(query.name)
    for predicate, words in ((RDFS.label, query.titles), (RDFS.comment, query.descriptions)):
        for language, text_in_it in words.items():
            yield predicate, Literal(text_in_it, lang=language)
    yield text, Literal(query.body)
    yield SCHEMA.target, URIRef(endpoint)
