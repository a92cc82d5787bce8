"""Does ``check`` notice a change? Answered in milliseconds where a whole check takes seconds.

The same shapes run in the same SHACL engine, but only on the nodes that a change can reach, and
the SPARQL constraints run on an indexed store. What is noticed here is noticed by ``check``: each
finding is about a node that the changed data makes a target of its shape. ``check`` may find
more: the queries are asked of the nodes that were targets before the change, and what is not
noticed here is given to ``check`` itself.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from pyshacl.pytypes import SHACLExecutor
from pyshacl.shape import Shape
from pyshacl.shapes_graph import ShapesGraph
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from glokal.terms import BASE, RDF, RDFS, SH

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Triple = tuple[Node, Node, Node]
VIOLATION = URIRef(SH.Violation)
TYPE, SUBCLASS = URIRef(RDF.type), URIRef(RDFS.subClassOf)
TARGET_CLASS, TARGET_SUBJECTS, TARGET_OBJECTS, TARGET_NODE, SPARQL = (
    URIRef(SH.iri + name)
    for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode", "sparql")
)
THIS = ox.Variable("this")
OUT_OF_ORDER = {f"{BASE}def/shapes#Relation-domain"}
"""Queries that the store plans badly: seconds, where rdflib needs a tenth of one."""
FEW = 200
"""A node that more things than these point at is not followed backwards: types, languages."""


@dataclass(frozen=True)
class Query:
    """A SPARQL constraint of a shape, asked of one node."""

    shape: Shape
    name: str
    text: str
    focus: URIRef


class Noticing:
    """The published data, its shapes, and the question what a change of the data breaks."""

    def __init__(self, data: Graph, shapes: Graph) -> None:
        """Prepare the engine; a change is made in ``data`` itself and taken back."""
        self.data = data
        self._supers: dict[Node, set[Node]] = {}
        self._store = ox.Store()
        self._store.bulk_extend(ox.Quad(*_quad(triple)) for triple in data)
        self._shapes = shapes
        # The harvest writes into the graph that it reads.
        targeted = [s for s in ShapesGraph(shapes + Graph()).shapes if self._targets(s)]
        self._core = [shape for shape in targeted if not self._values(shape, SPARQL)]
        self._queries = [query for shape in targeted for query in self._constraints(shape)]

    def rule_broken_by(self, removed: Iterable[Triple], added: Iterable[Triple]) -> str | None:
        """The shape that the changed data breaks, or None where this look finds none."""
        removed, added = tuple(removed), tuple(added)
        with self._changed(removed, added):
            near = self._near((*removed, *added))
            return self._broken_shape(near) or self._broken_query()

    @contextmanager
    def _changed(self, removed: tuple[Triple, ...], added: tuple[Triple, ...]) -> Iterator[None]:
        fresh = [triple for triple in added if triple not in self.data]
        self._apply(removed, fresh)
        try:
            yield
        finally:
            self._apply(fresh, removed)

    def _apply(self, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        for triple in removed:
            self.data.remove(triple)
            self._store.remove(ox.Quad(*_quad(triple)))
        for triple in added:
            self.data.add(triple)
            self._store.add(ox.Quad(*_quad(triple)))

    def _near(self, triples: Iterable[Triple]) -> set[Node]:
        """What a change can reach: its subjects and objects, and what points at them."""
        ends = {end for s, _, o in triples for end in (s, o) if isinstance(end, URIRef)}
        near: set[Node] = set(ends)
        for end in ends:
            pointing = set(islice(self.data.subjects(None, end), FEW))
            if len(pointing) < FEW:
                near |= pointing
        return near

    def _broken_shape(self, near: set[Node]) -> str | None:
        for index, shape in enumerate(self._core):
            focus = [node for node in near if self._is_target(shape, node)]
            if focus:
                executor = SHACLExecutor(advanced_mode=True, allow_infos=True, allow_warnings=True)
                conforms, _ = shape.validate(executor, self.data, focus=focus)
                if not conforms:
                    self._core.insert(0, self._core.pop(index))
                    return str(shape.node)
        return None

    def _broken_query(self) -> str | None:
        for index, query in enumerate(self._queries):
            if self._finds(query):
                self._queries.insert(0, self._queries.pop(index))
                return query.name
        return None

    def _finds(self, query: Query) -> bool:
        return self._has_rows(query) and self._is_target(query.shape, query.focus)

    def _has_rows(self, query: Query) -> bool:
        if query.name in OUT_OF_ORDER:
            return any(
                True for _ in self.data.query(query.text, initBindings={"this": query.focus})
            )
        rows = self._store.query(query.text, substitutions={THIS: _term(query.focus)})
        return isinstance(rows, ox.QuerySolutions) and any(True for _ in rows)

    def _is_target(self, shape: Shape, node: Node) -> bool:
        if node in self._values(shape, TARGET_NODE):
            return True
        classes = self._values(shape, TARGET_CLASS)
        if classes and any(classes & self._closure(t) for t in self.data.objects(node, TYPE)):
            return True
        if any((node, p, None) in self.data for p in self._values(shape, TARGET_SUBJECTS)):
            return True
        return any((None, p, node) in self.data for p in self._values(shape, TARGET_OBJECTS))

    def _targets(self, shape: Shape) -> bool:
        names = (TARGET_CLASS, TARGET_SUBJECTS, TARGET_OBJECTS, TARGET_NODE)
        return any(self._values(shape, name) for name in names)

    def _values(self, shape: Shape, predicate: URIRef) -> set[Node]:
        return set(self._shapes.objects(shape.node, predicate))

    def _closure(self, type_: Node) -> set[Node]:
        if type_ not in self._supers:
            ancestors = self.data.transitive_objects(type_, SUBCLASS)
            self._supers[type_] = {ancestor for ancestor in ancestors if ancestor is not None}
        return self._supers[type_]

    def _constraints(self, shape: Shape) -> Iterator[Query]:
        """Each query of a shape whose findings are violations, for each of its targets."""
        if not self._values(shape, SPARQL) or shape.severity != VIOLATION:
            return
        everything = {node for node in self.data.all_nodes() if isinstance(node, URIRef)}
        focus = sorted(node for node in everything if self._is_target(shape, node))
        for query in SPARQLBasedConstraint(shape).sparql_constraints:
            text = query.apply_prefixes(query.select_text)
            yield from (Query(shape, str(query.node), text, node) for node in focus)


def _quad(triple: Triple) -> tuple[ox.NamedNode, ox.NamedNode, Term]:
    subject, predicate, value = triple
    return ox.NamedNode(str(subject)), ox.NamedNode(str(predicate)), _term(value)


def _term(term: Node) -> Term:
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        return ox.Literal(str(term), datatype=datatype)
    return ox.NamedNode(str(term))
