"""Rules that no shape can state, reported like those of the shapes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rdflib import BNode, URIRef
from rdflib.term import Node

from glokal.publishing.files import SourceFile, described_at, line_of
from glokal.publishing.findings import Finding
from glokal.publishing.hints import Hint, with_hint
from glokal.publishing.hints.phrases import say
from glokal.publishing.lists import is_list_cell
from glokal.publishing.sources import Sources
from glokal.terms import BASE, GRAPHS, OA, RDF, SKOSXL, STRAT


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
UNDER_THE_BASE = Rule(
    "P-40",
    {
        "sv": "Skriv IRI:n under den bas som alla källfiler har: bara det som står där följer med "
        "till publikationens egen adress.",
        "fi": "Kirjoita IRI kaikkien lähdetiedostojen yhteisen alkuosan alle: vain sen alla oleva "
        "saa julkaisun oman osoitteen.",
        "en": "Write the IRI under the base that all source files have: only what stands there "
        "gets the address of the publication.",
    },
)
DESCRIBED_ONCE = Rule(
    "P-41",
    {
        "sv": "Ge var sak sin egen IRI, eller slå ihop beskrivningarna: klassen anges två gånger.",
        "fi": "Anna kullekin asialle oma IRI tai yhdistä kuvaukset: luokka on merkitty kahdesti.",
        "en": "Give each thing an IRI of its own, or merge the descriptions: the class is stated "
        "twice.",
    },
)
ONE_SPEAKER = Rule(
    "P-42",
    {
        "sv": "Stryk raden i den ena filen: samma sak står i en fil av en annan graf, och var sak "
        "har en enda som säger den.",
        "fi": "Poista rivi toisesta tiedostosta: sama on toiseen graafiin kuuluvassa tiedostossa, "
        "ja kullakin asialla on vain yksi sanoja.",
        "en": "Remove the line from one of the files: a file of another graph says the same, and "
        "each thing is said by one speaker.",
    },
)
RULES = (NO_BLANK_NODES, UNDER_THE_BASE, DESCRIBED_ONCE, ONE_SPEAKER)
OURS = tuple(space.iri for space in (STRAT, SKOSXL, OA))
"""The vocabularies whose instances are always things of the publication."""


def broken_rules(sources: Sources) -> list[Finding]:
    """What breaks a rule about how the files are written.

    The shapes hold no blank node, cells of lists left out: SHACL sees the data, never the
    shapes that it runs. Things of ours stand under the base, and are described once. Two
    graphs never hold the same triple: an engine would count it twice in their union.
    """
    shapes = [file for file in sources.files if file.graph_key == "shapes"]
    data = [file for file in sources.files if file.path.startswith("data/")]
    return [
        *(finding for file in shapes for finding in _blank_nodes(file)),
        *(finding for file in data for finding in _outside(file)),
        *_described_twice(data),
        *_said_by_two(file for file in sources.files if file.graph_key in GRAPHS),
    ]


def _outside(file: SourceFile) -> Iterator[Finding]:
    typed = file.graph.subject_objects(URIRef(RDF.type))
    ours = {subject for subject, kind in typed if str(kind).startswith(OURS)}
    for subject in sorted(node for node in ours if isinstance(node, URIRef)):
        if not subject.startswith(BASE):
            hint = Hint(say("as-is", f"<{subject}>"), say("begins", f"<{BASE}>"))
            yield with_hint(_finding(file, UNDER_THE_BASE, subject), hint)


def _described_twice(files: list[SourceFile]) -> Iterator[Finding]:
    """Things that two descriptions give a class, in one file or in files of one folder."""
    places: dict[tuple[str, str], list[tuple[SourceFile, int]]] = {}
    for file in files:
        folder = file.path.rpartition("/")[0]
        for subject, lines in described_at(file, RDF.type).items():
            places.setdefault((folder, subject), []).extend((file, line) for line in lines)
    for (_, subject), found in places.items():
        if len(found) > 1:
            told = tuple(f"{Path(file.path).name}:{line}" for file, line in found)
            hint = Hint(say("lines", items=told), say("at-most", 1))
            file, line = found[-1]
            finding = _finding(file, DESCRIBED_ONCE, URIRef(subject))
            yield replace(with_hint(finding, hint), line=line)


def _said_by_two(files: Iterable[SourceFile]) -> Iterator[Finding]:
    first: dict[tuple[Node, Node, Node], SourceFile] = {}
    for file in files:
        for triple in sorted(file.graph):
            other = first.setdefault(triple, file)
            if other.graph_key != file.graph_key:
                finding = _finding(file, ONE_SPEAKER, triple[0], triple[1])
                hint = Hint(say("also", f"{other.path}:{line_of(other, str(triple[0]))}"))
                yield with_hint(finding, hint)


def _blank_nodes(file: SourceFile) -> Iterator[Finding]:
    graph = file.graph
    nodes = {node for node in graph.all_nodes() if isinstance(node, BNode)}
    for node in sorted(nodes):
        if is_list_cell(graph, node):
            continue
        owners = sorted(graph.subject_predicates(node))
        subject, path = owners[0] if owners else (node, None)
        yield _finding(file, NO_BLANK_NODES, subject, path)


def _finding(file: SourceFile, rule: Rule, subject: Node, path: Node | None = None) -> Finding:
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
