"""The one story: load, validate, infer, describe, freeze, write."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rdflib import Graph

from glokal import __version__
from glokal.errors import GlokalError
from glokal.formats import DATA_FORMATS
from glokal.publishing.catalogue import catalogue
from glokal.publishing.coverage import coverage
from glokal.publishing.derivations import inferred_graph
from glokal.publishing.diagram import FILES as DIAGRAMS
from glokal.publishing.diagram import diagram_files
from glokal.publishing.exports import (
    CONTEXT_FILE,
    REPORT_FILES,
    context_file,
    dumps,
    nquads,
    report_files,
)
from glokal.publishing.findings import Refused, Report
from glokal.publishing.inference import infer
from glokal.publishing.lists import name_lists
from glokal.publishing.sources import Sources, load
from glokal.publishing.validation import validate
from glokal.rdf import canonical, digest, parse_nquads, rebase
from glokal.release import (
    DATASET,
    Manifest,
    Release,
    describe_file,
    write_release,
)
from glokal.terms import BASE, GRAPHS

Progress = Callable[[str], None]
"""Is told what is being done, each time that a step begins."""

SEMVER = re.compile(r"\d+\.\d+\.\d+")
MEDIA_TYPES = {
    **{f"dataset{fmt.suffix}": fmt.media_type for fmt in DATA_FORMATS},
    **dict.fromkeys(DIAGRAMS.values(), "image/svg+xml"),
    CONTEXT_FILE: "application/ld+json",
    "report.json": "application/json",
    "report.ttl": "text/turtle",
}
"""The media type of each file of a release."""


class BadRequestedEdition(GlokalError):
    """A version or base IRI was asked for that no release can have."""

    title = "No such edition"


@dataclass(frozen=True)
class Edition:
    """A version of the publication under a base IRI, ready to be frozen.

    ``nquads`` is the whole dataset in canonical N-Quads; ``counts`` its triples by graph key,
    and ``triples`` of the union; ``coverage`` what ``coverage`` counts; ``extras`` the files
    beside the dumps, by name.
    """

    version: str
    base: str
    nquads: bytes
    counts: Mapping[str, int]
    coverage: Mapping[str, Any]
    publication: Mapping[str, Any]
    extras: Mapping[str, bytes]


def build(
    root: Path, releases: Path, version: str | None, base: str | None, progress: Progress
) -> Release:
    """Make a release of the sources under ``root``.

    Args:
        root: the folder of ontology/, data/ and shapes/.
        releases: the folder of all releases; made where it does not exist.
        version: three numbers with dots (SemVer core); None takes the publication's own.
        base: the base IRI of everything of ours; None takes the publication's own.
        progress: is told each step.

    Raises:
        SourcesUnreadable: the sources cannot be read.
        Refused: they break rules; nothing is written.
        ReleaseError: the version exists with another content, or cannot be written.
        BadRequestedEdition: the version or the base has no valid form.
    """
    return freeze(prepare(root, version, base, progress), releases, progress)


def prepare(root: Path, version: str | None, base: str | None, progress: Progress) -> Edition:
    """Load, validate, infer and describe: a release but for its folder.

    Raises:
        SourcesUnreadable, Refused, BadRequestedEdition: as ``build``.
    """
    _check_request(version, base)
    progress("Reading the sources")
    sources = load(root)
    progress("Checking them against the shapes")
    report = validate(sources)
    if not report.conforms:
        raise Refused(report)
    progress("Inferring what follows")
    version = version or str(sources.publication["version"])
    return rebased(_edition(sources, report, version), base or str(sources.publication["base"]))


def rebase_release(release: Release, base: str, releases: Path, progress: Progress) -> Release:
    """The same release under another base IRI, in another folder of releases.

    Raises:
        ReleaseError, BadRequestedEdition: as ``build``.
    """
    _check_request(None, base)
    manifest = release.manifest
    extras = (CONTEXT_FILE, *REPORT_FILES, *DIAGRAMS.values())
    edition = Edition(
        manifest.version,
        manifest.base,
        (release.path / DATASET).read_bytes(),
        manifest.counts,
        manifest.coverage,
        manifest.publication,
        {name: (release.path / name).read_bytes() for name in extras},
    )
    return freeze(rebased(edition, base), releases, progress)


def rebased(edition: Edition, base: str) -> Edition:
    """The edition with every IRI of ours, in data and in files, under another base."""
    if base == edition.base:
        return edition
    old, new = edition.base, base
    return Edition(
        edition.version,
        base,
        canonical(parse_nquads(rebase(edition.nquads, old, new))),
        edition.counts,
        _rebased_values(edition.coverage, old, new),
        _rebased_values(edition.publication, old, new),
        {name: text.replace(old.encode(), new.encode()) for name, text in edition.extras.items()},
    )


def _rebased_values(values: Mapping[str, Any], old: str, new: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(json.dumps(values, ensure_ascii=False).replace(old, new))
    return found


def freeze(edition: Edition, releases: Path, progress: Progress) -> Release:
    """Write an edition as an immutable release.

    Raises:
        ReleaseError: the version exists with another content, or cannot be written.
    """
    progress("Writing the dumps")
    files = {**dump_files(edition), **edition.extras}
    described = (describe_file(name, MEDIA_TYPES[name], files[name]) for name in sorted(files))
    manifest = Manifest(
        version=edition.version,
        base=edition.base,
        digest=digest(edition.nquads),
        generator=f"glokal {__version__}",
        counts=edition.counts,
        coverage=edition.coverage,
        publication=edition.publication,
        files=tuple(described),
    )
    progress("Writing the release")
    return write_release(releases, manifest, files, parse_nquads(edition.nquads))


def dump_files(edition: Edition, keys: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The dumps of an edition by file name: all, or those of the given format keys."""
    context = json.loads(edition.extras[CONTEXT_FILE])
    files = dumps(edition.nquads, context, edition.base, keys)
    if DATASET in files:
        # The canonical form itself: the SHA-256 of this file is the release's digest.
        files[DATASET] = edition.nquads
    return files


