"""Which workers there are, and in which lane: forked, slowed down, replaced, dismissed."""

import asyncio
import logging
from dataclasses import dataclass

from glokal.errors import ReleaseError
from glokal.serving.sparql import endings
from glokal.serving.sparql.crew import Crew
from glokal.serving.sparql.lanes import SlowLane

logger = logging.getLogger(__name__)

TURN = 0.25
"""Seconds for which a heavy query runs before the next one has its turn."""
PATIENCE = 0.1, 5.0
"""Seconds before a worker is forked again that died before it was ready: at first, at most."""


@dataclass(slots=True)
class Hand:
    """A worker: its process id or None, whether it may be given work, and what it has been told.

    ``filtered`` says whether its system calls are filtered; ``stray`` is the number of a request
    that it was seen at although nobody waits for it.
    """

    process: int | None = None
    ready: bool = False
    filtered: bool = False
    condemned: bool = False
    stray: int = 0


class Staff:
    """The workers of a crew; as many fast ones as there should be, and a slow lane."""

    def __init__(self, crew: Crew, fast: int, slow: int, waiting: int) -> None:
        """Nobody is there yet.

        Args:
            crew: takes the orders.
            fast: how many workers are to be ready for the next query.
            slow: how many heavy queries run at once.
            waiting: how many more of them may stand still.
        """
        self.hands = [Hand() for _ in range(fast + slow + waiting)]
        self.lane = SlowLane(slow, waiting)
        self.complete: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when every fast worker is ready for the first time; a ReleaseError if one died."""
        self._crew = crew
        self._fast = fast
        self._stillborn = 0
        self._turned = 0.0

    @property
    def ready(self) -> bool:
        """Whether a worker is ready."""
        return any(hand.ready for hand in self.hands)

    @property
    def filtered(self) -> bool:
        """Whether the system calls of all workers that are ready are filtered."""
        return self.ready and all(hand.filtered for hand in self.hands if hand.ready)

    def refill(self) -> None:
        """Have as many fast workers as there should be."""
        fast = [w for w, hand in enumerate(self.hands) if hand.process is not None]
        missing = self._fast - sum(worker not in self.lane for worker in fast)
        free = [w for w, hand in enumerate(self.hands) if hand.process is None]
        for worker in free[: max(0, missing)]:
            self.hands[worker].process = 0  # which it has until it is forked
            self._crew.order("fork", worker)

    def welcome(self, worker: int, *, filtered: bool) -> None:
        """A worker is ready."""
        hand = self.hands[worker]
        hand.ready, hand.filtered = True, filtered
        self._stillborn = 0
        if not self.complete.done() and sum(h.ready for h in self.hands) == self._fast:
            self.complete.set_result(None)

    def bury(self, worker: int, status: int) -> Hand:
        """A worker is dead; gives what it was, and has another take its place."""
        hand, self.hands[worker] = self.hands[worker], Hand()
        successor = self.lane.leave(worker)
        if successor is not None:
            self._crew.order("continue", successor)
        if hand.ready:
            self.refill()
        else:
            self._mind_the_stillborn(status)
        return hand

    def kill(self, worker: int) -> None:
        """End a worker, whatever it does."""
        self.hands[worker].condemned = True
        self._crew.order("kill", worker)

    def demote(self, worker: int, client: str) -> bool:
        """Move a worker to the slow lane, for a client; False if there is no room in it."""
        if not self.lane.has_room(client):
            return False
        self._crew.order("slow", worker)
        if not self.lane.enter(worker, client):
            self._crew.order("stop", worker)
        self.refill()
        return True

    def take_turns(self, now: float) -> None:
        """Let the next heavy query run if its turn has come, by the monotonic clock."""
        if now - self._turned > TURN and (turn := self.lane.turn()):
            self._turned = now
            self._crew.order("stop", turn[0])
            self._crew.order("continue", turn[1])

    def _mind_the_stillborn(self, status: int) -> None:
        message = f"the query worker {endings.ending(status)} before it was ready"
        if not self.complete.done():
            reason = "it may need more memory (sparql_memory)"
            self.complete.set_exception(ReleaseError(f"{message}; {reason}"))
            return
        first, longest = PATIENCE
        delay = min(longest, first * 2**self._stillborn)
        self._stillborn = min(self._stillborn + 1, 10)
        logger.warning("%s; the next one starts in %g seconds", message, delay)
        asyncio.get_running_loop().call_later(delay, self.refill)
