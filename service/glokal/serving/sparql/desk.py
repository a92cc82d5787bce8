"""The memory that the service and its workers share: requests, and who works at which.

The service writes each request into a place of its own and its number into the queue, a pipe
that every free worker reads from: whoever is free takes the next one, and nobody hands it out.
A worker notes here what it works at and since when, so that the service can see what a worker
that has died was doing, and how long a query has run, without asking.
"""

import mmap
import os
import tempfile
from contextlib import suppress

PAGE = 4096
ROOM = 1024**2 + 64 * 1024
"""Bytes for one request: a body of HTTP, 1 MiB at most, and what comes with it."""
LARGE = 64 * 1024
"""Requests above this give their memory back as soon as they are answered."""
WORD = 8
NUMBER, LENGTH = range(2)
TASK, STARTED, CPU = range(3)
REQUEST_WORDS = 2
WORKER_WORDS = 3
NOTHING = 0


class Desk:
    """Places for requests and a card for each worker, over one file in memory.

    Every field is a word of eight bytes. The service writes NUMBER and LENGTH, a worker its card,
    which the service clears when it has ended. A number is never used twice, and tells its place.
    """

    def __init__(self, file: int, places: int, workers: int) -> None:
        """Look at a desk.

        Args:
            file: the descriptor that ``create`` gave, or the one inherited from its maker.
            places: how many requests can lie here.
            workers: how many workers have a card.
        """
        self.places = places
        words = places * REQUEST_WORDS + workers * WORKER_WORDS
        self._texts = -(-words * WORD // PAGE) * PAGE
        size = self._texts + places * ROOM
        if os.fstat(file).st_size < size:
            os.ftruncate(file, size)
        self._memory = mmap.mmap(file, size)
        words_of_memory = memoryview(self._memory)[: self._texts]
        self._integers = words_of_memory.cast("Q")
        self._times = words_of_memory.cast("d")

    # The service’s side.

    def put(self, number: int, frame: bytes) -> None:
        """Lay down a request, of at most ROOM bytes; its place is free or no longer needed."""
        place = number % self.places
        start = self._texts + place * ROOM
        self._memory[start : start + len(frame)] = frame
        self._integers[place * REQUEST_WORDS + LENGTH] = len(frame)
        self._integers[place * REQUEST_WORDS + NUMBER] = number

    def withdraw(self, number: int) -> None:
        """Take a request away; a worker that comes to it later finds nothing."""
        place = number % self.places
        self._integers[place * REQUEST_WORDS + NUMBER] = NOTHING
        if self._integers[place * REQUEST_WORDS + LENGTH] > LARGE:
            with suppress(AttributeError, OSError):  # where the system knows of no such thing
                self._memory.madvise(mmap.MADV_REMOVE, self._texts + place * ROOM, ROOM)

    def task(self, worker: int) -> int:
        """The number of the request that a worker works at, or NOTHING."""
        return self._integers[self._card(worker) + TASK]

    def started(self, worker: int) -> float:
        """When it began, by the monotonic clock."""
        return self._times[self._card(worker) + STARTED]

    def cpu(self, worker: int) -> float:
        """The processor time in seconds that its process had used by then."""
        return self._times[self._card(worker) + CPU]

    # The worker’s side.

    def begin(self, worker: int, number: int, now: float, cpu: float) -> bytes | None:
        """Note that a worker has taken a request, and give its frame; None if it is withdrawn.

        The task is noted last: who reads it finds times that belong to it.
        """
        card = self._card(worker)
        self._times[card + STARTED] = now
        self._times[card + CPU] = cpu
        self._integers[card + TASK] = number
        place = number % self.places
        if self._integers[place * REQUEST_WORDS + NUMBER] != number:
            return None
        start = self._texts + place * ROOM
        return self._memory[start : start + self._integers[place * REQUEST_WORDS + LENGTH]]

    def end(self, worker: int) -> None:
        """Note that the answer is written, whole; the service does so where its worker died."""
        self._integers[self._card(worker) + TASK] = NOTHING

    def _card(self, worker: int) -> int:
        return self.places * REQUEST_WORDS + worker * WORKER_WORDS


def create() -> int:
    """The descriptor of an empty file in memory, gone when nobody has it open any more."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("glokal-desk")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
