"""The query page, and the pages of the example queries: a text, and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass

from glokal.errors import BadRequest, GlokalError
from glokal.formats import CSV, LANGUAGES, RDF_FORMATS, RESULT_FORMATS, Format
from glokal.queries import Parameter
from glokal.serving.pages.examples import Example, Examples
from glokal.serving.pages.faults import Fault, fault
from glokal.serving.pages.graph import Graph
from glokal.serving.pages.labels import Labels, capitalised
from glokal.serving.pages.links import Links
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Download, Link, Text
from glokal.serving.pages.questions import PATH
from glokal.serving.pages.results import LAST, PAGE, Result, Results, printable
from glokal.serving.pages.snippets import Snippet, address, snippets, table_snippets
from glokal.serving.sparql.protocol import Answer

ENDPOINT = "sparql"
TABLES = "/queries/{}.csv"
FIRST = 6
"""The examples that stand beside the form; the others can be opened."""

LONGEST = 4000
"""Characters of an address that are carried over to the other languages."""

Given = Mapping[str, str]
"""The parameters of a request, one value each."""


@dataclass(frozen=True)
class Asked:
    """What a request asks: a text, the example that it comes from, and the first row shown.

    ``runs`` tells whether the text is to be run; ``values`` are those of the example.
    """

    text: str
    runs: bool
    offset: int
    example: Example | None
    values: Given


@dataclass(frozen=True)
class Field:
    """A parameter of an example: its name, its choices as (value, label), the kind of input."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...]
    kind: str


@dataclass(frozen=True)
class Shown:
    """An answer on a page: the rows, the pages before and after, and what can be taken along.

    ``limited`` tells whether there are more rows than ``limit``, which can be paged through.
    """

    result: Result
    earlier: str
    later: str
    number: int
    pages: int
    downloads: tuple[Download, ...]
    limited: bool
    limit: int = LAST


@dataclass(frozen=True)
class QueryPage:
    """The query page or that of an example; what does not apply is empty.

    ``examples`` are links with the first ones apart; ``table`` is the stable URL of the CSV,
    and ``change`` leads from an example to the query page; ``asked`` is what the address of the
    page says after its path, so that the page is the same in another language; ``caption``
    is the question that the table answers, where no heading says it.
    """

    text: str
    title: str
    description: str
    iri: str
    fields: tuple[Field, ...]
    shown: Shown | None
    fault: Fault | None
    snippets: tuple[Snippet, ...]
    examples: tuple[Link, ...]
    others: tuple[Link, ...]
    current: str
    change: str
    table: str
    endpoint: str
    asked: str = ""
    caption: str = ""


