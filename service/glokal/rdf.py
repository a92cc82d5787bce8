"""RDF as bytes: parse, serialise in every format, canonicalise, rebase.

All of it works on parsed terms and never on a store, because the store writes some
datatypes anew (``xsd:nonNegativeInteger`` becomes ``xsd:integer``).
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pyld import jsonld
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from glokal.formats import CSV, JSONLD, NQUADS, NTRIPLES, RDFXML, TRIG, TURTLE, Format
from glokal.terms import PREFIXES, RDF, RDFS, SKOS, XSD

WRITERS = {
    TURTLE: RdfFormat.TURTLE,
    NTRIPLES: RdfFormat.N_TRIPLES,
    RDFXML: RdfFormat.RDF_XML,
    TRIG: RdfFormat.TRIG,
    NQUADS: RdfFormat.N_QUADS,
}
LEADING = {RDF.type: 0, SKOS.prefLabel: 1, RDFS.label: 1, SKOS.altLabel: 2, SKOS.definition: 3}
MOST_FAULTS = 20
"""Faults that one file is asked for; what follows a fault is often only its echo."""
EXPECTED = (
    ("valid RDF object", "an IRI, a prefixed name, a literal or a number is expected"),
    ("valid predicate", "a predicate is expected: an IRI, a prefixed name or a"),
    (
        "valid subject",
        "a subject is expected: an IRI or a prefixed name; the description above ends in a dot",
    ),
    ("beginning of a prefix", 'a literal is expected to stand in straight quotation marks: "…"'),
    ("Line jumps", "the quotation mark at its end is missing, or three are expected"),
    ("dot is expected", "or a semicolon or comma, if more is said"),
    ("subtag", "a language tag is expected: @sv, @fi or @en"),
    ("Unexpected end", "the file ends inside a statement or a literal"),
    ("not been declared", "an @prefix line for it is expected above"),
    ("IRI code point", "an IRI without spaces and quotation marks is expected"),
)
"""What the grammar wants where a fault is found, by a part of the parser's message."""
QUERY_PLACE = re.compile(r"error at (\d+):(\d+)")
UNDECLARED = re.compile(r"The prefix ([\w-]+):")
CSV_HEADER = ("graph", "subject", "predicate", "object", "datatype", "language")


def parse_nquads(data: bytes) -> list[Quad]:
    """The quads of an N-Quads document, terms exactly as written.

    Raises:
        SyntaxError: the bytes are no N-Quads; the message names line and column.
    """
    return list(parse(data, format=RdfFormat.N_QUADS))


@dataclass(frozen=True)
class SyntaxFault:
    """A place where a document breaks the grammar; ``line`` and ``column`` count from 1."""

    line: int | None
    column: int | None
    message: str


def read_turtle(data: bytes) -> tuple[bytes, tuple[SyntaxFault, ...]]:
    """Read Turtle 1.1 as N-Triples, every term as written, and each fault of the syntax.

    The parser goes on after a fault, so that an editor sees all of them at once.
    """
    parser = parse(data, format=RdfFormat.TURTLE)
    triples: list[Triple] = []
    faults: list[SyntaxFault] = []
    while len(faults) < MOST_FAULTS:
        try:
            triples.append(next(parser).triple)
        except StopIteration:
            break
        except SyntaxError as error:
            faults.append(_fault(error))
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b"", tuple(faults)


def _fault(error: SyntaxError) -> SyntaxFault:
    message = re.sub(r"^Parser error .*?\d: ", "", error.msg)
    expected = next((hint for part, hint in EXPECTED if part in message), None)
    if undeclared := UNDECLARED.match(message):
        expected = _prefix_line(undeclared[1]) or expected
    return SyntaxFault(
        error.lineno, error.offset, f"{message}; {expected}" if expected else message
    )


def query_fault(text: str) -> SyntaxFault | None:
    """Where a text breaks the grammar of SPARQL 1.1 queries; None where it keeps it.

    Nothing is declared beforehand: a prefix that the text does not declare is a fault.
    """
    try:
        Store().query(text)
    except SyntaxError as error:
        place = QUERY_PLACE.match(error.msg)
        if not place:
            return SyntaxFault(None, None, error.msg)
        line, column = int(place[1]), int(place[2])
        undeclared = "Prefix not found" in error.msg
        reason = "a prefix is not declared" if undeclared else "it cannot be read on"
        return SyntaxFault(line, column, f"{reason} at line {line}, column {column}")
    return None


def _prefix_line(prefix: str) -> str | None:
    """The line that declares a prefix of the project, or the one most like it."""
    close = get_close_matches(prefix, PREFIXES, 1)
    if not close:
        return None
    line = f"@prefix {close[0]}: <{PREFIXES[close[0]]}> ."
    if close[0] == prefix:
        return f"this line is expected above: {line}"
    return f"perhaps {close[0]}: is meant"


