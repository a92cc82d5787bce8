"""The service description of the endpoint (https://www.w3.org/TR/sparql11-service-description/)."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from glokal.release import Manifest
from glokal.terms import FORMATS, GRAPHS, RDF, SD, VOID, XSD, graph_iri

RESULT_FORMATS = tuple(FORMATS)


def describe_service(manifest: Manifest) -> list[Quad]:
    """What the endpoint is, what it can write, and which named graphs it answers from.

    Every resource has an IRI: fragments of the endpoint's own.
    """
    endpoint = f"{manifest.base}sparql"
    links = [
        (endpoint, RDF.type, SD.Service),
        (endpoint, SD.endpoint, endpoint),
        (endpoint, SD.supportedLanguage, SD.SPARQL11Query),
        (endpoint, SD.feature, SD.UnionDefaultGraph),
        *((endpoint, SD.resultFormat, fmt) for fmt in RESULT_FORMATS),
        (endpoint, SD.defaultDataset, f"{endpoint}#dataset"),
        (f"{endpoint}#dataset", RDF.type, SD.Dataset),
        (f"{endpoint}#dataset", SD.defaultGraph, f"{endpoint}#default"),
        (f"{endpoint}#default", RDF.type, SD.Graph),
        *_named_graphs(manifest, endpoint),
    ]
    quads = [Quad(NamedNode(s), NamedNode(p), NamedNode(o)) for s, p, o in links]
    return quads + list(_counts(manifest, endpoint))


def _named_graphs(manifest: Manifest, endpoint: str) -> Iterator[tuple[str, str, str]]:
    for key in _keys(manifest):
        named = f"{endpoint}#named-{key}"
        yield f"{endpoint}#dataset", SD.namedGraph, named
        yield named, RDF.type, SD.NamedGraph
        yield named, SD.name, graph_iri(key, manifest.base)
        yield named, SD.graph, f"{endpoint}#graph-{key}"
        yield f"{endpoint}#graph-{key}", RDF.type, SD.Graph


def _counts(manifest: Manifest, endpoint: str) -> Iterator[Quad]:
    sizes = {f"{endpoint}#graph-{key}": manifest.counts[key] for key in _keys(manifest)}
    if "triples" in manifest.counts:
        sizes[f"{endpoint}#default"] = manifest.counts["triples"]
    for graph, size in sizes.items():
        number = Literal(str(size), datatype=NamedNode(XSD.integer))
        yield Quad(NamedNode(graph), NamedNode(VOID.triples), number)


def _keys(manifest: Manifest) -> list[str]:
    return [key for key in GRAPHS if key in manifest.counts]
