"""What a process that runs strangers’ queries must not be able to do, and how it is told so."""

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
OOM_SCORE = "900"
"""When memory runs out, the kernel ends a worker (1000: first of all) before the service."""


def leave_network() -> bool:
    """Move this process and its children into a network namespace with nothing in it.

    It must have one thread only. A user namespace of its own makes it work without privileges.

    Returns:
        False where the kernel does not have it or its administrator has forbidden it.
    """
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)


def die_with(parent: int) -> None:
    """End this process when the thread that forked it ends (Linux)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL))
    if os.getppid() != parent:  # it ended before it was to be told
        os._exit(0)


def offer_memory_first() -> None:
    """Be the one that ends when the machine runs out of memory (Linux)."""
    score = Path("/proc/self/oom_score_adj")
    if score.exists():
        score.write_text(OOM_SCORE)


def hush() -> None:
    """Write output to nowhere: what the engine says in dying is as long as a stranger wants."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def limit_memory(size: int) -> None:
    """Bound the address space, in bytes, and leave no core file.

    Raises:
        ValueError: the process may not set such a limit.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def open_nothing_more() -> None:
    """Open no file and no socket from now on; those that are open stay so."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
