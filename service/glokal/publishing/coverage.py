"""How much of the text is in the graph, and how: the figures that a release states of itself."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from glokal.publishing.fidelity import source_documents
from glokal.terms import BASE, DCTERMS, OA, ORG, OWL, RDF, SKOS, SKOSXL, STRAT

TYPE = URIRef(RDF.type)
NAMED = (ORG.FormalOrganization, DCTERMS.Location)
"""Classes whose instances have names, which are nobody's wording, instead of labels."""


def coverage(union: Graph) -> Mapping[str, Any]:
    """The figures of the asserted graphs, in JSON terms.

    ``documents`` has an entry for each source document: its ``iri``, its ``sentences`` (with
    headings) and how many of them are ``evidenced``, its ``furniture``, and its ``statements``
    by status. ``labels`` counts by language and wording status. ``linked`` tells how many
    ``things`` with a name there are and how many lead ``outward`` to a vocabulary of others: a
    mapping to a scheme of ours leads nowhere outside.
    """
    return {
        "documents": [_document(union, URIRef(iri)) for iri in source_documents(union)],
        "labels": _labels(union),
        "linked": _linked(union),
    }


def _document(union: Graph, document: Node) -> dict[str, Any]:
    segments = set(union.subjects(URIRef(OA.hasSource), document))
    furniture = segments & _instances(union, STRAT.Furniture)
    sentences = segments & (_instances(union, STRAT.Sentence) | _instances(union, STRAT.Heading))
    backs = URIRef(STRAT.backs)
    evidenced = {segment for segment in sentences if (segment, backs, None) in union}
    backed = {thing for segment in evidenced for thing in union.objects(segment, backs)}
    statements = backed & _instances(union, STRAT.Statement)
    return {
        "iri": str(document),
        "sentences": len(sentences),
        "evidenced": len(evidenced),
        "furniture": len(furniture),
        "statements": _values(union, statements, STRAT.status),
    }


def _labels(union: Graph) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for label, form in union.subject_objects(URIRef(SKOSXL.literalForm)):
        if isinstance(form, Literal) and form.language:
            status = _values(union, [label], STRAT.wordingStatus)
            counts.setdefault(form.language, Counter()).update(status)
    return {language: _sorted(counts[language]) for language in sorted(counts)}


def _linked(union: Graph) -> dict[str, int]:
    things = set(union.subjects(URIRef(SKOSXL.prefLabel)))
    for kind in NAMED:
        things |= _instances(union, kind)
    things |= {
        scheme
        for scheme in _instances(union, SKOS.ConceptScheme)
        if (scheme, URIRef(DCTERMS.subject), None) in union
    }
    outward = {
        source
        for mapping, source in union.subject_objects(URIRef(OWL.annotatedSource))
        for target in union.objects(mapping, URIRef(OWL.annotatedTarget))
        if not str(target).startswith(BASE)
    }
    return {"things": len(things), "outward": len(things & outward)}


def _values(union: Graph, subjects: Iterable[Node], predicate: str) -> dict[str, int]:
    """How often each value of ours occurs, by its local name."""
    counts = Counter(
        str(value).removeprefix(STRAT.iri)
        for subject in subjects
        for value in union.objects(subject, URIRef(predicate))
    )
    return _sorted(counts)


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _instances(union: Graph, kind: str) -> set[Node]:
    return set(union.subjects(TYPE, URIRef(kind)))
