"""What the service and a query worker say to each other, and how it is framed.

A frame is two lengths, a JSON object and a body of bytes. The first frame configures the
worker, each later one is a query; the worker answers every frame with one of its own.
"""

import asyncio
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any, Literal

LENGTHS = struct.Struct(">II")
Kind = Literal["bindings", "boolean", "graph"]
Frame = tuple[dict[str, Any], bytes]


@dataclass(frozen=True)
class Query:
    """A query as a client sent it (SPARQL 1.1 Protocol section 2.1).

    ``results`` and ``graph`` are the keys of the formats for bindings or a boolean and for
    triples: only the worker learns which of them a query gives. None forbids that kind.
    Graphs named here take the place of those that the text names.
    """

    text: str
    results: str | None = None
    graph: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def to_frame(self) -> bytes:
        """The query as a frame."""
        header = {
            "results": self.results,
            "graph": self.graph,
            "default_graphs": self.default_graphs,
            "named_graphs": self.named_graphs,
        }
        return pack(header, self.text.encode())

    @classmethod
    def from_frame(cls, header: Mapping[str, Any], body: bytes) -> "Query":
        """The query that a frame holds."""
        return cls(
            body.decode(),
            header["results"],
            header["graph"],
            tuple(header["default_graphs"]),
            tuple(header["named_graphs"]),
        )


@dataclass(frozen=True)
class Answer:
    """A whole answer; ``waited`` and ``ran`` are seconds before and in the worker."""

    kind: Kind
    content_type: str
    body: bytes
    waited: float = 0.0
    ran: float = 0.0


def pack(header: Mapping[str, Any], body: bytes = b"") -> bytes:
    """A frame."""
    head = json.dumps(header).encode()
    return LENGTHS.pack(len(head), len(body)) + head + body


def read(stream: IO[bytes]) -> Frame | None:
    """The next frame of a blocking stream, or None at its end."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    content = stream.read(head + body)
    if len(content) < head + body:
        return None
    return json.loads(content[:head]), content[head:]


async def receive(stream: asyncio.StreamReader) -> Frame:
    """The next frame of an asynchronous stream.

    Raises:
        asyncio.IncompleteReadError: the stream ended before the frame did.
    """
    head, body = LENGTHS.unpack(await stream.readexactly(LENGTHS.size))
    header = json.loads(await stream.readexactly(head))
    return header, await stream.readexactly(body)
