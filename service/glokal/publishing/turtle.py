"""Writing Turtle that an editor goes on with: blocks of one subject each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True)
class Block:
    """What is said of one subject: its IRI, its class, and predicates with their objects.

    Class, predicates and objects are Turtle; the IRI is absolute, or relative to ``@base``.
    """

    subject: str
    kind: str
    rows: tuple[tuple[str, str], ...]


def turtle(blocks: Iterable[Block]) -> str:
    """The blocks in the layout of the project, an empty line between them."""
    return "\n".join(_written(block) for block in blocks)


def literal(words: str, language: str = "") -> str:
    """A literal: in long quotes where it has several lines or quotation marks."""
    tag = f"@{language}" if language else ""
    if "\n" in words or '"' in words:
        body = re.sub(r'"(?="|$)', r"\\\"", words.replace("\\", "\\\\").replace("\r", "\\r"))
        return f'"""{body}"""{tag}'
    return f'"{words.translate(ESCAPES)}"{tag}'


def _written(block: Block) -> str:
    rows = [f"a {block.kind}", *(f"{predicate} {value}" for predicate, value in block.rows)]
    return f"<{block.subject}> " + " ;\n    ".join(rows) + " .\n"
