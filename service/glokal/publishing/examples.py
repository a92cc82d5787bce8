"""The rules of the example queries, reported like those of the shapes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from glokal.publishing.findings import Finding
from glokal.queries import FOLDER, ExampleQuery, gaps
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


def faulty_queries(queries: Iterable[ExampleQuery]) -> Iterator[Finding]:
    """Each query without title or description, each that cannot be read, each number used twice."""
    names: dict[int, str] = {}
    for query in queries:
        missing = ", ".join(gaps(query))
        if missing:
            yield _finding(DESCRIBED, query, missing, 1)
        fault = query_fault(query.text)
        if fault:
            yield _finding(READABLE, query, fault.message, fault.line)
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
