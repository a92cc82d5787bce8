"""The page of the ontology: an entry for every term, the contents, the diagram."""

import pytest
from pyoxigraph import NamedNode, Store
from tests.serving.html import every, of_class, parsed, words
from tests.serving.shown import page_of

from glokal.formats import LANGUAGES
from glokal.release import Release
from glokal.serving.pages import Pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_tells_all_about_a_term(pages: Pages, release: Release, language: str) -> None:
    tree = parsed(page_of(pages, release, "def/strategy", language))
    entries = {element.get("id"): element for element in of_class(tree, "term")}
    for anchor, entry in entries.items():
        names = [words(name) for name in every(entry, "dt")]
        assert len(names) == len(set(names)), anchor
        assert every(entry, "p"), anchor
        assert every(entry, "a")[0].get("href") == f"#{anchor}"
    goal, bearer = entries["Goal"], entries["hasBearer"]
    ids = [words(link) for rule in every(goal, "li") for link in every(rule, "a")]
    assert {"D-17", "D-29", "D-59"} <= set(ids)
    assert [words(li)[:5] for li in every(bearer, "li")] == ["D-42 ", "D-48 "]
    used = [link.get("href") or "" for link in every(goal, "a")]
    assert sum("/goal/" in href for href in used) == 3


def test_the_contents_list_every_entry(pages: Pages, release: Release) -> None:
    tree = parsed(page_of(pages, release, "def/strategy", "fi"))
    (contents,) = of_class(tree, "toc")
    listed = {link.get("href") for link in every(contents, "a")}
    assert {f"#{entry.get('id')}" for entry in of_class(tree, "term")} <= listed


def test_a_term_that_the_strategy_lacks_says_so(pages: Pages, release: Release) -> None:
    tree = parsed(page_of(pages, release, "def/strategy", "en"))
    (entry,) = [e for e in of_class(tree, "term") if e.get("id") == "DriverOfChange"]
    assert "Not used in this publication." in words(entry)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_diagram_stands_in_the_page_in_its_colours(
    pages: Pages, release: Release, language: str
) -> None:
    tree = parsed(page_of(pages, release, "def/strategy", language))
    svg = "{http://www.w3.org/2000/svg}"
    (drawing,) = tree.iter(f"{svg}svg")
    assert not list(drawing.iter(f"{svg}style"))
    anchors = {element.get("id") for element in of_class(tree, "term")}
    leads = {(link.get("href") or "").partition("#")[2] for link in drawing.iter(f"{svg}a")}
    assert leads
    assert leads <= anchors
    assert every(tree, "a", href=f"/releases/latest/ontology.{language}.svg")


def test_the_ontology_page_defines_every_term(pages: Pages, release: Release, store: Store) -> None:
    tree = parsed(page_of(pages, release, "def/strategy", "sv"))
    anchors = {element.get("id") for element in of_class(tree, "term")}
    space = f"{release.manifest.base}def/strategy#"
    terms = {
        quad.subject.value.removeprefix(space)
        for quad in store
        if isinstance(quad.subject, NamedNode)
        and quad.subject.value.startswith(space)
        and "#label-" not in quad.subject.value
    }
    assert len(anchors) > 90
    assert {term for term in terms if not term.startswith("label-")} <= anchors | {None}
