from pathlib import Path

import pytest
from tests.publishing.small import TEXT, edited, silent

from glokal.errors import ReleaseError
from glokal.publishing.cache import check_writable, rebased_release, release_of

OTHER = "http://127.0.0.1:8000/"


def test_the_same_sources_are_built_once(small: Path, tmp_path: Path) -> None:
    first = release_of(small, tmp_path / "cache", None, silent)
    steps: list[str] = []
    assert release_of(small, tmp_path / "cache", None, steps.append) == first
    assert steps == []


def test_other_sources_and_another_base_are_other_releases(small: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = release_of(small, cache, None, silent)
    moved = release_of(small, cache, OTHER, silent)
    edited(small, TEXT, "rader", "ord")
    changed = release_of(small, cache, None, silent)
    assert len({first.path, moved.path, changed.path}) == 3
    assert first.manifest.version == changed.manifest.version
    assert moved.manifest.base == OTHER


def test_a_release_is_rebased_once_and_only_to_another_base(small: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    release = release_of(small, cache, None, silent)
    assert rebased_release(release, cache, release.manifest.base, silent) is release
    moved = rebased_release(release, cache, OTHER, silent)
    assert rebased_release(release, cache, OTHER, pytest.fail) == moved


def test_a_damaged_release_in_the_cache_is_told(small: Path, tmp_path: Path) -> None:
    release = release_of(small, tmp_path / "cache", None, silent)
    (release.path / "dataset.ttl").write_bytes(b"")
    with pytest.raises(ReleaseError, match=r"is damaged: dataset\.ttl"):
        release_of(small, tmp_path / "cache", None, silent)


def test_a_folder_that_cannot_be_made_is_told_before_any_work(small: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReleaseError, match="is not writable"):
        check_writable(tmp_path / "file" / "cache")
    with pytest.raises(ReleaseError, match="is not writable"):
        release_of(small, tmp_path / "file" / "cache", None, pytest.fail)
