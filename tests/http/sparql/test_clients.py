"""The clients that people use."""

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import SPARQLWrapper
from tests.http.sparql.endpoint import COUNT, LABELS
from tests.serving.sparql.example import GOAL, PEOPLE

from glokal.terms import SKOS, STRAT


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_reads_results(endpoint: str, method: str, name: str) -> None:
    wrapper = SPARQLWrapper(endpoint, returnFormat=name)
    wrapper.setMethod(method)
    wrapper.setQuery(COUNT)
    result = wrapper.query()
    content = result.response.read().decode()
    result.response.close()
    assert str(PEOPLE + 3) in content
    assert {"json": "{", "xml": "<", "csv": "n", "tsv": "?"}[name] == content[0]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # by rdflib itself
@pytest.mark.parametrize("name", ["turtle", "n3", "rdf+xml", "xml", "json-ld"])
def test_sparqlwrapper_reads_graphs(endpoint: str, name: str) -> None:
    wrapper = SPARQLWrapper(endpoint, returnFormat=name)
    wrapper.setQuery("CONSTRUCT WHERE { ?s a strat:Goal }")
    result = wrapper.query()
    media_type = result.response.headers["content-type"].partition(";")[0]
    graph = rdflib.Graph().parse(data=result.response.read(), format=media_type)
    result.response.close()
    assert set(graph.subjects()) == {rdflib.URIRef(GOAL)}


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("return_format", ["xml", "json", "csv", "tsv"])
def test_rdflib_queries_the_endpoint(endpoint: str, method: str, return_format: str) -> None:
    store = SPARQLStore(endpoint, returnFormat=return_format, method=method)
    graph = rdflib.Graph(store)
    labels = graph.query(LABELS)  # with all its 29 prefixes before it
    assert [str(row[rdflib.Variable("label")]) for row in labels.bindings] == ["Goal", 'Mål, "ett"']
    goal = rdflib.URIRef(GOAL)
    label = rdflib.URIRef(SKOS.prefLabel)
    if return_format in ("xml", "json"):  # in the others rdflib knows no types of terms
        assert graph.query(f"ASK {{ <{GOAL}> a <{STRAT.Goal}> }}").askAnswer is True
        assert (goal, label, rdflib.Literal("Goal", lang="en")) in graph
        assert len(set(graph.objects(goal, label))) == 2
    graph.close()


def test_the_client_of_r(client: httpx.Client) -> None:
    response = client.get(
        "/sparql", params={"query": LABELS}, headers={"Accept": "application/sparql-results+xml"}
    )
    assert response.headers["content-type"] == "application/sparql-results+xml"
    assert '<literal xml:lang="en">Goal</literal>' in response.text
