"""Why a query has no answer, in the reader's language, with the place in its text."""

from dataclasses import dataclass

from glokal.errors import (
    GlokalError,
    QueryEngineFailed,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    ResultTooLarge,
    ServiceBusy,
)
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.results import printable

KEYS: tuple[tuple[type[GlokalError], str], ...] = (
    (QuerySyntaxError, "syntax"),
    (QueryRefused, "refused"),
    (QueryTimeout, "timeout"),
    (ResultTooLarge, "large"),
    (QueryEngineFailed, "engine"),
    (ServiceBusy, "busy"),
)
TOLD = ("timeout", "large", "engine", "busy")
"""Errors that our own words say enough of."""
NOTHING_MORE = "cannot be read on from here"
LONGEST = 80
"""Characters of a line that are shown on either side of the fault."""


@dataclass(frozen=True)
class Line:
    """A line of a query; ``marked`` is where it cannot be read on, empty on other lines."""

    number: int
    before: str
    marked: str = ""
    after: str = ""


@dataclass(frozen=True)
class Fault:
    """Why a query has no answer.

    ``place`` names line and column where there are any, ``lines`` are the one with the
    fault and the one before it; ``detail`` is what the service says, in English.
    """

    title: str
    words: str
    place: str = ""
    lines: tuple[Line, ...] = ()
    detail: str = ""


def fault(error: GlokalError, text: str, say: Messages) -> Fault:
    """What is told of an error about the text of a query."""
    key = next((key for kind, key in KEYS if isinstance(error, kind)), "other")
    place = ""
    lines: tuple[Line, ...] = ()
    if isinstance(error, QuerySyntaxError) and error.line and error.column:
        place = say("query.place", line=error.line, column=error.column)
        lines = excerpt(text, error.line, error.column)
    return Fault(
        say(f"fault.{key}.title"),
        say(f"fault.{key}.text"),
        place,
        lines,
        "" if key in TOLD or NOTHING_MORE in str(error) else printable(str(error)),
    )


def excerpt(text: str, line: int, column: int) -> tuple[Line, ...]:
    """The line of a fault, marked where it begins, and the line before it.

    Args:
        text: the query.
        line: counted from 1; one outside of the text gives no excerpt.
        column: counted from 1.
    """
    every = printable(text).split("\n")
    if line > len(every):
        return ()
    here = every[line - 1]
    start = min(column - 1, len(here.rstrip()))
    if not here[start:].strip():  # nothing is left: what stands last is what went wrong
        start = here.rfind(" ", 0, start) + 1
    start += len(here[start:]) - len(here[start:].lstrip())
    before, rest = here[:start], here[start:]
    marked = (rest.split(maxsplit=1) or [" "])[0][:LONGEST]
    faulty = Line(line, before[-LONGEST:], marked, rest[len(marked) :][:LONGEST])
    above = [Line(line - 1, every[line - 2][: 2 * LONGEST])] if line > 1 else []
    return (*above, faulty)
