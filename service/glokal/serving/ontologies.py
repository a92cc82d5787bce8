"""The document of an ontology: whole in itself, and nothing in it but the ontology.

Any OWL tool can open it. So it holds the header, the terms with their alignments, and the
declarations of the terms of others that OWL 2 DL asks for (Structural Specification, section
5.8); and it leaves out what the other documents have beside: links that lead here, statements
of the source, and a description of the document, which an ontology's header already is.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from pyoxigraph import NamedNode, Quad

from glokal.terms import OWL, RDF, RDFS, SKOS, graph_iri

DECLARED = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
"""The kinds that a term of others is declared to be."""

RESERVED = frozenset({RDF.Statement})
"""Superclasses that OWL 2 DL reserves (section 2.4): these stand in the dumps alone."""

LABELS = (SKOS.prefLabel, RDFS.label)


class Engine(Protocol):
    """The part of a quad store that is read here."""

    def quads_for_pattern(
        self,
        subject: NamedNode | None,
        predicate: NamedNode | None,
        value: NamedNode | None,
        graph_name: NamedNode | None = None,
        /,
    ) -> Iterator[Quad]:
        """The quads that match; None stands for every term."""
        ...


def ontologies(engine: Engine, base: str) -> frozenset[str]:
    """The IRIs of the ontologies that the ontology graph holds."""
    return frozenset(_instances(engine, base, OWL.Ontology))


def ontology_document(engine: Engine, base: str, subjects: Iterable[str]) -> list[Quad]:
    """The quads of the document of an ontology.

    Args:
        engine: the store.
        base: the base IRI of everything of ours.
        subjects: the ontology and its terms.
    """
    own = sorted(subjects)
    others = sorted(
        iri
        for kind in DECLARED
        for iri in _instances(engine, base, kind)
        if not iri.startswith(base)
    )
    quads = [quad for iri in (*own, *others) for quad in _said(engine, base, iri)]
    quads += _labels(engine, base, quads)
    return list(dict.fromkeys(quads))


def _instances(engine: Engine, base: str, kind: str) -> Iterator[str]:
    for quad in engine.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(kind), _graph(base)):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value


def _said(engine: Engine, base: str, iri: str) -> Iterator[Quad]:
    for quad in engine.quads_for_pattern(NamedNode(iri), None, None, _graph(base)):
        reserved = isinstance(quad.object, NamedNode) and quad.object.value in RESERVED
        if not (reserved and quad.predicate.value == RDFS.subClassOf):
            yield quad


def _labels(engine: Engine, base: str, quads: list[Quad]) -> Iterator[Quad]:
    """What the schemes and the other things of ours that the quads lead to are called."""
    named = {quad.object for quad in quads if isinstance(quad.object, NamedNode)}
    for term in sorted(named, key=str):
        for label in LABELS:
            yield from engine.quads_for_pattern(term, NamedNode(label), None, _graph(base))


def _graph(base: str) -> NamedNode:
    return NamedNode(graph_iri("ontology", base))
