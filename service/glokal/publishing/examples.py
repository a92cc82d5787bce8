"""The rules of the example queries, reported like those of the shapes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from glokal.publishing.executables import FORMS
from glokal.publishing.findings import Finding
from glokal.queries import FOLDER, ExampleQuery, form_of, gaps, unbound
from glokal.rdf import query_fault
from glokal.terms import BASE


@dataclass(frozen=True)
class QueryRule:
    """A rule: its id, and what an editor is told to do in each language.

    ``{}`` stands for what was found.
    """

    id: str
    messages: dict[str, str]


DESCRIBED = QueryRule(
    "P-30",
    {
        "sv": "Ge frågan numrerat filnamn, titel och beskrivning på sv, fi och en; "
        "det som saknas: {}.",
        "fi": "Anna kyselylle numeroitu tiedostonimi sekä otsikko ja kuvaus kielillä sv, fi ja en; "
        "puuttuu: {}.",
        "en": "Give the query a numbered file name, and title and description in sv, fi and en; "
        "missing: {}.",
    },
)
READABLE = QueryRule(
    "P-31",
    {
        "sv": "Rätta frågan, så att den är SPARQL 1.1 och själv deklarerar sina prefix: {}.",
        "fi": "Korjaa kysely: sen on oltava SPARQL 1.1:tä ja esiteltävä itse etuliitteensä: {}.",
        "en": "Correct the query: it must be SPARQL 1.1 and declare its prefixes itself: {}.",
    },
)
NUMBERED = QueryRule(
    "P-32",
    {
        "sv": "Ge varje fråga ett eget nummer: {} har samma.",
        "fi": "Anna joka kyselylle oma numeronsa: {} on samanumeroinen.",
        "en": "Give each query a number of its own: {} has the same.",
    },
)
PARAMETERS = QueryRule(
    "P-33",
    {
        "sv": "Låt texten binda parameterns första värde exakt en gång, BIND (värde AS ?namn): {}.",
        "fi": "Sido parametrin ensimmäinen arvo tekstissä tasan kerran, BIND (arvo AS ?nimi): {}.",
        "en": "Let the text bind the first value of the parameter exactly once, "
        "BIND (value AS ?name): {}.",
    },
)
ASKING = QueryRule(
    "P-34",
    {
        "sv": "Skriv om frågan som SELECT, ASK eller CONSTRUCT, så att den kan beskrivas: "
        "nu är den {}.",
        "fi": "Muotoile kysely SELECT-, ASK- tai CONSTRUCT-kyselyksi, jotta sen voi kuvata: "
        "nyt se on {}.",
        "en": "Write the query as SELECT, ASK or CONSTRUCT, so that it can be described: it is {}.",
    },
)


def faulty_queries(queries: Iterable[ExampleQuery]) -> Iterator[Finding]:
    """What breaks P-30 to P-34, query by query."""
    names: dict[int, str] = {}
    for query in queries:
        missing = ", ".join(gaps(query))
        if missing:
            yield _finding(DESCRIBED, query, missing, 1)
        fault = query_fault(query.text)
        if fault:
            yield _finding(READABLE, query, fault.message, fault.line)
        elif form_of(query.text) not in FORMS:
            yield _finding(ASKING, query, form_of(query.text), 1)
        for name in unbound(query):
            yield _finding(PARAMETERS, query, name, 1)
        if names.setdefault(query.number, query.name) != query.name:
            yield _finding(NUMBERED, query, names[query.number], 1)


def _finding(rule: QueryRule, query: ExampleQuery, words: str, line: int | None) -> Finding:
    path = f"{FOLDER}/{query.name}.rq"
    shape = f"{BASE}def/shapes#{rule.id}"
    return Finding(
        rule=rule.id,
        severity="Violation",
        focus=f"{BASE}{path}",
        messages={language: text.format(words) for language, text in rule.messages.items()},
        file=path,
        line=line,
        shape=shape,
        component=shape,
    )
