"""Lays the files of ``invalid/`` upon their ground and finds what they break.

What a file says of a subject replaces what stands in the ground (``base.ttl``, or the ontology
for a rule of the ontology), and a line ``# without: IRI`` takes a subject away. The ledger of
each segment (``strat:backs``) follows the evidence, unless the file writes it itself.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

from rdflib import Graph, URIRef
from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node
from tests.knowledge.rules import SHAPES, parsed

from glokal.publishing.validation import find
from glokal.terms import DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS, SKOSXL, STRAT

Triple = tuple[Node, Node, Node]
INVALID = Path(__file__).parent / "invalid"
BREAKS, WITHOUT = "# breaks: ", "# without: "
BASE = parsed("tests/knowledge/invalid/base.ttl")
ELSEWHERE = ("https://w3id.org/glokal/id/glokal", "https://creativecommons.org/licenses/by/4.0/")
"""What the ontology cites and the catalogue and the interpretation describe: here the base does."""
ONTOLOGY = parsed("ontology/*.ttl", "ontology/imports/*.ttl", "data/vocabularies/*.ttl")
for described in ELSEWHERE:
    ONTOLOGY += BASE.triples((URIRef(described), None, None))
OF_DATA = parsed("shapes/[!s]*.ttl", "shapes/strategy.ttl")
"""The shapes that look at data; the rest looks at the ontology, which a file of data lets be."""
BACKS = URIRef(STRAT.backs)
AXIOMS = {
    URIRef(term)
    for term in (
        RDF.type,
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        RDFS.domain,
        RDFS.range,
        OWL.disjointWith,
        SCHEMA.domainIncludes,
        SCHEMA.rangeIncludes,
    )
}


def lines_of(rule: str) -> list[str]:
    """The lines of the file that breaks a rule; the first names what it breaks."""
    return (INVALID / f"{rule}.ttl").read_text(encoding="utf-8").splitlines()


def named_by(rule: str) -> list[str]:
    """The rules that the file of a rule says that it breaks."""
    return sorted(lines_of(rule)[0].removeprefix(BREAKS).split())


def outcomes(rules: Iterable[str]) -> dict[str, list[str]]:
    """For each rule what its file breaks, found by as many processes as there are cores."""
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _parse_once) as pool:
        return dict(pool.map(_broken, rules, chunksize=8))


def _broken(rule: str) -> tuple[str, list[str]]:
    named = named_by(rule)
    findings = find(_data(rule), SHAPES if rule.startswith("O-") else OF_DATA)
    return rule, sorted({f.rule for f in findings if f.severity == "Violation" or f.rule in named})


def _data(rule: str) -> Graph:
    layer = parsed(f"tests/knowledge/invalid/{rule}.ttl")
    gone = [line.removeprefix(WITHOUT) for line in lines_of(rule) if line.startswith(WITHOUT)]
    hidden: set[Node] = {*layer.subjects(), *map(URIRef, gone)}
    of_ontology = rule.startswith("O-")
    ground = _where(ONTOLOGY if of_ontology else BASE, lambda triple: triple[0] not in hidden)
    if of_ontology:
        return layer + ground
    laid = layer + ground + _beside_the_base()
    return laid if (None, BACKS, None) in layer else _with_ledger(laid)


def _with_ledger(laid: Graph) -> Graph:
    kept = _where(laid, lambda triple: triple[1] != BACKS)
    for backed, span in laid.subject_objects(URIRef(STRAT.isEvidencedBy)):
        for segment in laid.objects(span, URIRef(DCTERMS.isPartOf)):
            kept.add((segment, BACKS, backed))
    return kept


def _beside_the_base() -> Graph:
    """The axioms of the ontology, its closed lists, and the concepts that the base cites.

    A rule of the data reads nothing else of it, and reading less makes the tests quick; that
    the base conforms beside the whole ontology has a test of its own.
    """
    cited = set(BASE.objects())
    concepts = set(ONTOLOGY.subjects(URIRef(SKOS.inScheme)))
    shown = {one for one in concepts if one in cited or str(one).startswith(STRAT.iri)}
    schemes = set(ONTOLOGY.subjects(URIRef(RDF.type), URIRef(SKOS.ConceptScheme)))
    shown |= {scheme for one in shown for scheme in ONTOLOGY.objects(one, URIRef(SKOS.inScheme))}
    hidden = (concepts | schemes) - shown
    hidden |= _labels(hidden) | set(ONTOLOGY.objects(None, URIRef(DCTERMS.source)))
    shown |= _labels(shown)
    return _where(
        ONTOLOGY,
        lambda triple: (
            not hidden & {triple[0], triple[2]} and (triple[0] in shown or triple[1] in AXIOMS)
        ),
    )


def _labels(things: set[Node]) -> set[Node]:
    return {label for one in things for label in ONTOLOGY.objects(one, URIRef(SKOSXL.prefLabel))}


def _where(graph: Graph, wanted: Callable[[Triple], bool]) -> Graph:
    part = Graph()
    for triple in graph:
        if wanted(triple):
            part.add(triple)
    return part


@cache
def _prepared(text: str) -> Query:
    return translateQuery(parseQuery(text))


def _parse_once() -> None:
    """Let this process parse each query of the shapes once: parsing is most of what they cost."""
    patch.object(processor, "parseQuery", str).start()
    patch.object(processor, "translateQuery", lambda text, *_: _prepared(text)).start()
