"""One query worker as the service sees it: started, asked, killed."""

import asyncio
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from glokal.errors import (
    BadRequest,
    GlokalError,
    NotAcceptable,
    QueryEngineFailed,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    ReleaseError,
    ResultTooLarge,
)
from glokal.serving.sparql.protocol import Answer, Frame, Query, pack, receive

COMMAND = (sys.executable, "-P", "-m", "glokal.serving.sparql.worker")
START_LIMIT = 30.0
"""Seconds in which a worker must have opened its store."""
END_LIMIT = 2.0
"""Seconds in which a process that has closed its output must be gone."""
BUFFER = 1024**2
ENDED = (asyncio.IncompleteReadError, ConnectionError)
ERRORS: Mapping[str, type[GlokalError]] = {
    error.__name__: error
    for error in (BadRequest, NotAcceptable, QueryRefused, ReleaseError, ResultTooLarge)
}
"""The errors that a worker reports, beside a syntax error, which has a place."""


class WorkerProcess:
    """One worker. It is killed whenever it does not answer, and started anew when asked."""

    def __init__(self, configuration: Mapping[str, Any], deadline: float) -> None:
        """Start nothing yet.

        Args:
            configuration: the first frame: ``store`` (path), ``prefixes``, ``memory`` and
                ``max_bytes`` (both in bytes).
            deadline: the seconds that a query may take.
        """
        self.configuration = configuration
        self.deadline = deadline
        self._process: Process | None = None

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start the process and wait until it can take queries.

        Raises:
            ReleaseError: it cannot open its store, or has too little memory to.
        """
        ready = False
        try:
            async with asyncio.timeout(START_LIMIT):
                header, _ = await self._launch()
            ready = "error" not in header
        except (*ENDED, TimeoutError) as error:
            ending = _ending(await self._ended())
            raise ReleaseError(
                f"the query worker {ending} before it was ready; its memory limit is "
                f"{self.configuration['memory']:,} bytes (sparql_memory)"
            ) from error
        except OSError as error:
            raise ReleaseError(f"the query worker cannot be started: {error}") from error
        finally:
            if not ready:
                await self.stop()
        if not ready:
            raise ReleaseError(f"the query worker cannot start: {header['message']}")

    async def ask(self, query: Query) -> Answer:
        """Have one query answered; a worker takes the next one only after this returns.

        Raises:
            QueryTimeout: the deadline passed.
            QueryEngineFailed: the process died of the query.
            GlokalError: what the worker says of the query, see ``evaluate``.
        """
        if not self.alive:
            await self.start()
        answered = False
        try:
            async with asyncio.timeout(self.deadline):
                header, body = await self._exchange(query.to_frame())
            answered = True
        except TimeoutError as error:
            raise QueryTimeout(
                f"The query was stopped after {self.deadline:g} seconds; "
                "ask for less, or add LIMIT."
            ) from error
        except ENDED as error:
            raise _failure(await self._ended()) from error
        finally:  # also where the asker is gone: a late answer must reach nobody else
            if not answered:
                await self.stop()
        if "error" in header:
            raise _reported(header)
        return Answer(header["kind"], header["content_type"], body, ran=header["ran"])

    async def stop(self) -> int:
        """Kill the process, if there is one, and give its exit status (negative: signal)."""
        process, self._process = self._process, None
        if process is None or process.stdin is None:
            return 0
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        process.stdin.close()
        await process.communicate()  # reads to the end, or the pipe would stay open
        return process.returncode or 0

    async def _ended(self) -> int:
        """The exit status of a process that has closed its pipes, by its own death if it can.

        ``Popen.send_signal`` polls first: killing a process that has just died would take its
        status away from the event loop, which then reports 255.
        """
        if self._process is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(END_LIMIT):
                    await self._process.wait()
        return await self.stop()

    async def _launch(self) -> Frame:
        # Its own session: a Ctrl-C in the terminal is the service's to handle. What the
        # engine writes to standard error in dying is as long as a stranger wants it.
        self._process = await asyncio.create_subprocess_exec(
            *COMMAND,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            limit=BUFFER,
            start_new_session=True,
        )
        return await self._exchange(pack(self.configuration))

    async def _exchange(self, frame: bytes) -> Frame:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise ConnectionError("the worker is stopped")
        process.stdin.write(frame)
        await process.stdin.drain()
        return await receive(process.stdout)


def _reported(header: Mapping[str, Any]) -> GlokalError:
    message = header["message"]
    if header["error"] == QuerySyntaxError.__name__:
        return QuerySyntaxError(message, header["line"], header["column"])
    return ERRORS[header["error"]](message)


def _failure(status: int) -> QueryEngineFailed:
    if status == -signal.SIGSEGV:
        return QueryEngineFailed("The query nests too deeply to be read.")
    return QueryEngineFailed("The query needs more memory than a query may use.")


def _ending(status: int) -> str:
    if status < 0:
        return f"was ended by {signal.Signals(-status).name}"
    return f"ended with status {status}"
