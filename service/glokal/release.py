"""A release on disk: written atomically, opened only when it is what its manifest says."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, Store

from glokal.errors import ReleaseError
from glokal.rdf import parse_nquads

MANIFEST = "manifest.json"
DATASET = "dataset.nq"
STORE = "store"
STORE_SUMS = "store.sha256"
LATEST = "latest"
STORE_NOISE = ("LOG", "LOCK", "IDENTITY")
"""Files of the store that carry no data and that an opening process may write anew."""


@dataclass(frozen=True)
class ReleaseFile:
    """One file of a release: its name, its size in bytes and its SHA-256 in hexadecimal."""

    name: str
    media_type: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a release says of itself.

    ``digest`` is the SHA-256 of the RDFC-1.0 canonical form of the dataset; ``counts`` holds
    the triples of each named graph by key and the distinct ``triples`` of their union;
    ``coverage`` the figures of ``publishing.coverage``;
    ``publication`` is the content of ``data/publication.toml``.
    """

    version: str
    base: str
    digest: str
    generator: str
    counts: Mapping[str, int]
    coverage: Mapping[str, Any]
    publication: Mapping[str, Any]
    files: tuple[ReleaseFile, ...]

    def to_json(self) -> bytes:
        """The manifest as it is stored: UTF-8 JSON, keys in the order of the fields."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode() + b"\n"

    @classmethod
    def from_json(cls, data: bytes) -> "Manifest":
        """Read a manifest.

        Raises:
            ReleaseError: it is no manifest of this kind.
        """
        try:
            fields = json.loads(data)
            fields["files"] = tuple(ReleaseFile(**entry) for entry in fields["files"])
            return cls(**fields)
        except (ValueError, TypeError, KeyError) as error:
            raise ReleaseError(f"{MANIFEST} cannot be read: {error}") from error


@dataclass(frozen=True)
class Release:
    """An immutable release: a folder and its manifest."""

    path: Path
    manifest: Manifest

    def store(self) -> Store:
        """The read-only store of the release; several processes may hold it open at once.

        Raises:
            ReleaseError: the store cannot be opened.
        """
        try:
            return Store.read_only(str(self.path / STORE))
        except OSError as error:
            raise ReleaseError(f"{self.path / STORE} cannot be opened: {error}") from error


def open_release(path: Path) -> Release:
    """Open a release and verify every file of it against its SHA-256.

    Args:
        path: the folder of the release, or a link to it.

    Raises:
        ReleaseError: the folder holds no release, or a file is missing or altered; the
            message names it.
    """
    folder = path.resolve()
    try:
        manifest = Manifest.from_json((folder / MANIFEST).read_bytes())
        sums = (folder / STORE_SUMS).read_text().splitlines()
    except OSError as error:
        raise ReleaseError(f"{path} holds no release: {error}") from error
    expected = {entry.name: entry.sha256 for entry in manifest.files}
    expected |= {name: checksum for checksum, name in (line.split("  ", 1) for line in sums)}
    for name, checksum in expected.items():
        if _checksum(folder / name) != checksum:
            raise ReleaseError(
                f"the release {folder} is damaged: {name} is not the file that was published; "
                "build it again or restore it from a copy"
            )
    return Release(folder, manifest)


def write_release(
    releases: Path, manifest: Manifest, files: Mapping[str, bytes], dataset: Iterable[Quad]
) -> Release:
    """Write a release beside the others and point ``latest`` at it; all or nothing.

    Args:
        releases: the folder of all releases; made where it does not exist.
        manifest: its ``version`` names the folder; its ``files`` list ``files``.
        files: the content of each file, by name.
        dataset: the quads of the store.

    Raises:
        ReleaseError: the version exists with another digest, or the folder is not writable.
    """
    target = releases / manifest.version
    if target.exists():
        return _same_release(target, manifest)
    try:
        releases.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{manifest.version}-", dir=releases))
    except OSError as error:
        raise ReleaseError(f"the folder {releases} is not writable: {error.strerror}") from error
    try:
        _fill(draft, manifest, files, dataset)
        draft.chmod(0o755)
        draft.rename(target)
    except OSError as error:
        raise ReleaseError(f"the release cannot be written: {error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    point_latest(releases, manifest.version)
    return Release(target.resolve(), manifest)


def point_latest(releases: Path, version: str) -> None:
    """Make ``latest`` name a version, in one step that no reader sees half done."""
    draft = releases / f".{LATEST}-{os.getpid()}"
    draft.symlink_to(version)
    draft.replace(releases / LATEST)
    _sync(releases)


def _same_release(target: Path, manifest: Manifest) -> Release:
    existing = open_release(target)
    if existing.manifest.digest != manifest.digest:
        raise ReleaseError(
            f"version {manifest.version} exists with another content (digest "
            f"{existing.manifest.digest[:12]}, now {manifest.digest[:12]}); a release is never "
            "changed: choose a new version"
        )
    point_latest(target.parent, manifest.version)
    return existing


def _fill(
    draft: Path, manifest: Manifest, files: Mapping[str, bytes], dataset: Iterable[Quad]
) -> None:
    for name, content in files.items():
        _write(draft / name, content)
    store = Store(str(draft / STORE))
    store.bulk_extend(dataset)
    store.optimize()
    store.flush()
    del store
    kept = sorted(p for p in (draft / STORE).iterdir() if not p.name.startswith(STORE_NOISE))
    sums = "".join(f"{_checksum(p)}  {STORE}/{p.name}\n" for p in kept)
    _write(draft / STORE_SUMS, sums.encode())
    _write(draft / MANIFEST, manifest.to_json())
    _sync(draft)


def describe_file(name: str, media_type: str, content: bytes) -> ReleaseFile:
    """The manifest entry of a file with this content."""
    return ReleaseFile(name, media_type, len(content), hashlib.sha256(content).hexdigest())


def dataset_of(release: Release) -> list[Quad]:
    """The quads of a release as its dump has them, terms exactly as published."""
    return parse_nquads((release.path / DATASET).read_bytes())


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "missing"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
