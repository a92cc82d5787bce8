import dataclasses
import hashlib
import json
from itertools import permutations
from pathlib import Path

import pytest
from rdflib import BNode, Graph
from tests.publishing.small import TEXT, edited, load_small, silent

from glokal.errors import ReleaseError, SourcesUnreadable
from glokal.formats import DATA_FORMATS
from glokal.publishing.exports import nquads
from glokal.publishing.files import exact_literals
from glokal.publishing.findings import Refused
from glokal.publishing.publish import (
    MEDIA_TYPES,
    BadRequestedEdition,
    build,
    published_graphs,
    rebase_release,
)
from glokal.publishing.sources import Sources
from glokal.publishing.validation import find
from glokal.rdf import canonical, digest, parse_nquads
from glokal.release import Release, open_release
from glokal.terms import BASE, GRAPHS

OTHER = "http://127.0.0.1:8000/"


def digest_of(sources: Sources) -> str:
    return digest(canonical(parse_nquads(nquads(published_graphs(sources, "1.0.0")))))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.iterdir()) if path.is_file())
    return {path.name: path.read_bytes() for path in files if path.name != "store.sha256"}


def read(release: Release, name: str, form: str) -> Graph:
    graph = Graph()
    with exact_literals():
        graph.parse(data=(release.path / name).read_text(), format=form)
    return graph


def graphs_of(release: Release) -> dict[str, Graph]:
    """The named graphs as the N-Quads dump has them, read again."""
    lines: dict[str, list[str]] = {}
    for line in (release.path / "dataset.nq").read_text().splitlines():
        triple, _, name = line.removesuffix("> .").rpartition(f" <{BASE}id/graph/")
        lines.setdefault(name, []).append(f"{triple} .\n")
    graphs = {name: Graph() for name in lines}
    with exact_literals():
        for name, graph in graphs.items():
            graph.parse(data="".join(lines[name]), format="nt")
    return graphs


def test_a_release_has_every_file_and_its_manifest_tells_the_truth(
    small: Path, tmp_path: Path
) -> None:
    steps: list[str] = []
    release = build(small, tmp_path / "releases", None, None, steps.append)
    assert len(steps) == 5
    manifest = release.manifest
    assert (manifest.version, manifest.base) == ("1.2.3", BASE)
    assert {file.name for file in manifest.files} == set(MEDIA_TYPES)
    assert {f"dataset{fmt.suffix}" for fmt in DATA_FORMATS} < set(MEDIA_TYPES)
    for file in manifest.files:
        content = (release.path / file.name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.bytes, file.sha256)
    dump = (release.path / "dataset.nq").read_bytes()
    assert hashlib.sha256(dump).hexdigest() == manifest.digest
    assert set(manifest.counts) == {*GRAPHS, "triples"}
    assert manifest.counts["triples"] == len({quad.triple for quad in parse_nquads(dump)})
    assert sum(manifest.counts[key] for key in GRAPHS) == len(parse_nquads(dump))
    assert json.loads((release.path / "report.json").read_bytes())["conforms"] is True
    assert open_release(tmp_path / "releases" / "latest") == release


def test_the_catalogue_of_a_release_counts_it(small: Path, tmp_path: Path) -> None:
    release = build(small, tmp_path / "releases", "2.0.0", None, silent)
    graph = read(release, "dataset.nt", "nt")
    dataset = f"{BASE}id/dataset/small"
    rows = graph.query(
        f"SELECT ?n ?v {{ <{dataset}> <http://rdfs.org/ns/void#triples> ?n ;"
        " <http://www.w3.org/ns/dcat#version> ?v }"
    )
    assert [tuple(map(str, row)) for row in rows if isinstance(row, tuple)] == [
        (str(len(graph)), "2.0.0")
    ]


def test_sources_that_break_a_rule_are_refused_and_nothing_is_written(
    small: Path, tmp_path: Path
) -> None:
    edited(small, TEXT, "skos:prefLabel", "skos:altLabel")
    with pytest.raises(Refused) as caught:
        build(small, tmp_path / "releases", None, None, silent)
    assert [finding.rule for finding in caught.value.report.findings] == ["D-1"]
    assert not (tmp_path / "releases").exists()


