"""The sources as they stand on disk: found, loaded, each file with its graph."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import resources
from pathlib import Path, PurePosixPath
from typing import Any

import rdflib

from glokal.errors import SourceProblem, SourcesUnreadable
from glokal.publishing.files import Reader, SourceFile
from glokal.queries import FOLDER as QUERIES
from glokal.queries import ExampleQuery, parse_query

FOLDERS = ("ontology", "data", "shapes")
PUBLICATION = "data/publication.toml"
CONTEXT = "ontology/context.jsonld"
IMPORTS = "imports"
EXAMPLES = "examples"

LAYOUT = (
    ("data/*/*/document.ttl", "text"),
    ("data/*/*/text.ttl", "text"),
    ("data/*/*/statements.ttl", "text"),
    ("data/*/*/evidence.ttl", "text"),
    ("data/*/*/reading.ttl", "reading"),
    ("data/*/*/wording.ttl", "reading"),
    ("data/*/*/context.ttl", "context"),
    ("data/*/*/interpretation.ttl", "interpretation"),
    ("data/vocabularies/*.ttl", "ontology"),
    ("ontology/*.ttl", "ontology"),
    ("shapes/*.ttl", "shapes"),
    ("ontology/imports/*.ttl", IMPORTS),
    ("ontology/examples/*.ttl", EXAMPLES),
)
"""Which files hold which graph; imports and examples are read but never published."""


@dataclass(frozen=True)
class Sources:
    """Everything that a release is made from.

    ``publication`` is the content of ``data/publication.toml``, ``context`` the JSON-LD
    context with its ``@context`` key, ``queries`` the example queries in the order of their names.
    """

    root: Path
    publication: Mapping[str, Any]
    context: Mapping[str, Any]
    files: tuple[SourceFile, ...]
    queries: tuple[ExampleQuery, ...]

    def union(self, *keys: str) -> rdflib.Graph:
        """A new graph of every triple in the files of these graph keys."""
        union = rdflib.Graph()
        for file in self.files:
            if file.graph_key in keys:
                for triple in file.graph:
                    union.add(triple)
        return union


def find_root(directory: Path | None) -> Path:
    """The folder that holds ontology/, data/ and shapes/.

    Args:
        directory: the folder asked for; None takes the current one, and where that holds
            no sources, those that came with the package.

    Raises:
        SourcesUnreadable: the folder asked for lacks some of them.
    """
    if directory is None:
        for root in (Path.cwd(), _packaged()):
            if not _missing_folders(root):
                return root
    root = directory or Path.cwd()
    missing = ", ".join(f"{name}/" for name in _missing_folders(root))
    if missing:
        raise SourcesUnreadable((SourceProblem(str(root), f"no sources here: {missing} missing"),))
    return root


def shipped_root() -> Path:
    """The folder of the sources that came with the program: in the package, or its checkout.

    Raises:
        SourcesUnreadable: they are missing.
    """
    packaged = _packaged()
    return packaged if packaged.is_dir() else find_root(packaged.parents[2])


def load(root: Path) -> Sources:
    """Read and parse every source file.

    Raises:
        SourcesUnreadable: something is missing, cannot be read or breaks its syntax; every
            problem of every file is listed.
    """
    reader = Reader(root)
    publication = reader.publication(PUBLICATION)
    context = reader.context(CONTEXT)
    files = [reader.turtle(path, key) for path, key in placed_files(root)]
    texts = {path: reader.text(path) for path in _query_files(root)}
    problems = (*reader.problems, *_misplaced(root))
    if problems:
        raise SourcesUnreadable(problems)
    queries = tuple(parse_query(Path(path).stem, text or "") for path, text in texts.items())
    return Sources(root, publication, context, tuple(file for file in files if file), queries)


def placed_files(root: Path) -> list[tuple[str, str]]:
    """The path of each Turtle file under the root, and the key of its graph, in order."""
    return sorted(
        (path.relative_to(root).as_posix(), key)
        for pattern, key in LAYOUT
        for path in root.glob(pattern)
    )


def fingerprint(root: Path) -> str:
    """The SHA-256, in hexadecimal, of all source files: relative paths and bytes.

    Raises:
        SourcesUnreadable: a file cannot be read.
    """
    total = hashlib.sha256()
    turtle = [path for path, _ in placed_files(root)]
    for name in sorted((PUBLICATION, CONTEXT, *turtle, *_query_files(root))):
        try:
            content = (root / name).read_bytes()
        except OSError as error:
            problem = SourceProblem(name, (error.strerror or "cannot be read").lower())
            raise SourcesUnreadable((problem,)) from error
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def _query_files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (root / QUERIES).glob("*.rq"))


def _packaged() -> Path:
    return Path(str(resources.files("glokal"))) / "sources"


def _missing_folders(root: Path) -> list[str]:
    return [name for name in FOLDERS if not (root / name).is_dir()]


def _misplaced(root: Path) -> Iterator[SourceProblem]:
    # A file in no graph would be left out in silence.
    known = {path for path, _ in placed_files(root)}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.ttl")):
            name = path.relative_to(root).as_posix()
            if name not in known:
                yield SourceProblem(
                    name, f"no graph is known for a file of this name and folder{_meant(path)}"
                )


def _meant(path: Path) -> str:
    """The file name of the layout that is most like another; empty where none is."""
    names = [PurePosixPath(pattern).name for pattern, _ in LAYOUT]
    close = get_close_matches(path.name, names, 1)
    return f"; perhaps {close[0]} is meant" if close else ""
