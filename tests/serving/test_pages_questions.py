"""Every page leads to the query that gives what stands on it."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from pyoxigraph import QuerySolutions
from tests.serving.html import every, parsed
from tests.serving.shown import COMMITMENT, KINDS, page_of

from glokal.release import Release
from glokal.serving.pages import Pages


def test_every_page_leads_to_the_query_that_gives_it(pages: Pages, release: Release) -> None:
    base = release.manifest.base
    for path in KINDS:
        tree = parsed(page_of(pages, release, path, "fi"))
        hrefs = [link.get("href") or "" for link in every(tree, "a")]
        asked = [parse_qs(urlsplit(href).query) for href in hrefs if "/fi/query?" in href]
        texts = [query["query"][0] for query in asked if "query" in query]
        assert len(texts) == 1
        assert f"<{base}{path}>" in texts[0]
        answer = release.store().query(texts[0])
        assert isinstance(answer, QuerySolutions)
        assert next(answer, None), path
    evidence = [query for query in asked if query.get("example") == ["03-evidence"]]
    assert evidence == [], "a concept of a scheme has no words of its own"
    tree = parsed(page_of(pages, release, COMMITMENT, "fi"))
    hrefs = [link.get("href") or "" for link in every(tree, "a")]
    assert any(f"thing={quote(base + COMMITMENT, safe='')}" in href for href in hrefs)


@pytest.mark.parametrize(
    ("page", "name"), [("home", "05-commitments-by-priority"), ("quality", "20-explicit-and-read")]
)
def test_home_and_quality_lead_to_an_example(pages: Pages, page: str, name: str) -> None:
    written = pages.home("en") if page == "home" else pages.quality("en")
    hrefs = {link.get("href") for link in every(parsed(written), "a")}
    assert f"/en/query?example={name}" in hrefs
