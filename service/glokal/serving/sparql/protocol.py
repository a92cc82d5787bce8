"""What the service and a query worker say to each other, and how it is written.

A frame is a JSON object and a body of bytes. The service writes the frame of a query into
shared memory (see ``desk``); the worker answers through its own pipe, where each frame stands
behind its lengths and the number of the request that it answers.
"""

import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

HEAD = struct.Struct("<I")
ENVELOPE = struct.Struct("<QI")
"""Of an answer: the number of its request, the bytes that follow."""
READY = 0
"""The number of a worker’s first frame, which answers nobody."""

Kind = Literal["bindings", "boolean", "graph"]
Header = Mapping[str, Any]


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
        return pack(header, self.text.encode(errors="replace"))

    @classmethod
    def from_frame(cls, frame: bytes) -> "Query":
        """The query that a frame holds."""
        header, body = unpack(frame)
        return cls(
            body.decode(),
            header["results"],
            header["graph"],
            tuple(header["default_graphs"]),
            tuple(header["named_graphs"]),
        )


@dataclass(frozen=True)
class Answer:
    """A whole answer, and the seconds that it took.

    ``waited`` passed before a worker began, ``ran`` until the first bytes of the result came,
    ``serialised`` until the last: the engine finds rows while they are written.
    ``repeatable`` says whether the same query has this answer every time.
    """

    kind: Kind
    content_type: str
    body: bytes
    waited: float = 0.0
    ran: float = 0.0
    serialised: float = 0.0
    repeatable: bool = True


def pack(header: Header, body: bytes = b"") -> bytes:
    """A frame."""
    head = json.dumps(header).encode()
    return b"".join((HEAD.pack(len(head)), head, body))


def unpack(frame: bytes) -> tuple[dict[str, Any], bytes]:
    """The header and the body of a frame."""
    end = HEAD.size + HEAD.unpack_from(frame)[0]
    return json.loads(frame[HEAD.size : end]), frame[end:]


class Mailbox:
    """Puts frames together from the pieces in which a pipe gives them."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def take(self, piece: bytes) -> Iterator[tuple[int, bytes]]:
        """The number and the frame of each answer that this piece completes."""
        self._bytes += piece
        while len(self._bytes) >= ENVELOPE.size:
            number, length = ENVELOPE.unpack_from(self._bytes)
            end = ENVELOPE.size + length
            if len(self._bytes) < end:
                return
            frame = bytes(memoryview(self._bytes)[ENVELOPE.size : end])
            del self._bytes[:end]
            yield number, frame

    def clear(self) -> None:
        """Forget the part of a frame that nobody will complete."""
        self._bytes = bytearray()
