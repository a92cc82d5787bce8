"""What tests of the workers ask, and how they look at the processes."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

from glokal.serving.sparql.pool import QueryPool
from glokal.serving.sparql.protocol import Query

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def number(text: str) -> Query:
    return Query(text, results="csv", graph="nt")


async def value(pool: QueryPool, text: str) -> str:
    answer = await pool.run(number(text))
    return answer.body.decode().splitlines()[1]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.02)


def zygote() -> int:
    """The process id of the child of this process that was started last."""
    return max(children(os.getpid()), key=started)


def workers() -> list[int]:
    """The process ids of the living workers."""
    return children(zygote())


def kill_workers() -> None:
    for worker in workers():
        os.kill(worker, signal.SIGKILL)


def lives(process: int) -> bool:
    """Whether a process runs; one that is dead may be listed until its adopter takes note."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def started(process: int) -> int:
    """When a process started, in ticks: ids begin anew when they are used up."""
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19])


def children(process: int) -> list[int]:
    return [
        int(child)
        for task in Path(f"/proc/{process}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]
