"""The whole dataset written in each format, beside rdflib as the baseline, in one run."""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import rdflib

from glokal.formats import NTRIPLES, RDF_FORMATS, RDFXML, TURTLE
from glokal.publishing.publish import build
from glokal.publishing.sources import load
from glokal.rdf import serialise
from glokal.release import dataset_of

ROOT = Path(__file__).resolve().parents[2]
BASELINE = {TURTLE: "turtle", NTRIPLES: "nt", RDFXML: "xml"}


def best(action: Callable[[], object], rounds: int = 3) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    context = load(ROOT).context
    with tempfile.TemporaryDirectory() as folder:
        release = build(ROOT, Path(folder), None, None, lambda step: None)
        quads = dataset_of(release)
        graph = rdflib.Graph().parse(release.path / "dataset.nt", format="nt")
    for fmt in RDF_FORMATS:
        ours = best(partial(serialise, quads, fmt, context, release.manifest.base))
        line = f"  {fmt.label:10} {ours * 1000:8.0f} ms"
        if fmt in BASELINE:
            theirs = best(partial(graph.serialize, format=BASELINE[fmt]))
            line += f"   rdflib {theirs * 1000:8.0f} ms   ratio {ours / theirs:.2f}"
        print(line)


if __name__ == "__main__":
    main()
