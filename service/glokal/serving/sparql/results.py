"""The answer of a query as bytes, in the format that was asked for and within a limit."""

import io
import time
from collections.abc import Mapping
from typing import Any

from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)

from glokal.errors import NotAcceptable, ResultTooLarge
from glokal.formats import (
    CSV,
    JSONLD,
    NQUADS,
    NTRIPLES,
    RDF_FORMATS,
    RDFXML,
    RESULT_FORMATS,
    RESULTS_JSON,
    RESULTS_TSV,
    RESULTS_XML,
    TRIG,
    TURTLE,
    Format,
)
from glokal.serving.sparql.protocol import Answer, Query

RESULT_WRITERS = {
    RESULTS_JSON: QueryResultsFormat.JSON,
    RESULTS_XML: QueryResultsFormat.XML,
    CSV: QueryResultsFormat.CSV,
    RESULTS_TSV: QueryResultsFormat.TSV,
}
GRAPH_WRITERS = {
    TURTLE: RdfFormat.TURTLE,
    JSONLD: RdfFormat.JSON_LD,
    RDFXML: RdfFormat.RDF_XML,
    NTRIPLES: RdfFormat.N_TRIPLES,
    TRIG: RdfFormat.TRIG,
    NQUADS: RdfFormat.N_QUADS,
}
BOOLEAN_TABLES = {CSV: "boolean\r\n{}\r\n", RESULTS_TSV: "?boolean\n{}\n"}
"""The CSV and TSV formats leave ASK undefined: here it is a table of one column and row."""


class Sink(io.BytesIO):
    """A file in memory that takes a number of bytes and no more."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit
        self.began: float | None = None

    def write(self, data: Any, /) -> int:
        """Take some bytes.

        Raises:
            ResultTooLarge: they are more than what is left.
        """
        if self.began is None:
            self.began = time.monotonic()
        if self.tell() + memoryview(data).nbytes > self.limit:
            raise ResultTooLarge(
                f"The result is larger than {self.limit:,} bytes; ask for less, for instance "
                "page by page with ORDER BY, LIMIT and OFFSET."
            )
        return super().write(data)

    @property
    def age(self) -> float:
        """The seconds since the first bytes came."""
        return 0.0 if self.began is None else time.monotonic() - self.began


def write(
    found: QuerySolutions | QueryBoolean | QueryTriples,
    query: Query,
    prefixes: Mapping[str, str],
    limit: int,
) -> Answer:
    """Write what the engine found.

    Args:
        found: bindings, a boolean or triples, read to their end here.
        query: the formats that its sender can read.
        prefixes: used to shorten IRIs in graphs.
        limit: the largest body in bytes.

    Raises:
        NotAcceptable: no format was given for what was found.
        ResultTooLarge: the body would be larger than the limit.
    """
    if isinstance(found, QuerySolutions):
        return _write_bindings(found, query, limit)
    if isinstance(found, QueryBoolean):
        return _write_boolean(found, query)
    return _write_graph(found, query, prefixes, limit)


def _write_bindings(solutions: QuerySolutions, query: Query, limit: int) -> Answer:
    fmt = _wanted(query.results, RESULT_FORMATS, "a table of results")
    sink = Sink(limit)
    solutions.serialize(sink, format=RESULT_WRITERS[fmt])
    return Answer("bindings", fmt.content_type, sink.getvalue(), serialised=sink.age)


def _write_boolean(boolean: QueryBoolean, query: Query) -> Answer:
    fmt = _wanted(query.results, RESULT_FORMATS, "true or false")
    table = BOOLEAN_TABLES.get(fmt)
    if table:
        body = table.format("true" if boolean else "false").encode()
    else:
        body = boolean.serialize(format=RESULT_WRITERS[fmt]) or b""
    return Answer("boolean", fmt.content_type, body)


def _write_graph(
    triples: QueryTriples, query: Query, prefixes: Mapping[str, str], limit: int
) -> Answer:
    fmt = _wanted(query.graph, RDF_FORMATS, "an RDF graph")
    sink = Sink(limit)
    quads = (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    serialize(quads, sink, format=GRAPH_WRITERS[fmt], prefixes=dict(prefixes))
    return Answer("graph", fmt.content_type, sink.getvalue(), serialised=sink.age)


def _wanted(key: str | None, offers: tuple[Format, ...], what: str) -> Format:
    for offer in offers:
        if offer.key == key:
            return offer
    names = ", ".join(offer.media_type for offer in offers)
    raise NotAcceptable(f"This query gives {what}, which can be had as {names}.")
