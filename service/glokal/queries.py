"""Example queries: SPARQL files whose leading comments give title and description.

A file is named by a number and a short name, ``05-commitments-by-priority.rq``, and begins so::

    # title@sv: Vilka åtaganden …?
    # title@fi: …
    # title@en: …
    # description@sv: En mening eller flera,
    #   som går vidare på en indragen rad.
    # description@fi: …
    # description@en: …

The header ends at the first line that is no comment; what follows is an ordinary query, and
the whole file is one too, because the header is made of comments.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from glokal.formats import LANGUAGES

FOLDER = "data/queries"
NAME = re.compile(r"(?P<number>[0-9]{2})-[a-z0-9]+(-[a-z0-9]+)*")
ENTRY = re.compile(r"# (?P<field>title|description)@(?P<language>[a-z]{2}): (?P<words>.*\S)\s*")
CONTINUED = re.compile(r"#\s{2,}(?P<words>.*\S)\s*")
FIELDS = ("title", "description")


@dataclass(frozen=True)
class ExampleQuery:
    """A query with its words by language; ``text`` is the whole file, ready to be run.

    ``name`` is the name of the file without its ending.
    """

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    text: str

    @property
    def number(self) -> int:
        """The number that the name begins with; 0 where it has none."""
        match = NAME.fullmatch(self.name)
        return int(match["number"]) if match else 0


def parse_query(name: str, text: str) -> ExampleQuery:
    """Read the header of a query; what it lacks is left out, and ``gaps`` tells it."""
    words: dict[tuple[str, str], str] = {}
    entry: tuple[str, str] | None = None
    for line in _header(text):
        if match := ENTRY.fullmatch(line):
            entry = match["field"], match["language"]
            words[entry] = match["words"]
        elif entry and (match := CONTINUED.fullmatch(line)):
            words[entry] += " " + match["words"]
        else:
            entry = None
    titles, descriptions = (
        {language: words[field, language] for language in LANGUAGES if (field, language) in words}
        for field in FIELDS
    )
    return ExampleQuery(name, titles, descriptions, text)


def gaps(query: ExampleQuery) -> Iterator[str]:
    """What the file of a query should say and does not: ``name``, ``title@fi`` and the like."""
    if not NAME.fullmatch(query.name):
        yield "name"
    for field, words in zip(FIELDS, (query.titles, query.descriptions), strict=True):
        yield from (f"{field}@{language}" for language in LANGUAGES if language not in words)


def _header(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line
