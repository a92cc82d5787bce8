"""Run a query on a store."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from pyoxigraph import NamedNode, Store

from glokal.errors import BadRequest, QuerySyntaxError, ReleaseError
from glokal.serving.sparql.guard import examine
from glokal.serving.sparql.protocol import Answer, Query
from glokal.serving.sparql.repeatable import is_repeatable
from glokal.serving.sparql.results import write

PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
SENTENCE = re.compile(r"(?:^|, )([^,\[\]'\"<]+ [^,\[\]'\"]+)(?=,|$)")
"""Among the tokens that the engine expected, the few remarks that are meant for people."""


def evaluate(store: Store, prefixes: Mapping[str, str], query: Query, limit: int) -> Answer:
    """Answer a query.

    Args:
        store: what is asked; the default graph is the union of its named graphs unless
            the query or its sender names another.
        prefixes: declared before the text begins.
        query: the text, and the formats that its sender can read.
        limit: the largest body in bytes.

    Raises:
        QueryRefused: the text is an update, or calls another endpoint.
        QuerySyntaxError: the text is no query; line and column point into it.
        BadRequest: a graph name is no IRI, or a function is not known.
        NotAcceptable: no format was given for what the query gives.
        ResultTooLarge: the body would be larger than the limit.
        ReleaseError: the store cannot be read.
    """
    outline = examine(query.text)
    started = time.monotonic()
    with _errors_of_the_engine(query.text):
        found = store.query(
            query.text,
            # The engine parses each of them anew: most queries name one or two.
            prefixes={name: iri for name, iri in prefixes.items() if f"{name}:" in query.text},
            **_dataset(query, names_dataset=outline.names_dataset),
        )
        answer = write(found, query, prefixes, limit)
    ran = time.monotonic() - started - answer.serialised
    return replace(answer, ran=ran, repeatable=is_repeatable(query.text))


def _dataset(query: Query, *, names_dataset: bool) -> dict[str, Any]:
    if query.default_graphs or query.named_graphs:
        return {
            "default_graph": [NamedNode(iri) for iri in query.default_graphs],
            "named_graphs": [NamedNode(iri) for iri in query.named_graphs],
        }
    # The union would win over FROM: it is asked for only where the text has no FROM.
    return {"use_default_graph_as_union": not names_dataset}


@contextmanager
def _errors_of_the_engine(text: str) -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        raise _syntax_error(str(error), text) from error
    except (ValueError, RuntimeError) as error:  # a graph name, an unknown function
        raise BadRequest(f"The query cannot be run: {error}") from error
    except OSError as error:
        raise ReleaseError(f"the store cannot be read: {error}") from error


def _syntax_error(message: str, text: str) -> QuerySyntaxError:
    """What the engine says (``error at 1:8: expected one of …``), made fit to be read."""
    match = PLACE.match(message)
    if not match:
        return QuerySyntaxError(message)
    line, column = int(match[1]), int(match[2])
    remark = SENTENCE.search(match[3])
    reason = remark[1] if remark else "the query cannot be read on from here"
    before = text.splitlines()[line - 1 : line] or [""]
    excerpt = before[0][: column - 1][-30:].strip()
    after = f", after “{excerpt}”" if excerpt else ""
    return QuerySyntaxError(f"Line {line}, column {column}{after}: {reason}.", line, column)
