"""The endpoints that are compared, each in a process of its own over the same data.

Those of others are installed into an environment of their own, in a folder that is removed.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from glokal.release import Release

OTHERS = ("oxigraph", "rdflib-endpoint[web]", "uvicorn")
RDFLIB_SERVER = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
dataset = Dataset(default_union=True)
dataset.parse(sys.argv[1], format="nquads")
app = SparqlEndpoint(graph=dataset, path="/query")
uvicorn.run(app, port=int(sys.argv[2]), log_level="critical")
"""


@dataclass(frozen=True)
class Endpoint:
    """A server that runs: its name, where it is asked, and the process at the top of it."""

    name: str
    port: int
    path: str
    process: int


def install(folder: Path) -> Path:
    """Install the endpoints of others; gives the folder of their programs."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    command = [python, "-m", "pip", "install", "--quiet", *OTHERS]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return folder / "bin"


@contextmanager
def glokal(release: Release, **settings: int) -> Iterator[Endpoint]:
    """This project’s own server."""
    port = free_port()
    command = [sys.executable, "-m", "glokal", "serve", "--release", release.path]
    environment = {f"GLOKAL_{name.upper()}": str(value) for name, value in settings.items()}
    with _running([*command, "--port", port], port, "/sparql", environment) as process:
        yield Endpoint("glokal", port, "/sparql", process)


@contextmanager
def oxigraph(release: Release, programs: Path, folder: Path) -> Iterator[Endpoint]:
    """The server that the engine’s own project publishes, on RocksDB."""
    port = free_port()
    program = str(programs / "oxigraph")
    load = [program, "load", "--location", folder, "--file", release.path / "dataset.nq"]
    subprocess.run([str(word) for word in load], check=True, stderr=subprocess.DEVNULL)
    subprocess.run([program, "optimize", "--location", folder], check=True)
    serve = [program, "serve-read-only", "--location", folder, "--union-default-graph"]
    with _running([*serve, "--bind", f"127.0.0.1:{port}"], port, "/query") as process:
        yield Endpoint("oxigraph", port, "/query", process)


@contextmanager
def rdflib_endpoint(release: Release, programs: Path) -> Iterator[Endpoint]:
    """An endpoint in Python over rdflib’s default store."""
    port = free_port()
    command = [programs / "python", "-c", RDFLIB_SERVER, release.path / "dataset.nq", port]
    with _running(command, port, "/query") as process:
        yield Endpoint("rdflib-endpoint", port, "/query", process)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def _running(
    command: Sequence[object], port: int, path: str, environment: dict[str, str] | None = None
) -> Iterator[int]:
    silent = subprocess.DEVNULL
    process = subprocess.Popen(
        [str(word) for word in command],
        stdout=silent,
        stderr=silent,
        env=os.environ | (environment or {}),
    )
    try:
        _await(f"http://127.0.0.1:{port}{path}?query=ASK%20%7B%7D", process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")
