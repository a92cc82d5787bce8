"""Answers that have been given before, as bytes.

They belong to one pool, hence to one store, which never changes: the same query for the same
dataset in the same format has the same answer as long as the pool lives.
"""

from collections import OrderedDict
from dataclasses import replace

from glokal.serving.sparql.protocol import Answer, Query

LARGEST = 8
"""One answer takes at most this part of the whole."""


class AnswerCache:
    """Keeps the answers that were asked for last."""

    def __init__(self, size: int) -> None:
        """An empty cache.

        Args:
            size: the bytes of all queries and answers in it; 0 keeps nothing.
        """
        self._size = size
        self._used = 0
        self._answers: OrderedDict[Query, Answer] = OrderedDict()

    def get(self, query: Query) -> Answer | None:
        """The answer to a query, if it is kept; it took no time."""
        answer = self._answers.get(query)
        if answer:
            self._answers.move_to_end(query)
        return answer

    def put(self, query: Query, answer: Answer) -> None:
        """Keep an answer, unless it is large or would be another one next time."""
        weight = _weight(query, answer)
        if not answer.repeatable or weight * LARGEST > self._size or query in self._answers:
            return
        self._answers[query] = replace(answer, waited=0.0, ran=0.0, serialised=0.0)
        self._used += weight
        while self._used > self._size:
            self._used -= _weight(*self._answers.popitem(last=False))


def _weight(query: Query, answer: Answer) -> int:
    graphs = sum(map(len, (*query.default_graphs, *query.named_graphs)))
    return len(answer.body) + 4 * (len(query.text) + graphs) + 1024
