"""Releases that ``glokal serve`` makes by itself: one folder per sources and base."""

import hashlib
import tempfile
from pathlib import Path

from glokal import __version__
from glokal.errors import ReleaseError
from glokal.publishing.publish import Progress, build, rebase_release
from glokal.publishing.sources import fingerprint
from glokal.release import LATEST, Release, open_release


def release_of(root: Path, cache: Path, base: str | None, progress: Progress) -> Release:
    """The release of the sources as they are now, built only where there is none yet.

    Args:
        root: the folder of the sources.
        cache: the folder of such releases; made where it does not exist.
        base: the base IRI; None takes the publication's own.
        progress: is told each step.

    Raises:
        ReleaseError: the release in the cache is damaged, or cannot be written.
        SourcesUnreadable, Refused, BadRequestedEdition: as ``publish.build``.
    """
    folder = cache / _key(fingerprint(root), base or "")
    if (folder / LATEST).exists():
        return open_release(folder / LATEST)
    check_writable(folder)
    return build(root, folder, None, base, progress)


def rebased_release(release: Release, cache: Path, base: str, progress: Progress) -> Release:
    """A release under another base IRI, made only where there is none yet.

    Raises:
        ReleaseError, BadRequestedEdition: as ``publish.rebase_release``.
    """
    if release.manifest.base == base:
        return release
    folder = cache / _key(release.manifest.digest, base)
    if (folder / LATEST).exists():
        return open_release(folder / LATEST)
    check_writable(folder)
    return rebase_release(release, base, folder, progress)


def check_writable(folder: Path) -> None:
    """Make the folder and see that a file can be written to it, before any work is done.

    Raises:
        ReleaseError: it cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as error:
        raise ReleaseError(f"the folder {folder} is not writable: {error.strerror}") from error


def _key(content: str, base: str) -> str:
    # Another version of the program may infer, count or write otherwise.
    maker = hashlib.sha256(f"{__version__}\n{base}".encode()).hexdigest()
    return f"{content[:16]}-{maker[:8]}"
