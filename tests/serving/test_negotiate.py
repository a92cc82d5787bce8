"""The negotiation rules as tables; the requests of real clients are in ``tests/http``."""

import hashlib

import pytest

from glokal.formats import (
    CSV,
    DATA_FORMATS,
    HTML,
    JSONLD,
    NQUADS,
    NTRIPLES,
    RDF_FORMATS,
    RDFXML,
    RESULT_FORMATS,
    RESULTS_JSON,
    RESULTS_XML,
    TRIG,
    TURTLE,
    Format,
)
from glokal.serving.negotiate import (
    by_name,
    choose,
    choose_encoding,
    choose_language,
    prefers_html,
)

THINGS = (*DATA_FORMATS, HTML)

ACCEPT: list[tuple[str, str | None, Format | None]] = [
    ("no header stands for anything", None, HTML),
    ("an empty header stands for anything", "", HTML),
    ("anything", "*/*", HTML),
    ("anything, as Java writes it", "image/gif, *; q=.2", HTML),
    ("any text is a wildcard too", "text/*", HTML),
    ("any application type has no page in it", "application/*", JSONLD),
    ("one name", "application/n-quads", NQUADS),
    ("names in upper case", "TEXT/TURTLE", TURTLE),
    ("the server's order on ties", "application/trig, application/rdf+xml", RDFXML),
    ("data before pages on ties", "text/html, text/turtle", TURTLE),
    ("pages by weight", "text/turtle;q=0.9, text/html", HTML),
    ("data by weight", "text/html;q=0.5, application/ld+json;q=0.6", JSONLD),
    ("a named format shuts pages out of a wildcard", "text/turtle;q=0.1, */*;q=0.1", TURTLE),
    ("a wildcard of more weight still gives no page", "text/turtle;q=0.1, */*", JSONLD),
    ("the more specific range wins", "text/*;q=0.9, text/turtle;q=0.2, text/csv;q=0.3", CSV),
    ("q=0 forbids", "text/turtle;q=0, text/turtle;q=0.0, application/*;q=0", None),
    ("q=0 of one leaves the others", "text/html;q=0, */*", TURTLE),
    ("q=0 of a wildcard leaves the named", "*/*;q=0, application/trig", TRIG),
    ("a forbidden format is not named", "text/turtle;q=0, */*;q=0.5", HTML),
    ("nothing that exists", "image/png", None),
    ("nothing that exists, several", "application/pdf, image/*;q=0.2", None),
    ("alias of N-Triples", "text/plain", NTRIPLES),
    ("alias of Turtle: N3", "text/n3", TURTLE),
    ("alias of Turtle: x-turtle", "application/x-turtle", TURTLE),
    ("alias of Turtle: application", "application/turtle", TURTLE),
    ("alias of JSON-LD", "application/json", JSONLD),
    ("XML alone is RDF/XML", "application/xml", RDFXML),
    ("text XML alone is RDF/XML", "text/xml;q=0.3", RDFXML),
    ("XML beside HTML is a browser", "text/html;q=0.5, application/xml", HTML),
    ("XML beside forbidden HTML is RDF/XML", "text/html;q=0, application/xml", RDFXML),
    ("XHTML is HTML", "application/xhtml+xml", HTML),
    ("the name outranks its alias", "text/plain, application/n-triples;q=0, */*;q=0.1", HTML),
    ("charset is no reason for a 406", "text/turtle; charset=iso-8859-1", TURTLE),
    ("version is no reason for a 406", "text/turtle;version=1.2", TURTLE),
    (
        "profile is no reason for a 406, whatever stands in it",
        'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, text/html;q=1"',
        JSONLD,
    ),
    ("q after other parameters", "text/turtle;charset=utf-8;q=0.1, text/csv;q=0.2", CSV),
    ("spaces around q", "text/turtle ; q = 0.1 , text/csv ;q= 0.2", CSV),
    ("a weight above 1 is 1", "text/csv;q=9, text/turtle", TURTLE),
    ("a weight that cannot be read is 1", "text/csv;q=high, text/turtle;q=0.9", CSV),
    ("a weight without digits is 1", "text/csv;q=., text/turtle;q=0.9", CSV),
    ("only garbage stands for anything", ";;,,//,turtle,q=1", HTML),
    ("garbage beside a range is passed over", "\x00\xff;;, text/csv, */csv", CSV),
    ("an unclosed quotation", 'text/csv;a="b, text/turtle', CSV),
]


