"""A server in a process of its own, as an operator runs it, with tight bounds."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from tests.serving.sparql.asking import children, started

from glokal.release import Release

DEADLINE = 1
"""Seconds that a query may take on this server."""


@dataclass(frozen=True)
class Running:
    """A server that runs: its port, its process and a client for it."""

    port: int
    process: int
    client: httpx.Client

    def ask(self, text: str, **headers: str) -> httpx.Response:
        """The answer to a query, sent as the body of a POST."""
        headers = {
            "Content-Type": "application/sparql-query",
            "Accept": "text/csv, text/turtle",
            **headers,
        }
        return self.client.post("/sparql", content=text.encode(), headers=headers)

    def number(self, n: int) -> str:
        """What the endpoint says of a small query that nobody has asked before."""
        answer = self.ask(f"SELECT ({n} AS ?n) {{}}")
        assert answer.status_code == 200, answer.text
        return answer.text.split()[1]

    def connect(self) -> socket.socket:
        """A bare connection."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        connection.settimeout(10)
        return connection

    @property
    def memory(self) -> int:
        """The bytes that the web process has in memory, without what it shares."""
        status = Path(f"/proc/{self.process}/status").read_text()
        return 1024 * int(status.split("RssAnon:")[1].split()[0])

    @property
    def zygote(self) -> int:
        """The process id of the process that workers come from."""
        return max(children(self.process), key=started)

    @property
    def workers(self) -> list[int]:
        """The process ids of the workers."""
        return children(self.zygote)


@contextmanager
def serving(release: Release, **settings: int) -> Iterator[Running]:
    """Start a server over a release and end it afterwards.

    Args:
        release: what it serves.
        settings: those of ``Settings`` that are not to be the usual ones.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    chosen = {"sparql_timeout": DEADLINE, "sparql_cache": 1024**2, **settings}
    environment = {f"GLOKAL_{name.upper()}": str(value) for name, value in chosen.items()}
    options = ["--release", str(release.path), "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-m", "glokal", "serve", *options],
        stdout=subprocess.DEVNULL,
        env=os.environ | environment,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            _await(client)
            yield Running(port, process.pid, client)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(client: httpx.Client) -> None:
    for _ in range(300):
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server does not start")
