"""/id/, /def/ and /doc/."""

import json

import pytest
from pyoxigraph import RdfFormat, parse
from tests.http.browser import Browser

from glokal.formats import DATA_FORMATS, LANGUAGES
from glokal.release import Release

THING = "kommunforbundet/2017-2021/commitment/starka-prognosformagan"
PARSERS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("path", [f"/id/{THING}", f"/doc/{THING}"])
def test_a_thing_is_seen_elsewhere(site: Browser, path: str) -> None:
    answer = site.get(path, accept="text/turtle")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/doc/{THING}.ttl"
    assert answer.headers["vary"] == "Accept, Accept-Language"
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert answer.content == b""


@pytest.mark.parametrize(
    ("header", "language"), [("fi-FI, sv;q=0.5", "fi"), ("en", "en"), ("de", "sv")]
)
def test_pages_come_in_the_readers_language(site: Browser, header: str, language: str) -> None:
    answer = site.get(f"/id/{THING}", accept="text/html", accept_language=header)
    assert answer.headers["location"] == f"/doc/{THING}.{language}.html"


@pytest.mark.parametrize(
    ("query", "ending"), [("jsonld", "jsonld"), ("turtle", "ttl"), ("html", "sv.html")]
)
def test_format_parameter_beats_accept(site: Browser, query: str, ending: str) -> None:
    answer = site.get(f"/id/{THING}?format={query}", accept="text/csv")
    assert answer.headers["location"] == f"/doc/{THING}.{ending}"


def test_not_acceptable_lists_what_there_is(site: Browser) -> None:
    answer = site.get(f"/id/{THING}", accept="image/png")
    assert answer.status_code == 406
    assert answer.headers["vary"] == "Accept, Accept-Language"
    offered = {(entry["url"], entry["type"]) for entry in answer.json()["alternatives"]}
    assert (f"/doc/{THING}.jsonld", "application/ld+json") in offered
    assert (f"/doc/{THING}.fi.html", "text/html") in offered
    assert f'</doc/{THING}.ttl>; rel="alternate"; type="text/turtle"' in answer.headers["link"]


@pytest.mark.parametrize("fmt", DATA_FORMATS, ids=lambda fmt: fmt.key)
def test_every_format(site: Browser, release: Release, fmt: object) -> None:
    assert fmt in DATA_FORMATS
    key = next(known for known in DATA_FORMATS if known == fmt)
    answer = site.get(f"/doc/{THING}{key.suffix}", accept="image/png")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == key.content_type
    assert f"{release.manifest.base}id/{THING}" in answer.text
    if key.key in PARSERS:
        assert len(list(parse(answer.content, format=PARSERS[key.key]))) > 100


def test_all_rdf_formats_say_the_same(site: Browser) -> None:
    said = {
        key: {quad.triple for quad in parse(site.get(f"/doc/{THING}.{key}").content, format=fmt)}
        for key, fmt in PARSERS.items()
    }
    assert all(triples == said["nt"] for triples in said.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages(site: Browser, language: str) -> None:
    answer = site.get(f"/doc/{THING}.{language}.html", accept="text/turtle")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}"' in answer.text


def test_links_of_data_and_page(site: Browser, release: Release) -> None:
    base = release.manifest.base
    data = site.get(f"/doc/{THING}.ttl").headers["link"]
    page = site.get(f"/doc/{THING}.sv.html").headers["link"]
    assert f'</doc/{THING}.fi.html>; rel="alternate"; type="text/html"; hreflang="fi"' in data
    assert f'</doc/{THING}.ttl>; rel="alternate"' not in data
    assert f'<{base}doc/{THING}.ttl>; rel="canonical"' in data
    assert f'<{base}id/{THING}>; rel="describes"' in data
    assert f'</doc/{THING}.ttl>; rel="describedby"; type="text/turtle"' in page
    assert page.count('rel="cite-as"') == data.count('rel="cite-as"') == 1


def test_entity_tags(site: Browser) -> None:
    paths = [f"/doc/{THING}.ttl", f"/doc/{THING}.nt", f"/doc/{THING}.sv.html"]
    answers = [site.get(path) for path in paths]
    answers.append(site.get(paths[0], accept_encoding="gzip"))
    tags = [answer.headers["etag"] for answer in answers]
    assert len(set(tags)) == 4
    assert all(tag.startswith('"') for tag in tags)
    assert site.get(paths[0]).headers["etag"] == tags[0]


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}', "*"])
def test_not_modified(site: Browser, known: str) -> None:
    first = site.get(f"/doc/{THING}.ttl")
    again = site.get(f"/doc/{THING}.ttl", if_none_match=known.format(first.headers["etag"]))
    assert again.status_code == 304
    assert again.content == b""
    for header in ("etag", "cache-control", "vary", "access-control-allow-origin"):
        assert again.headers[header] == first.headers[header]


def test_another_entity_tag_gets_the_document(site: Browser) -> None:
    assert site.get(f"/doc/{THING}.ttl", if_none_match='"other"').status_code == 200


def test_compressed_bytes_are_the_same_document(site: Browser) -> None:
    plain = site.get(f"/doc/{THING}.ttl")
    packed = site.get(f"/doc/{THING}.ttl", accept_encoding="gzip, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])


@pytest.mark.parametrize(
    "path",
    [
        "/id/nothing",
        "/id/",
        "/def/nothing",
        "/doc/nothing",
        "/doc/nothing.ttl",
        "/doc/nothing.sv.html",
        f"/doc/{THING}.pdf",
        "/id/%00%ff%fe",
        "/id/%E2%80%AE%22%3C%3E%5C%7C",
        "/doc/%23.ttl",
        "/id/..%2f..%2fetc%2fpasswd",
        "/id/%0d%0aSet-Cookie:%20a=b",
        "/id/" + "a" * 5000,
    ],
)
def test_nothing_there(site: Browser, path: str) -> None:
    machine = site.get(path, accept="text/turtle")
    assert machine.status_code == 404
    assert machine.headers["content-type"] == "application/problem+json"
    assert machine.headers["vary"] == "Accept, Accept-Language"
    person = site.get(path, accept="text/html", accept_language="fi")
    assert person.status_code == 404
    assert person.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", ["/def/strategy", "/def/strategy/1.0.0"])
def test_the_ontology_and_its_version_in_rdfxml(site: Browser, path: str) -> None:
    answer = site.get(path, accept="application/rdf+xml")
    assert (answer.status_code, answer.headers["location"]) == (303, "/doc/def/strategy.rdf")


def test_the_document_of_a_version_is_that_of_the_ontology(site: Browser) -> None:
    answer = site.get("/doc/def/strategy/1.0.0.ttl")
    assert (answer.status_code, answer.headers["location"]) == (303, "/doc/def/strategy.ttl")


def test_the_context(site: Browser, release: Release) -> None:
    answer = site.get("/def/context.jsonld", accept="text/html")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/ld+json"
    assert json.loads(answer.content) == json.loads((release.path / "context.jsonld").read_bytes())
