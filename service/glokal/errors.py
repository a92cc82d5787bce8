"""One shallow tree of errors, by cause; each says what happened and what to do.

``status`` is the HTTP status that a cause answers with, ``exit_code`` the one of the
command line (0 conforms, 1 findings or refused, 2 the sources cannot be read).
"""

from dataclasses import dataclass


class GlokalError(Exception):
    """The root: never raised itself."""

    status = 500
    title = "Internal error"
    exit_code = 1


@dataclass(frozen=True)
class SourceProblem:
    """What makes one source file unreadable, and where.

    ``line`` and ``column`` count from 1; they are None where no place can be named.
    """

    path: str
    message: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = [self.path, *(str(n) for n in (self.line, self.column) if n is not None)]
        return f"{':'.join(place)}: {self.message}"


class SourcesUnreadable(GlokalError):
    """One or more source files cannot be read; every problem is listed, not only the first."""

    title = "The sources cannot be read"
    exit_code = 2

    def __init__(self, problems: tuple[SourceProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class NotConforming(GlokalError):
    """The sources were read, but break rules; nothing was built."""

    title = "The data does not conform to its shapes"


class ReleaseError(GlokalError):
    """A release cannot be written, found or trusted."""

    status = 503
    title = "Release not available"


class CannotStart(GlokalError):
    """A setting has no valid value, or the address to listen on is not to be had."""

    status = 503
    title = "The service cannot start"


class MessageMissing(GlokalError):
    """A message catalogue lacks what a page has to say; the message names language and id."""

    title = "A message is missing"


class NotFound(GlokalError):
    """Nothing has this address."""

    status = 404
    title = "Not found"


class NotAcceptable(GlokalError):
    """No representation satisfies the request (RFC 9110 section 15.5.7).

    ``alternatives`` holds the URL path and media type of each one that exists.
    """

    status = 406
    title = "Not acceptable"

    def __init__(self, message: str, alternatives: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.alternatives = alternatives


class BadRequest(GlokalError):
    """The request breaks a protocol; the message says which part."""

    status = 400
    title = "Bad request"


class UnsupportedMediaType(BadRequest):
    """The body has a media type that the operation does not take."""

    status = 415
    title = "Unsupported media type"


class ContentTooLarge(BadRequest):
    """The body is larger than the operation takes."""

    status = 413
    title = "The request is too large"


class QueryRefused(BadRequest):
    """A query asks for what this service does not do (update, SERVICE)."""

    title = "Query refused"


class QuerySyntaxError(BadRequest):
    """The query cannot be parsed; line and column count from 1."""

    title = "The query has a syntax error"

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class QueryTimeout(GlokalError):
    """The query ran past its deadline and was stopped."""

    status = 504
    title = "The query took too long"


class ResultTooLarge(GlokalError):
    """The answer is larger than the service sends whole."""

    status = 413
    title = "The result is too large"


class QueryEngineFailed(GlokalError):
    """The process that ran the query died (memory, stack); the query cannot be answered."""

    status = 507
    title = "The query needs more resources than this service gives"


class QueryNestsTooDeeply(QueryEngineFailed):
    """The query has more brackets within brackets than can be read."""

    status = 422
    title = "The query nests too deeply"


class ServiceBusy(GlokalError):
    """No slot is free; try again after ``retry_after`` seconds."""

    status = 503
    title = "The service is busy"
    retry_after = 5


class ClientGone(GlokalError):
    """The client went away before its answer; nginx calls this "client closed request"."""

    status = 499
    title = "Nobody is left to read this"