class Queries:
    """The pages of queries, of a release."""

    def __init__(
        self, graph: Graph, labels: Labels, links: Links, messages: dict[str, Messages]
    ) -> None:
        self._base = graph.base
        self._labels = labels
        self._links = links
        self._messages = messages
        self._results = Results(labels, links, messages)
        self.examples = Examples(graph)

    def asked(self, given: Given, language: str) -> Asked:
        """What a request to the query page asks; without any parameter, an example is offered.

        Raises:
            NotFound: there is no example of the name given.
            BadRequest: a value is none that its parameter may have.
        """
        offset = _offset(given.get("offset", ""))
        if "query" in given:
            text = given["query"].replace("\r\n", "\n")
            return Asked(text, bool(text.strip()), offset, None, {})
        names = tuple(self.examples.all)
        name = given.get("example", names[0] if names else "")
        if not name:
            return Asked("", False, offset, None, {})
        return self.example(name, given, language, runs="example" in given)

    def example(self, name: str, given: Given, language: str = "", runs: bool = True) -> Asked:
        """What a request to an example asks.

        Raises:
            NotFound, BadRequest: as ``asked``.
        """
        example = self.examples.get(name)
        values = example.values(given, language)
        text = example.query.bound(values)
        return Asked(text, runs, _offset(given.get("offset", "")), example, values)

    def page(self, asked: Asked, found: Answer | GlokalError | None, language: str) -> QueryPage:
        """The query page with an answer, with an error, or with neither."""
        say = self._messages[language]
        own = {"query": asked.text} if asked.runs else {}
        if asked.example and asked.runs:
            own = {"example": asked.example.name, **self._changed(asked, language)}
        here = PATH.format(language)
        said = address("", **own)
        links = self._listed(language)
        kind = found.kind if isinstance(found, Answer) else "bindings"
        code = snippets(self._base + ENDPOINT, asked.text, kind)
        return QueryPage(
            text=printable(asked.text).rstrip(),
            title=say("query.heading"),
            description=say("query.intro"),
            iri="",
            fields=(),
            shown=self._shown(asked, found, language, here, own),
            fault=fault(found, asked.text, say) if isinstance(found, GlokalError) else None,
            snippets=code if isinstance(found, Answer) else (),
            examples=links[:FIRST],
            others=links[FIRST:],
            current=address(here, example=asked.example.name) if asked.example else "",
            change="",
            table="",
            endpoint=self._base + ENDPOINT,
            asked=said if len(said) <= LONGEST else "",
            caption=asked.example.query.titles.get(language, "") if asked.example else "",
        )

    def example_page(
        self, asked: Asked, found: Answer | GlokalError | None, language: str
    ) -> QueryPage:
        """The page of an example, with its answer or an error.

        Raises:
            BadRequest: nothing of an example was asked.
        """
        if asked.example is None:
            raise BadRequest("This is the page of no query.")
        example, say = asked.example, self._messages[language]
        changed = self._changed(asked, language)
        here = self._links.pages(example.iri)[language]
        table = address(TABLES.format(example.name), **self._changed(asked))
        gives_table = isinstance(found, Answer) and found.kind != "graph"
        code = snippets(self._base + ENDPOINT, asked.text, "graph")
        return QueryPage(
            text=printable(asked.text).rstrip(),
            title=example.query.titles.get(language, example.name),
            description=example.query.descriptions.get(language, ""),
            iri=example.iri,
            fields=tuple(self._field(p, asked, language) for p in example.query.parameters),
            shown=self._shown(asked, found, language, here, changed),
            fault=fault(found, asked.text, say) if isinstance(found, GlokalError) else None,
            snippets=table_snippets(self._base + table.removeprefix("/")) if gives_table else code,
            examples=(),
            others=(),
            current="",
            change=address(PATH.format(language), example=example.name, **changed),
            table=self._base + table.removeprefix("/") if gives_table else "",
            endpoint=self._base + ENDPOINT,
        )

    def _shown(
        self, asked: Asked, found: object, language: str, here: str, own: Given
    ) -> Shown | None:
        if not isinstance(found, Answer):
            return None
        result = self._results.page(found, asked.offset, language)
        reached = min(result.total, LAST)
        earlier = max(asked.offset - PAGE, 0)
        return Shown(
            result,
            address(here, **own, offset=str(earlier or "")) if asked.offset else "",
            address(here, **own, offset=str(result.last)) if result.last < reached else "",
            asked.offset // PAGE + 1,
            -(-reached // PAGE),
            tuple(self._downloads(asked, found.kind)),
            result.total > LAST,
        )

    def _downloads(self, asked: Asked, kind: str) -> list[Download]:
        formats: tuple[Format, ...] = RDF_FORMATS[:4] if kind == "graph" else RESULT_FORMATS
        ordered = sorted(formats, key=lambda fmt: fmt != CSV)
        return [Download(fmt.label, self._download(asked, fmt), fmt.media_type) for fmt in ordered]

    def _download(self, asked: Asked, fmt: Format) -> str:
        if asked.example and fmt == CSV:
            return address(TABLES.format(asked.example.name), **self._changed(asked))
        return address(f"/{ENDPOINT}", query=asked.text, format=(*fmt.names, fmt.key)[0])

    def _changed(self, asked: Asked, language: str = "") -> Given:
        """The values of an example that it would not have by itself."""
        if asked.example is None:
            return {}
        usual = asked.example.values({}, language)
        return {name: value for name, value in asked.values.items() if value != usual[name]}

    def _field(self, parameter: Parameter, asked: Asked, language: str) -> Field:
        label = self._messages[language].term(f"query:{parameter.name}") or parameter.name
        choices = tuple(
            (value, self._choice(value, asked, language)) for value in parameter.choices
        )
        kind = "date" if parameter.is_date else "url"
        return Field(
            parameter.name, capitalised(label), asked.values[parameter.name], choices, kind
        )

    def _choice(self, value: str, asked: Asked, language: str) -> str:
        """What a choice is called: a language by its name, a prefixed name by its label."""
        if value in LANGUAGES:
            return self._messages[language](f"lang.{value}")
        prefix, _, name = value.partition(":")
        for line in asked.text.splitlines():
            if line.startswith(f"PREFIX {prefix}: <"):
                iri = line.partition("<")[2].partition(">")[0] + name
                return self._labels.plain(iri, language)
        return value

    def _listed(self, language: str) -> tuple[Link, ...]:
        here = PATH.format(language)
        return tuple(
            Link(
                Text(example.query.titles.get(language, name), language),
                address(here, example=name),
            )
            for name, example in self.examples.all.items()
        )


def _offset(value: str) -> int:
    """The first row of a page: a multiple of its rows, and none beyond the last page."""
    number = int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else 0
    return min(number, LAST - PAGE) // PAGE * PAGE
