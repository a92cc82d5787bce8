"""Content negotiation as pure functions: request headers in, one offer out.

RFC 9110 section 12.5.1 (Accept), RFC 4647 section 3.4 (lookup of languages). Nothing here
raises: what cannot be read in a header is passed over.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from glokal.formats import HTML, LANGUAGES, RDF_FORMATS, RESULT_FORMATS, Format

ELEMENT = re.compile(r'(?:[^,"]|"(?:\\.|[^"\\])*"?)+')
PARAMETER = re.compile(r'(?:[^;"]|"(?:\\.|[^"\\])*"?)+')
WEIGHT = re.compile(r"\s*q\s*=\s*([0-9]*\.?[0-9]*)\s*", re.IGNORECASE)
MEDIA_RANGE = re.compile(r"[\w!#$&^.+-]+/(?:\*|[\w!#$&^.+-]+)|\*/\*", re.ASCII)
CODING = re.compile(r"[a-z0-9-]+|\*", re.ASCII)
LANGUAGE_RANGE = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*", re.ASCII)
USUAL_LENGTH = 300
"""Characters of an Accept header whose choice is remembered."""
ANYTHING = (*RDF_FORMATS, *RESULT_FORMATS, HTML)
XML_ALIASES = frozenset({"application/xml", "text/xml"})
"""Browsers send these beside HTML and mean pages; alone they mean RDF/XML."""


class Specificity(IntEnum):
    """How closely a range names a format; the closest one decides."""

    ANYTHING = 0
    TYPE = 1
    ALIAS = 2
    NAME = 3


@dataclass(frozen=True)
class Match:
    """How well a format satisfies an Accept header; quality 0 forbids it."""

    quality: float
    specificity: Specificity

    @property
    def named(self) -> bool:
        """Whether the client wrote this format's media type and wants it."""
        return self.specificity >= Specificity.ALIAS and self.quality > 0


def choose(accept: str | None, offers: Sequence[Format]) -> Format | None:
    """The offer that satisfies an Accept header best.

    Args:
        accept: the header; None or one without any readable range stands for ``*/*``.
        offers: what the server has, in its own order of preference, which breaks ties.

    Returns:
        One of the offers, or None where nothing matches (status 406). HTML is chosen only if
        the client named it, and then after the other offers of equal quality, or if nothing
        but wildcards matched, and then first.
    """
    if accept and len(accept) > USUAL_LENGTH:
        return _choose.__wrapped__(accept, tuple(offers))
    return _choose(accept, tuple(offers))


@lru_cache(maxsize=256)
def _choose(accept: str | None, offers: tuple[Format, ...]) -> Format | None:
    """Clients of one kind send one header: it is read once."""
    matches = _matches(accept, offers)
    only_wildcards = not any(match.named for match in matches.values())
    best: Format | None = None
    for offer in sorted(offers, key=lambda offer: (offer == HTML) is not only_wildcards):
        match = matches[offer]
        if match.quality == 0 or (offer == HTML and not (match.named or only_wildcards)):
            continue
        if best is None or match.quality > matches[best].quality:
            best = offer
    return best


def prefers_html(accept: str | None) -> bool:
    """Whether a client names pages and names nothing else that it would rather have.

    Browsers do; Comunica names pages too, but far behind the formats of RDF.
    """
    return choose(accept, ANYTHING) is HTML and _matches(accept, (HTML,))[HTML].named


def by_name(name: str, offers: Sequence[Format]) -> Format | None:
    """The offer that a ``format=`` parameter means: by key, short name or media type."""
    wanted = name.strip().lower().replace(" ", "+")  # an unescaped + arrives as a space
    for offer in offers:
        if wanted in (offer.key, offer.media_type, *offer.names, *offer.aliases):
            return offer
    return None


def choose_language(accept_language: str | None, languages: Sequence[str] = LANGUAGES) -> str:
    """The language of a page by RFC 4647 lookup: ``sv-FI`` finds ``sv``.

    Args:
        accept_language: the header, or None.
        languages: what the server has; the first is the default.
    """
    ranges = _weighted(accept_language, LANGUAGE_RANGE)
    refused = {tag for tag, quality in ranges if quality == 0}
    left = [language for language in languages if language not in refused] or list(languages)
    for tag, quality in sorted(ranges, key=lambda entry: -entry[1]):
        found = _look_up(tag, left) if quality > 0 else None
        if found:
            return found
    return left[0]


def choose_encoding(accept_encoding: str | None, encodings: Sequence[str]) -> str | None:
    """The content coding to send with (RFC 9110 section 12.5.3), None for the bytes as they are.

    A client that sends no Accept-Encoding gets no coding: it may not know how to undo one.
    """
    weights = dict(_weighted(accept_encoding, CODING))
    wanted = {name: weights.get(name, weights.get("*", 0.0)) for name in encodings}
    best = max(encodings, key=lambda name: wanted[name], default=None)
    return best if best and wanted[best] > 0 else None


def _look_up(tag: str, languages: Sequence[str]) -> str | None:
    subtags = tag.split("-")
    shorter = ("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))
    return next((candidate for candidate in shorter if candidate in languages), None)


def _matches(accept: str | None, offers: Sequence[Format]) -> dict[Format, Match]:
    ranges = _weighted(accept, MEDIA_RANGE) or [("*/*", 1.0)]
    html_named = any(name == HTML.media_type and quality > 0 for name, quality in ranges)
    ignored = XML_ALIASES if html_named else frozenset()
    readable = [(name, quality) for name, quality in ranges if name not in ignored]
    return {offer: _match(offer, readable) for offer in offers}


def _match(offer: Format, ranges: Sequence[tuple[str, float]]) -> Match:
    levels = {
        "*/*": Specificity.ANYTHING,
        offer.media_type.partition("/")[0] + "/*": Specificity.TYPE,
        **dict.fromkeys(offer.aliases, Specificity.ALIAS),
        offer.media_type: Specificity.NAME,
    }
    found = [(levels[name], quality) for name, quality in ranges if name in levels]
    specificity, quality = max(found, default=(Specificity.ANYTHING, 0.0))
    return Match(quality, specificity)


def _weighted(header: str | None, pattern: re.Pattern[str]) -> list[tuple[str, float]]:
    """The ranges of a header with their weights; parameters other than q are dropped."""
    entries = []
    for element in ELEMENT.findall(header or ""):
        name, *parameters = PARAMETER.findall(element) or [""]
        name = name.strip().lower()
        if name == "*" and pattern is MEDIA_RANGE:  # Java's URLConnection sends it so
            name = "*/*"
        if pattern.fullmatch(name):
            entries.append((name, _quality(parameters)))
    return entries


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        weight = WEIGHT.fullmatch(parameter)
        if weight and weight[1].strip("."):
            return min(float(weight[1]), 1.0)
    return 1.0
