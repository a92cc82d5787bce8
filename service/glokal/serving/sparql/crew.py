"""The zygote and its workers as the service sees them: orders out, answers and reports in."""

import asyncio
import fcntl
import json
import os
import struct
import sys
import termios
import time
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from glokal.errors import ReleaseError
from glokal.serving.sparql.desk import WORD, Desk, create
from glokal.serving.sparql.protocol import Mailbox
from glokal.serving.sparql.zygote import COMMAND, Configuration

START_LIMIT = 60.0
"""Seconds in which the zygote must have opened the store, which may mean to read it all."""
END_LIMIT = 2.0
"""Seconds in which it must have killed its workers and be gone itself."""
PIECE = 1024**2
HUGE_PAGES = "glibc.malloc.hugetlb=1"
"""Large pages where the kernel has them on request: a fork then copies a small page table."""


class Listener(Protocol):
    """Who is told what happens; always from within the event loop."""

    def started(self, worker: int, process: int) -> None:
        """A worker was forked."""
        ...

    def answered(self, worker: int, number: int, frame: bytes) -> None:
        """A worker has written a frame."""
        ...

    def ended(self, worker: int, status: int) -> None:
        """A worker is dead, and everything that it had written was told before."""
        ...

    def lost(self) -> None:
        """The zygote is dead, and with it every worker."""
        ...


class Crew:
    """One zygote, from its start to its death; it is never started twice."""

    def __init__(self, listener: Listener, workers: int, places: int) -> None:
        """Open what the zygote will inherit.

        Args:
            listener: is told what happens.
            workers: how many may live at once.
            places: how many requests may be on their way at once.
        """
        self.workers = workers
        self.places = places
        self.network_left = False
        self._listener = listener
        self._process: Process | None = None
        self._hearing: asyncio.Task[None] | None = None
        self._file = create()
        self.desk = Desk(self._file, places, workers)
        self._queue, self._entrance = os.pipe()
        self._pipes = [os.pipe() for _ in range(workers)]
        self._mailboxes = [Mailbox() for _ in range(workers)]
        for end in (self._entrance, *(reading for reading, _ in self._pipes)):
            os.set_blocking(end, False)

    async def start(self, configuration: Configuration) -> None:
        """Start the zygote and wait until it can fork.

        Args:
            configuration: what it has to know, but for what it inherits.

        Raises:
            ReleaseError: it cannot open the store; the message says why.
        """
        configuration = replace(
            configuration,
            desk=self._file,
            places=self.places,
            queue=self._queue,
            pipes=tuple(writing for _, writing in self._pipes),
        )
        try:
            async with asyncio.timeout(START_LIMIT):
                reports = await self._launch(configuration)
                word, detail = json.loads(await reports.readline() or b'["dead",""]')
        except (OSError, TimeoutError, ValueError) as error:
            await self.stop()
            raise ReleaseError(f"the query workers cannot be started: {error}") from error
        if word != "ready":
            await self.stop()
            raise ReleaseError(f"the query worker cannot start: {detail}")
        self.network_left = detail
        loop = asyncio.get_running_loop()
        for worker, (reading, _) in enumerate(self._pipes):
            loop.add_reader(reading, self._read, worker)
        self._hearing = asyncio.create_task(self._hear(reports))

    async def stop(self) -> None:
        """End the zygote and with it every worker, and close everything."""
        loop = asyncio.get_running_loop()
        if self._hearing and self._hearing is not asyncio.current_task():
            self._hearing.cancel()
            await asyncio.gather(self._hearing, return_exceptions=True)
        for reading, _ in self._pipes:
            loop.remove_reader(reading)
        process, self._process = self._process, None
        if process and process.stdin:
            process.stdin.close()
            try:
                async with asyncio.timeout(END_LIMIT):
                    await process.communicate()  # reads to the end, or the pipe would stay open
            except TimeoutError:
                process.kill()
                await process.communicate()
        for end in (self._file, self._queue, self._entrance, *sum(self._pipes, ())):
            with suppress(OSError):
                os.close(end)
        self._file = self._queue = self._entrance = -1
        self._pipes = []

    def order(self, verb: str, worker: int) -> None:
        """Have a worker forked, killed, stopped, continued or slowed down."""
        if self._process and self._process.stdin:
            self._process.stdin.write(f"{verb} {worker}\n".encode())

    def enqueue(self, number: int) -> None:
        """Let the next worker that is free take a request from the desk."""
        os.write(self._entrance, number.to_bytes(WORD, "little"))

    @property
    def queue_is_empty(self) -> bool:
        """Whether every request in the queue has been taken."""
        (waiting,) = struct.unpack("i", fcntl.ioctl(self._queue, termios.FIONREAD, b"\0" * 4))
        return not waiting

    async def _launch(self, configuration: Configuration) -> asyncio.StreamReader:
        """Start the process; gives what it reports.

        Raises:
            OSError: it cannot be started, or has no pipes.
        """
        # Its own session: a Ctrl-C in the terminal is the service's to handle.
        tunables = filter(None, (os.environ.get("GLIBC_TUNABLES"), HUGE_PAGES))
        descriptors = (configuration.desk, configuration.queue, *configuration.pipes)
        self._process = process = await asyncio.create_subprocess_exec(
            *COMMAND,
            stdin=PIPE,
            stdout=PIPE,
            env=os.environ | {"GLIBC_TUNABLES": ":".join(tunables)},
            pass_fds=descriptors,
            start_new_session=True,
        )
        if process.stdin is None or process.stdout is None:
            raise OSError("the zygote has no pipes")
        process.stdin.write(configuration.to_line())
        return process.stdout

    async def _hear(self, reports: asyncio.StreamReader) -> None:
        """Take the reports of the zygote until it is dead."""
        while line := await reports.readline():
            word, worker, detail = json.loads(line)
            if word == "started":
                self._listener.started(worker, detail)
            else:
                self._read(worker)
                self._mailboxes[worker].clear()
                self._listener.ended(worker, detail)
        self._listener.lost()

    def _read(self, worker: int) -> None:
        """Take what a worker has written so far; a pipe holds less than one piece."""
        reading, _ = self._pipes[worker]
        try:
            piece = os.read(reading, PIECE)
        except BlockingIOError:
            return
        if not piece:  # the zygote is dead, which its report will tell
            asyncio.get_running_loop().remove_reader(reading)
        for number, frame in self._mailboxes[worker].take(piece):
            self._listener.answered(worker, number, frame)


def processor_time(process: int) -> float | None:
    """The seconds of processor time that a process has used; None where nobody can tell."""
    if sys.platform != "linux":
        return None
    try:
        return time.clock_gettime(~process << 3 | 2)  # its clock: man 2 clock_getcpuclockid
    except OSError:
        return 0.0
