"""Which URL path serves which IRI.

``…/id/X`` has its document at ``/doc/X``, ``…/def/X`` at ``/doc/def/X``, and an IRI with a
fragment lives in the document of what stands before it. Paths start at the base IRI, so
a copy on another host is browsable by its own links.
"""

from urllib.parse import quote

from glokal.formats import HTML, Format

THINGS = "id/"
DEFINITIONS = "def/"
DOCUMENTS = "doc/"
SAFE = "/:@!$&'()*+,;=~"
"""What a path segment may hold unescaped (RFC 3986 section 3.3)."""


def document_of(iri: str) -> str:
    """The IRI whose document holds what is said of an IRI: all before its fragment."""
    return iri.partition("#")[0]


def has_document(iri: str, base: str) -> bool:
    """Whether an IRI belongs to the things and definitions that have documents."""
    return iri.startswith((base + THINGS, base + DEFINITIONS))


def document_iri(iri: str, base: str) -> str:
    """The IRI of the document about a thing, whatever its format: ``…/doc/X``."""
    local = document_of(iri).removeprefix(base).removeprefix(THINGS)
    return f"{base}{DOCUMENTS}{local}"


def thing_iri(document: str, base: str) -> str:
    """The IRI that a document is about, from its path after ``/doc/`` without an ending."""
    return base + (document if document.startswith(DEFINITIONS) else THINGS + document)


def ending(fmt: Format, language: str | None = None) -> str:
    """The file name ending of a format, for pages with their language: ``.ttl``, ``.sv.html``."""
    return f".{language}{fmt.suffix}" if fmt == HTML else fmt.suffix


def document_path(
    iri: str, base: str, fmt: Format | None = None, language: str | None = None
) -> str:
    """The escaped URL path of the document about a thing, in one format or without any."""
    path = "/" + document_iri(iri, base).removeprefix(base)
    return quote(path, safe=SAFE) + (ending(fmt, language) if fmt else "")
