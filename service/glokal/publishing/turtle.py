"""Writing Turtle that an editor goes on with: blocks of one subject each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from glokal.terms import PREFIXES

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


def turtle_of(triples: Iterable[tuple[str, str, str]]) -> str:
    """Triples of IRIs, sorted, a block for each subject; predicates with their prefixes."""
    blocks: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in triples:
        blocks.setdefault(subject, {}).setdefault(_prefixed(predicate), []).append(f"<{value}>")
    return "\n".join(
        f"<{subject}> {_joined((p, ' , '.join(values)) for p, values in rows.items())}"
        for subject, rows in blocks.items()
    )


def literal(words: str, language: str = "") -> str:
    """A literal: in long quotes where it has several lines or quotation marks."""
    tag = f"@{language}" if language else ""
    if "\n" in words or '"' in words:
        body = re.sub(r'"(?="|$)', r'\\"', words.replace("\\", "\\\\").replace("\r", "\\r"))
        return f'"""{body}"""{tag}'
    return f'"{words.translate(ESCAPES)}"{tag}'


def _written(block: Block) -> str:
    return f"<{block.subject}> {_joined((('a', block.kind), *block.rows))}"


def _joined(rows: Iterable[tuple[str, str]]) -> str:
    return " ;\n    ".join(f"{predicate} {value}" for predicate, value in rows) + " .\n"


def _prefixed(iri: str) -> str:
    space = max(PREFIXES.items(), key=lambda entry: iri.startswith(entry[1]) and len(entry[1]))
    return f"{space[0]}:{iri.removeprefix(space[1])}"
