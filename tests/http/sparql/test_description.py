"""The service description (SPARQL 1.1 Service Description section 2)."""

import httpx
import pytest
import rdflib
from pyoxigraph import RdfFormat, parse
from tests.http.sparql.endpoint import BROWSER

from glokal.terms import BASE, SD, graph_iri

COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,"
    "application/xml;q=0.3,image/svg+xml;q=0.3,text/xml;q=0.3,text/html;q=0.2,"
    "application/xhtml+xml;q=0.18,application/json;q=0.135"
)
"""What Comunica 4.5 sends to a source of a kind that it does not know yet."""


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        (COMUNICA, "application/n-quads"),
    ],
)
def test_the_service_describes_itself(client: httpx.Client, accept: str, content_type: str) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    assert (response.status_code, response.headers["content-type"]) == (200, content_type)
    found = {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in parse(response.content, format=RdfFormat.from_media_type(content_type))
    }
    service = f"{BASE}sparql"
    assert (service, SD.endpoint, service) in found
    assert (service, SD.feature, SD.UnionDefaultGraph) in found
    assert len({fmt for _, predicate, fmt in found if predicate == SD.resultFormat}) == 10
    names = {name for _, predicate, name in found if predicate == SD.name}
    assert names == {graph_iri(key) for key in ("text", "reading", "context")}


def test_a_browser_without_a_query_is_sent_to_the_query_page(client: httpx.Client) -> None:
    response = client.get("/sparql", headers={"Accept": BROWSER})
    assert (response.status_code, response.headers["location"]) == (303, "/query")
    assert response.headers["vary"] == "Accept"


def test_rdflib_reads_the_description_at_the_endpoint(endpoint: str) -> None:
    graph = rdflib.Graph().parse(endpoint)
    assert (None, rdflib.URIRef(SD.endpoint), rdflib.URIRef(f"{BASE}sparql")) in graph
