"""The source document made again from its segments and its evidence, to the code point."""

import hashlib
import re
from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from glokal.errors import GlokalError
from glokal.terms import OA, RDF, SCHEMA, STRAT


class SourceNotWhole(GlokalError):
    """The graph does not hold the source document whole, or holds two readings of it."""

    title = "Source document not whole"


def source_documents(graph: Graph) -> list[str]:
    """The IRIs of the source documents of a graph, in order."""
    kind = URIRef(STRAT.StrategyDocument)
    return sorted(str(document) for document in graph.subjects(URIRef(RDF.type), kind))


def regenerate(graph: Graph, document: str) -> bytes:
    """The source document in UTF-8, byte for byte, without reading the text kept with it.

    Segments give the words at their positions, evidence the words around it: together they
    hold every code point of the document, the white space between sentences too.

    Args:
        graph: the text graph.
        document: the IRI of a source document.

    Raises:
        SourceNotWhole: a position is no whole number from 0, a code point is missing or told in
            two ways, or the whole is not what the SHA-256 of the document says; the message
            names the place.
    """
    text = "".join(_code_points(graph, URIRef(document)))
    content = text.encode()
    digest = hashlib.sha256(content).hexdigest()
    expected = str(graph.value(URIRef(document), URIRef(SCHEMA.sha256)))
    if digest != expected:
        raise SourceNotWhole(f"{document}: the text has the SHA-256 {digest}, not {expected}")
    return content


def _code_points(graph: Graph, document: URIRef) -> Iterator[str]:
    known: dict[int, str] = {}
    for start, words in _quoted(graph, document):
        for position, character in enumerate(words, start):
            if known.setdefault(position, character) != character:
                raise SourceNotWhole(f"{document}: two readings of code point {position}")
    for position in range(max(known, default=-1) + 1):
        if position not in known:
            raise SourceNotWhole(f"{document}: nothing tells code point {position}")
        yield known[position]


def _quoted(graph: Graph, document: URIRef) -> Iterator[tuple[int, str]]:
    """Each stretch of the document that the graph quotes, with the position of its start."""
    for part in graph.subjects(URIRef(OA.hasSource), document):
        selectors = list(graph.objects(part, URIRef(OA.hasSelector)))
        starts = [
            _position(part, start)
            for selector in selectors
            for start in graph.objects(selector, URIRef(OA.start))
        ]
        words = graph.value(part, URIRef(RDF.value))
        if starts and words is not None:
            yield starts[0], str(words)
        for selector in selectors:
            if starts and (selector, URIRef(OA.exact), None) in graph:
                before, exact, after = (
                    _text(graph, selector, term) for term in (OA.prefix, OA.exact, OA.suffix)
                )
                if starts[0] < len(before):
                    raise SourceNotWhole(
                        f"{part}: starts at {starts[0]}, with {len(before)} code points before it"
                    )
                yield starts[0] - len(before), before + exact + after


def _position(part: Node, value: Node) -> int:
    if not re.fullmatch("[0-9]+", str(value)):
        raise SourceNotWhole(f"{part}: starts at “{value}”, which is no whole number from 0")
    return int(str(value))


def _text(graph: Graph, selector: Node, predicate: str) -> str:
    value = graph.value(selector, URIRef(predicate))
    return str(value) if isinstance(value, Literal) else ""
