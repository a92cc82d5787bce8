"""One layout for every Turtle file, by turtlefmt; a file differs only where it is not so."""

import re
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Mapping
from pathlib import Path

from glokal.errors import GlokalError, SourceProblem, SourcesUnreadable
from glokal.publishing.sources import placed_files
from glokal.rdf import canonical_triples, read_turtle


class FormatterFailed(GlokalError):
    """The formatter is missing, or would have changed what a file says."""

    title = "The files cannot be formatted"


def unformatted(root: Path) -> dict[Path, bytes]:
    """Each source file whose layout differs, with the content that it should have.

    Raises:
        SourcesUnreadable: a file breaks the syntax of Turtle.
        FormatterFailed: there is no turtlefmt, or it fails.
    """
    paths = [root / name for name, _ in placed_files(root)]
    before = {path: _read(root, path) for path in paths}
    _check_syntax(root, before)
    after = _formatted(before)
    changed = {path: after[path] for path in before if after[path] != before[path]}
    for path, content in changed.items():
        if _meaning(content) != _meaning(before[path]):
            raise FormatterFailed(f"turtlefmt would change what {path} says; it was left alone")
    return changed


def rewrite(changed: Mapping[Path, bytes]) -> None:
    """Give each file its new content, by a rename, so that no file is ever half written.

    Raises:
        FormatterFailed: a folder is not writable.
    """
    for path, content in changed.items():
        draft = path.with_name(f".{path.name}.draft")
        try:
            draft.write_bytes(content)
            draft.replace(path)
        except OSError as error:
            raise FormatterFailed(f"{path} cannot be written: {error.strerror}") from error


def _read(root: Path, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = SourceProblem(path.relative_to(root).as_posix(), str(error.strerror))
        raise SourcesUnreadable((problem,)) from error


def _check_syntax(root: Path, contents: Mapping[Path, bytes]) -> None:
    problems = tuple(
        SourceProblem(path.relative_to(root).as_posix(), f.message, f.line, f.column)
        for path, content in contents.items()
        for f in read_turtle(content)[1]
    )
    if problems:
        raise SourcesUnreadable(problems)


def _formatted(contents: Mapping[Path, bytes]) -> dict[Path, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        drafts = {path: Path(folder, f"{n}.ttl") for n, path in enumerate(contents)}
        for path, draft in drafts.items():
            draft.write_bytes(contents[path])
        _run(list(drafts.values()))
        return {path: _without_quirk(draft.read_bytes()) for path, draft in drafts.items()}


def _run(files: list[Path]) -> None:
    if not files:
        return
    program = shutil.which("turtlefmt", path=sysconfig.get_path("scripts")) or shutil.which(
        "turtlefmt"
    )
    if program is None:
        raise FormatterFailed("turtlefmt is not installed; it comes with this package: pip install")
    done = subprocess.run([program, *files], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = done.stderr.strip().partition("\n")[0]
        raise FormatterFailed(f"turtlefmt failed: {reason}")


def _without_quirk(content: bytes) -> bytes:
    # turtlefmt puts a space before a comment on the first line of a file.
    return re.sub(rb"\A +#", b"#", content)


def _meaning(content: bytes) -> bytes:
    return canonical_triples(read_turtle(content)[0])
