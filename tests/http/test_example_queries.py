"""The pages of the example queries, and their tables at stable URLs."""

import csv
import io

import pytest
from tests.http.asked import EXAMPLE, rows
from tests.http.browser import Browser
from tests.serving.html import every, parsed, words

from glokal.formats import LANGUAGES
from glokal.publishing.sources import Sources
from glokal.release import Release


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_an_example(site: Browser, language: str, sources: Sources) -> None:
    example = next(query for query in sources.queries if query.name == EXAMPLE)
    path = f"/doc/query/{EXAMPLE}.{language}.html"
    assert (
        site.get(f"/id/query/{EXAMPLE}", accept="text/html", accept_language=language).headers[
            "location"
        ]
        == path
    )
    answer = site.get(path)
    tree = parsed(answer.content)
    assert words(every(tree, "h1")[0]) == example.titles[language]
    assert len(rows(tree)) == 8
    (selected,) = every(tree, "option", selected="selected") or [
        option for option in every(tree, "option") if option.get("selected") is not None
    ]
    assert selected.get("value") == language
    assert 'rel="cite-as"' in answer.headers["link"]
    assert any(
        (link.get("href") or "").startswith(f"/{language}/query?example={EXAMPLE}")
        for link in every(tree, "a")
    )


def test_the_description_of_an_example_is_data(site: Browser) -> None:
    answer = site.get(f"/doc/query/{EXAMPLE}.ttl")
    assert answer.headers["content-type"].startswith("text/turtle")
    assert "sh:SPARQLSelectExecutable" in answer.text


def test_a_parameter_changes_page_and_table(site: Browser) -> None:
    path = f"/doc/query/{EXAMPLE}.sv.html"
    swedish, finnish = site.get(path), site.get(f"{path}?language=fi")
    assert swedish.headers["etag"] != finnish.headers["etag"]
    assert "Askeleen edellä" in finnish.text
    assert "Steget före" in swedish.text
    tree = parsed(finnish.content)
    hrefs = [link.get("href") for link in every(tree, "a") if words(link) == "CSV"]
    assert f"/queries/{EXAMPLE}.csv?language=fi" in hrefs


def test_the_table_of_an_example(site: Browser, release: Release) -> None:
    answer = site.get(f"/queries/{EXAMPLE}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    table = list(csv.reader(io.StringIO(answer.text)))
    assert table[0] == ["number", "priority", "commitment", "scope", "says"]
    assert len(table) == 8
    assert table[1][1] == "Steget före"
    assert (
        f'<{release.manifest.base}id/query/{EXAMPLE}>; rel="describedby"'
        in (answer.headers["link"])
    )
    again = site.get(f"/queries/{EXAMPLE}.csv", if_none_match=answer.headers["etag"])
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("tsv", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_the_table_in_other_formats(site: Browser, ending: str, media_type: str) -> None:
    answer = site.get(f"/queries/{EXAMPLE}.{ending}", accept_encoding="gzip")
    assert answer.headers["content-type"] == media_type
    assert answer.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/queries/nothing.csv", 404),
        (f"/queries/{EXAMPLE}.pdf", 404),
        (f"/queries/{EXAMPLE}", 404),
        (f"/queries/{EXAMPLE}.csv?language=de", 400),
        ("/queries/03-evidence.csv?thing=nowhere", 400),
        ("/queries/03-evidence.csv?thing=urn:x%3E%20%7D%20%23", 400),
        ("/queries/36-release-and-source.csv?date=yesterday", 400),
        ("/doc/query/nothing.sv.html", 404),
        (f"/doc/query/{EXAMPLE}.sv.html?language=de", 400),
        ("/sv/query?example=nothing", 404),
    ],
)
def test_what_is_not_there(site: Browser, path: str, status: int) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_thing_of_the_readers_choice(site: Browser) -> None:
    thing = "https://w3id.org/glokal/id/kommunforbundet/2017-2021/mission"
    answer = site.get(f"/queries/03-evidence.csv?thing={thing}")
    assert len(answer.text.splitlines()) > 1
