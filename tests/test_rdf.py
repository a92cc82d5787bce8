import csv
import hashlib
import io
import json

import pytest
from pyld import jsonld
from pyoxigraph import Quad, RdfFormat, parse

from glokal.formats import CSV, DATA_FORMATS, JSONLD, NQUADS, RDF_FORMATS, TRIG, TURTLE, Format
from glokal.rdf import (
    MOST_FAULTS,
    canonical,
    canonical_triples,
    digest,
    parse_nquads,
    prefixes,
    read_turtle,
    rebase,
    serialise,
)
from glokal.terms import BASE

XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS = {
    "a": f"<{BASE}id/a>",
    "b": f"<{BASE}id/b>",
    "type": "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
    "label": "<http://www.w3.org/2004/02/skos/core#prefLabel>",
    "issued": "<http://purl.org/dc/terms/issued>",
    "number": f"<{BASE}def/strategy#sequenceNumber>",
    "goal": f"<{BASE}def/strategy#Goal>",
    "text": f"<{BASE}id/graph/text>",
    "reading": f"<{BASE}id/graph/reading>",
    "words": '"Å \\"b\\", c\\nd"@sv',
    "one": f'"01"^^<{XSD}nonNegativeInteger>',
    "day": f'"2016-11-24"^^<{XSD}date>',
}
ROWS = (
    "a label words text",
    "a number one text",
    "a type goal text",
    "a type goal reading",
    "b issued day reading",
)
NQ = "".join(" ".join(TERMS[name] for name in row.split()) + " .\n" for row in ROWS).encode()
CONTEXT = {
    "@context": {
        "strat": f"{BASE}def/strategy#",
        "prefLabel": {
            "@id": "http://www.w3.org/2004/02/skos/core#prefLabel",
            "@container": "@language",
        },
    }
}
READERS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "nt": RdfFormat.N_TRIPLES,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}


def without_graphs(quads: list[Quad]) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]


@pytest.mark.parametrize("fmt", RDF_FORMATS, ids=lambda fmt: fmt.key)
def test_a_dataset_comes_back_the_same_from_every_format(fmt: Format) -> None:
    quads = parse_nquads(NQ)
    written = serialise(quads, fmt, CONTEXT, BASE)
    expected = quads if fmt.keeps_graphs else without_graphs(quads)
    assert canonical(parse(written, format=READERS[fmt.key])) == canonical(expected)


@pytest.mark.parametrize("fmt", DATA_FORMATS, ids=lambda fmt: fmt.key)
def test_the_order_of_the_input_changes_no_byte(fmt: Format) -> None:
    quads = parse_nquads(NQ)
    assert serialise(reversed(quads), fmt, CONTEXT, BASE) == serialise(quads, fmt, CONTEXT, BASE)


@pytest.mark.parametrize("fmt", DATA_FORMATS, ids=lambda fmt: fmt.key)
def test_nothing_at_all_can_be_written(fmt: Format) -> None:
    assert isinstance(serialise([], fmt, CONTEXT, BASE), bytes)


def test_a_triple_in_two_graphs_is_written_once_where_graphs_are_not_named() -> None:
    turtle = serialise(parse_nquads(NQ), TURTLE, CONTEXT, BASE).decode()
    assert turtle.count("strat:Goal") == 1
    assert serialise(parse_nquads(NQ), TRIG, CONTEXT, BASE).decode().count("strat:Goal") == 2


def test_turtle_uses_the_standard_prefixes_and_starts_with_what_a_thing_is() -> None:
    turtle = serialise(parse_nquads(NQ), TURTLE, CONTEXT, BASE).decode()
    assert f"@prefix strat: <{BASE}def/strategy#> ." in turtle
    description = turtle[turtle.index(f"<{BASE}id/a>") :]
    assert description.index("a strat:Goal") < description.index("skos:prefLabel")
    assert description.index("skos:prefLabel") < description.index("strat:sequenceNumber")


def test_our_prefixes_follow_the_base() -> None:
    moved = prefixes("http://127.0.0.1:8000/")
    assert moved["strat"] == "http://127.0.0.1:8000/def/strategy#"
    assert moved["skos"] == prefixes(BASE)["skos"]


