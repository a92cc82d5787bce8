import shutil
from pathlib import Path

import pytest
from rdflib import URIRef
from tests.publishing.small import ONTOLOGY, READING, SHAPES, TEXT, THING, edited, file_of

from glokal.errors import SourcesUnreadable
from glokal.publishing.sources import LAYOUT, find_root, fingerprint, load
from glokal.terms import GRAPHS


def problems_of(root: Path) -> list[str]:
    with pytest.raises(SourcesUnreadable) as caught:
        load(root)
    assert caught.value.exit_code == 2
    return [str(problem) for problem in caught.value.problems]


def test_each_file_belongs_to_its_graph(small: Path) -> None:
    keys = {file.path: file.graph_key for file in load(small).files}
    assert keys == {ONTOLOGY: "ontology", TEXT: "text", READING: "reading", SHAPES: "shapes"}


def test_the_layout_names_only_graphs_and_what_is_not_published() -> None:
    assert {key for _, key in LAYOUT} <= {*GRAPHS, "imports", "examples"}


def test_the_union_holds_the_triples_of_the_graphs_asked_for(small: Path) -> None:
    sources = load(small)
    union = sources.union("text", "reading")
    assert len(union) == len(file_of(sources, TEXT).graph) + len(file_of(sources, READING).graph)
    assert (URIRef(THING), None, None) not in sources.union("reading")


def test_syntax_errors_of_two_files_come_at_once(small: Path) -> None:
    edited(small, TEXT, "a strat:Goal ;", "a stratt:Goal ;")
    edited(small, READING, '"Helhet"@sv ;', '"Helhet"@sv')
    found = problems_of(small)
    assert any(line.startswith(f"{TEXT}:9:") and "stratt" in line for line in found), found
    assert any(line.startswith(f"{READING}:10:5: ") and "dot" in line for line in found), found


def test_a_missing_folder_is_told(small: Path) -> None:
    shutil.rmtree(small / "shapes")
    with pytest.raises(SourcesUnreadable, match=r"no sources here: shapes/ missing"):
        find_root(small)


def test_the_current_folder_is_the_default(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small)
    assert find_root(None).samefile(small)


def test_a_file_of_no_graph_is_told(small: Path) -> None:
    (small / "data" / "kommunforbundet" / "2017-2021" / "texts.ttl").write_text("")
    (found,) = problems_of(small)
    assert found.startswith("data/kommunforbundet/2017-2021/texts.ttl: no graph")


@pytest.mark.parametrize(
    ("path", "old", "new", "problem"),
    [
        ("data/publication.toml", "version =", "version", "data/publication.toml:2:9: "),
        ("data/publication.toml", 'version = "1.2.3"\n', "", "the key version is missing"),
        ("data/publication.toml", '"1.2.3"', '"1.2"', "the value of version must match"),
        ("data/publication.toml", 'fi = "Pieni", ', "", "the key title.fi is missing"),
        ("data/publication.toml", '"sv", "fi", "en"', '"sv"', "the value of languages"),
        ("ontology/context.jsonld", "}}", "}", "ontology/context.jsonld:1:"),
        ("ontology/context.jsonld", "@context", "context", '"@context" object is expected'),
    ],
)
def test_what_is_wrong_with_other_files_is_told(
    small: Path, path: str, old: str, new: str, problem: str
) -> None:
    assert problem in problems_of(edited(small, path, old, new))[0]


@pytest.mark.parametrize("path", ["data/publication.toml", "ontology/context.jsonld"])
def test_a_missing_file_is_told_once(small: Path, path: str) -> None:
    (small / path).unlink()
    assert problems_of(small) == [f"{path}: no such file or directory"]


def test_the_fingerprint_follows_the_content_alone(small: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(small, tmp_path / "copy")
    (copy / "README.md").write_text("not a source")
    assert fingerprint(copy) == fingerprint(small)
    edited(copy, TEXT, "rader", "ord")
    assert fingerprint(copy) != fingerprint(small)


def test_an_empty_folder_falls_back_on_what_came_with_the_package(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    monkeypatch.setattr("importlib.resources.files", lambda package: small.parent)
    assert find_root(None) == small
