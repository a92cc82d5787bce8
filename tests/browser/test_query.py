"""The query page in a browser, with and without JavaScript, under the policy of the site."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Response

from glokal.app import create_app
from glokal.formats import LANGUAGES
from glokal.release import Release
from glokal.settings import Settings

EXAMPLE = "/{}/query?example=24-matters-of-the-local-government-act"
BROKEN = "/{}/query?query=" + quote("SELECT ?a\nWHERE { ?s ?p\n  FILTER (1)\n}")
PAGES = (
    "/{}/query",
    EXAMPLE,
    BROKEN,
    "/{}/query?query=" + quote("CONSTRUCT WHERE { ?s a strat:Goal ; ?p ?o }"),
    "/doc/query/36-release-and-source.{}.html",
)
EDITOR = ".editor .cm-content"
KILOBYTE = 1000


@pytest.fixture(scope="module")
def origin(release: Release) -> Iterator[str]:
    """The whole service on a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(create_app(release, Settings()), log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)
    assert not thread.is_alive()


@contextmanager
def opened(browser: Browser, url: str, width: int = 1280, **options: Any) -> Iterator[Page]:
    """A page of a reader; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)
    context.route("**/favicon.ico", lambda route: route.abort())
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(url)
    yield page
    context.close()
    told = [text for text in complaints if "400 (Bad Request)" not in text]
    assert [text for text in told if "ERR_FAILED" not in text] == []


def test_a_reader_without_javascript_asks_and_turns_the_page(browser: Browser, origin: str) -> None:
    with opened(browser, f"{origin}/en/query", java_script_enabled=False) as page:
        page.get_by_label("Your query").fill("SELECT ?s ?p { ?s ?p ?o } ORDER BY ?s ?p LIMIT 120")
        page.get_by_role("button", name="Run the query").click()
        assert page.url.endswith("#answer")
        assert "Rows: 120" in page.locator("caption").inner_text()
        assert page.locator("tbody tr").count() == 50
        page.get_by_role("link", name="Next").click()
        page.get_by_role("link", name="Next").click()
        assert page.locator("tbody tr").count() == 20
        assert "page 3 of 3" in page.locator("caption").inner_text()
        assert page.get_by_label("Your query").input_value().startswith("SELECT ?s ?p")


def test_a_reader_chooses_what_an_example_is_about(browser: Browser, origin: str) -> None:
    url = f"{origin}/doc/query/08-residents.fi.html"
    with opened(browser, url, java_script_enabled=False) as page:
        page.get_by_label("Toimijaryhmä").select_option("kunnat")
        page.get_by_role("button", name="Suorita kysely").click()
        assert "actor=actor%3Akommuner" in page.url
        assert page.locator("tbody tr").count() > 10
        assert "actor:kommuner" in page.locator("pre").last.inner_text()
        page.get_by_role("link", name="Muokkaa kyselyä").click()
        assert "BIND (actor:kommuner AS ?actor)" in page.locator("textarea").input_value()


def test_the_field_is_enhanced_under_the_policy_of_the_site(browser: Browser, origin: str) -> None:
    with opened(browser, f"{origin}/sv/query") as page:
        editor = page.locator(EDITOR)
        editor.wait_for()
        assert page.locator("style").count() == 0
        assert not page.locator("textarea").is_visible()
        assert editor.get_attribute("aria-label") == "Din fråga"
        assert editor.get_attribute("role") == "textbox"
        weight = page.locator(".editor .cm-line span").first.evaluate(
            "span => getComputedStyle(span).fontWeight"
        )
        assert weight == "600"


def test_what_is_written_in_the_editor_is_asked(browser: Browser, origin: str) -> None:
    with opened(browser, f"{origin}/en/query") as page:
        page.locator(EDITOR).click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("ASK ")
        page.keyboard.insert_text("{ ?s a strat:Mission }")
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/en/query?query=ASK*")
        assert page.locator(".truth").inner_text() == "yes"


def test_our_terms_and_prefixes_are_completed(browser: Browser, origin: str) -> None:
    with opened(browser, f"{origin}/fi/query") as page:
        page.locator(EDITOR).click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("SELECT ?x { ?x a strat:Commi")
        option = page.get_by_role("option", name="strat:Commitment")
        option.wait_for()
        assert "sitoumus" in option.inner_text()
        assert page.get_by_role("listbox").get_attribute("aria-label") == "Ehdotukset"
        page.wait_for_timeout(100)  # a suggestion is not taken by a key that was meant for text
        page.keyboard.press("Enter")
        assert page.locator("textarea").input_value().endswith("strat:Commitment")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("PREFIX skos")
        page.get_by_role("option", name="skosxl").click()
        assert (
            page.locator("textarea").input_value()
            == "PREFIX skosxl: <http://www.w3.org/2008/05/skos-xl#>"
        )


def test_the_keyboard_is_not_caught(browser: Browser, origin: str) -> None:
    with opened(browser, f"{origin}/en/query") as page:
        page.locator(EDITOR).focus()
        page.keyboard.type("SELE")
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "BUTTON"
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("document.activeElement.className") == "editor"


def test_the_place_of_a_fault_is_marked_and_led_to(browser: Browser, origin: str) -> None:
    with opened(browser, origin + BROKEN.format("sv")) as page:
        page.locator(EDITOR).wait_for()
        assert page.locator(".cm-fault").inner_text() == page.locator(".err u").inner_text()
        page.get_by_role("link", name="Rätta frågan").click()
        assert page.evaluate("document.activeElement.className") == "editor"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_editor_has_the_colours_of_the_site(browser: Browser, origin: str, dark: bool) -> None:
    scheme = "dark" if dark else "light"
    with opened(browser, f"{origin}/sv/query", color_scheme=scheme) as page:
        page.locator(EDITOR).wait_for()
        colour = "element => getComputedStyle(element).{}"
        for name in ("color", "backgroundColor"):
            of_page = page.locator("body").evaluate(colour.format(name))
            assert page.locator(".cm-editor").evaluate(colour.format(name)) == of_page


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_overflows_a_phone(
    browser: Browser, origin: str, path: str, language: str, script: bool
) -> None:
    url = origin + path.format(language)
    with opened(browser, url, 320, java_script_enabled=script) as page:
        if script and "/doc/" not in path:
            page.locator(EDITOR).wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize(
    ("text", "curl", "python"),
    [
        ("SELECT ?n { ?p a strat:Priority ; strat:sequenceNumber ?n }", "n\r\n", "{'n': '1'}"),
        ("ASK { ?p a strat:Priority }", "true", "True"),
        ("CONSTRUCT WHERE { ?p a strat:Priority }", "strat:Priority", "3"),
    ],
)
def test_the_code_that_is_shown_runs(
    browser: Browser, origin: str, release: Release, text: str, curl: str, python: str
) -> None:
    with opened(browser, f"{origin}/en/query?query={quote(text)}") as page:
        shown = [code or "" for code in page.locator("section details pre").all_text_contents()]
    codes = [code.replace(f"{release.manifest.base}sparql", f"{origin}/sparql") for code in shown]
    told = subprocess.run(["sh", "-c", f"{codes[0]} -s"], capture_output=True, check=True)
    assert curl in told.stdout.decode()
    program = [sys.executable, "-W", "ignore", "-c", codes[1]]
    told = subprocess.run(program, capture_output=True, check=True)
    assert python in told.stdout.decode()


def test_the_page_is_light(browser: Browser, origin: str) -> None:
    """At most 110 KB over the wire, styles and script included (pages.md)."""
    answers: list[Response] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{origin}/sv/query", wait_until="networkidle")
    sizes = {a.url: a.request.sizes()["responseBodySize"] for a in answers if a.ok}
    context.close()
    assert len(sizes) == 3
    assert sum(sizes.values()) <= 110 * KILOBYTE, sizes
