"""The life of a query worker, from its fork to its death.

It takes one request at a time from the queue that it shares with the others, and answers each
through its own pipe. It may be killed at any moment.
"""

import os
import threading
import time
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Store

from glokal.errors import GlokalError
from glokal.serving.sparql import confinement
from glokal.serving.sparql.desk import WORD, Desk
from glokal.serving.sparql.evaluate import evaluate
from glokal.serving.sparql.protocol import ENVELOPE, READY, Query, pack
from glokal.serving.sparql.seccomp import Filter

STACK = 256 * 1024**2
"""Bytes of stack: about 64,000 nested braces. They count in the address space."""
FAILED = 70
"""The exit status of a worker that had no memory left to say anything."""


@dataclass(frozen=True)
class Task:
    """What every worker of a zygote is given.

    ``prefixes`` are declared for every query; ``memory`` and ``max_bytes`` are the address space
    and the largest answer in bytes; ``queue`` is the reading end of the queue.
    """

    store: Store
    prefixes: dict[str, str]
    memory: int
    max_bytes: int
    desk: Desk
    queue: int
    filter: Filter


def live(task: Task, worker: int, pipe: int, zygote: int) -> None:
    """Confine this process, which has just been forked, then answer queries; never returns.

    Args:
        task: what to answer from.
        worker: the number of its card on the desk.
        pipe: the descriptor to write answers to.
        zygote: the process whose death is to be this one’s.
    """
    try:
        confinement.hush()
        confinement.offer_memory_first()
        confinement.limit_memory(task.memory)
        threading.stack_size(STACK)
        confinement.open_nothing_more()
        filtered = task.filter.put_on()
        confinement.die_with(zygote)
        thread = threading.Thread(
            target=_work, args=(task, worker, pipe), kwargs={"filtered": filtered}
        )
        thread.start()
        thread.join()
    finally:
        os._exit(FAILED)


def _work(task: Task, worker: int, pipe: int, *, filtered: bool) -> None:
    desk = task.desk
    try:
        _write(pipe, READY, pack({"filtered": filtered}))
        while token := os.read(task.queue, WORD):
            number = int.from_bytes(token, "little")
            frame = desk.begin(worker, number, time.monotonic(), time.process_time())
            _write(pipe, number, _reply(task, Query.from_frame(frame)) if frame else pack({}))
            desk.end(worker)
    finally:  # out of memory, or a fault of the engine: never a worker that is silent
        os._exit(FAILED)


def _reply(task: Task, query: Query) -> bytes:
    try:
        answer = evaluate(task.store, task.prefixes, query, task.max_bytes)
    except GlokalError as error:
        return pack(_report(error))
    header = {
        "kind": answer.kind,
        "content_type": answer.content_type,
        "ran": answer.ran,
        "serialised": answer.serialised,
        "repeatable": answer.repeatable,
    }
    return pack(header, answer.body)


def _report(error: GlokalError) -> dict[str, Any]:
    place = {name: getattr(error, name, None) for name in ("line", "column")}
    return {"error": type(error).__name__, "message": str(error), **place}


def _write(pipe: int, number: int, frame: bytes) -> None:
    rest = memoryview(ENVELOPE.pack(number, len(frame)) + frame)
    while rest:
        rest = rest[os.write(pipe, rest) :]
