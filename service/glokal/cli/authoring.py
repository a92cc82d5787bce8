"""The commands that help to write sources: new, segment, quote, ledger."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from glokal.publishing.fidelity import regenerate, source_documents
from glokal.publishing.ledger import ledger_turtle
from glokal.publishing.quotations import Quotation, quotation_turtle, quotations
from glokal.publishing.segmenting import document_turtle
from glokal.publishing.sources import find_root, load
from glokal.publishing.starter import write_starter

AROUND = 24
"""Code points on each side that tell one occurrence of a quotation from another."""

Sources = Annotated[
    Path | None,
    typer.Argument(metavar="[DIR]", help="Folder of the sources.", show_default=False),
]
NEXT_STEPS = """{folder} holds a small example strategy; it conforms as it stands.

Next:
  glokal check {folder}     every finding, with file and line
  glokal serve {folder}     pages and data on http://127.0.0.1:8000/
  {folder}/README.md        what stands where, and how to make it yours"""


def new(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A folder to make.")],
) -> None:
    """Write a starter publication: an example strategy, with ontology and shapes."""
    write_starter(directory)
    typer.echo(NEXT_STEPS.format(folder=directory))


def segment(
    file: Annotated[
        Path, typer.Argument(help="A source text: data/NAME/YEARS/DOCUMENT-LANGUAGE.txt.")
    ],
) -> None:
    """Print document.ttl for a source text, cut into headings and sentences."""
    typer.echo(document_turtle(file), nl=False)


def quote(
    words: Annotated[str, typer.Argument(help="Words of the source, exactly as they stand.")],
    directory: Sources = None,
    nth: Annotated[
        int | None, typer.Option(min=1, help="Which, where they stand several times.")
    ] = None,
) -> None:
    """Print the Turtle of a quotation: its span with offsets, prefix, suffix and fragment."""
    found = quotations(load(find_root(directory)), words)
    if nth is not None and nth > len(found):
        raise typer.BadParameter(f"the words stand {len(found)} times", param_hint="--nth")
    if len(found) > 1 and nth is None:
        for number, quotation in enumerate(found, 1):
            typer.echo(f"--nth {number}: {_place(quotation)}", err=True)
        raise typer.Exit(1)
    chosen = found[(nth or 1) - 1]
    typer.echo(f"<{chosen.iri}>\n{_place(chosen)}", err=True)
    if chosen.known:
        typer.echo("this span is described already; point at it by its IRI", err=True)
        return
    typer.echo(f"\n{quotation_turtle(chosen)}", nl=False)


def ledger(
    directory: Sources = None,
    reading: Annotated[
        bool, typer.Option("--reading", help="The entries for reading.ttl, not the text.")
    ] = False,
) -> None:
    """Print what the segments lack of strat:backs and schema:mentions, drawn from the evidence."""
    written = ledger_turtle(load(find_root(directory)), reading)
    typer.echo(f"\n{written}" if written else "", nl=False)


def source(
    directory: Sources = None,
    document: Annotated[
        str | None, typer.Option(help="IRI of a source document, where there are several.")
    ] = None,
) -> None:
    """Write a source document as the graph has it, byte for byte, from its annotations."""
    graph = load(find_root(directory)).union("text")
    known = source_documents(graph)
    if document is None and len(known) > 1:
        raise typer.BadParameter(f"one of {', '.join(known)}", param_hint="--document")
    chosen = document or next(iter(known), "")
    if chosen not in known:
        raise typer.BadParameter("no such source document", param_hint="--document")
    sys.stdout.buffer.write(regenerate(graph, chosen))


def _place(quotation: Quotation) -> str:
    """The segment, and the words with some of the text around them, on one line."""
    start, end = quotation.passage.start, quotation.passage.end
    before = quotation.text[max(0, start - AROUND) : start]
    after = quotation.text[end : end + AROUND]
    line = " ".join(f"{before}[{quotation.passage.words}]{after}".split())
    return f"{quotation.segment.rpartition('/')[2]}: …{line}…"


COMMANDS: tuple[Callable[..., None], ...] = (new, segment, quote, ledger, source)
"""In the order of an editor's work."""
