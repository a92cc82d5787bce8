"""The files of a release, as bytes: dumps in every format, report and context."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from glokal.formats import DATA_FORMATS, TURTLE
from glokal.publishing.findings import Report
from glokal.rdf import parse_nquads, serialise
from glokal.terms import XSD, graph_iri

CONTEXT_FILE = "context.jsonld"
REPORT_FILES = ("report.json", "report.ttl")
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
"""What canonical N-Quads escape in a literal; all else is written as it is."""


def nquads(graphs: Mapping[str, Graph]) -> bytes:
    """N-Quads of named graphs, given by key, every term exactly as rdflib holds it.

    Our own writer, of a dozen lines, because rdflib's shortens and rewrites some literals.
    """
    lines = (line for key in graphs for line in _lines(graphs[key], f"<{graph_iri(key)}>"))
    return "".join(lines).encode()


def dumps(
    canonical_nquads: bytes, context: Mapping[str, Any], base: str, keys: tuple[str, ...] = ()
) -> dict[str, bytes]:
    """The whole dataset in each format, or in those of the given keys, by file name.

    Args:
        canonical_nquads: the dataset.
        context: the JSON-LD context, with its ``@context`` key.
        base: the base IRI that the dataset is written with.
        keys: keys of ``formats.DATA_FORMATS``; none means all.
    """
    quads = parse_nquads(canonical_nquads)
    return {
        f"dataset{fmt.suffix}": serialise(quads, fmt, context, base)
        for fmt in DATA_FORMATS
        if not keys or fmt.key in keys
    }


def report_files(report: Report, iri: str, base: str) -> dict[str, bytes]:
    """The validation report as JSON and as Turtle, by file name."""
    return {"report.json": report.to_json(), "report.ttl": report_turtle(report, iri, base)}


def report_turtle(report: Report, iri: str, base: str) -> bytes:
    """The validation report as Turtle; ``iri`` names it."""
    lines = "".join(_lines(report.to_graph(iri), ""))
    return serialise(parse_nquads(lines.encode()), TURTLE, {}, base)


def context_file(context: Mapping[str, Any]) -> bytes:
    """The JSON-LD context as it is published."""
    return json.dumps(context, ensure_ascii=False, indent=1).encode() + b"\n"


def _lines(graph: Graph, name: str) -> Iterator[str]:
    for subject, predicate, value in graph:
        terms = " ".join(filter(None, (_term(subject), _term(predicate), _term(value), name)))
        yield f"{terms} .\n"


def _term(term: Node) -> str:
    if isinstance(term, URIRef):
        return f"<{term}>"
    if isinstance(term, BNode):
        return f"_:{term}"
    if not isinstance(term, Literal):
        raise TypeError(f"{term!r} is no RDF 1.1 term")
    text = f'"{str(term).translate(ESCAPES)}"'
    if term.language:
        return f"{text}@{term.language}"
    datatype = str(term.datatype or XSD.string)
    return text if datatype == XSD.string else f"{text}^^<{datatype}>"
