"""A browser reads the pages: keyboard, languages, phone and desktop, under the real policy."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from glokal.errors import NotFound
from glokal.formats import HTML, LANGUAGES, by_suffix
from glokal.release import Release
from glokal.serving.addresses import thing_iri
from glokal.serving.pages import Pages
from glokal.serving.pages.frame import STYLESHEET
from glokal.web.contract import CONTENT_SECURITY_POLICY

ORIGIN = "http://glokal.test"
COMMITMENT = "/doc/kommunforbundet/2017-2021/commitment/starka-prognosformagan"


class Desk:
    """Pages in a browser, answered from a release without a network."""

    def __init__(self, browser: Browser, release: Release) -> None:
        self._browser = browser
        self._base = release.manifest.base
        self._pages = Pages(release.store(), release)
        self.complaints: list[str] = []

    def open(self, path: str, width: int = 1280, dark: bool = False) -> Page:
        page = self._browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self._answer)
        page.goto(ORIGIN + path)
        return page

    def _answer(self, route: Route) -> None:
        url = route.request.url
        if not url.startswith(ORIGIN):
            self.complaints.append(f"a request to {url}")
            return route.abort()
        path = urlsplit(url).path
        if path == f"/static/{STYLESHEET.name}":
            return route.fulfill(body=STYLESHEET.read_bytes(), content_type="text/css")
        try:
            status, body = 200, self._page(path)
        except NotFound:
            status, body = 404, self._pages.error(404, "sv", path)
        headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
        return route.fulfill(
            status=status, body=body, content_type="text/html; charset=utf-8", headers=headers
        )

    def _page(self, path: str) -> bytes:
        if path.strip("/") in LANGUAGES:
            return self._pages.home(path.strip("/"))
        bare, fmt, language = by_suffix(path)
        if fmt != HTML or language is None:
            raise NotFound(path)
        return self._pages.thing(thing_iri(bare.removeprefix("/doc/"), self._base), language)


@pytest.fixture
def desk(browser: Browser, release: Release) -> Iterator[Desk]:
    desk = Desk(browser, release)
    yield desk
    assert desk.complaints == []


def test_a_reader_walks_from_the_map_to_the_sentence(desk: Desk) -> None:
    page = desk.open("/sv/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("document.activeElement.getBoundingClientRect().width") > 24
    page.get_by_role("link", name="stärka prognosförmågan i hela sin verksamhet").click()
    page.wait_for_url(f"{ORIGIN}{COMMITMENT}.sv.html")
    page.get_by_role("link", name="Suomi").click()
    page.wait_for_url(f"{ORIGIN}{COMMITMENT}.fi.html")
    assert page.locator("html").get_attribute("lang") == "fi"
    page.locator(".lead figcaption a").last.click()
    page.wait_for_url("**/document/webbsida-sv.fi.html#S25*")
    sentence = page.locator("#S25")
    assert "stärka prognosförmågan" in sentence.inner_text()
    box = sentence.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_fits_a_desktop_screen(desk: Desk, language: str) -> None:
    page = desk.open(f"/{language}/")
    assert page.locator("h1").evaluate("h => getComputedStyle(h).fontSize") == "48px"
    assert page.locator(".map").evaluate("map => map.getBoundingClientRect().bottom") <= 900
    page.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        "/{}/",
        COMMITMENT + ".{}.html",
        "/doc/kommunforbundet/2017-2021/document/webbsida-sv.{}.html",
        "/doc/kommunforbundet/2017-2021/document/webbsida-sv/span/2751-2795.{}.html",
        "/doc/def/strategy.{}.html",
        "/doc/def/shapes.{}.html",
    ],
)
def test_nothing_overflows_a_phone(desk: Desk, path: str, language: str, dark: bool) -> None:
    page = desk.open(path.format(language), width=320, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()
