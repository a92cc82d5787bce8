"""A query worker: ``python -m glokal.serving.sparql.worker``, spoken to by frames.

It may be killed at any moment, and dies with the process that started it: when its
standard input ends. Once ready it can open neither a file nor a connection.
"""

import os
import queue
import resource
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, BinaryIO

from pyoxigraph import Store

from glokal.errors import GlokalError
from glokal.serving.sparql.evaluate import evaluate
from glokal.serving.sparql.protocol import Frame, Query, pack, read

STACK = 256 * 1024**2
"""Bytes of stack: about 64,000 nested braces. They count in the address space."""
FAILED = 70


def main() -> None:
    """Open the store that the first frame names, then answer queries one after another."""
    configuration = read(sys.stdin.buffer)
    if configuration is None:
        return
    inbox: queue.SimpleQueue[Frame] = queue.SimpleQueue()
    try:
        _start(configuration[0], inbox, sys.stdout.buffer)
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        _send(sys.stdout.buffer, pack({"error": "ReleaseError", "message": str(error)}))
        return
    _send(sys.stdout.buffer, pack({"ready": True}))
    # Read on while a query runs, to notice at once when nobody waits for the answer any more.
    while frame := read(sys.stdin.buffer):
        inbox.put(frame)
    os._exit(0)


def _start(
    configuration: Mapping[str, Any], inbox: "queue.SimpleQueue[Frame]", replies: BinaryIO
) -> None:
    memory = configuration["memory"]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    store = Store.read_only(configuration["store"])
    threading.stack_size(STACK)
    threading.Thread(
        target=_serve, args=(store, configuration, inbox, replies), daemon=True
    ).start()
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _serve(
    store: Store,
    configuration: Mapping[str, Any],
    inbox: "queue.SimpleQueue[Frame]",
    replies: BinaryIO,
) -> None:
    try:
        while True:
            header, body = inbox.get()
            _send(replies, _reply(store, configuration, Query.from_frame(header, body)))
    finally:  # out of memory, or a fault of the engine: never a worker that is silent
        os._exit(FAILED)


def _reply(store: Store, configuration: Mapping[str, Any], query: Query) -> bytes:
    started = time.monotonic()
    try:
        answer = evaluate(store, configuration["prefixes"], query, configuration["max_bytes"])
    except GlokalError as error:
        place = {name: getattr(error, name, None) for name in ("line", "column")}
        return pack({"error": type(error).__name__, "message": str(error), **place})
    ran = time.monotonic() - started
    header = {"kind": answer.kind, "content_type": answer.content_type, "ran": ran}
    return pack(header, answer.body)


def _send(stream: BinaryIO, frame: bytes) -> None:
    stream.write(frame)
    stream.flush()


if __name__ == "__main__":
    main()
