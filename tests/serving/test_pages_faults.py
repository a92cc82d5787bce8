"""Where a query cannot be read on, shown in its own lines."""

import pytest

from glokal.serving.pages.faults import LONGEST, Line, excerpt


@pytest.mark.parametrize(
    ("text", "line", "column", "shown"),
    [
        ("SELEC ?x", 1, 1, (Line(1, "", "SELEC", " ?x"),)),
        ("a\n  b  c d", 2, 4, (Line(1, "a"), Line(2, "  b  ", "c", " d"))),
        ("a\nb }", 2, 4, (Line(1, "a"), Line(2, "b ", "}", ""))),
        ("a\n", 2, 1, (Line(1, "a"), Line(2, "", " ", ""))),
        ("a", 1, 99, (Line(1, "", "a", ""),)),
        ("a", 7, 1, ()),
        ("\0 b", 1, 3, (Line(1, "\ufffd ", "b", ""),)),
    ],
)
def test_the_place_is_marked(text: str, line: int, column: int, shown: tuple[Line, ...]) -> None:
    assert excerpt(text, line, column) == shown


def test_a_long_line_is_cut() -> None:
    (line,) = excerpt("x" * 10_000 + " " + "y" * 10_000, 1, 10_002)
    assert (len(line.before), len(line.marked), len(line.after)) == (LONGEST, LONGEST, LONGEST)
