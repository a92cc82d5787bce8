"""Finding words in a source text, and telling how words differ that should be the same.

Offsets count Unicode code points from 0, end exclusive, as the evidence does.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 32
"""Code points of a quotation's prefix and suffix, as the shapes ask for them."""

LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′´`", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\n\t", " "),
        "\u2026": ".",
    }
)
"""Signs that are taken for one another; each stands for one sign, so that offsets stay."""


@dataclass(frozen=True)
class Passage:
    """A part of a text: its offsets and its words."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Difference:
    """The first place, from 1, where two wordings part, and the sign of each; empty at an end."""

    place: int
    found: str
    expected: str


def occurrences(text: str, words: str) -> Iterator[Passage]:
    """Each place where the words stand exactly, overlaps included."""
    start = text.find(words) if words else -1
    while start >= 0:
        yield Passage(start, start + len(words), words)
        start = text.find(words, start + 1)


def nearest(text: str, words: str) -> Passage | None:
    """The passage most like the words, or None where nothing is like them.

    Words that differ by typographic signs or case alone are found for certain, others by
    their longest run in common with the text.
    """
    plain, wanted = _plain(text), _plain(words)
    start = plain.find(wanted) if wanted else -1
    if start < 0:
        match = SequenceMatcher(None, plain, wanted, autojunk=False).find_longest_match()
        if match.size * 3 < len(wanted) or not wanted:
            return None
        start = max(0, match.a - match.b)
        return _whole_words(text, start, start + len(words))
    return Passage(start, start + len(words), text[start : start + len(words)])


def _whole_words(text: str, start: int, end: int) -> Passage:
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while 0 < start < len(text) and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    return Passage(start, min(end, len(text)), text[start:end])


def difference(found: str, expected: str) -> Difference | None:
    """Where two wordings part first; None where they are the same."""
    for place, (one, other) in enumerate(zip(found, expected, strict=False), 1):
        if one != other:
            return Difference(place, one, other)
    if len(found) == len(expected):
        return None
    shorter = min(len(found), len(expected))
    return Difference(shorter + 1, found[shorter : shorter + 1], expected[shorter : shorter + 1])


def named(sign: str) -> str:
    """A sign as Unicode names it: ``U+201D RIGHT DOUBLE QUOTATION MARK``."""
    return f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip()


def _plain(text: str) -> str:
    return "".join(_folded(sign) for sign in text.translate(LOOKALIKES))


def _folded(sign: str) -> str:
    # One sign for one: a few capital letters have two lower-case ones.
    lower = sign.lower()
    return lower if len(lower) == 1 else sign
