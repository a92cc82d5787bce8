"""The style sheet: small, its own, and legible."""

import re

import pytest

from glokal.serving.pages.frame import STYLESHEET

CSS = STYLESHEET.read_text(encoding="utf-8")
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--(\w+):light-dark\((#[0-9a-f]{6}),(#[0-9a-f]{6})\)", CSS)
}
TEXT = 4.5
"""Least contrast of text (WCAG 2.2, 1.4.3); large or not."""
PARTS = 3.0
"""Least contrast of what is needed to understand the page (WCAG 2.2, 1.4.11)."""


def luminance(colour: str) -> float:
    def linear(channel: str) -> float:
        value = int(channel, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[n : n + 2]) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        *((front, back, TEXT) for front in ("ink", "soft", "accent") for back in ("paper", "tint")),
        *((front, "mark", TEXT) for front in ("ink", "soft", "accent")),
        ("edge", "paper", PARTS),
        ("edge", "tint", PARTS),
    ],
)
def test_colours_stand_out(front: str, back: str, least: float, scheme: int) -> None:
    assert contrast(TOKENS[front][scheme], TOKENS[back][scheme]) >= least


def test_the_style_sheet_is_small_and_fetches_nothing() -> None:
    assert len(CSS.encode()) <= 9 * 1024
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "@font-face" not in CSS
