"""The smallest sources that make a release, to be broken in one place at a time."""

from pathlib import Path

from glokal.publishing.files import SourceFile
from glokal.publishing.sources import Sources, load

THING = "https://w3id.org/glokal/id/kommunforbundet/2017-2021/thing"
SHAPE = "https://w3id.org/glokal/def/shapes#"
TEXT = "data/kommunforbundet/2017-2021/text.ttl"
READING = "data/kommunforbundet/2017-2021/reading.ttl"
SHAPES = "shapes/strategy.ttl"
ONTOLOGY = "ontology/strategy.ttl"
PREFIXES = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/glokal/def/shapes#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix strat: <https://w3id.org/glokal/def/strategy#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
FILES = {
    "data/publication.toml": """name = "small"
version = "1.2.3"
issued = 2026-11-24
base = "https://w3id.org/glokal/"
languages = ["sv", "fi", "en"]
licence = "https://creativecommons.org/licenses/by/4.0/"
title = { sv = "Liten", fi = "Pieni", en = "Small" }
description = { sv = "Liten.", fi = "Pieni.", en = "Small." }
publisher = { iri = "https://w3id.org/glokal/id/glokal", name = "Glokal" }

[rights]
holder = "https://w3id.org/glokal/id/kommunforbundet"
sv = "Fri."
fi = "Vapaa."
en = "Free."
""",
    "ontology/context.jsonld": '{"@context": {"strat": "https://w3id.org/glokal/def/strategy#"}}',
    ONTOLOGY: PREFIXES
    + """
strat:Goal rdfs:subClassOf strat:StrategyElement .

strat:isPartOf rdfs:subPropertyOf dcterms:isPartOf .
""",
    TEXT: PREFIXES
    + f"""
<{THING}> a strat:Goal ;
    skos:prefLabel "Ett \\"mål\\"\\nmed rader"@sv ;
    strat:sequenceNumber 01 , "1"^^xsd:nonNegativeInteger ;
    strat:isPartOf <{THING}/whole> .
""",
    READING: PREFIXES
    + f"""
<{THING}/whole> skos:prefLabel "Helhet"@sv ;
    strat:isPartOf <{THING}/all> .
""",
    SHAPES: PREFIXES
    + """
shape:Goal a sh:NodeShape ;
    sh:targetClass strat:Goal ;
    sh:property shape:Goal-label , shape:Goal-number ;
    sh:sparql shape:Goal-whole .

shape:Goal-label a sh:PropertyShape ;
    dcterms:identifier "D-1" ;
    sh:path skos:prefLabel ;
    sh:minCount 1 ;
    sh:message "Ge målet en etikett."@sv , "Nimeä tavoite."@fi , "Give the goal a label."@en .

shape:Goal-number a sh:PropertyShape ;
    dcterms:identifier "D-2" ;
    sh:path strat:sequenceNumber ;
    sh:severity sh:Warning ;
    sh:or ( shape:integer shape:natural ) ;
    sh:message "Ge ett heltal."@sv , "Anna kokonaisluku."@fi , "Give a whole number."@en .

shape:integer a sh:NodeShape ;
    sh:datatype xsd:integer .

shape:natural a sh:NodeShape ;
    sh:datatype xsd:nonNegativeInteger .

shape:Goal-whole a sh:SPARQLConstraint ;
    dcterms:identifier "D-3" ;
    sh:message "Namnge helheten."@sv , "Nimeä kokonaisuus."@fi , "Name the whole."@en ;
    sh:select \"\"\"
        SELECT $this ?value WHERE {
            $this <https://w3id.org/glokal/def/strategy#isPartOf> ?value .
            FILTER NOT EXISTS {
                ?value <http://www.w3.org/2004/02/skos/core#prefLabel> ?label
            }
        }
    \"\"\" .
""",
}


def write_small(root: Path) -> Path:
    """Write the sources under ``root``."""
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def edited(root: Path, path: str, old: str, new: str) -> Path:
    """The same sources with one passage of one file replaced."""
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new))
    return root


def file_of(sources: Sources, path: str) -> SourceFile:
    return next(file for file in sources.files if file.path == path)


def load_small(root: Path) -> Sources:
    return load(write_small(root))


def silent(step: str) -> None:
    """Takes the steps of a build and says nothing."""
