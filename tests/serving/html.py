"""Reading a page as a strict parser does."""

from xml.etree.ElementTree import Element

import html5lib

HTML = "{http://www.w3.org/1999/xhtml}"


def parsed(page: bytes) -> Element:
    """The document, refused where html5lib finds a parse error."""
    tree = html5lib.HTMLParser(strict=True).parse(page)
    assert isinstance(tree, Element)
    return tree


def every(tree: Element, tag: str, **attributes: str) -> list[Element]:
    return [
        element
        for element in tree.iter(HTML + tag)
        if all(element.get(name) == value for name, value in attributes.items())
    ]


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def of_class(tree: Element, name: str) -> list[Element]:
    return [element for element in tree.iter() if name in (element.get("class") or "").split()]
