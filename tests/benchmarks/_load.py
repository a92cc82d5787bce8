"""A load of HTTP requests from one process, and what it cost the server."""

import asyncio
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast
from urllib.parse import quote

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """Requests a second, the time of one in milliseconds, processor time of one in µs."""

    rate: float
    median: float
    p99: float
    cpu: float
    failed: int


def get(path: str, query: str | None = None) -> bytes:
    """A GET request for a page, or for the JSON results of a query."""
    target = path if query is None else f"{path}?query={quote(query)}"
    accept = "text/html" if query is None else "application/sparql-results+json"
    return f"GET {target} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n".encode()


class Connection(asyncio.Protocol):
    """Sends its requests one after another and notes how long each takes."""

    def __init__(self, requests: Sequence[bytes], end: float, pause: float) -> None:
        self._requests = requests
        self._end = end
        self._pause = pause
        self._next = 0
        self._rest = b""
        self._sent = 0.0
        self.times: list[float] = []
        self.failed = 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop’s has no such base
        self._send()

    def data_received(self, data: bytes) -> None:
        """Go on as soon as an answer is whole."""
        self._rest += data
        head, found, body = self._rest.partition(b"\r\n\r\n")
        if not found:
            return
        if b"ontent-length: " in head.lower():
            length = int(head.lower().split(b"ontent-length: ")[1].split(b"\r\n")[0])
            whole = len(body) >= length
        else:
            whole = body.endswith(b"0\r\n\r\n")
        if whole:
            self.times.append(time.perf_counter() - self._sent)
            self.failed += not head.startswith(b"HTTP/1.1 200")
            self._rest = b""
            if self._pause:
                asyncio.get_running_loop().call_later(self._pause, self._send)
            else:
                self._send()

    def connection_lost(self, _: Exception | None) -> None:
        """End, whoever wished it."""
        if not self.done.done():
            self.done.set_result(None)

    def _send(self) -> None:
        if time.perf_counter() > self._end:
            self._transport.close()
            return
        self._sent = time.perf_counter()
        self._transport.write(self._requests[self._next % len(self._requests)])
        self._next += 1


async def load(
    port: int, requests: Sequence[bytes], connections: int, seconds: float, pause: float = 0.0
) -> tuple[list[float], int]:
    """Send requests over some connections; the sorted times in seconds, and how many failed."""
    loop = asyncio.get_running_loop()
    end = time.perf_counter() + seconds
    opened = []
    for n in range(connections):
        mine = requests[n::connections] or requests
        _, connection = await loop.create_connection(
            partial(Connection, mine, end, pause),
            "127.0.0.1",
            port,
        )
        opened.append(connection)
    await asyncio.wait([connection.done for connection in opened], timeout=seconds + 30)
    times = sorted(time for connection in opened for time in connection.times)
    return times, sum(connection.failed for connection in opened)


async def measure(
    port: int, process: int, requests: Sequence[bytes], connections: int, seconds: float
) -> Measured:
    """Load a server for some seconds, and see what it costs its processes."""
    before = processor_time(process)
    times, failed = await load(port, requests, connections, seconds)
    spent = processor_time(process) - before
    count = max(1, len(times))
    return Measured(
        rate=len(times) / seconds,
        median=1000 * quantile(times, 0.5),
        p99=1000 * quantile(times, 0.99),
        cpu=1e6 * spent / count,
        failed=failed,
    )


def quantile(times: Sequence[float], part: float) -> float:
    """The time that a part of the sorted times does not exceed."""
    return times[min(len(times) - 1, int(len(times) * part))] if times else float("nan")


def processor_time(process: int) -> float:
    """The seconds that a process and all below it have used, those that have ended included."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    own = sum(int(field) for field in fields[11:15]) / TICK
    return own + sum(map(processor_time, children(process)))


def children(process: int) -> list[int]:
    """The processes that a process has started, its threads included."""
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        with suppress(FileNotFoundError):  # the thread has just ended
            found += [int(child) for child in (task / "children").read_text().split()]
    return found
