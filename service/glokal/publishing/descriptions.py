"""The fixed wording of the catalogue, in three languages."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Described:
    """A label and one sentence of description, by language."""

    label: Mapping[str, str]
    description: Mapping[str, str]


CATALOGUE = Described(
    {"sv": "Glokals katalog", "fi": "Glokalin luettelo", "en": "The Glokal catalogue"},
    {
        "sv": "Strategier som kunskapsgrafer: datamängder, filer och tjänster.",
        "fi": "Strategioita tietämysgraafeina: tietoaineistot, tiedostot ja palvelut.",
        "en": "Strategies as knowledge graphs: datasets, files and services.",
    },
)
SERVICE = Described(
    {"sv": "SPARQL-tjänst", "fi": "SPARQL-palvelu", "en": "SPARQL service"},
    {
        "sv": "Frågor i SPARQL 1.1 mot alla grafer; standardgrafen är deras union.",
        "fi": "SPARQL 1.1 -kyselyt kaikkiin graafeihin; oletusgraafi on niiden yhdiste.",
        "en": "Queries in SPARQL 1.1 over all graphs; the default graph is their union.",
    },
)
GRAPH_DESCRIPTIONS: Mapping[str, Described] = {
    "text": Described(
        {"sv": "Texten", "fi": "Teksti", "en": "The text"},
        {
            "sv": "Det som källan säger: dokumentet, dess meningar och uttryckliga påståenden "
            "med belägg.",
            "fi": "Mitä lähde sanoo: asiakirja, sen virkkeet ja suorat väittämät perusteineen.",
            "en": "What the source says: the document, its sentences, and explicit statements "
            "with their evidence.",
        },
    ),
    "reading": Described(
        {"sv": "Läsningen", "fi": "Luenta", "en": "The reading"},
        {
            "sv": "Det som redaktören läser ut: underförstådda påståenden, redaktionella "
            "etiketter och projektets översättningar.",
            "fi": "Mitä toimittaja lukee tekstistä: epäsuorat väittämät, toimitukselliset nimet "
            "ja hankkeen käännökset.",
            "en": "What the editor reads in it: implicit statements, editorial labels and the "
            "project's translations.",
        },
    ),
    "context": Described(
        {"sv": "Sammanhanget", "fi": "Asiayhteys", "en": "The context"},
        {
            "sv": "Fakta från annat håll, vart och ett med sin egen källa.",
            "fi": "Muualta saadut tiedot, kukin omine lähteineen.",
            "en": "Facts from elsewhere, each with its own source.",
        },
    ),
    "interpretation": Described(
        {"sv": "Tolkningen", "fi": "Tulkinta", "en": "The interpretation"},
        {
            "sv": "Länkar som en redaktör har gjort till andras begrepp.",
            "fi": "Toimittajan tekemät linkit muiden käsitteisiin.",
            "en": "Links that an editor made to the concepts of others.",
        },
    ),
    "inferred": Described(
        {"sv": "Det härledda", "fi": "Päätelty", "en": "The inferred"},
        {
            "sv": "Det som följer av ontologin: överordnade klasser och egenskaper samt delar av "
            "delar.",
            "fi": "Mitä ontologiasta seuraa: yläluokat, yläominaisuudet ja osien osat.",
            "en": "What follows from the ontology: superclasses, super-properties and parts of "
            "parts.",
        },
    ),
    "ontology": Described(
        {"sv": "Ontologin", "fi": "Ontologia", "en": "The ontology"},
        {
            "sv": "Klasser, egenskaper och begreppsscheman som data är uttryckta med.",
            "fi": "Luokat, ominaisuudet ja käsitteistöt, joilla tieto on ilmaistu.",
            "en": "The classes, properties and concept schemes that the data is expressed in.",
        },
    ),
    "shapes": Described(
        {"sv": "Formerna", "fi": "Muodot", "en": "The shapes"},
        {
            "sv": "Regler i SHACL som data har kontrollerats mot.",
            "fi": "SHACL-säännöt, joita vasten tieto on tarkistettu.",
            "en": "The rules in SHACL that the data was checked against.",
        },
    ),
    "catalogue": Described(
        {"sv": "Katalogen", "fi": "Luettelo", "en": "The catalogue"},
        {
            "sv": "Vad som publiceras, av vem, på vilka villkor och var det finns.",
            "fi": "Mitä julkaistaan, kuka julkaisee, millä ehdoilla ja missä.",
            "en": "What is published, by whom, on which terms and where to get it.",
        },
    ),
}
"""What each named graph holds, by its key."""
