"""Whether a query has the same answer every time that it is asked of the same data."""

from glokal.serving.sparql.guard import Lexer

FUNCTIONS = ("NOW", "RAND", "UUID", "BNODE")
"""The functions of SPARQL 1.1 that give something new each time; STRUUID has UUID in it."""


def may_differ(text: str) -> bool:
    """A first look that costs next to nothing: whether the letters of such a function are there.

    They also are in ``foaf:knows``; ``is_repeatable`` tells for certain.
    """
    capitals = text.upper()
    return any(function in capitals for function in FUNCTIONS)


def is_repeatable(text: str) -> bool:
    """Whether no such function is called; a word that only has its letters counts as one."""
    if not may_differ(text):
        return True
    words = (token.text for token in Lexer(text).tokens() if token.kind == "word")
    return not any(map(may_differ, words))
