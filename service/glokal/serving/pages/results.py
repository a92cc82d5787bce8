"""The answer of a query as a table that people read, a page of rows at a time.

The answer is TSV or N-Triples: one row a line, so that a page is found without reading the
rest, and cells that a pattern takes apart. What strangers make nest deeply is shown as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from glokal.formats import NTRIPLES, RESULTS_TSV
from glokal.rdf import prefixes
from glokal.serving.pages.labels import Labels
from glokal.serving.pages.links import Links
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Link, Part, Text
from glokal.serving.sparql.protocol import Answer
from glokal.terms import XSD

PAGE = 50
LAST = 1000
"""The rows of a page, and those that can be paged through; the downloads have all."""
WIDEST = 100
"""Columns that are shown."""
LONGEST = 2000
"""Characters of a cell that are shown."""

TABLE, GRAPH = RESULTS_TSV.key, NTRIPLES.key
"""The formats that a query is asked in to be shown."""

TRIPLE = re.compile(r"(<[^>]*>|_:\S+) (<[^>]*>) (.*) \.")
IRI = re.compile(r'<([^<>"\s]*)>')
LITERAL = re.compile(
    r'"(?P<words>(?:[^"\\]|\\.)*+)"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<(?P<kind>[^>]*)>)?',
    re.DOTALL,
)
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What HTML may not hold (HTML Living Standard, section 13.2.3.5)."""


@dataclass(frozen=True)
class Result:
    """A page of an answer.

    ``kind`` is that of the answer; ``truth`` that of a boolean one; ``first`` and ``last`` are
    the numbers of the rows shown, from 1, and ``total`` counts all. ``cut`` tells whether
    something of these rows is left out.
    """

    kind: str
    truth: bool = False
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Part, ...], ...] = ()
    first: int = 0
    last: int = 0
    total: int = 0
    cut: bool = False


@dataclass(frozen=True)
class Rows:
    """Lines of an answer: how many there are, and those of one page."""

    total: int
    lines: tuple[str, ...]


class Results:
    """Makes tables of answers."""

    def __init__(self, labels: Labels, links: Links, messages: dict[str, Messages]) -> None:
        self._labels = labels
        self._links = links
        self._messages = messages
        self._spaces = tuple(prefixes(links.base).values())

    def page(self, answer: Answer, offset: int, language: str) -> Result:
        """The rows of an answer from an offset on, as they are told in a language."""
        if answer.kind == "boolean":
            return Result("boolean", truth=b"true" in answer.body.lower())
        header, body = (b"", answer.body)
        if answer.kind == "bindings":
            header, _, body = answer.body.partition(b"\n")
        found = rows_of(body, offset)
        cells = [self._cut_up(answer.kind, line) for line in found.lines]
        columns = self._columns(answer.kind, header.decode(), language)
        cut = any(len(cell) > LONGEST for row in cells for cell in row) or len(columns) > WIDEST
        return Result(
            answer.kind,
            columns=columns[:WIDEST],
            rows=tuple(tuple(self._cell(cell, language) for cell in row) for row in cells),
            first=min(offset + 1, found.total),
            last=offset + len(cells),
            total=found.total,
            cut=cut,
        )

    def _columns(self, kind: str, header: str, language: str) -> tuple[str, ...]:
        if kind == "bindings":
            return tuple(name.lstrip("?") for name in header.split("\t")) if header else ()
        say = self._messages[language]
        return tuple(filter(None, map(say.term, ("rdf:subject", "rdf:predicate", "rdf:object"))))

    def _cut_up(self, kind: str, line: str) -> list[str]:
        match = TRIPLE.fullmatch(line) if kind == "graph" else None
        return list(match.groups()) if match else line.split("\t")[:WIDEST]

    def _cell(self, cell: str, language: str) -> Part:
        if len(cell) > LONGEST:
            return Text(printable(_unescaped(cell[:LONGEST].lstrip('"')) + " …"))
        if iri := IRI.fullmatch(cell):
            return self._link(iri[1], language)
        if literal := LITERAL.fullmatch(cell):
            words = printable(_unescaped(literal["words"]))
            if literal["kind"] == XSD.boolean:
                return Text(self._truth(words, language))
            return Text(words, literal["language"] or "")
        return Text(self._truth(cell, language) if cell in ("true", "false") else printable(cell))

    def _truth(self, words: str, language: str) -> str:
        return self._messages[language]("common.yes" if words in ("true", "1") else "common.no")

    def _link(self, iri: str, language: str) -> Part:
        """An IRI by its label, and where it leads: our page about it, or the IRI itself."""
        name = printable(iri)
        if not iri.startswith(("http://", "https://")):
            return Text(name)
        ours = self._links.document(iri) is not None
        known = iri.startswith(self._spaces)
        text = self._labels.label(iri, language) if ours or known else Text(name)
        return Link(text, self._links.page(iri, language))


def rows_of(body: bytes, offset: int) -> Rows:
    """The lines of a page, and the number of all lines; each ends in a newline."""
    total = body.count(b"\n")
    return Rows(total, tuple(_lines(body, offset, min(offset + PAGE, LAST))))


def printable(words: str) -> str:
    """The words as a page may hold them."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", words)


def _lines(body: bytes, start: int, end: int) -> Iterator[str]:
    begin = 0
    for number in range(end):
        newline = body.find(b"\n", begin)
        if newline < 0:
            return
        if number >= start:
            yield body[begin:newline].decode(errors="replace")
        begin = newline + 1


def _unescaped(words: str) -> str:
    def plain(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code:
            return chr(min(int(code, 16), 0x10FFFF))
        return ESCAPED.get(match[3], match[3])

    return ESCAPE.sub(plain, words)
