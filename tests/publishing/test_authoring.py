"""From a text to Turtle: segments, quotations, the ledger."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph, URIRef
from tests.knowledge.rules import ROOT

from glokal.publishing.ledger import ledger_turtle
from glokal.publishing.quotations import NotQuoted, quotation_turtle, quotations
from glokal.publishing.segmenting import NotSegmented, document_turtle, segments
from glokal.publishing.sources import Sources, load
from glokal.publishing.starter import write_starter
from glokal.publishing.turtle import literal
from glokal.terms import SCHEMA, STRAT

EVIDENCE = "data/exempelkommunen/2026-2029/evidence.ttl"


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authoring") / "strategy"
    write_starter(folder)
    return folder


def test_a_text_is_cut_where_a_reader_would_cut_it() -> None:
    text = "Vår strategi\n\nVi vill mer. ”Nära” gäller bl.a. skolan! Och sen?\nTill toppen\n"
    assert [(kind, p.words) for kind, p in segments(text)] == [
        ("Heading", "Vår strategi"),
        ("Sentence", "Vi vill mer."),
        ("Sentence", "”Nära” gäller bl.a. skolan!"),
        ("Sentence", "Och sen?"),
        ("Heading", "Till toppen"),
    ]
    assert all(text[p.start : p.end] == p.words for _, p in segments(text))


def test_the_real_text_is_cut_as_its_editor_cut_it(sources: Sources) -> None:
    graph = sources.union("text")
    text = str(next(graph.objects(None, URIRef(SCHEMA.text))))
    drafted = {passage.words for _, passage in segments(text)}
    kept = {
        str(value)
        for kind in (STRAT.Heading, STRAT.Sentence, STRAT.Furniture)
        for segment in graph.subjects(None, URIRef(kind))
        for value in graph.objects(
            segment, URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#value")
        )
    }
    assert drafted == kept


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("text.txt", b"x", "expected data/NAME/YEARS/DOCUMENT-LANGUAGE.txt"),
        ("data/a/2026/text-de.txt", b"x", "expected data/NAME/YEARS/DOCUMENT-LANGUAGE.txt"),
        ("data/a/2026/text-sv.txt", b"\xff", "not UTF-8"),
        ("data/a/2026/text-sv.txt", b" \n", "there is no text"),
        ("data/a/2026/text-sv.txt", b"a\r\nb", "LF line ends"),
        ("data/a/2026/text-sv.txt", None, "no such file"),
    ],
)
def test_what_is_no_source_text_is_told(
    tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NotSegmented, match=reason):
        document_turtle(path)


def test_each_span_of_the_real_evidence_is_what_its_quotation_prints(sources: Sources) -> None:
    spans = Graph()
    for file in sources.files:
        if file.path.endswith("2017-2021/evidence.ttl"):
            spans += file.graph
    (one,) = quotations(sources, "stärka prognosförmågan i hela sin verksamhet")
    assert one.known
    written = Graph().parse(data=with_prefixes(quotation_turtle(one)), format="turtle")
    assert len(written) == 16
    assert set(written) <= set(spans)


def test_a_quotation_appended_to_the_evidence_is_read_again(starter: Path) -> None:
    (one,) = quotations(load(starter), "unga får")
    assert not one.known
    with (starter / EVIDENCE).open("a", encoding="utf-8") as file:
        file.write(f"\n{quotation_turtle(one)}")
    (again,) = quotations(load(starter), "unga får")
    assert again.known


def test_words_that_stand_twice_are_found_twice(starter: Path) -> None:
    found = quotations(load(starter), "sommarjobb")
    assert [q.segment.rpartition("/")[2] for q in found] == ["S06", "S07"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("mandattid 2026-2029", "nearest is “mandattid 2026–2029” .sign 15: U.2013 EN DASH, not U"),
        ("att byta ut. Strategin", "runs over two segments"),
        ("xyzzy plugh", "stands in no source document$"),
    ],
)
def test_words_that_cannot_be_quoted_are_told_why(starter: Path, words: str, reason: str) -> None:
    with pytest.raises(NotQuoted, match=reason):
        quotations(load(starter), words)


def test_the_ledger_of_the_real_strategy_is_that_of_its_evidence(sources: Sources) -> None:
    assert ledger_turtle(sources, reading=False) == ""
    assert ledger_turtle(sources, reading=True) == ""


def test_the_ledger_prints_what_is_lacking(starter: Path) -> None:
    path = starter / "data/exempelkommunen/2026-2029/text.ttl"
    text = path.read_text(encoding="utf-8")
    start = text.index("# The ledger")
    path.write_text(text[:start], encoding="utf-8")
    written = ledger_turtle(load(starter), reading=False)
    path.write_text(f"{text[:start]}\n{written}", encoding="utf-8")
    assert "strat:backs <https://w3id.org/glokal/id/exempelkommunen/2026-2029>" in written
    assert ledger_turtle(load(starter), reading=False) == ""


@pytest.mark.parametrize("words", ["plain", 'a "b" c', 'ends in "', "two\nlines", 'x\\ "\n"', ""])
def test_a_literal_is_read_as_it_was(words: str) -> None:
    line = f"<http://example.org/s> <http://example.org/p> {literal(words, 'sv')} ."
    (triple,) = parse(line.encode(), format=RdfFormat.TURTLE)
    assert triple.object.value == words


def with_prefixes(turtle: str) -> str:
    text = (ROOT / "data/kommunforbundet/2017-2021/evidence.ttl").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("@prefix")]
    return "\n".join((*lines, turtle))
