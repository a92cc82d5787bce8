"""The class diagram: every class and relation in it, well-formed, the same each time."""

from xml.etree.ElementTree import Element, fromstring

import pytest
from rdflib import RDF, Graph, URIRef

from glokal.formats import LANGUAGES
from glokal.publishing.classes import classes
from glokal.publishing.diagram import FILES, diagram_files
from glokal.publishing.sources import Sources
from glokal.terms import OWL, RDFS, STRAT

SVG = "{http://www.w3.org/2000/svg}"
SMALL = """
@prefix : <https://w3id.org/glokal/def/strategy#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:Part a owl:Class ; rdfs:subClassOf prov:Entity ; rdfs:label "part"@en .
:Goal a owl:Class ; rdfs:subClassOf :Part , prov:Plan ; rdfs:label "goal"@en .
:Bare a owl:Class ; rdfs:label "bare & <plain>"@en .
:near a owl:ObjectProperty ; schema:domainIncludes :Goal , :Bare ; rdfs:range :Part ;
  rdfs:label "is near"@en .
:year a owl:DatatypeProperty ; rdfs:domain :Goal ; schema:rangeIncludes xsd:gYear .
"""


@pytest.fixture(scope="module")
def ontology(sources: Sources) -> Graph:
    return sources.union("ontology")


@pytest.fixture(scope="module")
def small() -> Graph:
    return Graph().parse(data=SMALL, format="turtle")


def drawn(ontology: Graph, language: str) -> Element:
    return fromstring(diagram_files(ontology)[FILES[language]])


def words(drawing: Element) -> str:
    """All text in the order of the drawing, lines that were cut joined again."""
    return " ".join(" ".join(text.itertext()) for text in drawing.iter(f"{SVG}text")).replace(
        "\N{NO-BREAK SPACE}" * 3, ""
    )


def test_classes_stand_under_others_with_their_relations(small: Graph) -> None:
    bare, entity = classes(small, STRAT.iri, "en")
    assert (bare.name, bare.path) == ("bare & <plain>", "/doc/def/strategy.en.html#Bare")
    assert (entity.name, entity.path, entity.size) == ("prov:Entity", "", 2)
    part = entity.below[0]
    goal = part.below[0]
    assert (goal.local, goal.also) == ("Goal", ("prov:Plan",))
    assert [(member.name, member.targets) for member in goal.members] == [
        ("is near", ("part",)),
        ("strat:year", ("xsd:gYear",)),
    ]


def test_words_are_escaped(small: Graph) -> None:
    assert "bare & <plain>" in words(drawn(small, "en"))


def test_an_ontology_without_classes_has_an_empty_drawing() -> None:
    assert words(drawn(Graph(), "sv")) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_of_ours_is_drawn_once_and_leads_to_its_entry(
    ontology: Graph, language: str
) -> None:
    links = [link.get("href") for link in drawn(ontology, language).iter(f"{SVG}a")]
    every = ontology.subjects(URIRef(RDF.type), URIRef(OWL.Class))
    own = [str(iri).removeprefix(STRAT.iri) for iri in every if str(iri).startswith(STRAT.iri)]
    assert sorted(map(str, links)) == sorted(
        f"/doc/def/strategy.{language}.html#{local}" for local in own
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_relation_is_named(ontology: Graph, language: str) -> None:
    text = words(drawn(ontology, language))
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for prop in ontology.subjects(URIRef(RDF.type), URIRef(kind)):
            if str(prop).startswith(STRAT.iri):
                labels = ontology.objects(prop, URIRef(RDFS.label))
                assert any(f"{label} →" in text for label in labels), prop


@pytest.mark.parametrize("language", LANGUAGES)
def test_boxes_do_not_overlap_and_stay_in_the_picture(ontology: Graph, language: str) -> None:
    drawing = drawn(ontology, language)
    boxes = [
        tuple(int(box.get(name, "")) for name in ("x", "y", "width", "height"))
        for box in drawing.iter(f"{SVG}rect")
    ]
    width, height = int(drawing.get("width", "")), int(drawing.get("height", ""))
    assert len(boxes) > 40
    for n, (x, y, w, h) in enumerate(boxes):
        assert x >= 0 <= y
        assert x + w < width
        assert y + h < height
        for a, b, c, d in boxes[:n]:
            assert x + w <= a or a + c <= x or y + h <= b or b + d <= y


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_a_title_a_text_and_no_script(ontology: Graph, language: str) -> None:
    drawing = drawn(ontology, language)
    ids = (drawing.get("aria-labelledby") or "").split()
    named = {element.get("id"): element.text for element in drawing if element.get("id")}
    assert [bool(named[each]) for each in ids] == [True, True]
    assert not list(drawing.iter(f"{SVG}script"))


def test_it_is_the_same_in_any_order_of_the_triples(ontology: Graph) -> None:
    other = Graph()
    for triple in sorted(ontology, reverse=True):
        other.add(triple)
    assert diagram_files(other) == diagram_files(ontology)
