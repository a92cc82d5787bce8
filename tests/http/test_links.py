"""Every link of every page leads somewhere, and every IRI of ours is described where it leads."""

from collections.abc import Iterable
from html.parser import HTMLParser
from itertools import cycle
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from pyoxigraph import NamedNode
from tests.http.browser import ORIGIN, Browser

from glokal.formats import LANGUAGES, RDF_FORMATS, by_suffix
from glokal.release import Release, dataset_of
from glokal.serving.addresses import document_of, has_document

ASKED = [fmt.media_type for fmt in RDF_FORMATS]


class Anchors(HTMLParser):
    """The addresses that a page refers to, and the places in it that others can refer to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.references: set[str] = set()
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "action") and value is not None:
                self.references.add(value)
            if name == "id" and value:
                self.places.add(value)


def ours(path: str, references: Iterable[str]) -> set[str]:
    """The references that stay on the site, as paths with their fragments."""
    absolute = (urljoin(ORIGIN + path, reference) for reference in references)
    return {
        reference.removeprefix(ORIGIN)
        for reference in absolute
        if reference.startswith(ORIGIN + "/")
    }


@pytest.fixture(scope="module")
def pages(site: Browser) -> dict[str, Anchors]:
    """Every page that can be reached from the home pages, each thing in one language."""
    found: dict[str, Anchors] = {}
    waiting = [f"/{language}/" for language in LANGUAGES]
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        answer = site.follow(path)
        assert answer.status_code == 200, path
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        found[path] = Anchors(answer.text)
        for reference in sorted(ours(path, found[path].references)):
            target = urldefrag(reference).url
            parts = urlsplit(target)
            document, fmt, language = by_suffix(parts.path)
            key = document if language else target
            if parts.query.startswith("query="):  # one of each kind: every thing has its own
                key = parts.path
            if key not in seen and (fmt is None or language):
                seen.add(key)
                waiting.append(target)
    return found


def test_every_page_is_reached(pages: dict[str, Anchors], release: Release) -> None:
    reached = {by_suffix(path)[0] for path in pages}
    base = release.manifest.base
    things = {
        f"/doc/{document_of(quad.subject.value).removeprefix(base + 'id/')}"
        for quad in dataset_of(release)
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(f"{base}id/kommunforbundet/2017-2021/commitment/")
    }
    assert things
    assert things <= reached


def test_every_reference_leads_to_a_document(pages: dict[str, Anchors], site: Browser) -> None:
    """All forms of one document stand or fall together: one data format of each is asked for."""
    documents: dict[str, set[str]] = {}
    for path, page in pages.items():
        for reference in ours(path, page.references):
            target = urlsplit(urldefrag(reference).url).path
            name, fmt, language = by_suffix(target)
            if fmt is not None and language is None:
                documents.setdefault(name, set()).add(target)
    assert documents
    for turn, targets in zip(cycle(range(7)), documents.values(), strict=False):
        target = sorted(targets)[turn % len(targets)]
        assert site.follow(target).status_code == 200, target


def test_every_place_in_a_page_exists(pages: dict[str, Anchors]) -> None:
    by_document = {by_suffix(path)[0]: page for path, page in pages.items()}
    for path, page in pages.items():
        for reference in ours(path, page.references):
            target, fragment = urldefrag(reference)
            place = unquote(fragment).partition(":~:")[0]
            known = by_document.get(by_suffix(urlsplit(target).path)[0])
            if place and known:
                assert place in known.places, f"{path} refers to {reference}"


def test_every_iri_of_ours_is_described_where_it_leads(site: Browser, release: Release) -> None:
    base = release.manifest.base
    quads = dataset_of(release)
    iris = {
        term.value
        for quad in quads
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, NamedNode) and has_document(term.value, base)
    }
    by_document: dict[str, set[str]] = {}
    for iri in iris:
        by_document.setdefault(document_of(iri), set()).add(iri)
    assert len(by_document) > 500
    for (document, members), accept in zip(sorted(by_document.items()), cycle(ASKED), strict=False):
        answer = site.follow("/" + document.removeprefix(base), accept=accept)
        assert answer.status_code == 200, document
        assert answer.headers["content-type"].startswith(accept), document
        missing = {iri for iri in members if iri.rpartition("#")[2] not in answer.text}
        assert not missing, document


def test_every_other_address_of_ours_leads_somewhere(site: Browser, release: Release) -> None:
    base = release.manifest.base
    addresses = {
        term.value
        for quad in dataset_of(release)
        for term in (quad.predicate, quad.object)
        if isinstance(term, NamedNode)
        and term.value.startswith(base)
        and not has_document(term.value, base)
    }
    for address in sorted(addresses):
        answer = site.follow("/" + urldefrag(address).url.removeprefix(base), accept="*/*")
        assert answer.status_code == 200, address
