"""Validation of the sources against their shapes (SHACL, SHACL-SPARQL) and rules."""

from dataclasses import replace

from pyshacl import validate as run
from pyshacl.errors import ReportableRuntimeError
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from glokal.errors import SourceProblem, SourcesUnreadable
from glokal.publishing.catalogue import catalogue
from glokal.publishing.examples import faulty_queries
from glokal.publishing.files import SourceFile, line_of
from glokal.publishing.findings import SEVERITIES, Finding, Report
from glokal.publishing.hints import explained, merged
from glokal.publishing.rules import broken_rules
from glokal.publishing.sources import EXAMPLES, IMPORTS, PUBLICATION, Sources
from glokal.terms import DCTERMS, GRAPHS, RDF, SH


def validate(sources: Sources) -> Report:
    """Check everything that will be published, with the imports beside it.

    The catalogue is checked too, as it will be made of ``data/publication.toml``.

    Raises:
        SourcesUnreadable: the shapes are no shapes that SHACL can run.
    """
    data = sources.union(*(key for key in GRAPHS if key != "shapes"), IMPORTS)
    data += catalogue(sources.publication, sources.publication["version"], {}, sources.queries)
    files = [file for file in sources.files if file.graph_key != EXAMPLES]
    shapes = sources.union("shapes")
    told = (explained(finding, data, shapes) for finding in find(data, shapes))
    found = [_located(finding, files) for finding in merged(told)]
    found.extend(broken_rules(sources))
    found.extend(faulty_queries(sources.queries))
    return Report(tuple(sorted(found, key=lambda finding: finding.order)))


def find(data: Graph, shapes: Graph) -> list[Finding]:
    """What the shapes find in the data (SHACL section 3.4), without places in files.

    Neither graph is changed: pyshacl writes into both, so it is given copies.

    Raises:
        SourcesUnreadable: the shapes are no shapes that SHACL can run.
    """
    try:
        _, results, text = run(_copy(data), shacl_graph=_copy(shapes), advanced=True, inplace=True)
    except ReportableRuntimeError as error:
        raise SourcesUnreadable((SourceProblem("shapes", str(error.message)),)) from error
    if not isinstance(results, Graph):
        raise SourcesUnreadable((SourceProblem("shapes", text),))
    nodes = results.objects(None, URIRef(SH.result))
    return [_finding(results, node, shapes) for node in nodes]


def _copy(graph: Graph) -> Graph:
    copy = Graph()
    for triple in graph:
        copy.add(triple)
    return copy


def _finding(results: Graph, result: Node, shapes: Graph) -> Finding:
    def get(term: str) -> Node | None:
        return results.value(result, URIRef(term))

    shape, constraint = get(SH.sourceShape), get(SH.sourceConstraint)
    path, value, focus = get(SH.resultPath), get(SH.value), get(SH.focusNode)
    severity = str(get(SH.resultSeverity)).removeprefix(SH.iri)
    return Finding(
        rule=_rule(shapes, constraint, shape),
        severity=severity if severity in SEVERITIES else SEVERITIES[0],
        focus=f"_:{focus}" if isinstance(focus, BNode) else str(focus),
        messages=_messages(results, result, shapes, constraint, shape),
        path=str(path) if isinstance(path, URIRef) else None,
        value=value.n3() if isinstance(value, URIRef | Literal) else None,
        shape=str(shape) if isinstance(shape, URIRef) else None,
        component=str(get(SH.sourceConstraintComponent)),
    )


def _rule(shapes: Graph, *nodes: Node | None) -> str:
    """The id of the first node that has one; a shape without any is named by its IRI."""
    for node in nodes:
        identifier = shapes.value(node, URIRef(DCTERMS.identifier)) if node else None
        if identifier is not None:
            return str(identifier)
    return next((str(node).rpartition("#")[2] for node in nodes if node), "unnamed")


def _messages(results: Graph, result: Node, shapes: Graph, *nodes: Node | None) -> dict[str, str]:
    """A message per language: those of the result, then those of what it came from."""
    messages: dict[str, str] = {}
    sources = [(results, result, SH.resultMessage)]
    sources.extend((shapes, node, SH.message) for node in nodes if node)
    for graph, node, predicate in sources:
        for message in sorted(graph.objects(node, URIRef(predicate)), key=str):
            language = message.language if isinstance(message, Literal) else None
            messages.setdefault(language or "", str(message))
    untagged = messages.pop("", None)
    return dict(sorted(messages.items())) or {"en": untagged or "The shape does not hold."}


def _located(finding: Finding, files: list[SourceFile]) -> Finding:
    """The finding with the place of what is wrong; the catalogue stands in no Turtle file.

    That is the statement that a hint names, else what is said by the path of the finding of
    the culprit, else of the focus.
    """
    said = [finding.at] if finding.at else []
    said += [(finding.culprit, finding.path), (finding.focus, finding.path)]
    for node, path in dict.fromkeys(said):
        file = _best_file(node, path, finding, files)
        if file:
            return replace(finding, file=file.path, line=line_of(file, node, path))
    return replace(finding, file=PUBLICATION)


def _best_file(
    node: str, path: str | None, finding: Finding, files: list[SourceFile]
) -> SourceFile | None:
    """The file that says most about a node: the value found, the path, its type, or anything."""
    scored = [(_score(node, path, finding, file), file) for file in files]
    score, file = max(scored, key=lambda entry: entry[0], default=(0, None))
    return file if score else None


def _score(node: str, path: str | None, finding: Finding, file: SourceFile) -> int:
    focus = URIRef(node)
    if (focus, None, None) not in file.graph:
        return 0
    predicate = URIRef(path) if path else None
    if finding.value in {value.n3() for value in file.graph.objects(focus, predicate)}:
        return 4
    if predicate and finding.at and (focus, predicate, None) in file.graph:
        return 3
    return 2 if (focus, URIRef(RDF.type), None) in file.graph else 1
