"""The SPARQL Protocol over HTTP, with plain requests and with the clients people use."""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
import rdflib
import uvicorn
from fastapi import FastAPI
from pyoxigraph import RdfFormat, parse
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import SPARQLWrapper
from tests.serving.sparql.example import GOAL, PEOPLE, READING, TEXT, build

from glokal.rdf import prefixes
from glokal.release import Release
from glokal.serving.sparql.pool import QueryPool
from glokal.settings import Settings
from glokal.terms import BASE, SD, SKOS, STRAT, graph_iri
from glokal.web.contract import HttpContract
from glokal.web.problems import handlers
from glokal.web.responses import Edition
from glokal.web.sparql import router

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
LABELS = "SELECT ?label { ?s skos:prefLabel ?label } ORDER BY ?label"
GRAPH = f"DESCRIBE <{GOAL}>"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FORM = "application/x-www-form-urlencoded"
JSON_RESULTS = "application/sparql-results+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class NoPages:
    """Pages are other tests' concern."""

    def home(self, language: str) -> bytes:
        return b""

    def quality(self, language: str) -> bytes:
        return b""

    def thing(self, iri: str, language: str) -> bytes:
        return b""

    def error(self, status: int, language: str, path: str) -> bytes:
        return b"<!DOCTYPE html>"


def application(release: Release, **settings: Any) -> FastAPI:
    pool = QueryPool(release.path / "store", prefixes(BASE), Settings.model_validate(settings))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await pool.start()
        yield
        await pool.stop()

    app = FastAPI(lifespan=lifespan, exception_handlers=handlers(NoPages()))
    app.include_router(router(pool, release, Edition.of(release)))
    app.add_middleware(HttpContract)
    return app


class Server(uvicorn.Server):
    """A server in a thread of this process, on a port that the system gives."""

    @property
    def url(self) -> str:
        host, port = self.servers[0].sockets[0].getsockname()
        return f"http://{host}:{port}/sparql"


@pytest.fixture(scope="module")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build(tmp_path_factory.mktemp("sparql"))


@pytest.fixture(scope="module")
def endpoint(small_release: Release) -> Iterator[str]:
    app = application(small_release, sparql_timeout=2, sparql_max_bytes=500_000)
    server = Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            thread.join(0.01)
        yield server.url
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def client(endpoint: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=endpoint.removesuffix("/sparql"), timeout=30) as client:
        yield client


def form(**fields: str | list[str]) -> bytes:
    return urlencode(fields, doseq=True).encode()


def post(client: httpx.Client, body: bytes, content_type: str, url: str = "/sparql") -> Any:
    return client.post(url, content=body, headers={"Content-Type": content_type})


Send = Callable[[httpx.Client, str], httpx.Response]

