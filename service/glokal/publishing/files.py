"""Single source files: read, parsed, with every problem kept and none raised."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import rdflib

from glokal.errors import SourceProblem
from glokal.publishing.publication import gaps, line_of_key, plain
from glokal.rdf import read_turtle
from glokal.terms import RDF

BASE_LINE = re.compile(r"^\s*(?:@base|BASE)\s+<([^>]*)>", re.MULTILINE)
PREFIX_LINE = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([^\s:]*):\s*<([^>]*)>", re.MULTILINE)
SUBJECT_LINE = re.compile(r"^(?:<[^>\s]+>|[\w.-]*:(?:[^\s;,\\]|\\.)*)(?=\s|$)")
PREDICATE = re.compile(r"\s+(a|<[^>\s]+>|[\w.-]*:(?:[^\s;,\\]|\\.)+)(?=\s|$)")


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


def line_of(file: SourceFile, iri: str, path: str | None = None) -> int | None:
    """The line, from 1, where something is said of a subject; None if nothing is.

    With a ``path``, the line where that predicate stands in a description of the subject;
    where it stands in none, the line where the first description starts.
    """
    said = _predicate_line(file.text, iri, path) if path and iri in file.lines else None
    return said or file.lines.get(iri)


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
        text = self.text(path) or ""
        try:
            content: dict[str, Any] = plain(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            place = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
            message = str(error)[: place.start()] if place else str(error)
            self._report(path, message, *(int(n) for n in (place.groups() if place else ())))
            return {}
        if not any(problem.path == path for problem in self.problems):
            for key, gap in gaps(content):
                self._report(path, gap, line_of_key(text, key))
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
    lines: dict[str, int] = {}
    for number, iri, _ in _subjects(text, _Names(text)):
        lines.setdefault(iri, number)
    return lines


def described_at(file: SourceFile, path: str) -> dict[str, list[int]]:
    """For each subject the lines, from 1, of its descriptions that begin with a predicate."""
    names = _Names(file.text)
    found: dict[str, list[int]] = {}
    for number, iri, rest in _subjects(file.text, names):
        if _predicate(rest, names) == path:
            found.setdefault(iri, []).append(number)
    return found


def _predicate_line(text: str, iri: str, path: str) -> int | None:
    names = _Names(text)
    rows = text.split("\n")
    starts = [*_subjects(text, names), (len(rows) + 1, "", "")]
    for (number, subject, rest), (after, *_) in pairwise(starts):
        said = [rest, *rows[number : after - 1]] if subject == iri else []
        for offset, row in enumerate(said):
            if _predicate(row, names) == path:
                return number + offset
    return None


def _subjects(text: str, names: "_Names") -> Iterator[tuple[int, str, str]]:
    # The formatter starts each description at the first column and indents the rest of it.
    for number, line in enumerate(text.split("\n"), 1):
        match = SUBJECT_LINE.match(line)
        iri = names.iri(match[0]) if match else None
        if match and iri:
            yield number, iri, line[match.end() :]


def _predicate(row: str, names: "_Names") -> str | None:
    match = PREDICATE.match(row)
    return names.iri(match[1]) if match else None


class _Names:
    """The base and the prefixes that a Turtle file declares."""

    def __init__(self, text: str) -> None:
        declared = BASE_LINE.search(text)
        self._base = declared[1] if declared else ""
        self._prefixes = {
            name: _resolved(iri, self._base) for name, iri in PREFIX_LINE.findall(text)
        }

    def iri(self, written: str) -> str | None:
        """The IRI of what Turtle writes: ``<…>``, a prefixed name, or ``a``; else None."""
        if written == "a":
            return RDF.type
        if written.startswith("<"):
            return _resolved(written.strip("<>"), self._base)
        prefix, _, local = written.partition(":")
        if prefix not in self._prefixes:
            return None
        return self._prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)


def _resolved(iri: str, base: str) -> str:
    # urljoin drops an empty fragment, which is how many namespaces end.
    resolved = urljoin(base, iri)
    return f"{resolved}#" if iri.endswith("#") and not resolved.endswith("#") else resolved
