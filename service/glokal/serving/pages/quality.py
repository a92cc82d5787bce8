"""How far the graph holds the text, and what the check found: the quality page."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from glokal.formats import LANGUAGES
from glokal.release import Release
from glokal.serving.pages.graph import Graph
from glokal.serving.pages.labels import Labels
from glokal.serving.pages.links import Links
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Link, Text
from glokal.serving.pages.questions import QUALITY, Questions
from glokal.terms import graph_iri

REPORT = "report.json"


@dataclass(frozen=True)
class Covered:
    """A source document and how much of it the graph holds."""

    document: Link
    sentences: int
    evidenced: int
    explicit: int
    implicit: int


@dataclass(frozen=True)
class Found:
    """One finding of the check: its severity, rule, message and the thing it is about."""

    severity: str
    rule: str
    message: str
    thing: Link


@dataclass(frozen=True)
class QualityPage:
    """What the quality page shows; ``labels`` has a row of counts by language for a status."""

    covered: tuple[Covered, ...]
    statuses: tuple[tuple[str, tuple[int, ...]], ...]
    things: int
    outward: int
    counts: Mapping[str, int]
    findings: tuple[Found, ...]
    graphs: tuple[tuple[Link, int], ...]
    triples: int
    version: str
    digest: str
    generator: str
    question: Link | None


class Quality:
    """The quality page of a release, from its manifest and its report."""

    def __init__(
        self,
        graph: Graph,
        labels: Labels,
        links: Links,
        messages: Mapping[str, Messages],
        release: Release,
        questions: Questions,
    ) -> None:
        self._questions = questions
        self._graph = graph
        self._labels = labels
        self._links = links
        self._messages = messages
        self._release = release

    def page(self, language: str) -> QualityPage:
        """The page in one language."""
        manifest = self._release.manifest
        report = json.loads((self._release.path / REPORT).read_bytes())
        linked = manifest.coverage["linked"]
        return QualityPage(
            covered=tuple(self._covered(manifest.coverage["documents"], language)),
            statuses=tuple(self._statuses(manifest.coverage["labels"], language)),
            things=linked["things"],
            outward=linked["outward"],
            counts=report["counts"],
            findings=tuple(self._findings(report["findings"], language)),
            graphs=tuple(self._graphs(language)),
            triples=manifest.counts["triples"],
            version=manifest.version,
            digest=manifest.digest,
            generator=manifest.generator,
            question=self._questions.example(QUALITY, language),
        )

    def _covered(self, documents: Iterable[Mapping[str, Any]], language: str) -> Iterable[Covered]:
        for document in documents:
            statements = document["statements"]
            yield Covered(
                self._link(document["iri"], language),
                document["sentences"],
                document["evidenced"],
                statements.get("explicit", 0),
                statements.get("implicit", 0),
            )

    def _statuses(
        self, labels: Mapping[str, Mapping[str, int]], language: str
    ) -> Iterable[tuple[str, tuple[int, ...]]]:
        statuses = sorted({status for counts in labels.values() for status in counts})
        for status in statuses:
            counts = tuple(labels.get(code, {}).get(status, 0) for code in LANGUAGES)
            yield self._labels.plain(f"{self._graph.strat.iri}{status}", language), counts

    def _findings(self, findings: Iterable[Mapping[str, Any]], language: str) -> Iterable[Found]:
        say = self._messages[language]
        for finding in findings:
            yield Found(
                say(f"severity.{finding['severity'].lower()}"),
                finding["rule"],
                finding["messages"].get(language, ""),
                self._link(finding["focus"], language),
            )

    def _graphs(self, language: str) -> Iterable[tuple[Link, int]]:
        for key, count in self._release.manifest.counts.items():
            if key != "triples":
                yield self._link(graph_iri(key, self._graph.base), language), count

    def _link(self, iri: str, language: str) -> Link:
        known = self._links.document(iri) is not None and self._graph.exists(iri)
        text = self._labels.label(iri, language) if known else Text(iri)
        return Link(text, self._links.page(iri, language) if known else iri)
