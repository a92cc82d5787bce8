"""The class diagram of the ontology, as SVG: drawn when publishing, the same on every machine.

Boxes are classes, lines with an open arrowhead lead to what they stand under, and in a box stand
the relations that start from it. Colours are the custom properties of the site; a file that is
looked at by itself brings their values for light and dark.
"""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from rdflib import Graph

from glokal.formats import LANGUAGES
from glokal.publishing.classes import Class, classes
from glokal.terms import STRAT

COLUMNS, WIDTH, GAP, INDENT = 4, 272, 24, 18
LINE, PADDING, BETWEEN = 16, 7, 9
NORMAL, BOLD = 6.3, 7.0
"""Mean widths of a character of 12 px text, in px; no font is known, so lines are cut early."""
WIDE = 9
"""A class with at least so many classes under it spans two columns."""
FILES = {language: f"ontology.{language}.svg" for language in LANGUAGES}
STYLE = """<style>svg{--paper:#fcfbf8;--tint:#f2f0e9;--edge:#727b77;--ink:#1a2120;--soft:#535e5b;\
--sans:-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;background:#fcfbf8}\
@media(prefers-color-scheme:dark){svg{--paper:#14191a;--tint:#1d2425;--edge:#869290;\
--ink:#e8ebe7;--soft:#a9b4b0;background:#14191a}}</style>"""
"""For the file by itself; on a page the style sheet of the site rules."""
WORDS = {
    "sv": (
        "Klassdiagram",
        "Varje ruta är en klass, och i den står de relationer som utgår från den och vart de "
        "leder. En linje med öppen pil leder från en klass till den överordnade. Klasser med "
        "streckad ram är definierade av andra.",
        "även",
    ),
    "fi": (
        "Luokkakaavio",
        "Jokainen ruutu on luokka, ja siinä ovat siitä lähtevät suhteet ja se, mihin ne johtavat. "
        "Viiva, jonka päässä on avoin nuoli, johtaa luokasta yläluokkaan. Katkoviivalla "
        "reunustetut luokat ovat muiden määrittelemiä.",
        "myös",
    ),
    "en": (
        "Class diagram",
        "Each box is a class; in it stand the relations that start from it, and where they lead. "
        "A line with an open arrowhead leads from a class to the one above it. Classes with a "
        "dashed frame are defined by others.",
        "also",
    ),
}
"""Title, description and the word before further superclasses, by language."""


@dataclass(frozen=True)
class Line:
    """A line of text in a box."""

    words: str
    bold: bool = False


@dataclass
class Canvas:
    """The drawing as it grows, each kind of mark apart, so that its style is said once."""

    language: str
    boxes: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def diagram_files(ontology: Graph) -> dict[str, bytes]:
    """The diagram of our ontology in each language, by file name."""
    return {
        name: draw(classes(ontology, STRAT.iri, language), language)
        for language, name in FILES.items()
    }


def draw(tops: Iterable[Class], language: str) -> bytes:
    """The diagram of these classes and of all that stand under them, as an SVG document."""
    canvas = Canvas(language)
    bottoms = [0] * COLUMNS
    trees = [tree for top in tops for tree in _trees(top)]
    for tree in sorted(trees, key=lambda tree: (-tree.size, tree.name)):
        span = 2 if tree.size >= WIDE else 1
        places = [max(bottoms[n : n + span]) for n in range(COLUMNS - span + 1)]
        column = places.index(min(places))
        x, y = column * (WIDTH + GAP), places[column]
        bottom = _tree(canvas, tree, x, y, span)
        bottoms[column : column + span] = [bottom + 2 * BETWEEN] * span
    return _document(canvas, max(bottoms) - 2 * BETWEEN).encode()


def _trees(top: Class) -> Iterator[Class]:
    """A class, and by itself each class under it that has very many of its own."""
    large = [child for child in top.below if child.size >= WIDE]
    small = tuple(child for child in top.below if child.size < WIDE)
    yield Class(top.name, top.local, top.path, top.also, top.members, small)
    for child in large:
        also = (top.name, *child.also)
        yield Class(child.name, child.local, child.path, also, child.members, child.below)


def _tree(canvas: Canvas, tree: Class, x: int, y: int, span: int) -> int:
    """Draw a class with those under it; gives where it ends."""
    bottom = _box(canvas, tree, x, y, span * WIDTH + (span - 1) * GAP)
    ends = [bottom]
    for n, children in enumerate(_split(canvas, tree, span)):
        ends.append(_children(canvas, children, x + n * (WIDTH + GAP), bottom, WIDTH))
    return max(ends)