def test_csv_names_graph_datatype_and_language_and_quotes_what_it_must() -> None:
    text = serialise(parse_nquads(NQ), CSV, CONTEXT, BASE).decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["graph", "subject", "predicate", "object", "datatype", "language"]
    cells = [(row[3], row[4], row[5]) for row in rows[1:]]
    assert ('Å "b", c\nd', "", "sv") in cells
    assert ("01", f"{XSD}nonNegativeInteger", "") in cells
    assert (f"{BASE}def/strategy#Goal", "", "") in cells
    assert len(rows) == 6


def test_json_ld_is_compact_and_carries_its_context() -> None:
    document = json.loads(serialise(parse_nquads(NQ), JSONLD, CONTEXT, BASE))
    assert document["@context"] == CONTEXT["@context"]
    thing = next(node for node in document["@graph"] if node["@id"] == f"{BASE}id/a")
    assert thing["@type"] == "strat:Goal"
    assert thing["prefLabel"] == {"sv": 'Å "b", c\nd'}


def test_a_context_elsewhere_is_never_fetched() -> None:
    with pytest.raises(jsonld.JsonLdError, match="context"):
        serialise(parse_nquads(NQ), JSONLD, {"@context": "https://example.org/c.jsonld"}, BASE)


def test_the_canonical_form_is_sorted_and_forgets_order_and_blank_node_names() -> None:
    assert canonical(reversed(parse_nquads(NQ))) == b"".join(sorted(NQ.splitlines(True)))
    first = parse_nquads(b"_:x <a:p> _:y .\n_:y <a:p> <a:o> .\n")
    second = parse_nquads(b"_:two <a:p> <a:o> .\n_:one <a:p> _:two .\n")
    assert canonical(first) == canonical(second)


def test_another_implementation_makes_the_same_canonical_form() -> None:
    text = "_:x <a:p> _:y .\n_:y <a:p> _:z .\n_:z <a:p> <a:o> .\n" + NQ.decode()
    n_quads = "application/n-quads"
    options = {"algorithm": "URDNA2015", "inputFormat": n_quads, "format": n_quads}
    theirs = jsonld.normalize(text, options)
    assert canonical(parse_nquads(text.encode())).decode() == theirs


def test_the_digest_is_the_sha256_of_the_canonical_form() -> None:
    assert digest(NQ) == hashlib.sha256(NQ).hexdigest()


def test_rebasing_moves_iris_and_addresses_in_literals_and_nothing_else() -> None:
    row = f'<{BASE}id/a> <http://purl.org/dc/terms/x> "{BASE}sparql" , "see {BASE}" .'
    moved = rebase(row.encode(), BASE, "http://x/").decode()
    assert moved == (
        f'<http://x/id/a> <http://purl.org/dc/terms/x> "http://x/sparql" , "see {BASE}" .'
    )


def test_what_is_no_n_quads_raises() -> None:
    with pytest.raises(SyntaxError):
        parse_nquads(b"<a:s> <a:p> .\n")


def test_turtle_is_read_with_every_term_as_written() -> None:
    turtle = f"<a:s> <a:p> 01 , 'x'@sv , '7'^^<{XSD}nonNegativeInteger> ."
    triples, faults = read_turtle(turtle.encode())
    assert faults == ()
    assert sorted(triples.decode().splitlines()) == [
        f'<a:s> <a:p> "01"^^<{XSD}integer> .',
        f'<a:s> <a:p> "7"^^<{XSD}nonNegativeInteger> .',
        '<a:s> <a:p> "x"@sv .',
    ]


def test_the_faults_of_a_hopeless_file_come_to_an_end() -> None:
    _, faults = read_turtle(b") .\n" * 500)
    assert len(faults) == MOST_FAULTS
    assert [fault.line for fault in faults[:3]] == [1, 2, 3]
    assert all("subject is expected" in fault.message for fault in faults)


def test_two_documents_that_say_the_same_have_one_canonical_form() -> None:
    first, _ = read_turtle(b"<a:s> <a:p> [ <a:q> 1 ] , 2 .")
    second, _ = read_turtle(b"<a:s> <a:p> 2 . <a:s> <a:p> _:n . _:n <a:q> 1 .")
    assert canonical_triples(first) == canonical_triples(second)


def test_formats_that_keep_graphs_are_those_that_name_them() -> None:
    assert {fmt for fmt in DATA_FORMATS if fmt.keeps_graphs} == {TRIG, NQUADS}
