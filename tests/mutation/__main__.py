"""``make mutate``: how many changes of the published data does ``glokal check`` notice?

It prints the share by graph and kind, each survivor with the reason why it is acceptable, and
ends with status 1 where a goal is missed or a survivor has no reason.
"""

import argparse
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from rich.console import Console
from rich.progress import track
from rich.table import Table
from tests.mutation.mutant import Mutant
from tests.mutation.published import (
    GRAPH_KEYS,
    Published,
    be_quiet,
    overlooked_of,
    start,
    survivors_of,
)
from tests.mutation.survivors import reason_for

ALL_OF_THE_TEXT = 0.97
EVERY_ONE = {
    "evidence pointing at another segment",
    "object that does not exist",
    "offset shifted",
    "predicate of another vocabulary",
    "predicate misspelt",
    "quote changed",
    "type changed",
}
"""Kinds of which each mutant of the text graph must be noticed."""
LOOK, CHECK = 50, 20
"""Mutants that a process takes at once."""
Question = Callable[[list[Mutant]], list[Mutant]]


def main(arguments: Sequence[str]) -> int:
    """Run the mutants; 0 where every goal is met."""
    options = _parser().parse_args(arguments)
    be_quiet()
    console = Console()
    mutants = [m for m in Published().mutants(options.seed) if m.graph in options.graphs]
    if options.sample and options.sample < len(mutants):
        mutants = random.Random(options.seed).sample(mutants, options.sample)  # noqa: S311
    unnoticed = _unnoticed(mutants, console)
    console.print(_table(mutants, unnoticed))
    for reason, survivors in sorted(_by_reason(unnoticed).items()):
        console.print(f"\n{len(survivors)} survive: {reason}", style="bold", highlight=False)
        for mutant in survivors:
            console.print(f"{mutant.graph}, {mutant.kind}\n{mutant}", markup=False, soft_wrap=True)
    missed = list(_missed(mutants, unnoticed))
    for words in missed:
        console.print(words, style="bold red", highlight=False)
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make mutate ARGS=", description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="so many mutants, drawn by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--graphs", nargs="*", default=GRAPH_KEYS, choices=GRAPH_KEYS)
    return parser


def _unnoticed(mutants: list[Mutant], console: Console) -> list[Mutant]:
    """The survivors: a quick look at all, then a whole check of what it overlooks."""

    def asked(question: Question, left: list[Mutant], chunk: int, words: str) -> list[Mutant]:
        chunks = [left[start : start + chunk] for start in range(0, len(left), chunk)]
        answers = track(pool.map(question, chunks), words, len(chunks), console=console)
        return [mutant for answer in answers for mutant in answer]

    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), start) as pool:
        left = asked(overlooked_of, mutants, LOOK, f"{len(mutants)} mutants, looked at")
        return asked(survivors_of, left, CHECK, f"{len(left)} overlooked, checked")


def _table(mutants: list[Mutant], unnoticed: list[Mutant]) -> Table:
    total, survived = Counter(map(_group, mutants)), Counter(map(_group, unnoticed))
    table = Table("graph", "kind", "mutants", "noticed", "share", box=None)
    for key in GRAPH_KEYS:
        groups = sorted(group for group in total if group[0] == key)
        for group in groups:
            table.add_row(*group, *_shares(total[group], survived[group]))
        number = sum(total[group] for group in groups)
        if number:
            lost = sum(survived[group] for group in groups)
            table.add_row(key, "all", *_shares(number, lost), style="bold", end_section=True)
    return table


def _group(mutant: Mutant) -> tuple[str, str]:
    return mutant.graph, mutant.kind


def _shares(total: int, survived: int) -> tuple[str, str, str]:
    return str(total), str(total - survived), f"{(total - survived) / total:.1%}"


def _by_reason(unnoticed: list[Mutant]) -> dict[str, list[Mutant]]:
    found = defaultdict(list)
    for mutant in unnoticed:
        found[reason_for(mutant) or "NO REASON IS KNOWN"].append(mutant)
    return found


def _missed(mutants: list[Mutant], unnoticed: list[Mutant]) -> Iterator[str]:
    text = sum(mutant.graph == "text" for mutant in mutants)
    lost = [mutant for mutant in unnoticed if mutant.graph == "text"]
    if text and 1 - len(lost) / text < ALL_OF_THE_TEXT:
        yield f"Fewer than {ALL_OF_THE_TEXT:.0%} of the mutants of the text graph are noticed."
    for kind in sorted(EVERY_ONE & {mutant.kind for mutant in lost}):
        yield f"Not every mutant of the text graph is noticed: {kind}."
    for mutant in unnoticed:
        if reason_for(mutant) is None:
            yield f"No reason is known for this: {mutant.graph}, {mutant.kind}\n{mutant}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
