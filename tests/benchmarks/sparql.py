"""The endpoint beside Oxigraph’s own server and rdflib-endpoint: same data, queries and run.

Cold queries run with the cache switched off and through all isolation. The servers take turns,
so that whatever else the machine does meets all of them; the ratios are what counts, and of
these that of processor time is the one that noise changes least.
"""

import asyncio
import itertools
import statistics
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import uvloop
from tests.benchmarks import _load, _servers
from tests.benchmarks._load import Measured
from tests.benchmarks._servers import Endpoint

from glokal.publishing.publish import build
from glokal.release import Release, dataset_of

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3
SECONDS = 2.0
CONNECTIONS = 16
PREFIXES = (
    "PREFIX strat: <https://w3id.org/glokal/def/strategy#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
JOIN = (
    PREFIXES + "SELECT ?c ?l ?w {{ ?c a strat:Statement ; ?p ?s . ?s skos:prefLabel ?l . "
    "?s ?q ?w FILTER(?w != {0}) }} LIMIT 500"
)
AGGREGATE = "SELECT ?t (COUNT(*) AS ?n) {{ ?s a ?t FILTER(?s != <x:{0}>) }} GROUP BY ?t"
HEAVY = "SELECT (COUNT(*) AS ?n{0}) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}"


def cold_queries(release: Release) -> dict[str, list[str]]:
    """Queries of three kinds, none of them twice."""
    subjects = sorted({str(quad.subject) for quad in dataset_of(release)})
    return {
        "point": [f"SELECT ?p ?o {{ {subject} ?p ?o }}" for subject in subjects],
        "join": [JOIN.format(n) for n in range(5000)],
        "aggregate": [AGGREGATE.format(n) for n in range(5000)],
    }


async def compare(title: str, endpoints: Sequence[Endpoint], queries: Sequence[str]) -> None:
    """Measure endpoints in turns and print how the first one compares with the others."""
    found: dict[str, list[Measured]] = {endpoint.name: [] for endpoint in endpoints}
    for _, endpoint in itertools.product(range(ROUNDS), endpoints):
        requests = [_load.get(endpoint.path, query) for query in queries]
        found[endpoint.name].append(
            await _load.measure(endpoint.port, endpoint.process, requests, CONNECTIONS, SECONDS)
        )
    ours = endpoints[0].name

    def middle(name: str, figure: Callable[[Measured], float]) -> float:
        return statistics.median(map(figure, found[name]))

    for name, rounds in found.items():
        rate, cpu = middle(name, lambda m: m.rate), middle(name, lambda m: m.cpu)
        print(
            f"  {title:10} {name:16} {rate:8.0f}/s  p99 {middle(name, lambda m: m.p99):7.1f} ms  "
            f"{cpu:8.0f} µs of processor  failed {sum(m.failed for m in rounds)}"
        )
        if name != ours:
            print(
                f"  {title:10} glokal / {name}: rate {middle(ours, lambda m: m.rate) / rate:.2f}, "
                f"processor time {cpu / middle(ours, lambda m: m.cpu):.2f}"
            )


async def under_load(title: str, endpoint: Endpoint, requests: Sequence[bytes]) -> None:
    """Print the times of some requests, first alone and then beside four endless queries."""
    numbers = itertools.count()
    heavy = [_load.get(endpoint.path, HEAVY.format(next(numbers))) for _ in range(400)]
    for state in ("idle", "heavy"):
        tasks = []
        if state == "heavy":
            tasks = [asyncio.create_task(_load.load(endpoint.port, heavy, 4, 8, 0.01))]
            await asyncio.sleep(1)
        times, failed = await _load.load(endpoint.port, requests, 1, 6, 0.02)
        print(
            f"  {title:10} {state:6} p50 {1000 * _load.quantile(times, 0.5):6.1f} ms  "
            f"p99 {1000 * _load.quantile(times, 0.99):6.1f} ms  failed {failed}"
        )
        await asyncio.gather(*tasks)


async def run(release: Release, folder: Path) -> None:
    """Run all comparisons."""
    programs = _servers.install(folder / "venv")
    queries = cold_queries(release)
    with ExitStack() as stack:
        oxigraph = stack.enter_context(_servers.oxigraph(release, programs, folder / "oxigraph"))
        rdflib = stack.enter_context(_servers.rdflib_endpoint(release, programs))
        with _servers.glokal(release, sparql_cache=0) as cold:
            for title, texts in queries.items():
                await compare(title, (cold, oxigraph, rdflib), texts)
        with _servers.glokal(release) as cached:
            for title, texts in queries.items():
                await compare(f"{title}, kept", (cached, oxigraph), texts[:1])
    with _servers.glokal(release, sparql_cache=0, sparql_timeout=5) as server:
        cheap = [_load.get("/sparql", f"SELECT ({n} AS ?n) {{}}") for n in range(2000)]
        await under_load("cheap", server, cheap)
        await under_load("page", server, [_load.get("/sv/")])


def main() -> None:
    """Build a release and compare."""
    with tempfile.TemporaryDirectory() as folder:
        release = build(ROOT, Path(folder, "releases"), None, None, lambda step: None)
        uvloop.run(run(release, Path(folder)))


if __name__ == "__main__":
    main()
