"""The Turtle of a quotation, so that no editor counts code points by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rdflib import Graph, URIRef

from glokal.errors import GlokalError
from glokal.publishing.passages import CONTEXT, Passage, difference, named, nearest, occurrences
from glokal.publishing.sources import Sources
from glokal.publishing.turtle import Block, literal, turtle
from glokal.terms import OA, SCHEMA

RFC_5147 = "http://tools.ietf.org/rfc/rfc5147"


class NotQuoted(GlokalError):
    """The words stand in no source document, or across two of its segments."""

    title = "No such words in the source"


@dataclass(frozen=True)
class Quotation:
    """Words of a document: where they stand, and the segment that they stand in.

    ``known`` tells whether the span is described already.
    """

    document: str
    text: str
    segment: str
    passage: Passage
    known: bool = False

    @property
    def iri(self) -> str:
        """The IRI of the span, which carries its position."""
        return f"{self.document}/span/{self.passage.start}-{self.passage.end}"


def quotations(sources: Sources, words: str) -> list[Quotation]:
    """Every place where the words stand within one segment of a source document.

    Raises:
        NotQuoted: there is none; the message has the passage that is most like them.
    """
    graph = sources.union("text")
    texts = {str(d): str(t) for d, t in graph.subject_objects(URIRef(SCHEMA.text))}
    found = [
        Quotation(document, text, segment, passage)
        for document, text in sorted(texts.items())
        for passage in occurrences(text, words)
        for segment in _segments(graph, document, passage)
    ]
    if not found:
        raise NotQuoted(_why(texts, words))
    return [replace(one, known=(URIRef(one.iri), None, None) in graph) for one in found]


def quotation_turtle(quotation: Quotation) -> str:
    """The span with its three selectors, to be appended to ``evidence.ttl``."""
    start, end = quotation.passage.start, quotation.passage.end
    text, span = quotation.text, quotation.iri
    return turtle(
        (
            Block(
                span,
                "oa:SpecificResource",
                (
                    ("oa:hasSource", f"<{quotation.document}>"),
                    ("dcterms:isPartOf", f"<{quotation.segment}>"),
                    ("oa:hasSelector", f"<{span}#quote> , <{span}#position> , <{span}#fragment>"),
                ),
            ),
            Block(
                f"{span}#quote",
                "oa:TextQuoteSelector",
                (
                    ("oa:exact", literal(quotation.passage.words)),
                    ("oa:prefix", literal(text[max(0, start - CONTEXT) : start])),
                    ("oa:suffix", literal(text[end : end + CONTEXT])),
                ),
            ),
            Block(
                f"{span}#position",
                "oa:TextPositionSelector",
                (("oa:start", str(start)), ("oa:end", str(end))),
            ),
            Block(
                f"{span}#fragment",
                "oa:FragmentSelector",
                (
                    ("rdf:value", literal(f"char={start},{end}")),
                    ("dcterms:conformsTo", f"<{RFC_5147}>"),
                ),
            ),
        )
    )


def _segments(graph: Graph, document: str, passage: Passage) -> Iterator[str]:
    """The segments of a document that hold a passage whole."""
    selected = map(str, graph.subjects(URIRef(OA.hasSource), URIRef(document)))
    for segment in sorted(iri for iri in selected if "/segment/" in iri):
        for selector in graph.objects(URIRef(segment), URIRef(OA.hasSelector)):
            start, end = (graph.value(selector, URIRef(p)) for p in (OA.start, OA.end))
            if int(str(start)) <= passage.start and passage.end <= int(str(end)):
                yield segment


def _why(texts: dict[str, str], words: str) -> str:
    if any(words in text for text in texts.values()):
        return f"“{words}” runs over two segments; quote from one of them"
    near = (nearest(text, words) for text in texts.values())
    passage = next(filter(None, near), None)
    if passage is None:
        return f"“{words}” stands in no source document"
    told = f"“{words}” stands in no source document; nearest is “{passage.words}”"
    parted = difference(words, passage.words)
    if parted and parted.found and parted.expected:
        told += f" (sign {parted.place}: {named(parted.expected)}, not {named(parted.found)})"
    return told
