"""The process that query workers are forked from: ``python -m glokal.serving.sparql.zygote``.

It opens the store once, so that a worker is there within milliseconds, and knows nothing of
queries. It is told by lines on its standard input which worker to fork, to stop or to kill, and
says by lines on its standard output which have started and how they ended. When its input ends
it ends too, and all workers with it. The first line of its input is its Configuration.
"""

import gc
import json
import os
import select
import signal
import sys
import warnings
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from glokal.serving.sparql import worker
from glokal.serving.sparql.confinement import leave_network
from glokal.serving.sparql.desk import Desk
from glokal.serving.sparql.seccomp import Filter

COMMAND = (sys.executable, "-P", "-m", "glokal.serving.sparql.zygote")
INPUT, OUTPUT = 0, 1
LOW_PRIORITY = 10
SIGNALS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP, "continue": signal.SIGCONT}


@dataclass(frozen=True)
class Configuration:
    """What a zygote has to know; it goes to it as a line of JSON.

    ``store`` is the folder of the read-only store; up to ``in_memory`` quads it is held in
    memory. ``memory`` and ``max_bytes`` bound each worker, in bytes. ``desk``, ``queue`` and
    ``pipes`` are inherited descriptors: the shared memory with so many ``places``, the reading
    end of the queue, and for each worker the end that it writes answers to.
    """

    store: str
    prefixes: dict[str, str]
    in_memory: int
    memory: int
    max_bytes: int
    desk: int = -1
    places: int = 0
    queue: int = -1
    pipes: tuple[int, ...] = ()

    def to_line(self) -> bytes:
        """The configuration as a line."""
        return json.dumps(asdict(self)).encode() + b"\n"


class Zygote:
    """Forks workers and tells of their deaths."""

    def __init__(self, task: worker.Task, pipes: tuple[int, ...]) -> None:
        """Fork nothing yet.

        Args:
            task: what each worker is given.
            pipes: where each worker writes.
        """
        self._task = task
        self._pipes = pipes
        self._workers: dict[int, int] = {}
        """The number of each living worker, by its process id."""
        self._bell, bell = os.pipe()
        os.set_blocking(bell, False)
        os.set_blocking(self._bell, False)
        self._bells = (self._bell, bell)
        signal.set_wakeup_fd(bell, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> None:
        """Do what is ordered until the input ends."""
        poll = select.poll()
        for source in (INPUT, self._bell):
            poll.register(source, select.POLLIN)
        rest = b""
        while True:
            ready = {source for source, _ in poll.poll()}
            if self._bell in ready:
                os.read(self._bell, 4096)
                self._bury()
            if INPUT in ready:
                orders = os.read(INPUT, 65536)
                if not orders:
                    return
                *lines, rest = (rest + orders).split(b"\n")
                for line in lines:
                    verb, _, number = line.decode().partition(" ")
                    self._obey(verb, int(number))

    def end(self) -> None:
        """Kill every worker and wait until it is gone."""
        for process in self._workers:
            os.kill(process, signal.SIGKILL)
        for process in self._workers:
            os.waitpid(process, 0)

    def _obey(self, verb: str, number: int) -> None:
        if verb == "fork":
            self._fork(number)
            return
        for process, living in self._workers.items():
            if living != number:
                continue
            if verb == "slow":
                _slow_down(process)
            else:  # nobody else waits for it, so its id is its own even if it has just ended
                os.kill(process, SIGNALS[verb])

    def _fork(self, number: int) -> None:
        zygote = os.getpid()
        try:
            process = os.fork()
        except OSError as error:
            report("ended", number, error.errno or worker.FAILED)
            return
        if process == 0:
            self._forget_the_zygote(number)
            worker.live(self._task, number, self._pipes[number], zygote)
        self._workers[process] = number
        report("started", number, process)

    def _forget_the_zygote(self, number: int) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for end in (*self._bells, *self._pipes):
            if end != self._pipes[number]:
                os.close(end)
        gc.enable()

    def _bury(self) -> None:
        for process, number in list(self._workers.items()):
            dead, status = os.waitpid(process, os.WNOHANG)
            if dead:
                del self._workers[process]
                report("ended", number, os.waitstatus_to_exitcode(status))


def main() -> None:
    """Open the store that the first line names, then fork workers as ordered."""
    configuration = Configuration(**json.loads(_first_line()))
    walled = leave_network()  # must come first: the store may start threads
    try:
        store = open_store(configuration.store, configuration.in_memory)
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        report("failed", str(error))
        return
    task = worker.Task(
        store,
        configuration.prefixes,
        configuration.memory,
        configuration.max_bytes,
        Desk(configuration.desk, configuration.places, len(configuration.pipes)),
        configuration.queue,
        Filter(),
    )
    zygote = Zygote(task, tuple(configuration.pipes))
    # Python warns of threads: those of the store’s files are idle, and a worker only reads.
    warnings.simplefilter("ignore", DeprecationWarning)
    gc.collect()
    gc.freeze()
    gc.disable()  # until a worker is forked: its memory is shared as long as nobody writes there
    report("ready", walled)
    try:
        zygote.serve()
    finally:
        zygote.end()


def open_store(folder: str, in_memory: int) -> Store:
    """The store of a folder, read into memory if it has no more quads than that.

    Raises:
        OSError: it cannot be opened.
    """
    files = Store.read_only(folder)
    if len(files) > in_memory:
        return files
    store = Store()
    store.bulk_extend(files)
    return store


def report(*words: Any) -> None:
    """Tell the service something, as a line of JSON; the end of its input says if it is gone."""
    with suppress(BrokenPipeError):
        os.write(OUTPUT, json.dumps(words).encode() + b"\n")


def _first_line() -> bytes:
    """The first line of the input, and not a byte more: what follows is polled for."""
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(INPUT, 1)
        if not piece:
            sys.exit()
        line += piece
    return line


def _slow_down(process: int) -> None:
    """Give a process, that is each of its threads, what others leave of the processors."""
    try:
        threads = [int(task.name) for task in Path(f"/proc/{process}/task").iterdir()]
    except OSError:
        threads = [process]
    for thread in threads:
        try:
            os.setpriority(os.PRIO_PROCESS, thread, LOW_PRIORITY)
        except ProcessLookupError:
            continue


if __name__ == "__main__":
    main()
