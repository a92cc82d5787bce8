"""/def/strategy: an ontology that any OWL tool can open, in every format."""

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from tests.http.browser import Browser

from glokal.formats import DATA_FORMATS, LANGUAGES, Format
from glokal.release import Release
from glokal.terms import RDF as NAMES_OF_RDF

PARSERS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}
KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
RESERVED = tuple(str(space) for space in (RDF, RDFS, OWL))


@pytest.fixture(scope="module")
def ontology(site: Browser) -> Graph:
    """The ontology as Protégé asks for it."""
    seen = site.get("/def/strategy", accept="application/rdf+xml")
    answer = site.get(seen.headers["location"])
    return Graph().parse(data=answer.content, format="xml")


@pytest.mark.parametrize("fmt", [f for f in DATA_FORMATS if f.key != "csv"], ids=lambda f: f.key)
@pytest.mark.parametrize("path", ["/def/strategy", "/def/strategy/1.0.0"])
def test_the_ontology_and_its_version_come_in_every_format(
    site: Browser, path: str, fmt: Format
) -> None:
    answer = site.get(path, accept=fmt.media_type)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/doc/def/strategy{fmt.suffix}",
    )


def test_all_formats_say_the_same(site: Browser, ontology: Graph) -> None:
    said = {
        key: {q.triple for q in parse(site.get(f"/doc/def/strategy.{key}").content, format=fmt)}
        for key, fmt in PARSERS.items()
    }
    assert all(triples == said["rdf"] for triples in said.values())
    assert len(ontology) == len(said["rdf"]) > 1500


def test_it_has_one_header_with_its_version(ontology: Graph, release: Release) -> None:
    iri = URIRef(f"{release.manifest.base}def/strategy")
    assert list(ontology.subjects(RDF.type, OWL.Ontology)) == [iri]
    number = ontology.value(iri, OWL.versionInfo)
    assert ontology.value(iri, OWL.versionIRI) == URIRef(f"{iri}/{number}")


def test_everything_that_it_uses_is_declared_in_it(ontology: Graph) -> None:
    declared = {p for kind in KINDS for p in ontology.subjects(RDF.type, kind)}
    used = {p for p in ontology.predicates() if not str(p).startswith(RESERVED)}
    assert used <= declared
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    types = {t for t in ontology.objects(None, RDF.type) if not str(t).startswith(RESERVED)}
    supers = set(ontology.objects(None, RDFS.subClassOf)) | set(ontology.objects(None, RDFS.domain))
    assert types | supers <= classes


def test_a_term_has_one_kind_and_values_that_fit_it(ontology: Graph) -> None:
    kinds = (OWL.Class, *KINDS)
    for term in ontology.subjects(unique=True):
        assert len({*ontology.objects(term, RDF.type)} & {*kinds}) <= 1, term
    for prop in ontology.subjects(RDF.type, OWL.ObjectProperty):
        assert not [v for v in ontology.objects(None, prop) if isinstance(v, Literal)], prop


def test_nothing_in_it_troubles_a_reasoner(ontology: Graph, release: Release) -> None:
    reserved = URIRef(NAMES_OF_RDF.Statement)
    assert not list(ontology.subjects(RDFS.subClassOf, reserved))
    ours = {str(s) for s in ontology.subjects() if str(s).startswith(release.manifest.base)}
    assert not [iri for iri in ours if not iri.startswith(f"{release.manifest.base}def/")]


def test_it_says_nothing_of_the_terms_of_others_but_what_they_are(
    ontology: Graph, release: Release
) -> None:
    axioms = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith)
    for axiom in axioms:
        subjects = {str(s) for s in ontology.subjects(axiom)}
        assert all(s.startswith(f"{release.manifest.base}def/strategy#") for s in subjects)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_diagram_has_an_address_and_its_own_colours(
    site: Browser, release: Release, language: str
) -> None:
    version = release.manifest.version
    seen = site.get(f"/releases/latest/ontology.{language}.svg")
    assert seen.headers["location"] == f"/releases/{version}/ontology.{language}.svg"
    answer = site.get(seen.headers["location"])
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "style-src 'unsafe-inline'" in answer.headers["content-security-policy"]
    assert "prefers-color-scheme:dark" in answer.text
