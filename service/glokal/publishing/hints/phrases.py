"""What a hint says, in three languages: what was found, and what was expected."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from glokal.formats import LANGUAGES

Words = Mapping[str, str]
"""A sentence by language; empty where there is nothing to say."""

PHRASES: Mapping[str, tuple[str, str, str]] = {
    "as-is": ("{a}", "{a}", "{a}"),
    "nothing": ("ingenting", "ei mitään", "nothing"),
    "languages": ("{a}", "{a}", "{a}"),
    "languages-too": ("också {a}", "lisäksi {a}", "{a} too"),
    "no-tag": ("{a}, utan språkmärke", "{a}, ilman kielimerkkiä", "{a}, without a language tag"),
    "tag": ("språkmärket {a}", "kielimerkki {a}", "the language tag {a}"),
    "one-of": ("{any}", "{any}", "{any}"),
    "at-least": ("minst {a}", "vähintään {a}", "{a} at least"),
    "at-most": ("högst {a}", "enintään {a}", "{a} at most"),
    "is-a": ("{a} är {all}", "{a} on {all}", "{a} is {all}"),
    "unknown": (
        "{a}, som ingenting sägs om",
        "{a}, josta ei sanota mitään",
        "{a}, of which nothing is said",
    ),
    "perhaps": ("kanske {a}", "ehkä {a}", "perhaps {a}"),
    "named-as": (
        "{any}, som har sådana IRI:er",
        "{any}, jolla on tällaiset IRIt",
        "{any}, whose IRIs have this form",
    ),
    "one-each": ("ett på varje språk", "yksi kullakin kielellä", "one in each language"),
    "number-of": ("{a}, som {b} också har", "{a}, joka on myös: {b}", "{a}, which {b} has too"),
    "pattern": ("något som uppfyller {a}", "jotain, mikä vastaa lauseketta {a}", "a match of {a}"),
    "sign": ("tecken {a}: {b}", "merkki {a}: {b}", "character {a}: {b}"),
    "words": ("”{a}”", "”{a}”", "“{a}”"),
    "words-at": (
        "tecken {a}–{b} i källan: ”{c}”",
        "lähteen merkit {a}–{b}: ”{c}”",
        "characters {a}–{b} of the source: “{c}”",
    ),
    "stand-at": (
        "orden står på {a}–{b}",
        "sanat ovat kohdassa {a}–{b}",
        "the words stand at {a}–{b}",
    ),
    "triple": ("{a} {b} {c}", "{a} {b} {c}", "{a} {b} {c}"),
    "statement": (
        "en strat:Statement med rdf:subject {a}, rdf:predicate {b}, rdf:object {c}",
        "strat:Statement, jossa rdf:subject {a}, rdf:predicate {b}, rdf:object {c}",
        "a strat:Statement with rdf:subject {a}, rdf:predicate {b}, rdf:object {c}",
    ),
    "also": ("också {a}", "myös {a}", "{a} as well"),
    "pair": ("{a} och {b}", "{a} ja {b}", "{a} and {b}"),
    "missing": ("{all} saknas", "puuttuu: {all}", "{all} missing"),
    "lines": ("beskrivningar på {all}", "kuvaukset: {all}", "descriptions at {all}"),
    "begins": ("en IRI under {a}", "IRI, jonka alku on {a}", "an IRI that begins with {a}"),
}
"""The sentences by key; ``{all}`` and ``{any}`` are lists joined by and, or."""

JOINTS = {"sv": ("och", "eller"), "fi": ("ja", "tai"), "en": ("and", "or")}


@dataclass(frozen=True)
class Hint:
    """What an editor is told beside the rule's own message, and where to look.

    ``subject`` and ``path`` name the statement that is wrong, where that is not the one that
    the finding is about.
    """

    found: Words = field(default_factory=dict)
    expected: Words = field(default_factory=dict)
    subject: str | None = None
    path: str | None = None


def say(key: str, *words: object, items: tuple[str, ...] = ()) -> Words:
    """A phrase in every language, with words for a, b, c and a list for {all} or {any}.

    Raises:
        KeyError: there is no such phrase.
    """
    values = dict(zip("abc", map(str, words), strict=False))
    return {
        language: PHRASES[key][place].format(
            **values,
            all=_joined(items, JOINTS[language][0]),
            any=_joined(items, JOINTS[language][1]),
        )
        for place, language in enumerate(LANGUAGES)
    }


def joined(*parts: Words) -> Words:
    """Several phrases in one, each once, with semicolons; empty where none says anything."""
    told = [part for part in parts if part]
    return {
        language: "; ".join(dict.fromkeys(part[language] for part in told))
        for language in LANGUAGES
        if told
    }


def _joined(items: tuple[str, ...], joint: str) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"
