"""What a query asks for, read from its words before anything parses or runs it.

The tokens are those of the SPARQL 1.1 grammar (https://www.w3.org/TR/sparql11-query/#grammar),
taken as loosely as the engine takes them: it lets a keyword run into its neighbour, as in
``SERVICEex:x``. That a query opens no connection is guaranteed where it runs, by a process
that cannot; this module is here to refuse early and to say why.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from glokal.errors import QueryRefused

UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
)
"""The words that begin an operation of SPARQL 1.1 Update (section 3 of its specification)."""

LETTER = r"[A-Za-z\u0080-\U0010ffff]"
NAME = r"[A-Za-z0-9_\u0080-\U0010ffff]"
ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
LOCAL = rf"{NAME}|[:-]|{ESCAPE}"
"""After dots the grammar goes on, ``ex:a.b.c``; the engine does so once and ends at ``ex:a.b``."""

TOKEN = re.compile(
    rf"""
      (?P<space>    [ \t\r\n]++ | \#[^\r\n]*+ )
    | (?P<string>   \"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*+\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
                  | "(?:[^"\\\r\n]|\\.)*+" | '(?:[^'\\\r\n]|\\.)*+' )
    | (?P<iri>      <(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+> )
    | (?P<variable> [?$]{NAME}++ )
    | (?P<language> @[A-Za-z0-9-]++ )
    | (?P<name>     (?:{LETTER}(?:{NAME}|[.-])*+|_)?:
                    (?:(?:{NAME}|:|{ESCAPE})(?:{LOCAL})*+(?:\.++(?:{LOCAL})++)?)? )
    | (?P<word>     {LETTER}(?:{NAME}|[.-])*+ )
    | (?P<number>   [0-9]++(?:\.[0-9]*+)?(?:[eE][+-]?[0-9]++)? )
    | (?P<open>     [(\[{{] )
    | (?P<close>    [)\]}}] | >> )
    | (?P<mark>     << | . )
    """,
    re.VERBOSE | re.DOTALL,
)
ABSOLUTE_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
PAIRS = {"(": ")", "[": "]", "{": "}"}
ENDS_OPERAND = frozenset({"string", "iri", "variable", "language", "name", "number", "close"})
SERVICE = "service"
NOTABLE = (SERVICE.upper(), "FROM", *sorted(UPDATES))
"""Most queries have none of these letters anywhere and need no second look."""


@dataclass(frozen=True)
class Token:
    """A token of a query: its kind (a group of TOKEN), its text, and the brackets around it."""

    kind: str
    text: str
    depth: int

    @property
    def ends_operand(self) -> bool:
        """Whether an expression may compare what ends here with ``<``."""
        return self.kind in ENDS_OPERAND or self.text.lower() in ("true", "false")


START = Token("mark", "", 0)


@dataclass(frozen=True)
class Outline:
    """What a query says about itself: whether it names its dataset by FROM."""

    names_dataset: bool


@dataclass
class Lexer:
    """Reads one text from start to end."""

    text: str
    brackets: list[str] = field(default_factory=list)
    previous: Token = START

    def tokens(self) -> Iterator[Token]:
        """Every token but spaces and comments.

        Raises:
            QueryRefused: nobody could tell whether a ``<`` begins an IRI or compares.
        """
        position = 0
        while match := TOKEN.match(self.text, position):
            kind, text = match.lastgroup or "mark", match[0]
            if text.startswith("<") and self._compares(kind, text):
                kind, text = "mark", "<"
            position += len(text)
            if kind != "space":
                self._count(kind, text)
                self.previous = Token(kind, text, len(self.brackets))
                yield self.previous

    def _count(self, kind: str, text: str) -> None:
        if kind == "open":
            self.brackets.append(PAIRS[text])
        elif self.brackets[-1:] == [text]:
            self.brackets.pop()

    def _compares(self, kind: str, text: str) -> bool:
        """Whether a ``<`` is the operator, which stands after an operand in parentheses."""
        if self.brackets[-1:] != [")"] or not self.previous.ends_operand:
            return False
        if kind != "iri":
            return True
        if ABSOLUTE_IRI.match(text):
            return False
        # In a list or a VALUES row this is an IRI after all. The two readings part for good
        # only where one of them sees a comment or a string begin inside it.
        if re.search("[#']", text) and SERVICE in self.text.lower():
            raise QueryRefused(
                f"It is not clear whether “{text}” is an IRI or a comparison; "
                "put a space after the <, or write the IRI in full."
            )
        return True


def examine(text: str) -> Outline:
    """Refuse what is no query of this service, and read what a query says about itself.

    Args:
        text: the query as it was sent; it need not be well formed.

    Raises:
        QueryRefused: it calls another endpoint by SERVICE, or is an update.
    """
    names_dataset = False
    capitals = text.upper()
    if not any(word in capitals for word in NOTABLE):
        return Outline(names_dataset)
    before = last = START
    for token in Lexer(text).tokens():
        if _calls_service(before, last, token):
            raise QueryRefused(
                "SERVICE is not allowed: this endpoint answers from its own data only and "
                "opens no connection to others."
            )
        if token.kind == "word" and token.depth == 0:
            word = token.text.upper()
            if word in UPDATES:
                raise QueryRefused(
                    f"{word} belongs to SPARQL Update, and this endpoint is read-only: "
                    "send SELECT, ASK, CONSTRUCT or DESCRIBE."
                )
            names_dataset = names_dataset or word.startswith("FROM")
        before, last = last, token
    return Outline(names_dataset)


def _calls_service(before: Token, last: Token, token: Token) -> bool:
    if token.kind == "word":  # no other keyword or function has these letters in it
        return SERVICE in token.text.lower()
    return (  # SERVICEex:x {, but not GRAPH service:x {
        token.text == "{"
        and last.kind == "name"
        and SERVICE in last.text.partition(":")[0].lower()
        and before.text.upper() != "GRAPH"
    )