def canonical(quads: Iterable[Quad]) -> bytes:
    """The canonical N-Quads of a dataset: RDFC-1.0, sorted by code point, one quad a line.

    See https://www.w3.org/TR/rdf-canon/ section 4.
    """
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = (serialize(dataset, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines))


def canonical_triples(ntriples: bytes) -> bytes:
    """The canonical form of N-Triples: two graphs say the same where these are equal."""
    return canonical(parse_nquads(ntriples))


def digest(canonical_nquads: bytes) -> str:
    """The SHA-256 of canonical N-Quads, in hexadecimal."""
    return hashlib.sha256(canonical_nquads).hexdigest()


def rebase(nquads: bytes, old: str, new: str) -> bytes:
    """The same dataset under another base IRI: every IRI, and every literal that starts so."""
    return nquads.replace(f"<{old}".encode(), f"<{new}".encode()).replace(
        f'"{old}'.encode(), f'"{new}'.encode()
    )


def serialise(quads: Iterable[Quad], fmt: Format, context: Mapping[str, Any], base: str) -> bytes:
    """Write quads in one format, ordered so that a person can read them.

    Args:
        quads: what to write; graph names are kept by the formats that have them.
        fmt: one of ``formats.DATA_FORMATS``.
        context: the JSON-LD context, with its ``@context`` key.
        base: the base IRI of the quads, which the prefixes of our own terms follow.
    """
    ordered = sorted(set(quads), key=_reading_order)
    if fmt is CSV:
        return _write_csv(ordered)
    by_subject = sorted(ordered, key=lambda quad: _reading_order(quad)[1:])
    triples = list(dict.fromkeys(quad.triple for quad in by_subject))
    if fmt is JSONLD:
        return _write_jsonld(triples, context)
    rows: list[Quad] | list[Triple] = ordered if fmt.keeps_graphs else triples
    return serialize(rows, format=WRITERS[fmt], prefixes=_used(prefixes(base), ordered)) or b""


def prefixes(base: str) -> dict[str, str]:
    """The standard prefixes, those of our own terms under the given base."""
    from_base = PREFIXES | {"strat": f"{base}def/strategy#"}
    return dict(sorted(from_base.items()))


def _used(known: Mapping[str, str], quads: Iterable[Quad]) -> dict[str, str]:
    """The prefixes whose namespace some IRI of the quads stands in."""
    iris: set[str] = set()
    for quad in quads:
        value = quad.object
        datatype = value.datatype if isinstance(value, Literal) else value
        for term in (quad.graph_name, quad.subject, quad.predicate, datatype):
            iris.add(_plain(term))
    spaces = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in iris}
    return {prefix: space for prefix, space in known.items() if space in spaces}


def _reading_order(quad: Quad) -> tuple[str, str, int, str, str]:
    predicate = quad.predicate.value
    return (
        str(quad.graph_name),
        str(quad.subject),
        LEADING.get(predicate, 9),
        predicate,
        str(quad.object),
    )


def _write_csv(quads: Iterable[Quad]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)  # RFC 4180: CRLF line ends
    writer.writerow(CSV_HEADER)
    for quad in quads:
        value = quad.object
        literal = value if isinstance(value, Literal) else None
        writer.writerow(
            (
                _plain(quad.graph_name),
                _plain(quad.subject),
                quad.predicate.value,
                _plain(value),
                literal.datatype.value if literal and not literal.language else "",
                literal.language or "" if literal else "",
            )
        )
    return text.getvalue().encode()


def _plain(term: object) -> str:
    if isinstance(term, NamedNode | Literal):
        return term.value
    return f"_:{term.value}" if isinstance(term, BlankNode) else ""


def _write_jsonld(triples: Iterable[Triple], context: Mapping[str, Any]) -> bytes:
    nodes: dict[str, dict[str, Any]] = {}
    for triple in triples:
        node = nodes.setdefault(_plain(triple.subject), {"@id": _plain(triple.subject)})
        if triple.predicate.value == RDF.type:
            node.setdefault("@type", []).append(_plain(triple.object))
        else:
            node.setdefault(triple.predicate.value, []).append(_jsonld_value(triple.object))
    document = jsonld.compact(
        list(nodes.values()), dict(context), {"documentLoader": _no_remote, "graph": True}
    )
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _jsonld_value(term: object) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": _plain(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD.string:
        return {"@value": term.value}
    return {"@value": term.value, "@type": term.datatype.value}


def _no_remote(url: str, options: object) -> dict[str, Any]:
    raise jsonld.JsonLdError(f"the context {url} is not fetched", "loading document failed")