def test_unreadable_sources_are_told(small: Path, tmp_path: Path) -> None:
    edited(small, TEXT, "a strat:Goal ;", "a stratt:Goal ;")
    with pytest.raises(SourcesUnreadable):
        build(small, tmp_path / "releases", None, None, silent)


@pytest.mark.parametrize("version", ["1", "1.0", "v1.0.0", "1.0.0-rc1", "../1.0.0", ""])
def test_a_version_has_three_numbers(small: Path, tmp_path: Path, version: str) -> None:
    with pytest.raises(BadRequestedEdition, match="is no version"):
        build(small, tmp_path / "releases", version, None, silent)


@pytest.mark.parametrize("base", ["", "127.0.0.1", "http://x", "ftp://x/", "http://x/ y/"])
def test_a_base_is_absolute_and_ends_in_a_slash(small: Path, tmp_path: Path, base: str) -> None:
    with pytest.raises(BadRequestedEdition, match="is no base IRI"):
        build(small, tmp_path / "releases", None, base, silent)


def test_two_runs_give_the_same_bytes(small: Path, tmp_path: Path) -> None:
    first = build(small, tmp_path / "one", None, None, silent)
    second = build(small, tmp_path / "two", None, None, silent)
    assert contents(first.path) == contents(second.path)


def test_the_order_of_files_and_triples_changes_nothing(tmp_path: Path) -> None:
    sources = load_small(tmp_path)
    expected = digest_of(sources)
    for files in permutations(sources.files):
        assert digest_of(dataclasses.replace(sources, files=files)) == expected


def test_one_other_word_gives_another_digest(small: Path, tmp_path: Path) -> None:
    first = build(small, tmp_path / "releases", None, None, silent)
    edited(small, TEXT, "rader", "ord")
    with pytest.raises(ReleaseError, match=r"version 1\.2\.3 exists with another content"):
        build(small, tmp_path / "releases", None, None, silent)
    assert open_release(first.path) == first


def test_a_release_under_another_base_names_nothing_under_the_old(
    small: Path, tmp_path: Path
) -> None:
    release = build(small, tmp_path / "releases", None, OTHER, silent)
    assert release.manifest.base == OTHER
    for name, content in contents(release.path).items():
        assert BASE.encode() not in content, name
    assert release.manifest.publication["publisher"]["iri"] == f"{OTHER}id/glokal"


def test_rebasing_a_release_gives_what_building_under_that_base_gives(
    small: Path, tmp_path: Path
) -> None:
    there = build(small, tmp_path / "there", None, OTHER, silent)
    here = build(small, tmp_path / "here", None, None, silent)
    assert contents(rebase_release(here, OTHER, tmp_path / "moved", silent).path) == contents(
        there.path
    )


def test_the_real_release_keeps_every_triple_of_the_sources(
    sources: Sources, release: Release
) -> None:
    dump = graphs_of(release)
    for key, graph in published_graphs(sources, release.manifest.version).items():
        assert set(dump[key]) == set(graph), key
        assert not [node for node in graph.all_nodes() if isinstance(node, BNode)], key
    for key in set(GRAPHS) - {"shapes", "inferred", "catalogue"}:
        assert set(sources.union(key)) == set(dump[key]), key


def test_the_shapes_hold_on_the_real_dump(sources: Sources, release: Release) -> None:
    data = sources.union("imports")
    graphs = graphs_of(release)
    shapes = graphs.pop("shapes")
    for graph in graphs.values():
        data += graph
    assert len(shapes) > 1000
    assert [finding for finding in find(data, shapes) if finding.severity == "Violation"] == []


def test_the_real_digest_does_not_depend_on_the_order_of_files(
    sources: Sources, release: Release
) -> None:
    shuffled = dataclasses.replace(sources, files=tuple(reversed(sources.files)))
    graphs = published_graphs(shuffled, release.manifest.version)
    assert digest(canonical(parse_nquads(nquads(graphs)))) == release.manifest.digest


def test_no_triple_stands_in_two_graphs(release: Release) -> None:
    graphs = graphs_of(release)
    assert sum(len(graph) for graph in graphs.values()) == release.manifest.counts["triples"]
