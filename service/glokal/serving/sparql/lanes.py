"""The slow lane: where queries go on that have used up their share of a fast worker.

Nobody can tell from its text what a query costs, so each begins in a fast worker; what turns out
heavy goes on where it is, at low priority, and a new worker takes its place among the fast ones.
Only so many run at once, the others stand still, and they take turns: a query of half a second
does not wait until an endless one is stopped.
"""

from collections import deque


class SlowLane:
    """Which workers are in the lane, and which of them run."""

    def __init__(self, running: int, waiting: int) -> None:
        """An empty lane.

        Args:
            running: how many workers run at once.
            waiting: how many more may be in the lane.
        """
        self._slots = running
        self._places = running + waiting
        self._running: deque[int] = deque()
        self._waiting: deque[int] = deque()
        self._clients: dict[int, str] = {}

    def __contains__(self, worker: int) -> bool:
        return worker in self._clients

    def __len__(self) -> int:
        return len(self._clients)

    def has_room(self, client: str) -> bool:
        """Whether a client may have one more worker in the lane; never the last place of all."""
        mine = sum(owner == client for owner in self._clients.values())
        return len(self._clients) < self._places and mine < max(1, self._places - 1)

    def enter(self, worker: int, client: str) -> bool:
        """Put a worker into the lane, for a client; False if it has to stand still for now."""
        self._clients[worker] = client
        runs = len(self._running) < self._slots
        (self._running if runs else self._waiting).append(worker)
        return runs

    def leave(self, worker: int) -> int | None:
        """Take a worker out, if it is in; gives the one that may run in its place."""
        if self._clients.pop(worker, None) is None:
            return None
        if worker in self._waiting:
            self._waiting.remove(worker)
            return None
        self._running.remove(worker)
        return self._advance()

    def turn(self) -> tuple[int, int] | None:
        """Give the next one its turn: who has to stop, and who goes on; None if nobody waits."""
        if not self._waiting:
            return None
        stopped = self._running.popleft()
        self._waiting.append(stopped)
        continued = self._advance()
        return None if continued is None else (stopped, continued)

    def _advance(self) -> int | None:
        if not self._waiting:
            return None
        worker = self._waiting.popleft()
        self._running.append(worker)
        return worker
