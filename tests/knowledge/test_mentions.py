"""What each sentence names: as it was read, and what rule D-203 takes for a name."""

import csv
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from tests.knowledge.rules import SHAPES

from glokal.publishing.sources import Sources
from glokal.terms import BASE, OA, PREFIXES, RDF, SCHEMA, SH, SKOS

READ = Path(__file__).with_name("mentions.tsv")
DOCUMENT = f"{BASE}id/kommunforbundet/2017-2021/document/webbsida-sv"
SPACES = {"id": f"{BASE}id/", "def": f"{BASE}def/", "yso": "http://www.yso.fi/onto/yso/"}
D_203 = URIRef("https://w3id.org/glokal/def/shapes#Mention-unfounded")


def reading() -> list[tuple[str, list[str]]]:
    with READ.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [(row["segment"], (row["mentions"] or "").split()) for row in rows]


def iri(name: str) -> str:
    """``id:…``, ``def:…`` or ``yso:…`` of the table as an IRI."""
    space, _, rest = name.partition(":")
    return SPACES[space] + rest


@pytest.mark.parametrize(("segment", "mentions"), reading())
def test_a_segment_mentions_what_was_read(
    sources: Sources, segment: str, mentions: list[str]
) -> None:
    subject = URIRef(f"{DOCUMENT}/segment/{segment}")
    found = sources.union("text").objects(subject, URIRef(SCHEMA.mentions))
    assert sorted(map(str, found)) == sorted(map(iri, mentions))


def refused(words: str, *labels: str) -> bool:
    """Whether D-203 finds no name of a thing with these labels among the words."""
    document, segment, thing = (URIRef(f"https://example.org/{n}") for n in ("d", "s", "t"))
    graph = Graph()
    graph.add((segment, URIRef(OA.hasSource), document))
    graph.add((segment, URIRef(RDF.value), Literal(words, lang="sv")))
    graph.add((segment, URIRef(SCHEMA.mentions), thing))
    for label in labels:
        graph.add((thing, URIRef(SKOS.altLabel), Literal(label, lang="sv")))
    query = str(SHAPES.value(D_203, URIRef(f"{SH.iri}select")))
    return bool(list(graph.query(query, initNs=PREFIXES, initBindings={"this": document})))


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Finlands framgång", "Finland"),
        ("i samarbete med kommunerna", "kommuner"),
        ("i samarbete med kommunerna", "samarbete"),
        ("stöder sig på intelligent teknologi.", "intelligent teknologi"),
        ("Den intelligenta teknologin", "intelligent teknologi"),
        ("Kommunförbundets ”strategi”", "strategi"),
        ("kultur (ny)", "kultur (ny)"),
    ],
)
def test_a_name_is_found_in_its_forms(words: str, label: str) -> None:
    assert not refused(words, label)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("kommunerna och landskapen", "nya landskap"),
        ("det nationella", "alla"),
        ("på regional nivå", "lokal nivå"),
        ("ett välfärdssamhälle", "välfärd"),
        ("en verksamhetskultur", "kultur"),
        ("Kommunförbundet", "kommun"),
    ],
)
def test_a_word_that_only_holds_a_part_of_a_name_is_none(words: str, label: str) -> None:
    assert refused(words, label)


def test_one_name_of_several_is_enough() -> None:
    assert not refused("skapas lokalt", "lokal nivå", "lokalt")
