"""Requests as real clients send them, and real clients over a real port."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
import uvicorn
from rdflib import Graph, URIRef
from tests.http.browser import Browser

from glokal.app import create_app
from glokal.formats import DATA_FORMATS, HTML, RESULT_FORMATS
from glokal.publishing.publish import rebase_release
from glokal.release import Release
from glokal.serving.describe import open_documents
from glokal.serving.negotiate import choose
from glokal.settings import Settings

THING = "kommunforbundet/2017-2021/commitment/starka-prognosformagan"
QUERY = "SELECT%20*%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%201"
OFFERS = {"things": (*DATA_FORMATS, HTML), "results": RESULT_FORMATS}
ADDRESSES = {"things": f"/id/{THING}", "results": f"/sparql?query={QUERY}"}
CLIENTS = json.loads((Path(__file__).parent / "clients.json").read_text())


@dataclass(frozen=True)
class Row:
    """One client of the table: what it sends, and what it must get."""

    client: str
    accept: str | None
    offers: str
    must_get: str
    at_suffix: dict[str, str]

    @property
    def headers(self) -> dict[str, str]:
        return {} if self.accept is None else {"accept": self.accept}


ROWS = [Row(**{"at_suffix": {}, **row}) for row in CLIENTS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.client)
def test_negotiation(row: Row) -> None:
    chosen = choose(row.accept, OFFERS[row.offers])
    assert chosen is not None
    assert chosen.media_type == row.must_get


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.client)
def test_answer(site: Browser, row: Row) -> None:
    answer = site.follow(ADDRESSES[row.offers], **row.headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == row.must_get


@pytest.mark.parametrize(
    ("row", "suffix", "content_type"),
    [(row, *expected) for row in ROWS for expected in row.at_suffix.items()],
    ids=lambda value: value.client if isinstance(value, Row) else value,
)
def test_suffix_beats_accept(site: Browser, row: Row, suffix: str, content_type: str) -> None:
    answer = site.get(f"/doc/{THING}{suffix}", **row.headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == content_type


@pytest.fixture(scope="module")
def live(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    """The release, rebased to a port of this machine and served there by uvicorn."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        rebased = rebase_release(release, base, tmp_path_factory.mktemp("live"), lambda step: None)
        config = uvicorn.Config(create_app(rebased, Settings()), log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield rebased
        finally:
            server.should_exit = True
            thread.join(timeout=10)
    assert not thread.is_alive()


def test_rdflib_reads_every_iri(live: Release) -> None:
    base = live.manifest.base
    documents = open_documents(live.store(), base)
    assert len(documents.subjects) > 500
    for iri in [*documents.subjects, *documents.aliases]:
        graph = Graph().parse(iri)
        thing = URIRef(documents.resolve(iri))
        assert (thing, None, None) in graph or (None, None, thing) in graph, iri


@pytest.mark.filterwarnings(  # rdflib's own JSON-LD parser still uses what rdflib deprecates
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)
@pytest.mark.parametrize("name", ["turtle", "json-ld", "xml", "nt"])
def test_rdflib_reads_every_format(live: Release, name: str) -> None:
    iri = f"{live.manifest.base}id/{THING}"
    assert (URIRef(iri), None, None) in Graph().parse(iri, format=name)


def test_a_plain_client_over_the_wire(live: Release) -> None:
    with urlopen(f"{live.manifest.base}id/{THING}?format=csv") as answer:
        assert answer.url == f"{live.manifest.base}doc/{THING}.csv"
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.read().startswith(b"graph,subject,predicate,object,")
