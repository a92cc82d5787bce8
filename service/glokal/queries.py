"""Example queries: SPARQL files whose leading comments give title and description.

A file is named by a number and a short name, ``05-commitments-by-priority.rq``, and begins so::

    # title@sv: Vilka åtaganden …?
    # title@fi: …
    # title@en: …
    # description@sv: En mening eller flera,
    #   som går vidare på en indragen rad.
    # description@fi: …
    # description@en: …
    # parameter: language = "sv" | "fi" | "en"

The header ends at the first line that is no comment; what follows is an ordinary query, and
the whole file is one too, because the header is made of comments.

A parameter is what a reader may change without knowing SPARQL. The text binds its first value,
once: ``BIND ("sv" AS ?language)``. Where the header names several values, one of them may take
its place; where it names one, any other IRI or date.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from glokal.errors import BadRequest
from glokal.formats import LANGUAGES

FOLDER = "data/queries"
NAME = re.compile(r"(?P<number>[0-9]{2})-[a-z0-9]+(-[a-z0-9]+)*")
ENTRY = re.compile(r"# (?P<field>title|description)@(?P<language>[a-z]{2}): (?P<words>.*\S)\s*")
CONTINUED = re.compile(r"#\s{2,}(?P<words>.*\S)\s*")
PARAMETER = re.compile(r"# parameter: (?P<name>[A-Za-z][A-Za-z0-9]*) = (?P<terms>.*\S)\s*")
TERM = re.compile(
    r'"(?P<string>[A-Za-z0-9-]+)"|"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"\^\^xsd:date'
    r"|<(?P<iri>[^<>\s]+)>|(?P<name>[a-z]+:[A-Za-z0-9-]+)"
)
IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20]+')
"""An absolute IRI as SPARQL writes it between < and > (IRIREF, SPARQL 1.1 section 19.8)."""
FORM = re.compile(
    r"(?:\s|\#[^\n]*\n|BASE\s*<[^>]*>|PREFIX\s*[^\s<]*\s*<[^>]*>)*+"
    r"(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)",
    re.IGNORECASE,
)
"""The word after the prologue of a query (SPARQL 1.1 section 19.8, Prologue)."""
FIELDS = ("title", "description")


@dataclass(frozen=True)
class Parameter:
    """What may be changed in a query: its variable, and terms as the query writes them.

    The first term is the one that the text binds. Several are a closed list; one stands for
    any of its kind, an IRI or a date.
    """

    name: str
    terms: tuple[str, ...]

    @property
    def choices(self) -> tuple[str, ...]:
        """The values of a closed list, the first one first; none where any will do."""
        return tuple(map(_value, self.terms)) if len(self.terms) > 1 else ()

    @property
    def default(self) -> str:
        """The value that the text binds."""
        return _value(self.terms[0])

    @property
    def is_date(self) -> bool:
        """Whether any date will do."""
        return not self.choices and self.terms[0].endswith("^^xsd:date")

    def term(self, value: str) -> str:
        """The term that stands for a value; nothing else of the value gets into a query.

        Raises:
            BadRequest: the value is not in the list, or is no absolute IRI, or no date.
        """
        if self.choices:
            if value in self.choices:
                return self.terms[self.choices.index(value)]
            expected = "one of " + ", ".join(self.choices)
        elif self.is_date:
            if _is_date(value):
                return f'"{value}"^^xsd:date'
            expected = "a date, YYYY-MM-DD"
        else:
            if IRI.fullmatch(value):
                return f"<{value}>"
            expected = "an absolute IRI"
        raise BadRequest(f"The parameter “{self.name}” must be {expected}.")

    def binding(self, term: str) -> str:
        """How a query gives the variable a term."""
        return f"BIND ({term} AS ?{self.name})"


@dataclass(frozen=True)
class ExampleQuery:
    """A query with its words by language; ``text`` is the whole file, ready to be run.

    ``name`` is the name of the file without its ending.
    """

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    text: str
    parameters: tuple[Parameter, ...] = ()

    @property
    def number(self) -> int:
        """The number that the name begins with; 0 where it has none."""
        match = NAME.fullmatch(self.name)
        return int(match["number"]) if match else 0

    @property
    def body(self) -> str:
        """The text without title and description, its parameters before it."""
        kept = [line for line in _header(self.text) if PARAMETER.fullmatch(line)]
        # The empty line ends the header where this is read again.
        return "\n".join([*kept, "", self.plain]) if kept else self.plain

    @property
    def plain(self) -> str:
        """The text without its header."""
        header = len(list(_header(self.text)))
        return "\n".join(self.text.splitlines()[header:]).strip() + "\n"

    def bound(self, values: Mapping[str, str]) -> str:
        """The text without its header, with values for its parameters.

        Args:
            values: by the name of the parameter; names of no parameter are passed over.

        Raises:
            BadRequest: a value is none that its parameter may have.
        """
        text = self.plain
        for parameter in self.parameters:
            if parameter.name in values:
                old = parameter.binding(parameter.terms[0])
                text = text.replace(old, parameter.binding(parameter.term(values[parameter.name])))
        return text


def parse_query(name: str, text: str) -> ExampleQuery:
    """Read the header of a query; what it lacks is left out, and ``gaps`` tells it."""
    words: dict[tuple[str, str], str] = {}
    entry: tuple[str, str] | None = None
    parameters = tuple(filter(None, map(_parameter, _header(text))))
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
    return ExampleQuery(name, titles, descriptions, text, parameters)


def form_of(text: str) -> str:
    """The form of a well-formed query: SELECT, ASK, CONSTRUCT or DESCRIBE; else empty."""
    match = FORM.match(text)
    return match["form"].upper() if match else ""


def unbound(query: ExampleQuery) -> Iterator[str]:
    """The parameters that the text does not bind exactly once, or whose header cannot be read."""
    for line in _header(query.text):
        if line.startswith("# parameter") and not _parameter(line):
            yield line.removeprefix("# ")
    for parameter in query.parameters:
        if query.text.count(parameter.binding(parameter.terms[0])) != 1:
            yield parameter.name


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


def _parameter(line: str) -> Parameter | None:
    match = PARAMETER.fullmatch(line)
    terms = tuple(match["terms"].split(" | ")) if match else ()
    found = [TERM.fullmatch(term) for term in terms]
    closed = len(terms) > 1
    open_kind = bool(found and found[0] and (found[0]["iri"] or found[0]["date"]))
    if not match or not all(found) or not (closed or open_kind):
        return None
    return Parameter(match["name"], terms)


def _value(term: str) -> str:
    match = TERM.fullmatch(term)
    return next(filter(None, match.groups()), term) if match else term


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
