"""The pages that tests look at."""

from glokal.release import Release
from glokal.serving.pages import Pages

STRATEGY = "id/kommunforbundet/2017-2021"
DOCUMENT = f"{STRATEGY}/document/webbsida-sv"
COMMITMENT = f"{STRATEGY}/commitment/starka-prognosformagan"
KINDS = (
    STRATEGY,
    COMMITMENT,
    f"{STRATEGY}/vision",
    f"{STRATEGY}/priority/steget-fore",
    f"{STRATEGY}/statement/25-1",
    DOCUMENT,
    f"{DOCUMENT}/segment/S25",
    f"{DOCUMENT}/span/2751-2795",
    "id/kommunforbundet",
    "id/glokal",
    "id/graph/text",
    "id/catalogue",
    "id/dataset/kommunforbundet-2017-2021",
    "def/strategy",
    "def/shapes",
    "def/theme",
    "def/theme/valfard",
)
"""One resource of each kind that a page is made for, by its path after the base IRI."""


def page_of(pages: Pages, release: Release, path: str, language: str) -> bytes:
    if path == "home":
        return pages.home(language)
    return pages.thing(release.manifest.base + path, language)