@pytest.mark.parametrize(
    ("accept", "expected"), [row[1:] for row in ACCEPT], ids=[row[0] for row in ACCEPT]
)
def test_accept(accept: str | None, expected: Format | None) -> None:
    assert choose(accept, THINGS) == expected


@pytest.mark.parametrize(
    ("accept", "offers", "expected"),
    [
        (None, RDF_FORMATS, TURTLE),
        ("text/html", RDF_FORMATS, None),
        ("text/html, */*;q=0.1", RDF_FORMATS, TURTLE),
        ("application/json", RESULT_FORMATS, RESULTS_JSON),
        ("application/xml", RESULT_FORMATS, RESULTS_XML),
        ("text/csv", RESULT_FORMATS, CSV),
        ("*/*", (), None),
    ],
)
def test_other_offers(
    accept: str | None, offers: tuple[Format, ...], expected: Format | None
) -> None:
    assert choose(accept, offers) == expected


def test_no_header_raises() -> None:
    alphabet = 'text/html*,;q=0.1"\\ \t\x00é€application+xml-'
    for number in range(3000):
        noise = hashlib.sha512(str(number).encode()).digest()[: number % 64]
        header = "".join(alphabet[byte % len(alphabet)] for byte in noise)
        assert choose(header, THINGS) in (*THINGS, None)
        assert choose_language(header) in ("sv", "fi", "en")
        assert choose_encoding(header, ("gzip",)) in ("gzip", None)


def test_a_long_header_is_read_in_one_pass() -> None:
    assert choose('"' * 60_000, THINGS) == HTML
    assert choose("text/turtle;q=0.5," * 4_000, THINGS) == TURTLE


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "sv"),
        ("", "sv"),
        ("*", "sv"),
        ("fi", "fi"),
        ("FI-fi", "fi"),
        ("sv-FI", "sv"),
        ("en-GB,en;q=0.9,fi;q=0.8", "en"),
        ("de, fr;q=0.9", "sv"),
        ("de, fi;q=0.1", "fi"),
        ("fi;q=0.2, en;q=0.7", "en"),
        ("en-Latn-GB-x-private", "en"),
        ("fin", "sv"),
        ("sv;q=0, *", "fi"),
        ("sv;q=0, de", "fi"),
        ("sv;q=0, fi;q=0, en;q=0", "sv"),
        ("sv;q=nonsense", "sv"),
        ("\x00;;,fi_FI,en", "en"),
    ],
)
def test_language(header: str | None, expected: str) -> None:
    assert choose_language(header) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("identity", None),
        ("gzip", "gzip"),
        ("xz,gzip,deflate", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0, *", None),
        ("*", "gzip"),
        ("br", None),
    ],
)
def test_encoding(header: str | None, expected: str | None) -> None:
    assert choose_encoding(header, ("gzip",)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ttl", TURTLE),
        ("Turtle", TURTLE),
        ("json-ld", JSONLD),
        ("application/ld+json", JSONLD),
        ("application/ld json", JSONLD),
        ("html", HTML),
        ("pdf", None),
        ("", None),
    ],
)
def test_format_parameter(name: str, expected: Format | None) -> None:
    assert by_name(name, THINGS) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, False),
        ("*/*", False),
        ("text/*", False),
        ("text/html", True),
        ("application/xhtml+xml;q=0.1", True),
        ("text/html;q=0", False),
        ("text/turtle;q=0.6,text/html;q=0.2,application/xhtml+xml;q=0.18", False),
        ("application/sparql-results+json, text/html;q=0.9", False),
    ],
)
def test_who_asks_for_pages(accept: str | None, expected: bool) -> None:
    assert prefers_html(accept) is expected