def published_graphs(sources: Sources, version: str) -> dict[str, Graph]:
    """Every named graph of a release, by key; none holds a blank node or another's triple."""
    graphs = {key: sources.union(key) for key in GRAPHS}
    graphs["shapes"] = name_lists(graphs["shapes"])
    asserted = _asserted(sources)
    graphs["inferred"] = inferred_graph(infer(asserted), asserted)
    # The catalogue counts itself: its size does not depend on what the numbers are.
    counts = dict.fromkeys((*GRAPHS, "triples"), 0)
    for _ in range(2):
        described = catalogue(sources.publication, version, counts, sources.queries)
        graphs["catalogue"] = described - asserted
        counts = _counts(graphs)
    return graphs


def _edition(sources: Sources, report: Report, version: str) -> Edition:
    graphs = published_graphs(sources, version)
    report_iri = f"{BASE}releases/{version}/report.ttl"
    extras = {
        **report_files(report, report_iri, BASE),
        **diagram_files(graphs["ontology"]),
        CONTEXT_FILE: context_file(sources.context),
    }
    dataset = canonical(parse_nquads(nquads(graphs)))
    figures = coverage(_asserted(sources))
    return Edition(version, BASE, dataset, _counts(graphs), figures, sources.publication, extras)


def _asserted(sources: Sources) -> Graph:
    return sources.union(*(key for key in GRAPHS if key != "shapes"))


def _counts(graphs: Mapping[str, Graph]) -> dict[str, int]:
    union = {triple for graph in graphs.values() for triple in graph}
    return {key: len(graph) for key, graph in graphs.items()} | {"triples": len(union)}


def _check_request(version: str | None, base: str | None) -> None:
    if version is not None and not SEMVER.fullmatch(version):
        raise BadRequestedEdition(
            f"{version!r} is no version: three numbers with dots are expected, such as 1.0.0"
        )
    if base is not None and not re.fullmatch(r"https?://[^\s/]+/(\S*/)?", base):
        raise BadRequestedEdition(
            f"{base!r} is no base IRI: http:// or https://, a host, and a slash at the end"
        )
