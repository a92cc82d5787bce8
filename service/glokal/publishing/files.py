"""Single source files: read, parsed, with every problem kept and none raised."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import rdflib

from glokal.errors import SourceProblem
from glokal.publishing.publication import gaps, plain
from glokal.rdf import read_turtle

BASE_LINE = re.compile(r"^\s*(?:@base|BASE)\s+<([^>]*)>", re.MULTILINE)
PREFIX_LINE = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([^\s:]*):\s*<([^>]*)>", re.MULTILINE)
SUBJECT_LINE = re.compile(r"^(?:<([^>\s]+)>|([\w.-]*):((?:[^\s;,\\]|\\.)*))(?=\s|$)")


@dataclass(frozen=True)
class SourceFile:
    """One Turtle file: its posix path under the root, its graph's key, its text and triples.

    ``lines`` gives the line, from 1, at which each subject's description starts.
    """

    path: str
    graph_key: str
    text: str
    graph: rdflib.Graph
    lines: Mapping[str, int]


def line_of(file: SourceFile, iri: str) -> int | None:
    """The line, from 1, where the description of a subject starts; None if none does."""
    return file.lines.get(iri)


@contextmanager
def exact_literals() -> Iterator[None]:
    """Keep every literal as it is written while the block runs.

    rdflib rewrites lexical forms as it makes a literal ("01"^^xsd:integer becomes "1"), so
    that what is published would not be what the editor wrote. The switch is global to
    rdflib: it is set for the parse alone and put back, whatever happens.
    """
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


class Reader:
    """Reads files under a root and collects what is wrong with each in ``problems``."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.problems: list[SourceProblem] = []

    def turtle(self, path: str, graph_key: str) -> SourceFile | None:
        """A Turtle file, its terms exactly as written; None where it cannot be read."""
        text = self.text(path)
        if text is None:
            return None
        triples, faults = read_turtle(text.encode())
        for fault in faults:
            self._report(path, fault.message, fault.line, fault.column)
        if faults:
            return None
        graph = rdflib.Graph()
        with exact_literals():
            graph.parse(data=triples.decode(), format="nt")
        return SourceFile(path, graph_key, text, graph, _subject_lines(text))

    def publication(self, path: str) -> dict[str, Any]:
        """A publication file in TOML; empty where it cannot be read."""
        try:
            content: dict[str, Any] = plain(tomllib.loads(self.text(path) or ""))
        except tomllib.TOMLDecodeError as error:
            place = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
            message = str(error)[: place.start()] if place else str(error)
            self._report(path, message, *(int(n) for n in (place.groups() if place else ())))
            return {}
        if not any(problem.path == path for problem in self.problems):
            for gap in gaps(content):
                self._report(path, gap)
        return content

    def context(self, path: str) -> dict[str, Any]:
        """A JSON-LD context; empty where it cannot be read."""
        text = self.text(path)
        if text is None:
            return {}
        try:
            content = json.loads(text)
        except json.JSONDecodeError as error:
            self._report(path, error.msg, error.lineno, error.colno)
            return {}
        if not isinstance(content, dict) or not isinstance(content.get("@context"), dict):
            self._report(path, 'an object with an "@context" object is expected')
            return {}
        return content

    def text(self, path: str) -> str | None:
        """The text of a UTF-8 file; None where it cannot be read."""
        try:
            content = (self._root / path).read_bytes()
        except OSError as error:
            self._report(path, (error.strerror or "cannot be read").lower())
            return None
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            before = content[: error.start]
            column = len(before.rpartition(b"\n")[2].decode()) + 1
            self._report(path, "this byte is not UTF-8", before.count(b"\n") + 1, column)
            return None

    def _report(
        self, path: str, message: str, line: int | None = None, column: int | None = None
    ) -> None:
        self.problems.append(SourceProblem(path, message, line, column))


def _subject_lines(text: str) -> dict[str, int]:
    # The formatter starts each description at the first column and indents the rest of it.
    declared = BASE_LINE.search(text)
    base = declared[1] if declared else ""
    prefixes = {name: _resolved(iri, base) for name, iri in PREFIX_LINE.findall(text)}
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        match = SUBJECT_LINE.match(line)
        if match and match[1] is not None:
            lines.setdefault(_resolved(match[1], base), number)
        elif match and match[2] in prefixes:
            local = re.sub(r"\\(.)", r"\1", match[3])
            lines.setdefault(prefixes[match[2]] + local, number)
    return lines


def _resolved(iri: str, base: str) -> str:
    # urljoin drops an empty fragment, which is how many namespaces end.
    resolved = urljoin(base, iri)
    return f"{resolved}#" if iri.endswith("#") and not resolved.endswith("#") else resolved
