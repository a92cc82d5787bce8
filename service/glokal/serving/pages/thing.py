"""The page of any resource: its wording, what is said of it, what points at it, its data."""

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from glokal.errors import NotFound
from glokal.release import Release
from glokal.serving.pages.evidence import Evidences
from glokal.serving.pages.graph import APART, Graph
from glokal.serving.pages.labels import Labels, capitalised, local_name
from glokal.serving.pages.links import Links
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Evidence, Link, Pointers, Table, TableRow, Text, ThingPage
from glokal.serving.pages.ontology import Ontologies
from glokal.serving.pages.questions import Questions
from glokal.serving.pages.relations import Relations
from glokal.serving.pages.sentences import Sentences
from glokal.serving.pages.source import Sources
from glokal.terms import DCTERMS, OA, OWL, RDF, RDFS, SKOS, SKOSXL


class Things:
    """The pages of everything that has an IRI."""

    def __init__(
        self,
        graph: Graph,
        labels: Labels,
        links: Links,
        sentences: Sentences,
        evidences: Evidences,
        messages: Mapping[str, Messages],
        release: Release,
        questions: Questions,
    ) -> None:
        self._questions = questions
        self._graph = graph
        self._labels = labels
        self._links = links
        self._sentences = sentences
        self._evidences = evidences
        self._messages = messages
        self._relations = Relations(graph, labels, sentences, evidences, messages)
        self._sources = Sources(graph, labels, sentences, self._relations)
        self._ontologies = Ontologies(graph, labels, links, sentences, messages, release)
        strat = graph.strat
        self._mechanics = frozenset(
            {RDF.subject, RDF.object, RDF.predicate, OA.hasSource, RDFS.isDefinedBy,
             SKOSXL.prefLabel, SKOS.topConceptOf, SKOS.hasTopConcept, OWL.annotatedSource,
             strat.isEvidencedBy, strat.status,
             strat.basis, strat.wordingStatus, strat.translates, RDF.type}
        )  # fmt: skip

    def page(self, iri: str, language: str) -> ThingPage:
        """The page about the document of an IRI.

        Raises:
            NotFound: the release says nothing about it.
        """
        whole = iri.partition("#")[0]
        nodes = self._nodes(whole)
        if not nodes or self._links.document(whole) is None:
            raise NotFound(f"nothing has the address {iri}")
        kind = self._labels.class_of(whole)
        spoken = bool(kind and self._labels.is_spoken(kind))
        ontology = self._ontologies.document(whole, language)
        return ThingPage(
            iri=whole,
            crumbs=tuple(self._crumbs(whole, language)),
            kind=self._labels.kind(whole, language),
            wording=self._labels.wording(whole, language, language),
            others=self._labels.others(whole, language),
            also=tuple(self._texts(whole, SKOS.altLabel, language)),
            definition=self._definition(whole, language),
            notes=tuple(self._texts(whole, SKOS.scopeNote, language)),
            editorial=tuple(self._editorial(whole, language)),
            sentence=self._relations.sentence(whole, language),
            reading=self._graph.strat.implicit in self._graph.iris(whole, self._graph.strat.status),
            lead=self._lead(whole, language),
            groups=self._relations.groups(whole, language) if spoken else (),
            pointers=() if ontology else self._pointers(whole, language),
            tables=() if spoken or ontology else tuple(self._tables(nodes, language)),
            source=self._sources.text(whole, language),
            ontology=ontology,
            questions=self._questions.about(whole, language, bool(self._graph.spans(whole))),
        )

    def _nodes(self, whole: str) -> list[str]:
        """The resource and those that live in its document, each with something said."""
        here = [whole] if self._graph.exists(whole) else []
        return [*here, *self._graph.fragments.get(whole, ())]

    def _lead(self, thing: str, language: str) -> tuple[tuple[Evidence, ...], ...]:
        """The words of the source that are the thing's own; a document has its whole text."""
        if self._graph.is_a(thing, self._graph.strat.StrategyDocument):
            return ()
        if self._graph.is_segment(thing):
            return ((self._evidences.own_words(thing, language),),)
        is_span = self._graph.is_a(thing, OA.SpecificResource)
        spans = [thing] if is_span else self._graph.spans(thing)
        return self._evidences.leads(spans, language)

    def _definition(self, thing: str, language: str) -> Text | None:
        texts = (
            text
            for predicate in (SKOS.definition, DCTERMS.description)
            for text in self._texts(thing, predicate, language)
        )
        return next(texts, None)

    def _editorial(self, thing: str, language: str) -> Iterable[Text]:
        """What an editor notes about a thing, or about the translations of a segment."""
        for noted in (thing, *self._graph.subjects(self._graph.strat.translates, thing)):
            yield from self._texts(noted, SKOS.editorialNote, language)

    def _texts(self, thing: str, predicate: str, language: str) -> Iterable[Text]:
        for literal in self._graph.literals(thing, predicate):
            if literal.language in (language, None):
                yield Text(literal.value, literal.language or "")

    def _crumbs(self, thing: str, language: str) -> Iterable[Link]:
        """The wholes that a thing belongs to, the widest first; the home page stands before.

        It stands for the strategy where there is one only.
        """
        strat, graph = self._graph.strat, self._graph
        several = len(graph.instances(strat.Strategy)) > 1
        chain: list[str] = []
        here: str | None = thing
        while here:
            steps = (strat.isPartOf, SKOS.inScheme, OA.hasSource)
            upward = [o for p in steps for o in graph.iris(here, p) if o not in chain]
            here = next(iter(upward), None)
            if here and (several or not graph.is_a(here, strat.Strategy)):
                chain.append(here)
        return (self._sentences.link(iri, language) for iri in reversed(chain))

    def _pointers(self, thing: str, language: str) -> tuple[Pointers, ...]:
        found: dict[tuple[str, str], dict[str, Link]] = {}
        for quad in self._graph.quads(None, None, thing):
            predicate, key = quad.predicate.value, self._graph.key_of(quad)
            if predicate in self._mechanics or key in APART:
                continue
            if isinstance(quad.subject, NamedNode):
                subject = quad.subject.value
                kind = self._labels.class_of(subject) or ""
                note = self._messages[language]("document.reading") if key == "reading" else ""
                link = self._sentences.link(subject, language, note=note)
                found.setdefault((predicate, kind), {})[subject] = link
        order = sorted(found, key=lambda k: (self._sentences.order(k[0]), k))
        return tuple(self._pointing(k, found[k], language) for k in order)

    def _pointing(self, key: tuple[str, str], links: Mapping[str, Link], language: str) -> Pointers:
        predicate, kind = key
        several = self._messages[language].kind(local_name(kind), several=True)
        one = self._labels.plain(kind, language) if kind else ""
        heading = several if several and len(links) > 1 else one
        things = sorted(links.items(), key=lambda i: (self._graph.place(i[0]), i[0]))
        return Pointers(
            capitalised(heading),
            self._labels.plain(predicate, language),
            tuple(link for _, link in things),
        )

    def _tables(self, nodes: list[str], language: str) -> Iterable[Table]:
        for node in nodes:
            yield Table(
                node.partition("#")[2],
                self._labels.plain(node, language) if "#" in node else "",
                tuple(self._rows(node, language)),
            )

    def _rows(self, node: str, language: str) -> Iterable[TableRow]:
        predicates = {quad.predicate.value for quad in self._graph.quads(node)}
        for predicate in sorted(predicates, key=lambda p: (p != RDF.type, p)):
            name = self._sentences.link(predicate, language)
            values = self._graph.objects(node, predicate)
            yield TableRow(name, tuple(self._sentences.reference(v, language) for v in values))