WAYS: dict[str, Send] = {
    "GET": lambda client, text: client.get("/sparql", params={"query": text}),
    "POST form": lambda client, text: post(client, form(query=text), FORM),
    "POST form in Latin-1": lambda client, text: post(
        client,
        b"query=" + quote(text, encoding="latin-1").encode(),
        f"{FORM}; charset=ISO-8859-1",
    ),
    "POST query": lambda client, text: post(client, text.encode(), "application/sparql-query"),
    "POST query in UTF-8": lambda client, text: post(
        client, text.encode(), 'Application/SPARQL-Query; charset="UTF-8"'
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_to_send_a_query(client: httpx.Client, way: str) -> None:
    text = "SELECT ?s { ?s skos:prefLabel 'Mål, \"ett\"'@sv }"
    response = WAYS[way](client, text)
    assert response.status_code == 200
    assert response.headers["content-type"] == JSON_RESULTS
    assert response.headers["vary"] == "Accept"
    assert response.headers["cache-control"] == ("no-cache" if "GET" in way else "no-store")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["server-timing"].startswith("queue;dur=")
    assert [row["s"]["value"] for row in response.json()["results"]["bindings"]] == [GOAL]


def test_letters_that_were_not_escaped(client: httpx.Client) -> None:
    text = "ASK { ?s skos:prefLabel 'Mål, \"ett\"'@sv }"
    response = post(client, f"query={text}".encode(), FORM)
    assert response.json()["boolean"] is True


def test_head_is_get_without_a_body(client: httpx.Client) -> None:
    get = client.get("/sparql", params={"query": COUNT})
    head = client.head("/sparql", params={"query": COUNT})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.parametrize(
    ("accept", "text", "content_type"),
    [
        (None, COUNT, JSON_RESULTS),
        ("*/*", COUNT, JSON_RESULTS),
        (BROWSER, COUNT, JSON_RESULTS),
        ("application/sparql-results+xml", COUNT, "application/sparql-results+xml"),
        ("application/json", COUNT, JSON_RESULTS),
        ("text/xml", COUNT, "application/sparql-results+xml"),
        ("text/csv", COUNT, "text/csv; charset=utf-8"),
        ("text/tab-separated-values", COUNT, "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.1, text/*;q=0.9", "ASK {}", "text/tab-separated-values; charset=utf-8"),
        (None, GRAPH, "text/turtle; charset=utf-8"),
        (BROWSER, GRAPH, "text/turtle; charset=utf-8"),
        ("application/ld+json", GRAPH, "application/ld+json"),
        ("application/n-triples", GRAPH, "application/n-triples"),
        ("application/rdf+xml", GRAPH, "application/rdf+xml"),
        ("application/trig", GRAPH, "application/trig"),
        ("application/n-quads", GRAPH, "application/n-quads"),
        (f"{JSON_RESULTS}, application/rdf+xml;q=0.5", GRAPH, "application/rdf+xml"),
        (f"{JSON_RESULTS}, application/rdf+xml;q=0.5", COUNT, JSON_RESULTS),
    ],
)
def test_accept(client: httpx.Client, accept: str | None, text: str, content_type: str) -> None:
    headers = {"Accept": accept} if accept else {}
    request = client.build_request("GET", "/sparql", params={"query": text}, headers=headers)
    if accept is None:
        del request.headers["Accept"]
    response = client.send(request)
    assert (response.status_code, response.headers["content-type"]) == (200, content_type)


@pytest.mark.parametrize(
    ("name", "text", "content_type"),
    [
        ("json", COUNT, JSON_RESULTS),
        ("srj", COUNT, JSON_RESULTS),
        (JSON_RESULTS, COUNT, JSON_RESULTS),
        ("xml", COUNT, "application/sparql-results+xml"),
        ("csv", COUNT, "text/csv; charset=utf-8"),
        ("TSV", COUNT, "text/tab-separated-values; charset=utf-8"),
        ("text/csv", COUNT, "text/csv; charset=utf-8"),
        ("json", GRAPH, "application/ld+json"),
        ("json-ld", GRAPH, "application/ld+json"),
        ("xml", GRAPH, "application/rdf+xml"),
        ("rdf+xml", GRAPH, "application/rdf+xml"),
        ("n3", GRAPH, "text/turtle; charset=utf-8"),
        ("ttl", GRAPH, "text/turtle; charset=utf-8"),
        ("nt", GRAPH, "application/n-triples"),
        ("nquads", GRAPH, "application/n-quads"),
    ],
)
@pytest.mark.parametrize("parameter", ["format", "output"])
def test_a_name_beats_accept(
    client: httpx.Client, parameter: str, name: str, text: str, content_type: str
) -> None:
    response = client.get(
        "/sparql",
        params={"query": text, parameter: name, "unknown": "ignored"},
        headers={"Accept": "text/csv, text/turtle;q=0.5"},
    )
    assert (response.status_code, response.headers["content-type"]) == (200, content_type)


def test_graphs_named_by_the_protocol(client: httpx.Client) -> None:
    def rows(**parameters: str | list[str]) -> list[str]:
        response = client.get("/sparql", params={"query": LABELS, "format": "csv", **parameters})
        return response.text.splitlines()[1:]

    assert rows() == ["Goal", '"Mål, ""ett"""']
    assert rows(**{"default-graph-uri": READING}) == ["Goal"]
    assert rows(**{"default-graph-uri": [READING, TEXT]}) == ["Goal", '"Mål, ""ett"""']
    assert rows(**{"named-graph-uri": READING}) == []
    url = f"/sparql?{urlencode({'default-graph-uri': READING, 'format': 'csv'})}"
    response = post(client, LABELS.encode(), "application/sparql-query", url)
    assert response.text.splitlines()[1:] == ["Goal"]


def get(**parameters: Any) -> Callable[[httpx.Client], httpx.Response]:
    accept = parameters.pop("accept", "*/*")
    return lambda client: client.get("/sparql", params=parameters, headers={"Accept": accept})


REFUSALS: dict[str, tuple[Callable[[httpx.Client], httpx.Response], int, str]] = {
    "missing query": (get(format="json"), 400, "missing"),
    "missing query in a form": (lambda c: post(c, b"a=b", FORM), 400, "missing"),
    "empty form": (lambda c: post(c, b"", FORM), 400, "missing"),
    "two queries": (get(query=["ASK {}", "ASK {}"]), 400, "more than once"),
    "two queries in two places": (
        lambda c: post(c, form(query="ASK {}"), FORM, "/sparql?query=ASK+%7B%7D"),
        400,
        "more than once",
    ),
    "syntax error": (get(query="SELECT * { ?s ?p nope:x }"), 400, "Prefix not found"),
    "empty query": (get(query=""), 400, "Line 1, column 1"),
    "update as query": (get(query="INSERT DATA {}"), 400, "read-only"),
    "update parameter": (get(update="INSERT DATA {}"), 400, "read-only"),
    "update form": (lambda c: post(c, form(update="DROP ALL"), FORM), 400, "read-only"),
    "update body": (
        lambda c: post(c, b"DROP ALL", "application/sparql-update"),
        400,
        "read-only",
    ),
    "service": (get(query="ASK { SERVICE <http://example.org/> {} }"), 400, "SERVICE"),
    "unknown function": (get(query="SELECT (<http://example.org/f>() AS ?x) {}"), 400, "function"),
    "graph that is no IRI": (get(query="ASK {}", **{"default-graph-uri": "x y"}), 400, "IRI"),
    "query that is not UTF-8": (
        lambda c: post(c, b"ASK { ?s ?p '\xe5' }", "application/sparql-query"),
        400,
        "not in UTF-8",
    ),
    "address that is not UTF-8": (lambda c: c.get("/sparql?query=%E5"), 400, "not in UTF-8"),
    "too many parameters": (lambda c: c.get(f"/sparql?{'a=&' * 1001}"), 400, "parameters"),
    "wrong media type": (lambda c: post(c, b"ASK {}", "text/plain"), 415, "text/plain"),
    "no media type": (lambda c: c.post("/sparql", content=b"ASK {}"), 415, "sparql-query"),
    "unknown charset": (
        lambda c: post(c, b"ASK {}", "application/sparql-query; charset=utf-16"),
        415,
        "utf-16",
    ),
    "body too large": (
        lambda c: post(c, b"#" * (1024**2 + 1), "application/sparql-query"),
        413,
        "bytes",
    ),
    "result too large": (get(query="SELECT * { ?a ?b ?c . ?d ?e ?f }"), 413, "LIMIT"),
    "nothing acceptable": (get(query="ASK {}", accept="image/png"), 406, "image/png"),
    "format for the other kind": (get(query=GRAPH, accept="text/csv"), 406, "text/turtle"),
    "unknown format": (get(query="ASK {}", format="docx"), 406, "docx"),
    "nothing acceptable of the description": (get(accept="text/csv"), 406, "text/turtle"),
    "too slow": (get(query=ENDLESS), 504, "2 seconds"),
    "too deep": (
        lambda c: post(c, b"ASK" + b"{" * 200_000, "application/sparql-query"),
        422,
        "deeply",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_each_refusal_says_what_is_wrong(client: httpx.Client, case: str) -> None:
    send, status, detail = REFUSALS[case]
    response = send(client)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert detail in response.json()["detail"]
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_a_syntax_error_names_line_and_column(client: httpx.Client) -> None:
    problem = client.get("/sparql", params={"query": "SELECT *\n{ ?s ?p nope:x }"}).json()
    assert (problem["line"], problem["column"]) == (2, 15)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "PROPFIND"])
def test_other_methods_learn_which_ones_there_are(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/sparql")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_preflight(client: httpx.Client) -> None:
    response = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert (response.status_code, response.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert "POST" in response.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
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


def test_a_browser_without_a_query_is_sent_home(client: httpx.Client) -> None:
    response = client.get("/sparql", headers={"Accept": BROWSER})
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert response.headers["vary"] == "Accept"


def test_no_query_makes_the_server_connect(client: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        target = f"<http://127.0.0.1:{listener.getsockname()[1]}/>"
        for text in (
            f"ASK {{ SERVICE {target} {{ ?s ?p ?o }} }}",
            f"ASK {{ SERVICE SILENT {target} {{ ?s ?p ?o }} }}",
            f"ASK {{ BIND({target} AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
            f"LOAD {target}",
        ):
            assert client.get("/sparql", params={"query": text}).status_code == 400
        for text in (f"ASK FROM {target} {{ ?s ?p ?o }}", f"ASK {{ GRAPH {target} {{ }} }}"):
            assert client.get("/sparql", params={"query": text}).status_code == 200
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_client_that_leaves_frees_the_worker(small_release: Release, method: str) -> None:
    async def check() -> None:
        app = application(small_release, sparql_timeout=60)
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://test") as client,
        ):
            await asyncio.wait_for(_leave(app, method), 5)
            response = await client.get("/sparql", params={"query": "ASK {}"}, timeout=5)
            assert response.json()["boolean"] is True

    asyncio.run(check())


async def _leave(app: FastAPI, method: str) -> None:
    """Send an endless query as a server would pass it on, then close the connection."""
    query = urlencode({"query": ENDLESS}).encode()
    messages = [
        {"type": "http.request", "body": query if method == "POST" else b""},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Any:
        if len(messages) == 1:
            await asyncio.sleep(0.2)
        return messages.pop(0)

    async def send(message: Any) -> None:
        pass

    scope = {
        "type": "http",
        "method": method,
        "path": "/sparql",
        "query_string": query if method == "GET" else b"",
        "headers": [(b"content-type", FORM.encode())],
    }
    await app(scope, receive, send)


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


def test_rdflib_reads_the_description_at_the_endpoint(endpoint: str) -> None:
    graph = rdflib.Graph().parse(endpoint)
    assert (None, rdflib.URIRef(SD.endpoint), rdflib.URIRef(f"{BASE}sparql")) in graph


def test_the_client_of_r(client: httpx.Client) -> None:
    response = client.get(
        "/sparql", params={"query": LABELS}, headers={"Accept": "application/sparql-results+xml"}
    )
    assert response.headers["content-type"] == "application/sparql-results+xml"
    assert '<literal xml:lang="en">Goal</literal>' in response.text


def test_a_query_of_16_kilobytes_fits_into_an_address(client: httpx.Client) -> None:
    text = "ASK {}" + " " * 16_000
    assert client.get("/sparql", params={"query": text}).status_code == 200


def test_a_problem_is_json_even_with_odd_letters(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "å\u2028\U0001f600"})
    assert response.status_code == 400
    assert json.loads(response.content)["status"] == 400


def test_a_client_that_has_the_answer_need_not_fetch_it(client: httpx.Client) -> None:
    first = client.get("/sparql", params={"query": LABELS})
    tag = first.headers["etag"]
    again = client.get("/sparql", params={"query": LABELS}, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert (again.headers["etag"], again.headers["vary"]) == (tag, "Accept")
    head = client.head("/sparql", params={"query": LABELS}, headers={"If-None-Match": tag})
    assert head.status_code == 304


def test_each_format_dataset_and_query_has_its_tag(client: httpx.Client) -> None:
    def tag(accept: str = JSON_RESULTS, **parameters: str) -> str:
        given = {"query": LABELS, **parameters}
        return client.get("/sparql", params=given, headers={"Accept": accept}).headers["etag"]

    variants = [
        tag(),
        tag("text/csv"),
        tag(query=COUNT),
        tag(**{"default-graph-uri": TEXT}),
        tag(**{"named-graph-uri": TEXT}),
    ]
    assert len(set(variants)) == len(variants)
    assert tag() == tag()


def test_what_differs_each_time_is_not_kept(client: httpx.Client) -> None:
    draw = {"query": "SELECT (RAND() AS ?n) {}"}
    one, other = (client.get("/sparql", params=draw) for _ in range(2))
    assert one.headers["cache-control"] == "no-store"
    assert "etag" not in one.headers
    assert one.content != other.content


def test_any_tag_does_not_stand_for_the_answer_of_a_wrong_query(client: httpx.Client) -> None:
    headers = {"If-None-Match": "*"}
    assert client.get("/sparql", params={"query": "ASK {"}, headers=headers).status_code == 400
    assert client.get("/sparql", params={"query": LABELS}, headers=headers).status_code == 200
