"""RDF lists of the shapes, with an IRI for each cell: published data has no blank nodes."""

from collections.abc import Iterator

from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from glokal.terms import SH


def is_list_cell(graph: Graph, node: Node) -> bool:
    """Whether a blank node is a cell of a list that may be named.

    The list of a path may not: SHACL section 2.3.1 takes an IRI there for a property.
    """
    if not isinstance(node, BNode) or graph.value(node, RDF.first) is None:
        return False
    return not any(graph.triples((None, URIRef(SH.path), node)))


def name_lists(graph: Graph) -> Graph:
    """A copy of the graph in which every list cell has an IRI, derived from its owner's.

    The first list of ``…#Commitment`` becomes ``…#Commitment-list-1``, its further cells
    ``…-list-1-2`` and so on; the order is that of predicates and members, so that the same
    shapes give the same IRIs in any order of the file.
    """
    names: dict[Node, URIRef] = {}
    for owner, heads in _owners(graph):
        for number, head in enumerate(heads, 1):
            for position, cell in enumerate(_cells(graph, head), 1):
                ending = "" if position == 1 else f"-{position}"
                names[cell] = URIRef(f"{owner}-list-{number}{ending}")
    named = Graph()
    for subject, predicate, value in graph:
        named.add((names.get(subject, subject), predicate, names.get(value, value)))
    return named


def _owners(graph: Graph) -> Iterator[tuple[URIRef, list[Node]]]:
    owned: dict[URIRef, list[tuple[str, list[str], Node]]] = {}
    for subject, predicate, value in graph:
        if isinstance(subject, URIRef) and is_list_cell(graph, value):
            members = [_key(graph.value(cell, RDF.first)) for cell in _cells(graph, value)]
            owned.setdefault(subject, []).append((str(predicate), members, value))
    for owner in sorted(owned):
        yield owner, [head for *_, head in sorted(owned[owner], key=lambda entry: entry[:2])]


def _cells(graph: Graph, head: Node) -> Iterator[Node]:
    cell: Node | None = head
    seen: set[Node] = set()
    while cell is not None and cell != RDF.nil and cell not in seen:
        seen.add(cell)
        yield cell
        cell = graph.value(cell, RDF.rest)


def _key(member: Node | None) -> str:
    return "" if member is None or isinstance(member, BNode) else member.n3()
