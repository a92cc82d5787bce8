from pathlib import Path

import pytest
from pyoxigraph import Literal as ExactLiteral
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import BNode, Graph, Literal, URIRef, Variable
from rdflib.namespace import XSD
from tests.publishing.small import TEXT, file_of, load_small

from glokal.formats import DATA_FORMATS
from glokal.publishing.exports import dumps, nquads
from glokal.publishing.files import exact_literals
from glokal.rdf import canonical, canonical_triples, parse_nquads, read_turtle
from glokal.terms import BASE, graph_iri

EXACT = [
    Literal('quote " backslash \\ line\nreturn\rtab\t"""'),
    Literal("é \u2013 \U0001f3d4 \u0007", lang="sv"),
    Literal("01", datatype=XSD.integer, normalize=False),
    Literal("7", datatype=XSD.nonNegativeInteger, normalize=False),
    Literal("x", datatype=XSD.string),
    URIRef("https://example.org/ä#b"),
]


@pytest.mark.parametrize("value", EXACT, ids=repr)
def test_a_term_comes_back_as_it_was(value: Literal | URIRef) -> None:
    graph = Graph()
    graph.add((URIRef("a:s"), URIRef("a:p"), value))
    written = nquads({"text": graph})
    (quad,) = parse_nquads(written)
    assert quad.graph_name == NamedNode(graph_iri("text"))
    assert isinstance(quad.object, NamedNode | ExactLiteral)
    assert quad.object.value == str(value)
    again = Graph()
    with exact_literals():
        again.parse(data=written.decode().replace(f" <{graph_iri('text')}>", ""), format="nt")
    (read,) = again.objects()
    plain = isinstance(value, Literal) and value.datatype == XSD.string
    assert read == (Literal("x") if plain else value)


def test_a_blank_node_keeps_its_name_and_no_other_term_is_written() -> None:
    graph = Graph()
    graph.add((BNode("b1"), URIRef("a:p"), BNode("b1")))
    assert nquads({"text": graph}) == f"_:b1 <a:p> _:b1 <{graph_iri('text')}> .\n".encode()
    graph.add((URIRef("a:s"), URIRef("a:p"), Variable("v")))
    with pytest.raises(TypeError, match=r"no RDF 1\.1 term"):
        nquads({"text": graph})


def test_every_format_is_dumped_and_reads_back_the_same(tmp_path: Path) -> None:
    sources = load_small(tmp_path)
    source = file_of(sources, TEXT).graph
    whole = canonical(parse_nquads(nquads({"text": source})))
    files = dumps(whole, sources.context, BASE)
    assert set(files) == {f"dataset{fmt.suffix}" for fmt in DATA_FORMATS}
    assert canonical(parse_nquads(files["dataset.nq"])) == whole
    triples = canonical_triples(files["dataset.nt"])
    # rdflib reads the short form 01 as 1, so that Turtle is read by the other parser.
    assert canonical_triples(read_turtle(files["dataset.ttl"])[0]) == triples
    for form, name in ((RdfFormat.RDF_XML, "rdf"), (RdfFormat.JSON_LD, "jsonld")):
        assert canonical(parse(files[f"dataset.{name}"], format=form)) == triples, name


def test_only_the_formats_asked_for_are_written(tmp_path: Path) -> None:
    sources = load_small(tmp_path)
    assert set(dumps(b"", sources.context, BASE, ("ttl",))) == {"dataset.ttl"}
