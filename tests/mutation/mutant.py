"""One change of the data."""

from dataclasses import dataclass

from rdflib.term import Node

from glokal.terms import BASE

Triple = tuple[Node, Node, Node]


@dataclass(frozen=True)
class Mutant:
    """One change of the data: its kind, the graph that it falls in, the triples of the change."""

    kind: str
    graph: str
    removed: tuple[Triple, ...]
    added: tuple[Triple, ...] = ()

    def __str__(self) -> str:
        signed = [("-", triple) for triple in self.removed]
        signed += [("+", triple) for triple in self.added]
        return "\n".join(f"  {sign} {_short(triple)}" for sign, triple in signed[:4])


def _short(triple: Triple) -> str:
    return " ".join(term.n3()[:100].replace(BASE, "") for term in triple)
