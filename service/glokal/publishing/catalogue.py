"""The catalogue graph: what is published, by whom, where to get it (DCAT 3, VoID)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rdflib import Graph, Literal, URIRef

from glokal.formats import DATA_FORMATS, LANGUAGES, RDF_FORMATS, Format
from glokal.publishing.descriptions import CATALOGUE, GRAPH_DESCRIPTIONS, SERVICE, Described
from glokal.publishing.executables import executables
from glokal.publishing.publication import rights_holders
from glokal.queries import ExampleQuery
from glokal.terms import (
    BASE,
    DCAT,
    DCTERMS,
    FOAF,
    GRAPHS,
    PROV,
    RDF,
    RDFS,
    STRAT,
    VCARD,
    VOID,
    XSD,
    graph_iri,
)

Value = URIRef | Literal
Pair = tuple[str, Value]
AUTHORITY = "http://publications.europa.eu/resource/authority/"
LANGUAGE_IRIS = {"sv": "SWE", "fi": "FIN", "en": "ENG"}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
CATALOGUE_IRI = f"{BASE}id/catalogue"
SERVICE_IRI = f"{BASE}id/service/sparql"
ENDPOINT = f"{BASE}sparql"


def catalogue(
    publication: Mapping[str, Any],
    version: str,
    counts: Mapping[str, int],
    queries: Iterable[ExampleQuery] = (),
) -> Graph:
    """Describe a version of the publication; no blank nodes, no date but that of issue.

    Args:
        publication: the content of ``data/publication.toml``.
        version: the version of the release.
        counts: the triples of each graph by key, and ``triples`` of their union; what is
            not counted is not stated.
        queries: the example queries.
    """
    dataset = dataset_iri(publication)
    graph = executables(queries, ENDPOINT)
    listed = sorted(node for node in graph.subjects(unique=True) if isinstance(node, URIRef))
    _add(graph, CATALOGUE_IRI, _catalogue(publication, dataset, listed))
    _add(graph, dataset, _dataset(publication, version, counts))
    for fmt in DATA_FORMATS:
        distribution = _distribution_iri(publication, fmt)
        _add(graph, distribution, _distribution(publication, version, fmt))
    _add(graph, SERVICE_IRI, _service(publication, dataset))
    for key in GRAPHS:
        _add(graph, graph_iri(key), _graph(key, counts))
    _add(graph, publication["publisher"]["iri"], _publisher(publication))
    _add(graph, _contact_iri(publication), _contact(publication))
    _add(graph, publication["licence"], iter([(RDF.type, URIRef(DCTERMS.LicenseDocument))]))
    return graph


def dataset_iri(publication: Mapping[str, Any]) -> str:
    """The IRI of the dataset that the publication is."""
    return f"{BASE}id/dataset/{publication['name']}"


def _catalogue(
    publication: Mapping[str, Any], dataset: str, listed: Iterable[URIRef]
) -> Iterator[Pair]:
    yield RDF.type, URIRef(DCAT.Catalog)
    yield from _described(CATALOGUE)
    yield from _terms_of_use(publication)
    yield from _languages()
    yield FOAF.homepage, URIRef(BASE)
    yield DCAT.dataset, URIRef(dataset)
    yield DCAT.service, URIRef(SERVICE_IRI)
    for item in listed:
        yield DCTERMS.hasPart, item


def _dataset(
    publication: Mapping[str, Any], version: str, counts: Mapping[str, int]
) -> Iterator[Pair]:
    yield RDF.type, URIRef(DCAT.Dataset)
    yield RDF.type, URIRef(VOID.Dataset)
    yield from _texts(DCTERMS.title, publication["title"])
    yield from _texts(DCTERMS.description, publication["description"])
    yield from _texts(DCTERMS.rights, publication["rights"])
    yield from _terms_of_use(publication)
    yield from _languages()
    yield DCTERMS.identifier, Literal(publication["name"])
    yield DCTERMS.issued, Literal(publication["issued"], datatype=URIRef(XSD.date))
    for holder in rights_holders(publication):
        yield DCTERMS.rightsHolder, URIRef(holder)
    yield DCTERMS.accessRights, URIRef(f"{AUTHORITY}access-right/PUBLIC")
    yield DCTERMS.conformsTo, URIRef(STRAT.iri.removesuffix("#"))
    yield DCAT.theme, URIRef(f"{AUTHORITY}data-theme/GOVE")
    yield from _coverage(publication)
    yield DCAT.version, Literal(version)
    yield DCAT.landingPage, URIRef(BASE)
    yield DCAT.contactPoint, URIRef(_contact_iri(publication))
    for fmt in DATA_FORMATS:
        yield DCAT.distribution, _distribution_iri(publication, fmt)
    yield from _void(version, counts)


def _coverage(publication: Mapping[str, Any]) -> Iterator[Pair]:
    for subject in publication.get("subjects", ()):
        yield DCTERMS.subject, URIRef(subject)
    if "spatial" in publication:
        yield DCTERMS.spatial, URIRef(publication["spatial"])


def _void(version: str, counts: Mapping[str, int]) -> Iterator[Pair]:
    yield VOID.sparqlEndpoint, URIRef(ENDPOINT)
    yield VOID.uriSpace, Literal(BASE)
    yield VOID.vocabulary, URIRef(STRAT.iri)
    for fmt in RDF_FORMATS:
        yield VOID.dataDump, _dump(version, fmt)
    for key in GRAPHS:
        yield VOID.subset, URIRef(graph_iri(key))
    yield from _triples(counts, "triples")


def _distribution(publication: Mapping[str, Any], version: str, fmt: Format) -> Iterator[Pair]:
    yield RDF.type, URIRef(DCAT.Distribution)
    yield from _texts(DCTERMS.title, dict.fromkeys(LANGUAGES, fmt.label))
    yield DCTERMS.license, URIRef(publication["licence"])
    yield DCAT.accessURL, URIRef(f"{BASE}releases/{version}/")
    yield DCAT.downloadURL, _dump(version, fmt)
    yield DCAT.mediaType, URIRef(MEDIA_TYPES + fmt.media_type)


def _service(publication: Mapping[str, Any], dataset: str) -> Iterator[Pair]:
    yield RDF.type, URIRef(DCAT.DataService)
    yield from _described(SERVICE)
    yield from _terms_of_use(publication)
    yield DCAT.endpointURL, URIRef(ENDPOINT)
    yield DCAT.servesDataset, URIRef(dataset)
    yield DCTERMS.conformsTo, URIRef("http://www.w3.org/TR/sparql11-protocol/")


def _graph(key: str, counts: Mapping[str, int]) -> Iterator[Pair]:
    yield RDF.type, URIRef(VOID.Dataset)
    yield from _texts(RDFS.label, GRAPH_DESCRIPTIONS[key].label)
    yield from _texts(DCTERMS.description, GRAPH_DESCRIPTIONS[key].description)
    yield from _triples(counts, key)


def _publisher(publication: Mapping[str, Any]) -> Iterator[Pair]:
    yield RDF.type, URIRef(FOAF.Organization)
    yield RDF.type, URIRef(PROV.Agent)
    yield FOAF.name, Literal(publication["publisher"]["name"])
    yield from _email(FOAF.mbox, publication)
    yield FOAF.homepage, URIRef(BASE)


def _contact(publication: Mapping[str, Any]) -> Iterator[Pair]:
    yield RDF.type, URIRef(VCARD.Organization)
    yield VCARD.fn, Literal(publication["publisher"]["name"])
    yield VCARD.hasURL, URIRef(BASE)
    yield from _email(VCARD.hasEmail, publication)


def _email(predicate: str, publication: Mapping[str, Any]) -> Iterator[Pair]:
    address = publication["publisher"].get("email")
    if address:
        yield predicate, URIRef(f"mailto:{address}")


def _described(described: Described) -> Iterator[Pair]:
    yield from _texts(DCTERMS.title, described.label)
    yield from _texts(DCTERMS.description, described.description)


def _terms_of_use(publication: Mapping[str, Any]) -> Iterator[Pair]:
    yield DCTERMS.publisher, URIRef(publication["publisher"]["iri"])
    yield DCTERMS.license, URIRef(publication["licence"])


def _languages() -> Iterator[Pair]:
    for code in LANGUAGES:
        yield DCTERMS.language, URIRef(f"{AUTHORITY}language/{LANGUAGE_IRIS[code]}")


def _texts(predicate: str, texts: Mapping[str, str]) -> Iterator[Pair]:
    for code in LANGUAGES:
        yield predicate, Literal(texts[code], lang=code)


def _triples(counts: Mapping[str, int], key: str) -> Iterator[Pair]:
    if key in counts:
        yield VOID.triples, Literal(str(counts[key]), datatype=URIRef(XSD.integer))


def _dump(version: str, fmt: Format) -> URIRef:
    return URIRef(f"{BASE}releases/{version}/dataset{fmt.suffix}")


def _distribution_iri(publication: Mapping[str, Any], fmt: Format) -> URIRef:
    return URIRef(f"{dataset_iri(publication)}/distribution/{fmt.key}")


def _contact_iri(publication: Mapping[str, Any]) -> str:
    return f"{publication['publisher']['iri']}#contact"


def _add(graph: Graph, iri: str, pairs: Iterator[Pair]) -> None:
    for predicate, value in pairs:
        graph.add((URIRef(iri), URIRef(predicate), value))
