"""Rules that no shape can state, reported like those of the shapes."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import BNode
from rdflib.term import Node

from glokal.publishing.files import SourceFile, line_of
from glokal.publishing.findings import Finding
from glokal.publishing.lists import is_list_cell
from glokal.publishing.sources import Sources
from glokal.terms import BASE


@dataclass(frozen=True)
class Rule:
    """A rule: its id, and what an editor is told to do in each language."""

    id: str
    messages: dict[str, str]


NO_BLANK_NODES = Rule(
    "P-1",
    {
        "sv": "Ge noden en IRI: publicerade data har inga blanka noder, så att allt kan länkas.",
        "fi": "Anna solmulle IRI: julkaistussa tiedossa ei ole tyhjiä solmuja, jotta kaikkeen "
        "voi linkittää.",
        "en": "Give the node an IRI: published data has no blank nodes, so that all of it can "
        "be linked to.",
    },
)
RULES = (NO_BLANK_NODES,)


def broken_rules(sources: Sources) -> list[Finding]:
    """Each place where the shapes themselves hold a blank node, cells of lists left out.

    SHACL sees the data, never the shapes that it runs; the data has a shape for the same.
    """
    files = [file for file in sources.files if file.graph_key == "shapes"]
    return [finding for file in files for finding in _blank_nodes(file)]


def _blank_nodes(file: SourceFile) -> Iterator[Finding]:
    graph = file.graph
    nodes = {node for node in graph.all_nodes() if isinstance(node, BNode)}
    for node in sorted(nodes):
        if is_list_cell(graph, node):
            continue
        owners = sorted(graph.subject_predicates(node))
        subject, path = owners[0] if owners else (node, None)
        yield _finding(file, subject, path)


def _finding(file: SourceFile, subject: Node, path: Node | None) -> Finding:
    rule = NO_BLANK_NODES
    return Finding(
        rule=rule.id,
        severity="Violation",
        focus="_:blank" if isinstance(subject, BNode) else str(subject),
        messages=rule.messages,
        path=str(path) if path else None,
        file=file.path,
        line=line_of(file, str(subject)),
        shape=f"{BASE}def/shapes#{rule.id}",
        component=f"{BASE}def/shapes#{rule.id}",
    )
