"""The Link header of a document: its other forms, its thing, its terms (RFC 8288).

With ``cite-as``, ``describes``/``describedby``, ``license``, ``author`` and ``collection``
it follows FAIR Signposting (https://signposting.org/FAIR/).
"""

from collections.abc import Iterator

from glokal.formats import DATA_FORMATS, HTML, JSONLD, LANGUAGES, TURTLE, Format
from glokal.serving.addresses import document_path, ending
from glokal.serving.describe import Documents

METADATA = (TURTLE, JSONLD)
"""The formats that a page names as its description."""


def link(target: str, rel: str, **attributes: str) -> str:
    """One value of a Link header."""
    quoted = "".join(f'; {name}="{value}"' for name, value in attributes.items())
    return f'<{target}>; rel="{rel}"{quoted}'


def forms() -> Iterator[tuple[Format, str | None]]:
    """Every form of a document: each data format, then the page in each language."""
    yield from ((fmt, None) for fmt in DATA_FORMATS)
    yield from ((HTML, language) for language in LANGUAGES)


def alternates(iri: str, base: str, but: str = "") -> Iterator[str]:
    """Links to each form of the document about a thing, except the one at a path."""
    for fmt, language in forms():
        path = document_path(iri, base, fmt, language)
        if path != but:
            extra = {"hreflang": language} if language else {}
            yield link(path, "alternate", type=fmt.media_type, **extra)


def document_links(documents: Documents, iri: str, fmt: Format, language: str | None) -> list[str]:
    """Every link of one form of the document about a thing."""
    base = documents.base
    path = document_path(iri, base, fmt, language)
    public = document_path(iri, base).removeprefix("/")
    links = [*alternates(iri, base, but=path)]
    links.append(link(f"{base}{public}{ending(fmt, language)}", "canonical"))
    links.append(link(iri, "cite-as"))
    if fmt == HTML:
        for data in METADATA:
            target = document_path(iri, base, data)
            links.append(link(target, "describedby", type=data.media_type))
    else:
        links.append(link(iri, "describes"))
    optional = (("license", documents.licence), ("collection", documents.dataset))
    return links + [link(target, rel) for rel, target in optional if target]
