"""What validation found: values that can be sorted, shown in three languages and published."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.util import from_n3

from glokal.errors import NotConforming
from glokal.terms import DCTERMS, RDF, SH, XSD

SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True)
class Finding:
    """One result of validation (SHACL section 3.6.2) with its place in the sources.

    ``rule`` is the id that the shapes and the changelog cite; ``severity`` one of SEVERITIES;
    ``messages`` holds a sentence per language; ``file`` and ``line`` are None where the
    focus stands in no file; ``value`` is a term in N-Triples notation; ``focus`` is an IRI
    or a blank node's label; ``path``, ``shape`` and ``component`` are IRIs. ``found`` and
    ``expected`` say in each language what is wrong with the data at hand; ``at`` is subject
    and predicate of the statement that is wrong, where a hint knows it.
    """

    rule: str
    severity: str
    focus: str
    messages: Mapping[str, str]
    path: str | None = None
    value: str | None = None
    file: str | None = None
    line: int | None = None
    shape: str | None = None
    component: str | None = None
    found: Mapping[str, str] = field(default_factory=dict)
    expected: Mapping[str, str] = field(default_factory=dict)
    at: tuple[str, str | None] | None = None

    @property
    def culprit(self) -> str:
        """What is wrong: the focus, or what a query over a whole graph selected as value.

        Such a query runs once, from one focus node (SHACL section 5).
        """
        selected = self.value or ""
        by_query = self.component == SH.SPARQLConstraintComponent and selected.startswith("<")
        return selected.strip("<>") if by_query else self.focus

    def message(self, language: str) -> str:
        """The message in a language; in any other where that one is missing."""
        return self.messages.get(language) or next(iter(self.messages.values()), self.rule)

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON has it: its own fields, without what only led to its place."""
        return {name: value for name, value in asdict(self).items() if name != "at"}

    @property
    def order(self) -> tuple[Any, ...]:
        """The place in a report: by file, line, severity, then by what was found."""
        return (
            self.file or "",
            self.line or 0,
            SEVERITIES.index(self.severity),
            self.rule,
            self.focus,
            self.path or "",
            self.value or "",
            json.dumps(dict(self.messages), sort_keys=True, ensure_ascii=False),
        )


@dataclass(frozen=True)
class Report:
    """The findings in order; the sources conform where none of them is a Violation."""

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether a release may be made: warnings and notes do not hinder it."""
        return self.counts["Violation"] == 0

    @property
    def counts(self) -> dict[str, int]:
        """The number of findings of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    def to_json(self) -> bytes:
        """The report as UTF-8 JSON: ``conforms``, ``counts`` and ``findings``."""
        content = {
            "conforms": self.conforms,
            "counts": self.counts,
            "findings": [finding.to_dict() for finding in self.findings],
        }
        return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"

    def to_graph(self, iri: str) -> Graph:
        """The report as a sh:ValidationReport of this IRI, with an IRI for each result."""
        graph = Graph()
        report = URIRef(iri)
        graph.add((report, URIRef(RDF.type), URIRef(SH.ValidationReport)))
        conforms = Literal(str(self.conforms).lower(), datatype=URIRef(XSD.boolean))
        graph.add((report, URIRef(SH.conforms), conforms))
        for number, finding in enumerate(self.findings, 1):
            result = URIRef(f"{iri}#result-{number}")
            graph.add((report, URIRef(SH.result), result))
            _describe(graph, result, finding)
        return graph


class Refused(NotConforming):
    """The sources break rules; ``report`` says which ones and where."""

    def __init__(self, report: Report) -> None:
        count = report.counts["Violation"]
        super().__init__(
            f"the sources break {count} {'rule' if count == 1 else 'rules'}; nothing was written"
        )
        self.report = report


def _describe(graph: Graph, result: URIRef, finding: Finding) -> None:
    graph.add((result, URIRef(RDF.type), URIRef(SH.ValidationResult)))
    graph.add((result, URIRef(DCTERMS.identifier), Literal(finding.rule)))
    iris = (
        (SH.focusNode, finding.focus),
        (SH.resultPath, finding.path),
        (SH.resultSeverity, SH.iri + finding.severity),
        (SH.sourceShape, finding.shape),
        (SH.sourceConstraintComponent, finding.component),
    )
    for predicate, iri in iris:
        if iri and not iri.startswith("_:"):
            graph.add((result, URIRef(predicate), URIRef(iri)))
    value = from_n3(finding.value) if finding.value else None
    if isinstance(value, URIRef | Literal):
        graph.add((result, URIRef(SH.value), value))
    for language, message in finding.messages.items():
        graph.add((result, URIRef(SH.resultMessage), Literal(message, lang=language)))
