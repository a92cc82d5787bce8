import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from glokal.errors import ReleaseError
from glokal.rdf import digest, parse_nquads
from glokal.release import (
    DATASET,
    LATEST,
    MANIFEST,
    STORE,
    STORE_SUMS,
    Manifest,
    Release,
    dataset_of,
    describe_file,
    open_release,
    write_release,
)

NQ = b'<a:s> <a:p> "1"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger> <a:g> .\n'
FILES = {DATASET: NQ, "report.json": b"{}\n"}


def manifest(content: bytes = NQ, version: str = "1.0.0") -> Manifest:
    files = tuple(describe_file(name, "text/plain", data) for name, data in FILES.items())
    return Manifest(
        version, "a:", digest(content), "glokal", {"triples": 1}, {}, {"name": "x"}, files
    )


def write(folder: Path, content: bytes = NQ, version: str = "1.0.0") -> Release:
    return write_release(folder, manifest(content, version), FILES, parse_nquads(NQ))


@pytest.fixture
def written(tmp_path: Path) -> Release:
    return write(tmp_path / "releases")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_what_is_written_can_be_opened(written: Release) -> None:
    assert open_release(written.path) == written
    assert dataset_of(written) == parse_nquads(NQ)
    assert [str(quad.graph_name) for quad in written.store()] == ["<a:g>"]


def test_the_manifest_comes_back_as_it_was() -> None:
    assert Manifest.from_json(manifest().to_json()) == manifest()


def test_two_processes_may_hold_the_store_open(written: Release) -> None:
    first, second = written.store(), written.store()
    assert len(first) == len(second) == 1


def test_reading_leaves_the_release_as_it_was(written: Release) -> None:
    list(written.store())
    assert open_release(written.path) == written


def test_latest_names_the_newest(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    write(folder)
    second = write(folder, version="1.0.1")
    assert (folder / LATEST).readlink() == Path("1.0.1")
    assert open_release(folder / LATEST) == second
    assert sorted(path.name for path in folder.iterdir()) == ["1.0.0", "1.0.1", LATEST]


def test_the_same_release_again_is_no_error_and_writes_nothing(written: Release) -> None:
    before = (written.path / MANIFEST).stat().st_mtime_ns
    assert write(written.path.parent) == written
    assert (written.path / MANIFEST).stat().st_mtime_ns == before


def test_the_same_version_with_another_content_is_refused(written: Release) -> None:
    with pytest.raises(ReleaseError, match=r"version 1\.0\.0 exists with another content"):
        write(written.path.parent, content=b"other")
    assert open_release(written.path) == written


@pytest.mark.parametrize("name", [*FILES, STORE])
def test_one_flipped_bit_is_found_and_the_file_named(written: Release, name: str) -> None:
    path = written.path / name
    if name == STORE:
        path = max(path.glob("*.sst"))
        name = f"{STORE}/{path.name}"
    flip(path)
    with pytest.raises(ReleaseError, match=f"is damaged: {name} is not the file"):
        open_release(written.path)


@pytest.mark.parametrize("name", [MANIFEST, STORE_SUMS])
def test_a_release_without_its_own_lists_is_none(written: Release, name: str) -> None:
    (written.path / name).unlink()
    with pytest.raises(ReleaseError, match="holds no release"):
        open_release(written.path)


def test_a_missing_file_is_found(written: Release) -> None:
    (written.path / "report.json").unlink()
    with pytest.raises(ReleaseError, match=r"damaged: report\.json"):
        open_release(written.path)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"version": 1}', b"\xff"])
def test_a_manifest_of_another_kind_is_told(written: Release, content: bytes) -> None:
    (written.path / MANIFEST).write_bytes(content)
    with pytest.raises(ReleaseError, match=r"manifest\.json cannot be read"):
        open_release(written.path)


def test_a_manifest_that_lists_another_field_is_told() -> None:
    fields = json.loads(manifest().to_json()) | {"more": 1}
    with pytest.raises(ReleaseError, match="cannot be read"):
        Manifest.from_json(json.dumps(fields).encode())


def test_no_release_at_all_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="holds no release"):
        open_release(tmp_path / "none")


def test_a_release_without_a_store_cannot_be_queried(written: Release) -> None:
    shutil.rmtree(written.path / STORE)
    with pytest.raises(ReleaseError, match="cannot be opened"):
        written.store()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReleaseError, match="is not writable"):
        write(tmp_path / "file" / "releases")


def test_a_release_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write(tmp_path)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ReleaseError, match="No space left"):
        write(tmp_path, version="1.0.1")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.0.0", LATEST]
    assert open_release(tmp_path / LATEST) == first


def test_a_release_is_a_value(written: Release) -> None:
    assert replace(written) == written
