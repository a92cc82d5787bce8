"""The source document comes back from the graph, byte for byte."""

import hashlib
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from glokal.publishing.fidelity import SourceNotWhole, regenerate, source_documents
from glokal.publishing.sources import Sources
from glokal.terms import OA, RDF, SCHEMA

SOURCE = Path(__file__).parents[1] / "knowledge" / "source.sv.txt"
SHA256 = "603bece7e0531c3dc279f1fe9dd16f11cedb9fa61c104a928de5ad8b5d3444eb"


@pytest.fixture
def text(sources: Sources) -> Graph:
    """The text graph without the text itself: segments and evidence."""
    graph = sources.union("text")
    graph.remove((None, URIRef(SCHEMA.text), None))
    return graph


@pytest.fixture
def document(text: Graph) -> str:
    (found,) = source_documents(text)
    return found


def test_the_document_comes_back_byte_for_byte(text: Graph, document: str) -> None:
    content = regenerate(text, document)
    assert content == SOURCE.read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256


def test_a_segment_of_other_words_is_told(text: Graph, document: str) -> None:
    segment = next(s for s in text.subjects(URIRef(RDF.value)) if str(s).endswith("/segment/S25"))
    words = text.value(segment, URIRef(RDF.value))
    text.set((segment, URIRef(RDF.value), Literal(str(words).replace("ä", "a"), lang="sv")))
    with pytest.raises(SourceNotWhole, match=r"two readings of code point \d+"):
        regenerate(text, document)


def test_a_digest_that_is_another_is_told(text: Graph, document: str) -> None:
    text.set((URIRef(document), URIRef(SCHEMA.sha256), Literal("0" * 64)))
    with pytest.raises(SourceNotWhole, match=f"has the SHA-256 {SHA256}, not 0000"):
        regenerate(text, document)


def _selector(graph: Graph, kind: str, start: int) -> Node:
    """The position selector of a ``segment`` or ``span`` that starts there."""
    return next(
        selector
        for selector, value in graph.subject_objects(URIRef(OA.start))
        if f"/{kind}/" in str(selector) and int(str(value)) == start
    )


@pytest.mark.parametrize("start", ["-1", "twelve", "1.5", ""])
def test_a_start_that_is_no_position_is_told(text: Graph, document: str, start: str) -> None:
    text.set((_selector(text, "segment", 33), URIRef(OA.start), Literal(start)))
    with pytest.raises(SourceNotWhole, match=f"/segment/S02: starts at “{start}”, which is no"):
        regenerate(text, document)


def test_a_start_with_more_before_it_than_there_is_is_told(text: Graph, document: str) -> None:
    text.set((_selector(text, "span", 33), URIRef(OA.start), Literal(3)))
    with pytest.raises(SourceNotWhole, match="/span/33-70: starts at 3, with 32 code points"):
        regenerate(text, document)


def test_white_space_that_nothing_tells_is_missed(text: Graph, document: str) -> None:
    for term in (OA.exact, OA.prefix, OA.suffix):
        text.remove((None, URIRef(term), None))
    with pytest.raises(SourceNotWhole, match="nothing tells code point 31"):
        regenerate(text, document)
