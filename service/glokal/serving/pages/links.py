"""From IRIs to paths of this site, and from paths that were asked for to formats."""

from dataclasses import dataclass
from urllib.parse import quote

from glokal.formats import DATA_FORMATS, HTML, LANGUAGES, by_suffix
from glokal.serving.addresses import document_path, has_document, thing_iri
from glokal.serving.pages.model import Download


@dataclass(frozen=True)
class Links:
    """The addresses of pages and files, all of them paths, so that a copy can be browsed."""

    base: str

    def document(self, iri: str) -> str | None:
        """The path of the document about an IRI, without ending; None for IRIs of others."""
        return document_path(iri, self.base) if has_document(iri, self.base) else None

    def page(self, iri: str, language: str) -> str:
        """Where a reader is led who follows an IRI: our page about it, or the IRI itself."""
        if not has_document(iri, self.base):
            return iri
        fragment = iri.partition("#")[2]
        path = document_path(iri, self.base, HTML, language)
        return f"{path}#{quote(fragment)}" if fragment else path

    def pages(self, iri: str) -> dict[str, str]:
        """The path of the page in each language."""
        return {language: document_path(iri, self.base, HTML, language) for language in LANGUAGES}

    def downloads(self, iri: str) -> tuple[Download, ...]:
        """The data of the page about an IRI, in every format."""
        return tuple(
            Download(fmt.label, document_path(iri, self.base, fmt), fmt.media_type)
            for fmt in DATA_FORMATS
        )

    def formats(self, path: str) -> tuple[Download, ...]:
        """What can be had in place of a path that was asked for in vain; none if not ours."""
        bare = by_suffix(path)[0]
        for start in ("/doc/", "/id/", "/"):
            if path.startswith(start) and (start != "/" or path.startswith("/def/")):
                return self.downloads(thing_iri(bare.removeprefix(start), self.base))
        return ()


def words_fragment(words: str) -> str:
    """The text fragment that makes a browser mark these words (WICG scroll-to-text)."""
    return ":~:text=" + quote(words, safe="").replace("-", "%2D")
