"""The query page."""

from urllib.parse import urlencode

import pytest
from tests.http.asked import query, rows
from tests.http.browser import Browser
from tests.serving.html import every, of_class, parsed, words

from glokal.formats import LANGUAGES
from glokal.publishing.sources import Sources

COMMITMENTS = "SELECT ?c WHERE { ?c a strat:Commitment } ORDER BY ?c"
BROKEN = "SELECT ?a\nWHERE {\n  ?a ?b\n}"
TENFOLD = " ".join(f"BIND (CONCAT({', '.join([f'?a{n}'] * 10)}) AS ?a{n + 1})" for n in range(9))
BOMB = f'SELECT (STRLEN(?a9) AS ?n) {{ BIND ("aaaaaaaaaa" AS ?a0) {TENFOLD} }}'
"""Ten thousand million characters, if anybody let it."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_stands_on_its_own(site: Browser, language: str, sources: Sources) -> None:
    answer = site.get(f"/{language}/query")
    assert answer.status_code == 200
    assert answer.headers["content-language"] == language
    tree = parsed(answer.content)
    (form,) = every(tree, "form")
    assert form.get("method", "get") == "get"
    (area,) = every(form, "textarea", name="query")
    assert every(form, "label", **{"for": area.get("id") or ""})
    assert words(area).startswith("PREFIX")
    assert f'BIND ("{language}" AS ?language)' in words(area)
    titles = [words(link) for link in every(tree, "a")]
    assert {query.titles[language] for query in sources.queries} <= set(titles)
    assert not every(tree, "table")


def test_the_front_door_keeps_the_query(site: Browser) -> None:
    answer = site.get("/query?query=ASK+%7B%7D", accept_language="fi")
    assert (answer.status_code, answer.headers["location"]) == (302, "/fi/query?query=ASK+%7B%7D")
    assert answer.headers["vary"] == "Accept-Language"


def test_the_endpoint_leads_a_browser_to_the_form(site: Browser) -> None:
    answer = site.get("/sparql", accept="text/html")
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")
    assert answer.headers["vary"] == "Accept"
    assert site.follow("/sparql", accept="text/html", accept_language="en").status_code == 200


def test_an_answer_is_a_table_with_caption_and_headings(site: Browser) -> None:
    tree = parsed(query(site, COMMITMENTS).content)
    (table,) = every(tree, "table")
    assert "7" in words(every(table, "caption")[0])
    assert [head.get("scope") for head in every(table, "th")] == ["col", *["row"] * 7]
    assert len(every(table, "a")) == 7
    (area,) = every(tree, "textarea")
    assert words(area) == COMMITMENTS


def test_an_answer_can_be_taken_along(site: Browser) -> None:
    tree = parsed(query(site, COMMITMENTS).content)
    hrefs = {words(link): link.get("href") or "" for link in every(tree, "a")}
    types = {
        name: site.get(hrefs[name]).headers["content-type"].partition(";")[0]
        for name in ("CSV", "JSON", "XML", "TSV")
    }
    assert types == {
        "CSV": "text/csv",
        "JSON": "application/sparql-results+json",
        "XML": "application/sparql-results+xml",
        "TSV": "text/tab-separated-values",
    }
    summaries = [words(one) for one in every(tree, "summary")]
    assert summaries[-3:] == ["curl", "Python (SPARQLWrapper)", "R"]


def test_a_graph_can_be_taken_along_as_turtle(site: Browser) -> None:
    tree = parsed(query(site, "CONSTRUCT WHERE { ?s a strat:Goal }").content)
    assert len(rows(tree)) == 4
    hrefs = {words(link): link.get("href") or "" for link in every(tree, "a")}
    assert site.get(hrefs["Turtle"]).headers["content-type"].startswith("text/turtle")
    assert site.get(hrefs["JSON-LD"]).headers["content-type"] == "application/ld+json"


@pytest.mark.parametrize(("text", "word"), [("ASK {}", "kyllä"), ("ASK { FILTER(false) }", "ei")])
def test_yes_and_no_in_the_readers_language(site: Browser, text: str, word: str) -> None:
    tree = parsed(query(site, text, "fi").content)
    assert [words(truth) for truth in of_class(tree, "truth")] == [word]


def test_no_rows_are_said_in_words(site: Browser) -> None:
    tree = parsed(query(site, "SELECT ?x { ?x a strat:Nothing }", "en").content)
    assert "The query returned no rows." in words(tree)
    assert not every(tree, "table")


def test_rows_are_paged_through(site: Browser) -> None:
    text = "SELECT ?s ?p ?o { GRAPH <https://w3id.org/glokal/id/graph/text> { ?s ?p ?o } }"
    seen = 0
    answer, pages = query(site, text, "en"), 0
    while pages < 3:
        tree = parsed(answer.content)
        assert len(rows(tree)) == 51
        seen, pages = seen + 50, pages + 1
        (later,) = [link for link in every(tree, "a") if link.get("rel") == "next"]
        assert bool([link for link in every(tree, "a") if link.get("rel") == "prev"]) == (pages > 1)
        answer = site.get(later.get("href") or "")
    assert "Only the first 1,000 rows" in words(tree)


@pytest.mark.parametrize("offset", ["-1", "x", "٣", "9" * 40, "1e3", "49"])
def test_any_offset_gives_a_page(site: Browser, offset: str) -> None:
    assert query(site, COMMITMENTS, offset=offset).status_code == 200


@pytest.mark.parametrize(
    ("language", "title", "place"),
    [
        ("sv", "Frågan kunde inte läsas", "Rad {line}, tecken {column}:"),
        ("fi", "Kyselyä ei voitu lukea", "Rivi {line}, merkki {column}:"),
        ("en", "The query could not be read", "Line {line}, column {column}:"),
    ],
)
def test_a_fault_is_told_with_its_place(
    site: Browser, language: str, title: str, place: str
) -> None:
    answer = query(site, BROKEN.replace("\n", "\r\n"), language)
    assert answer.status_code == 400
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    tree = parsed(answer.content)
    (box,) = of_class(tree, "err")
    assert words(every(box, "h2")[0]) == title
    problem = site.get(f"/sparql?{urlencode({'query': BROKEN})}").json()
    assert problem["line"] == 4
    assert place.format(**problem) in words(box)
    assert [words(mark) for mark in every(box, "u")] == ["}"]
    (area,) = every(tree, "textarea")
    assert area.get("aria-invalid") == "true"
    assert area.get("aria-describedby") == box.get("id")
    assert words(area) == " ".join(BROKEN.split())


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400, "opens no connection"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 400, "read-only"),
        (BOMB, 507, "needs too much"),
        ('SELECT ?x { BIND ("\0" AS ?x) } }', 400, "could not be read"),
    ],
)
def test_what_strangers_send_is_answered_with_a_page(
    site: Browser, text: str, status: int, said: str
) -> None:
    answer = query(site, text, "en")
    assert answer.status_code == status
    assert said in words(parsed(answer.content))


def test_markup_in_a_query_stays_text(site: Browser) -> None:
    text = 'SELECT ("</textarea><script>alert(1)</script>" AS ?x) {}'
    answer = query(site, text)
    assert b"<script>alert" not in answer.content
    tree = parsed(answer.content)
    assert [words(cell) for cell in every(tree, "th", scope="row")] == [
        "</textarea><script>alert(1)</script>"
    ]


def test_an_example_fills_the_form_and_is_run(site: Browser, sources: Sources) -> None:
    for example in sources.queries:
        answer = site.get(f"/en/query?example={example.name}")
        assert answer.status_code == 200, example.name
        tree = parsed(answer.content)
        (area,) = every(tree, "textarea")
        values = {p.name: "en" for p in example.parameters if p.name == "language"}
        assert "".join(area.itertext()).strip() == example.bound(values).strip()
        assert every(tree, "table")


def test_another_language_asks_the_same(site: Browser) -> None:
    tree = parsed(query(site, "ASK {}").content)
    (other,) = [link for link in every(tree, "a") if link.get("hreflang") == "fi"]
    assert other.get("href") == "/fi/query?query=ASK+%7B%7D"


def test_the_answer_is_a_function_of_release_and_url(site: Browser) -> None:
    one = query(site, COMMITMENTS)
    assert one.headers["etag"] != query(site, "ASK {}").headers["etag"]
    assert one.headers["etag"] == query(site, COMMITMENTS).headers["etag"]
    again = site.get(
        f"/sv/query?{urlencode({'query': COMMITMENTS})}", if_none_match=one.headers["etag"]
    )
    assert again.status_code == 304
    assert again.headers["etag"] == one.headers["etag"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terms_that_the_field_completes(site: Browser, language: str) -> None:
    answer = site.get(f"/{language}/query/terms.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-language"] == language
    found = answer.json()
    assert found["prefixes"]["strat"] == "https://w3id.org/glokal/def/strategy#"
    terms = dict(found["terms"])
    assert terms["strat:Commitment"] == {"sv": "åtagande", "fi": "sitoumus"}.get(
        language, "commitment"
    )
    assert {"skos:prefLabel", "strat:isEvidencedBy", "strat:internal", "oa:exact"} <= set(terms)
    assert all(":" in name and "://" not in name for name in terms)


def test_crawlers_ask_nothing(site: Browser) -> None:
    text = site.get("/robots.txt").text.splitlines()
    assert {"Disallow: /sparql", "Disallow: /sv/query?"} <= set(text)
