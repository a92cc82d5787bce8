"""What data/publication.toml must say before anything can be published."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from glokal.formats import LANGUAGES

HOLDERS = "rights.holder"
"""One IRI, or a list of them where the wordings of several are published."""

REQUIRED = {
    "name": r"[a-z0-9]+(-[a-z0-9]+)*",
    "version": r"\d+\.\d+\.\d+",
    "issued": r"\d{4}-\d{2}-\d{2}",
    "base": r"https?://[^\s/]+/(\S*/)?",
    "licence": r"https?://\S+",
    **{f"{table}.{code}": r".+" for table in ("title", "description") for code in LANGUAGES},
    HOLDERS: r"https?://\S+",
    **{f"rights.{code}": r".+" for code in LANGUAGES},
    "publisher.iri": r"https?://\S+",
    "publisher.name": r".+",
}
"""Each key, dotted where it stands in a table, and the pattern of its whole value."""


OPTIONAL = {"publisher.email": r"\S+@\S+", "spatial": r"https?://\S+"}
"""Keys that may be left out; what they say must have its form all the same."""


def plain(value: Any) -> Any:
    """The same TOML content as JSON can hold it: a date becomes its ISO 8601 text."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value


def gaps(publication: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each key that is missing or has a value of the wrong form, and a sentence about it."""
    for key, pattern in (REQUIRED | OPTIONAL).items():
        value = _at(publication, key)
        if value is None and key in OPTIONAL:
            continue
        if value is None:
            yield key, f"the key {key} is missing"
        elif not all(_fits(item, pattern) for item in _items(key, value)):
            yield key, f"the value of {key} must match {pattern}, unlike {value!r}"
    subjects = publication.get("subjects", [])
    if not isinstance(subjects, list) or not all(_fits(one, r"https?://\S+") for one in subjects):
        yield "subjects", "the value of subjects must be a list of IRIs"
    if publication.get("languages") != list(LANGUAGES):
        yield "languages", f"the value of languages must be {list(LANGUAGES)}"


def line_of_key(text: str, key: str) -> int | None:
    """The line, from 1, of a key of the publication file, or of its table; None for neither."""
    table, _, name = key.rpartition(".")
    here, found = "", None
    for number, line in enumerate(text.split("\n"), 1):
        if heading := re.match(r"\s*\[([\w.]+)\]", line):
            here = heading[1]
            found = number if here == table else found
        elif here == table and re.match(rf"\s*{re.escape(name)}\s*=", line):
            return number
    return found


def rights_holders(publication: Mapping[str, Any]) -> list[str]:
    """The IRIs of those who hold the rights to the wording."""
    return [str(item) for item in _items(HOLDERS, publication["rights"]["holder"])]


def _items(key: str, value: Any) -> list[Any]:
    """The values of a key: several only where a list may stand, never none."""
    return value if key == HOLDERS and isinstance(value, list) and value else [value]


def _fits(value: Any, pattern: str) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value, re.DOTALL) is not None


def _at(publication: Mapping[str, Any], key: str) -> Any:
    value: Any = publication
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
