"""What the query field completes: the prefixes, and the terms that the release uses or defines."""

import json

from pyoxigraph import NamedNode

from glokal.rdf import prefixes
from glokal.serving.pages.graph import Graph
from glokal.serving.pages.labels import Labels
from glokal.terms import RDF


class Completions:
    """The completions of a release, in any language."""

    def __init__(self, graph: Graph, labels: Labels) -> None:
        self._graph = graph
        self._labels = labels

    def json(self, language: str) -> bytes:
        """Prefixes with their namespaces, and terms as pairs of prefixed name and label."""
        spaces = prefixes(self._graph.base)
        names = {iri: self._labels.curie(iri) for iri in sorted(self._terms())}
        terms = [
            [name, self._labels.plain(iri, language)]
            for iri, name in names.items()
            if name.partition(":")[0] in spaces
        ]
        return json.dumps({"prefixes": spaces, "terms": terms}, ensure_ascii=False).encode()

    def _terms(self) -> set[str]:
        """Classes and properties in use, and everything that our own ontology defines."""
        ours = self._graph.strat.iri
        found: set[str] = set()
        for quad in self._graph.quads():
            found.add(quad.predicate.value)
            if quad.predicate.value == RDF.type and isinstance(quad.object, NamedNode):
                found.add(quad.object.value)
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(ours):
                found.add(quad.subject.value)
        return {iri for iri in found if not iri.startswith(f"{ours}label-")}
