"""Why a query has no answer: what its worker said of it, or how the worker died of it."""

import signal
from collections.abc import Mapping
from typing import Any

from glokal.errors import (
    BadRequest,
    GlokalError,
    NotAcceptable,
    QueryEngineFailed,
    QueryNestsTooDeeply,
    QueryRefused,
    QuerySyntaxError,
    ReleaseError,
    ResultTooLarge,
)

ERRORS: Mapping[str, type[GlokalError]] = {
    error.__name__: error
    for error in (BadRequest, NotAcceptable, QueryRefused, ReleaseError, ResultTooLarge)
}
"""The errors that a worker reports, beside a syntax error, which has a place."""
KILLED = (-signal.SIGKILL, -signal.SIGTERM)
"""The exit statuses of a worker that somebody else has ended."""


def reported(header: Mapping[str, Any]) -> GlokalError:
    """The error that the header of a worker’s frame tells of."""
    message = header["message"]
    if header["error"] == QuerySyntaxError.__name__:
        return QuerySyntaxError(message, header["line"], header["column"])
    return ERRORS[header["error"]](message)


def cause_of_death(status: int) -> QueryEngineFailed:
    """What a query did to its worker, from its exit status (negative: a signal)."""
    if status == -signal.SIGSEGV:
        return QueryNestsTooDeeply("The query nests too deeply to be read.")
    return QueryEngineFailed("The query needs more memory than a query may use.")


def ending(status: int) -> str:
    """An exit status in words, to go on after “the query worker”."""
    if status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    return f"ended with status {status}"
