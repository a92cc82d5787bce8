"""What the document about a thing contains.

A document holds every statement of its thing and of the thing's hash IRIs, the reified
statements about them, the evidence that all of these cite, what links to the thing, a label
for every IRI named, and a few lines about itself. The tables below say what is followed. The
document of an ontology is another one, for OWL tools: ``ontologies`` tells what it holds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from glokal.errors import NotFound
from glokal.serving.addresses import document_iri, document_of, has_document
from glokal.serving.ontologies import Engine, ontologies, ontology_document
from glokal.terms import DCAT, DCTERMS, FOAF, OA, OWL, RDF, RDFS, SKOS, STRAT, VOID, graph_iri

ABOUT = (RDF.subject,)
"""Followed backwards: statements and facts that have the thing as their subject."""

LABELS = (SKOS.prefLabel, RDFS.label)
"""Kept for every IRI that the document names."""

NOT_INCOMING = frozenset({RDF.type})
"""Links to the thing that are left out: a class would drown in its instances."""


@dataclass(frozen=True)
class Documents:
    """The documents of a release, one for each thing and definition under its base.

    ``subjects`` maps the IRI of each to the IRIs described in it (itself and its hash IRIs);
    ``aliases`` maps the version IRI of an ontology to the ontology; ``ontologies`` names those
    whose document is the ontology itself; ``dataset`` and ``licence`` are the IRIs that each
    document states for itself, where they are known.
    """

    engine: Engine
    base: str
    subjects: Mapping[str, frozenset[str]]
    aliases: Mapping[str, str]
    ontologies: frozenset[str] = frozenset()
    dataset: str | None = None
    licence: str | None = None

    def resolve(self, iri: str) -> str:
        """The IRI whose document describes the given one.

        Raises:
            NotFound: the data has no such IRI.
        """
        found = self.aliases.get(document_of(iri), document_of(iri))
        if found not in self.subjects:
            raise NotFound(f"Nothing is published at {iri}.")
        return found

    def describe(self, iri: str) -> list[Quad]:
        """The quads of the document that describes an IRI, each with its graph's name.

        Raises:
            NotFound: the data has no such IRI.
        """
        thing = self.resolve(iri)
        if thing in self.ontologies:
            return ontology_document(self.engine, self.base, self.subjects[thing])
        described = self._described(thing)
        quads = [quad for subject in described for quad in self._outgoing(subject)]
        quads += self._incoming(thing)
        quads += self._own_metadata(thing)
        quads += self._labels(quads)
        return list(dict.fromkeys(quads))

    def _described(self, thing: str) -> list[str]:
        """Every IRI whose own statements the document holds, in the order they are found."""
        core = sorted({thing, *self.subjects[thing]})
        about = [
            quad.subject.value
            for predicate in ABOUT
            for iri in core
            for quad in self.engine.quads_for_pattern(None, NamedNode(predicate), NamedNode(iri))
            if isinstance(quad.subject, NamedNode)
        ]
        found = dict.fromkeys([*core, *about])
        waiting = list(found)
        while waiting:
            cited = list(self._cited(waiting.pop()))
            waiting += [iri for iri in cited if iri not in found]
            found |= dict.fromkeys(cited)
        return list(found)

    def _cited(self, iri: str) -> Iterator[str]:
        """What is followed as far as it leads: spans of the source, and where these stand."""
        for predicate in (STRAT.rebased(self.base).isEvidencedBy, OA.hasSelector):
            for quad in self.engine.quads_for_pattern(NamedNode(iri), NamedNode(predicate), None):
                if isinstance(quad.object, NamedNode):
                    yield quad.object.value

    def _outgoing(self, iri: str) -> Iterator[Quad]:
        return self.engine.quads_for_pattern(NamedNode(iri), None, None)

    def _incoming(self, iri: str) -> Iterator[Quad]:
        for quad in self.engine.quads_for_pattern(None, None, NamedNode(iri)):
            if quad.predicate.value not in NOT_INCOMING:
                yield quad

    def _labels(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        named = {
            term
            for quad in quads
            for term in (quad.subject, quad.predicate, quad.object)
            if isinstance(term, NamedNode)
        }
        for term in sorted(named, key=str):
            for predicate in LABELS:
                yield from self.engine.quads_for_pattern(term, NamedNode(predicate), None)

    def _own_metadata(self, thing: str) -> Iterator[Quad]:
        document = NamedNode(document_iri(thing, self.base))
        graph = NamedNode(graph_iri("catalogue", self.base))
        values = (
            (RDF.type, FOAF.Document),
            (FOAF.primaryTopic, thing),
            (VOID.inDataset, self.dataset),
            (DCTERMS.license, self.licence),
        )
        for predicate, value in values:
            if value:
                yield Quad(document, NamedNode(predicate), NamedNode(value), graph)


def open_documents(engine: Engine, base: str) -> Documents:
    """Find every document that a store has under a base IRI; reads the store once."""
    subjects: dict[str, set[str]] = {}
    aliases: dict[str, str] = {}
    for quad in engine.quads_for_pattern(None, None, None):
        for term in (quad.subject, quad.graph_name):
            if isinstance(term, NamedNode) and has_document(term.value, base):
                subjects.setdefault(document_of(term.value), set()).add(term.value)
        if quad.predicate.value == OWL.versionIRI and isinstance(quad.object, NamedNode):
            aliases[quad.object.value] = document_of(str(quad.subject).strip("<>"))
    frozen = {iri: frozenset(found) for iri, found in subjects.items()}
    known = ontologies(engine, base)
    return Documents(engine, base, frozen, aliases, known, *_provenance(engine))


def _provenance(engine: Engine) -> tuple[str | None, str | None]:
    """The dataset that every document belongs to, and its licence."""
    datasets = engine.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(DCAT.Dataset))
    dataset = _first(quad.subject for quad in datasets)
    if dataset is None:
        return None, None
    licences = engine.quads_for_pattern(NamedNode(dataset), NamedNode(DCTERMS.license), None)
    return dataset, _first(quad.object for quad in licences)


def _first(terms: Iterable[object]) -> str | None:
    """The first IRI in alphabetical order."""
    return min((term.value for term in terms if isinstance(term, NamedNode)), default=None)
