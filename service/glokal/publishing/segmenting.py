"""A source text cut into headings and sentences: the first draft of ``document.ttl``."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from glokal.errors import GlokalError
from glokal.publishing.passages import Passage
from glokal.publishing.turtle import Block, literal, turtle
from glokal.terms import BASE, PREFIXES

AUTHORITY = "http://publications.europa.eu/resource/authority/language/"
LANGUAGES = {"sv": "SWE", "fi": "FIN", "en": "ENG"}
PLACE = re.compile(r"data/([a-z0-9-]+)/([0-9]{4}(?:-[0-9]{4})?)/([a-z0-9-]+-(sv|fi|en))\.txt")
"""Where a source text stands: publisher, years, document with its language."""

LINE = re.compile(r"[^\n]*\S[^\n]*")
SENTENCE = re.compile(r"\S.*?[.!?…][”\"’»)]*(?=\s+[^\sa-zåäö]|\s*$)|\S.*\S|\S")
ENDS = re.compile(r"[.!?…][”\"’»)]*\s*$")
HEADER = """# The source document: its text to the code point, and the segments that it is cut into.
# Offsets count Unicode code points from 0, end exclusive. The text is checked by its SHA-256.
"""


class NotSegmented(GlokalError):
    """The file is no source text that a document can be made of."""

    title = "The text cannot be cut into segments"


def document_turtle(path: Path) -> str:
    """The content of ``document.ttl`` for a source text.

    Args:
        path: ``…/data/NAME/YEARS/DOCUMENT-LANGUAGE.txt``, from which the IRIs are made.

    Raises:
        NotSegmented: the file stands elsewhere, cannot be read as UTF-8, or is empty.
    """
    place = PLACE.search(path.resolve().as_posix())
    if place is None:
        raise NotSegmented(
            f"{path}: expected data/NAME/YEARS/DOCUMENT-LANGUAGE.txt, such as "
            "data/exempelkommunen/2026-2029/webbsida-sv.txt"
        )
    name, years, document, language = place.groups()
    text = _text(path)
    iri = str(PurePosixPath(years, "document", document))
    blocks = [_document(iri, name, text, language), *_segments(iri, text, language)]
    prefixes = "".join(
        f"@prefix {short}: <{PREFIXES[short]}> .\n"
        for short in ("dcterms", "oa", "rdf", "schema", "strat")
    )
    return f"{HEADER}@base <{BASE}id/{name}/> .\n{prefixes}\n{turtle(blocks)}"


def segments(text: str) -> Iterator[tuple[str, Passage]]:
    """The class and the passage of each segment, in the order of the text.

    A line that ends as no sentence does is a heading; other lines are cut after each full
    stop, question mark or exclamation mark that an upper-case letter or a sign follows.
    """
    for line in LINE.finditer(text):
        if not ENDS.search(line[0]):
            yield "Heading", _stripped(line[0], line.start())
            continue
        for sentence in SENTENCE.finditer(line[0]):
            yield "Sentence", _stripped(sentence[0], line.start() + sentence.start())


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode().removesuffix("\n")
    except OSError as error:
        raise NotSegmented(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    except UnicodeDecodeError as error:
        raise NotSegmented(f"{path}: the text is not UTF-8") from error
    if not text.strip():
        raise NotSegmented(f"{path}: there is no text in it")
    if "\r" in text:
        raise NotSegmented(f"{path}: the lines end as on Windows; save the file with LF line ends")
    return text


def _document(iri: str, name: str, text: str, language: str) -> Block:
    return Block(
        iri,
        "strat:StrategyDocument",
        (
            ("dcterms:language", f"<{AUTHORITY}{LANGUAGES[language]}>"),
            ("dcterms:rightsHolder", f"<{BASE}id/{name}>"),
            ("schema:sha256", literal(hashlib.sha256(text.encode()).hexdigest())),
            ("schema:text", literal(text, language)),
        ),
    )


def _segments(document: str, text: str, language: str) -> Iterator[Block]:
    for number, (kind, passage) in enumerate(segments(text), 1):
        iri = f"{document}/segment/S{number:02}"
        yield Block(
            iri,
            f"strat:{kind}",
            (
                ("dcterms:identifier", literal(f"S{number:02}")),
                ("rdf:value", literal(passage.words, language)),
                ("oa:hasSource", f"<{document}>"),
                ("oa:hasSelector", f"<{iri}#position>"),
            ),
        )
        yield Block(
            f"{iri}#position",
            "oa:TextPositionSelector",
            (("oa:start", str(passage.start)), ("oa:end", str(passage.end))),
        )


def _stripped(words: str, start: int) -> Passage:
    start += len(words) - len(words.lstrip())
    kept = words.strip()
    return Passage(start, start + len(kept), kept)