def _split(canvas: Canvas, tree: Class, span: int) -> list[list[Class]]:
    """The classes under a class, in as many columns as it spans, of nearly the same height."""
    if span == 1:
        return [list(tree.below)]
    heights = [_height(canvas, child, WIDTH - INDENT) for child in tree.below]
    cut = next(n for n in range(len(heights) + 1) if sum(heights[:n]) * 2 >= sum(heights))
    return [list(tree.below[:cut]), list(tree.below[cut:])]


def _children(canvas: Canvas, children: list[Class], x: int, top: int, width: int) -> int:
    """Draw classes below one another, tied to what stands at ``top``; gives where they end."""
    y = turn = top
    for child in children:
        y += BETWEEN + (8 if y == top else 0)
        turn = y + PADDING + LINE // 2
        canvas.lines.append(f"M{x + 8} {turn}H{x + INDENT}")
        bottom = _box(canvas, child, x + INDENT, y, width - INDENT)
        y = _children(canvas, list(child.below), x + INDENT, bottom, width - INDENT)
    if children:
        canvas.lines.append(f"M{x + 8} {top}l5 9h-10zM{x + 8} {top + 9}V{turn}")
    return y


def _height(canvas: Canvas, tree: Class, width: int) -> int:
    own = len(_lines(canvas, tree, width)) * LINE + 2 * PADDING + BETWEEN
    return own + sum(_height(canvas, child, width - INDENT) for child in tree.below)


def _box(canvas: Canvas, drawn: Class, x: int, y: int, width: int) -> int:
    """Draw one class; gives where it ends."""
    lines = _lines(canvas, drawn, width)
    height = len(lines) * LINE + 2 * PADDING
    boxes = canvas.boxes if drawn.path else canvas.foreign
    boxes.append(f'<rect x="{x}" y="{y}" width="{width}" height="{height}"/>')
    written = [
        _text(line, x + PADDING, y + PADDING + 12 + n * LINE) for n, line in enumerate(lines)
    ]
    heads = sum(line.bold for line in lines)
    head, rest = "".join(written[:heads]), "".join(written[heads:])
    link = f"<a href={quoteattr(drawn.path)}>{head}</a>" if drawn.path else head
    canvas.texts.append(link + rest)
    return y + height


def _lines(canvas: Canvas, drawn: Class, width: int) -> list[Line]:
    """The text in a box: its name, what else it stands under, its relations."""
    room = width - 2 * PADDING
    lines = [Line(words, True) for words in _wrap(drawn.name, room, BOLD)]
    small = [drawn.local] if drawn.local else []
    small += [f"{WORDS[canvas.language][2]} {name}" for name in drawn.also]
    lines += [Line(words) for words in _wrap(", ".join(small), room, NORMAL)]
    for member in drawn.members:
        words = f"{member.name} → {', '.join(member.targets)}"
        lines += [Line(part) for part in _wrap(words, room, NORMAL)]
    return lines


def _wrap(words: str, room: int, letter: float) -> list[str]:
    return textwrap.wrap(words, int(room / letter), subsequent_indent="\N{NO-BREAK SPACE}" * 3)


def _text(line: Line, x: int, y: int) -> str:
    weight = ' font-weight="600" fill="var(--ink)"' if line.bold else ""
    return f'<text x="{x}" y="{y}"{weight}>{escape(line.words)}</text>'


def _document(canvas: Canvas, height: int) -> str:
    title, description, _ = WORDS[canvas.language]
    width = COLUMNS * WIDTH + (COLUMNS - 1) * GAP
    ink = 'stroke="var(--edge)"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {width + 2} {height + 2}"'
        f' width="{width + 2}" height="{height + 2}" lang="{canvas.language}" role="group"'
        ' aria-labelledby="diagram-title diagram-text" font-family="var(--sans)" font-size="12">'
        f'{STYLE}<title id="diagram-title">{title}</title>'
        f'<desc id="diagram-text">{description}</desc>'
        f'<g {ink} fill="var(--tint)">{"".join(canvas.boxes)}</g>'
        f'<g {ink} fill="var(--paper)" stroke-dasharray="4 3">{"".join(canvas.foreign)}</g>'
        f'<path {ink} fill="none" d="{"".join(canvas.lines)}"/>'
        f'<g fill="var(--soft)">{"".join(canvas.texts)}</g></svg>\n'
    )
