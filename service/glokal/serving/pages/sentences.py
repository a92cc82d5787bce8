"""Plain sentences about relations, built from the patterns of the message catalogues."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from glokal.serving.pages.graph import Graph, Term
from glokal.serving.pages.labels import Labels, capitalised, local_name
from glokal.serving.pages.links import Links
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Link, Part, Sentence, Text
from glokal.terms import XSD

SLOT = re.compile(r"(\{[a-z]\})")


class Sentences:
    """Sentences in every language: ``{s}`` stands for the subject, ``{o}`` for the objects."""

    def __init__(
        self, graph: Graph, labels: Labels, links: Links, messages: Mapping[str, Messages]
    ) -> None:
        self._graph = graph
        self._labels = labels
        self._links = links
        self._messages = messages
        strat = graph.strat
        self._titled = {
            strat.Strategy, strat.Vision, strat.Mission, strat.Priority,
            strat.VisionComponent, strat.Claim,
        }  # fmt: skip

    def about(
        self, subject: str, predicate: str, objects: Sequence[Term], language: str
    ) -> Sentence:
        """The sentence that says one relation of a subject to one or several objects.

        Its pattern is that of ``property@SubjectClass>ObjectClass``, else the property's
        own, else the label of the property and a colon.
        """
        pattern = self._pattern(subject, predicate, objects[0], len(objects), language)
        values = [self.reference(term, language) for term in objects]
        if pattern is None:
            prop = self._labels.plain(predicate, language)
            pattern = self._messages[language]("relation.other", p=capitalised(prop), o="{o}")
        return self.fill(pattern, subject, values, language)

    def fill(self, pattern: str, subject: str, values: Sequence[Part], language: str) -> Sentence:
        """A pattern with its slots filled by the subject's kind and the given parts."""
        parts: list[Part] = []
        for piece in SLOT.split(pattern):
            if piece == "{s}":
                parts.append(Text(self.subject(subject, language)))
            elif piece == "{o}":
                parts.extend(self.joined(values, language))
            elif piece:
                parts.append(Text(piece))
        first = parts[0]
        if isinstance(first, Text):
            parts[0] = Text(capitalised(first.words), first.language)
        return tuple(parts)

    def subject(self, iri: str, language: str) -> str:
        """What the subject of a sentence is called: its kind ("the commitment"), or its label."""
        kind = self._labels.class_of(iri)
        form = self._messages[language].kind(local_name(kind)) if kind else None
        return form or self._labels.plain(iri, language)

    def joined(self, values: Sequence[Part], language: str) -> list[Part]:
        """Parts with commas and the word for "and" between them."""
        joined = self._messages[language].joined([f"\0{n}\0" for n in range(len(values))])
        pieces = joined.split("\0")
        return [
            values[int(piece)] if n % 2 else Text(piece) for n, piece in enumerate(pieces) if piece
        ]

    def can_share(self, objects: Sequence[Term], language: str) -> bool:
        """Whether the labels can stand in one list without being mistaken for more of them."""
        words = {piece.strip() for piece in self._messages[language].joined(["", ""]).split()}
        texts = [f" {self.reference_words(term, language)} " for term in objects]
        return not any("," in text or any(f" {w} " in text for w in words) for text in texts)

    def reference_words(self, term: Term, language: str) -> str:
        """The words of an object in running text."""
        part = self.reference(term, language)
        return part.text.words if isinstance(part, Link) else part.words

    def reference(self, term: Term, language: str) -> Part:
        """An object in running text: a link with its label, or the words of a literal."""
        if isinstance(term, Literal):
            return Text(self._literal(term, language), term.language or "")
        titled = not self._titled.isdisjoint(self._graph.stated_types(term.value))
        return self.link(term.value, language, title=titled)

    def _literal(self, literal: Literal, language: str) -> str:
        if literal.datatype.value == XSD.date:
            return self._messages[language].date(literal.value)
        if literal.datatype.value == XSD.decimal:
            return self._messages[language].number(Decimal(literal.value))
        return literal.value

    def link(self, iri: str, language: str, title: bool = False, note: str = "") -> Link:
        """A link with the label of a thing, to its page."""
        text = self._labels.label(iri, language)
        return Link(text, self._links.page(iri, language), title, note)

    def remark(self, predicate: str, objects: Sequence[Term], language: str) -> str:
        """What a value of ours means, in one sentence of its own; else empty."""
        value = objects[0].value
        if len(objects) != 1 or not value.startswith(self._graph.strat.iri):
            return ""
        return self._messages[language].pattern(local_name(value), 1) or ""

    def order(self, predicate: str) -> int:
        """Where a relation stands among others on a page."""
        return next(iter(self._messages.values())).order(local_name(predicate))

    def pattern_key(self, subject: str, predicate: str, value: Term) -> str:
        """The catalogue key of a relation; relations with one key may share a sentence."""
        name = local_name(predicate)
        some = next(iter(self._messages.values()))
        keys = [f"{name}@{s}>{o}" for s in self._kinds(subject) for o in self._object_kinds(value)]
        return next((key for key in keys if some.pattern(key, 1)), name)

    def _pattern(
        self, subject: str, predicate: str, value: Term, n: int, language: str
    ) -> str | None:
        return self._messages[language].pattern(self.pattern_key(subject, predicate, value), n)

    def _kinds(self, iri: str) -> list[str]:
        return [local_name(kind) for kind in self._graph.stated_types(iri)]

    def _object_kinds(self, value: Term) -> list[str]:
        if isinstance(value, NamedNode):
            return self._kinds(value.value)
        return ["literal"]
