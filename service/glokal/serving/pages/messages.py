"""The words of the pages: message catalogues in three languages, read once at start.

``ui.po`` holds the interface; ``sentences.po`` holds the pattern of each relation, the
sentence of each value, and the forms of each class (msgctxt "the one" and "several").
The names of terms that others define stand in ``ui.po`` (msgctxt "term").
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from glokal.errors import MessageMissing
from glokal.formats import LANGUAGES

LOCALES = Path(__file__).parents[2] / "locales"
DOMAINS = ("ui", "sentences")
Key = tuple[str | None, str]
BABEL_LOCALES = {"sv": "sv_FI", "fi": "fi_FI", "en": "en_GB"}


@dataclass(frozen=True)
class Messages:
    """The messages of one language: ``(context, id)`` to the forms for one and for several."""

    language: str
    forms: Mapping[Key, tuple[str, ...]]

    @cached_property
    def _places(self) -> dict[Key, int]:
        return {key: place for place, key in enumerate(self.forms)}

    @property
    def locale(self) -> str:
        """The locale of numbers, dates and lists."""
        return BABEL_LOCALES[self.language]

    def __call__(self, key: str, **values: object) -> str:
        """The text of an interface message with its placeholders filled.

        Raises:
            MessageMissing: the catalogue has no such message.
        """
        return self._form(None, key, 1).format(**values)

    def counted(self, key: str, n: int) -> str:
        """The text of a message for ``n`` things."""
        return self._form(None, key, n).format(n=self.number(n))

    def pattern(self, key: str, n: int) -> str | None:
        """The sentence pattern for ``n`` objects, or None where the relation has none."""
        return self._form(None, key, n) if (None, key) in self.forms else None

    def kind(self, name: str, several: bool = False) -> str | None:
        """The form of a class in running text ("the commitment", "commitments"), or None."""
        key = ("several" if several else "the one", name)
        return self.forms[key][0] if key in self.forms else None

    def term(self, curie: str) -> str | None:
        """The name of a term of a vocabulary of others, by its prefixed name, or None."""
        forms = self.forms.get(("term", curie))
        return forms[0] if forms else None

    def number(self, value: int | float | Decimal) -> str:
        """A number as the language writes it."""
        return format_decimal(value, locale=self.locale)

    def date(self, iso: str) -> str:
        """An ISO 8601 calendar date as the language writes it."""
        return format_date(datetime.date.fromisoformat(iso), format="long", locale=self.locale)

    def joined(self, items: list[str]) -> str:
        """Items as a list in running text: a, b and c."""
        return format_list(items, locale=self.locale)

    def order(self, key: str) -> int:
        """The place of a message in its catalogue, which is the order of relations on a page."""
        return self._places.get((None, key), len(self.forms))

    def _form(self, context: str | None, key: str, n: int) -> str:
        try:
            forms = self.forms[context, key]
        except KeyError as error:
            raise MessageMissing(f"{self.language}: no message {key!r}") from error
        return forms[n != 1 and len(forms) > 1]


def read_messages(folder: Path = LOCALES) -> dict[str, Messages]:
    """Read the catalogues of every language.

    Args:
        folder: holds ``{language}/LC_MESSAGES/{domain}.po``.

    Raises:
        MessageMissing: a message is empty, or the languages do not have the same ones.
    """
    read = {
        language: Messages(
            language,
            {
                key: forms
                for domain in DOMAINS
                for key, forms in _entries(folder / language / "LC_MESSAGES" / f"{domain}.po")
            },
        )
        for language in LANGUAGES
    }
    every = {key for messages in read.values() for key in messages.forms}
    missing = [
        f"{language}: {key}"
        for language, messages in read.items()
        for key in sorted(every, key=str)
        if not all(messages.forms.get(key, ("",)))
    ]
    if missing:
        raise MessageMissing("no text for " + "; ".join(missing))
    return read


def _entries(path: Path) -> Iterator[tuple[Key, tuple[str, ...]]]:
    with path.open("rb") as file:
        catalogue: Catalog = read_po(file)
    for message in catalogue:
        if message.id:
            identifier = message.id if isinstance(message.id, str) else message.id[0]
            text = message.string or ""
            yield (message.context, identifier), (text,) if isinstance(text, str) else tuple(text)
