"""The walls behind the guard: with the guard out of the way, no query opens a connection."""

import asyncio
import socket
import sys
from collections.abc import Iterator

import pytest
from tests.serving.sparql.example import running

from glokal.errors import GlokalError, ServiceBusy
from glokal.release import Release
from glokal.serving.sparql.pool import QueryPool
from glokal.serving.sparql.protocol import Query

UNGUARDED = """
from glokal.serving.sparql import confinement, evaluate, seccomp, zygote
outline = evaluate.examine("ASK {}")
evaluate.examine = lambda text: outline
"""
LOWERED = {
    "descriptors": "confinement.open_nothing_more = lambda: None\n",
    "network_namespace": "zygote.leave_network = lambda: False\n",
    "system_calls": "seccomp.Filter.put_on = lambda self: False\n",
}


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        yield server


async def call(pool: QueryPool, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    for silent in ("", "SILENT "):
        text = f"SELECT * {{ SERVICE {silent}<http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        try:
            await pool.run(Query(text, "csv", "nt"))
        except ServiceBusy:  # it was not even tried
            raise
        except GlokalError:
            continue


def connected(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("left", LOWERED)
def test_each_wall_holds_alone(
    left: str,
    small_release: Release,
    listener: socket.socket,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = UNGUARDED + "".join(LOWERED[wall] for wall in LOWERED if wall != left)
    use(script, monkeypatch)

    async def check() -> None:
        async with running(small_release) as pool:
            if not pool.walls[left]:
                pytest.skip(f"this system has no {left} for us")
            await call(pool, listener)

    asyncio.run(check())
    assert not connected(listener)


def test_without_any_wall_the_engine_does_connect(
    small_release: Release, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the test before this one would show nothing."""
    use(UNGUARDED + "".join(LOWERED.values()), monkeypatch)

    async def check() -> None:
        async with running(small_release, sparql_timeout=1) as pool:
            assert not pool.walls["network_namespace"]
            assert not pool.walls["system_calls"]
            await call(pool, listener)

    asyncio.run(check())
    assert connected(listener)


def test_the_log_tells_which_wall_is_missing(
    small_release: Release, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    use(UNGUARDED + LOWERED["network_namespace"] + LOWERED["system_calls"], monkeypatch)

    async def check() -> None:
        async with running(small_release) as pool:
            assert pool.walls == {
                "descriptors": True,
                "network_namespace": False,
                "system_calls": False,
            }

    asyncio.run(check())
    assert "without network_namespace and system_calls" in caplog.text


def use(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let zygotes run this before they begin."""
    command = (sys.executable, "-c", f"{script}zygote.main()")
    monkeypatch.setattr("glokal.serving.sparql.crew.COMMAND", command)
