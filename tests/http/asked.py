"""What tests of the queries ask, and how they read a table."""

from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import httpx
from tests.http.browser import Browser
from tests.serving.html import HTML, every, words

EXAMPLE = "05-commitments-by-priority"


def query(site: Browser, text: str, language: str = "sv", **more: str) -> httpx.Response:
    return site.get(f"/{language}/query?{urlencode({'query': text, **more})}")


def rows(tree: Element) -> list[list[str]]:
    return [
        [words(cell) for cell in row if cell.tag in (HTML + "td", HTML + "th")]
        for row in every(tree, "tr")
    ]
