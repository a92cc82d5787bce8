"""A release of a few quads, and pools over its store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from glokal.rdf import prefixes
from glokal.release import Manifest, Release, describe_file, write_release
from glokal.serving.sparql.pool import QueryPool
from glokal.settings import Settings
from glokal.terms import BASE, RDF, SKOS, STRAT, graph_iri

PEOPLE = 2000
"""Enough that three of them crossed never end."""

CONTEXT = b'{"@context": {"sd": "http://www.w3.org/ns/sparql-service-description#"}}'
GOAL = f"{BASE}id/example/goal"
TEXT = graph_iri("text")
READING = graph_iri("reading")


def quads() -> list[Quad]:
    text, reading = NamedNode(TEXT), NamedNode(READING)
    goal = NamedNode(GOAL)
    return [
        Quad(goal, NamedNode(RDF.type), NamedNode(STRAT.Goal), text),
        Quad(goal, NamedNode(SKOS.prefLabel), Literal('Mål, "ett"', language="sv"), text),
        Quad(goal, NamedNode(SKOS.prefLabel), Literal("Goal", language="en"), reading),
        *(
            Quad(
                NamedNode(f"{BASE}id/example/{n}"),
                NamedNode(SKOS.notation),
                Literal(str(n)),
                NamedNode(graph_iri("context")),
            )
            for n in range(PEOPLE)
        ),
    ]


def build(folder: Path) -> Release:
    manifest = Manifest(
        version="1.0.0",
        base=BASE,
        digest="0" * 64,
        generator="tests",
        counts={"text": 2, "reading": 1, "context": PEOPLE, "triples": PEOPLE + 3},
        coverage={},
        publication={"issued": "2026-11-24"},
        files=(describe_file("context.jsonld", "application/ld+json", CONTEXT),),
    )
    return write_release(folder, manifest, {"context.jsonld": CONTEXT}, quads())


@asynccontextmanager
async def running(release: Release, **settings: float) -> AsyncIterator[QueryPool]:
    pool = QueryPool(release.path / "store", prefixes(BASE), Settings.model_validate(settings))
    await pool.start()
    try:
        yield pool
    finally:
        await pool.stop()
