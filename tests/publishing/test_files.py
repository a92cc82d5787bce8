from pathlib import Path

import pytest
import rdflib
from rdflib import Literal, URIRef
from rdflib.namespace import XSD
from tests.publishing.small import PREFIXES, THING

from glokal.errors import SourceProblem
from glokal.publishing.files import Reader, SourceFile, exact_literals, line_of


def read(folder: Path, text: str) -> SourceFile:
    (folder / "a.ttl").write_text(text)
    reader = Reader(folder)
    file = reader.turtle("a.ttl", "text")
    assert file is not None, reader.problems
    return file


@pytest.mark.parametrize(
    ("written", "lexical", "datatype"),
    [
        ('"01"^^xsd:integer', "01", XSD.integer),
        ("01", "01", XSD.integer),
        ("1.50", "1.50", XSD.decimal),
        ("1.0e0", "1.0e0", XSD.double),
        ('"1"^^xsd:boolean', "1", XSD.boolean),
        ('"7"^^xsd:nonNegativeInteger', "7", XSD.nonNegativeInteger),
        ('"2026-11-24T00:00:00Z"^^xsd:dateTimeStamp', "2026-11-24T00:00:00Z", XSD.dateTimeStamp),
        ('"no number"^^xsd:integer', "no number", XSD.integer),
    ],
)
def test_a_literal_stays_as_written(
    tmp_path: Path, written: str, lexical: str, datatype: URIRef
) -> None:
    graph = read(tmp_path, f"{PREFIXES}\n<{THING}> strat:status {written} .\n").graph
    (value,) = graph.objects(URIRef(THING))
    assert isinstance(value, Literal)
    assert (str(value), value.datatype) == (lexical, datatype)


def test_the_switch_of_rdflib_is_put_back_even_after_an_error() -> None:
    assert rdflib.NORMALIZE_LITERALS is True
    with pytest.raises(ZeroDivisionError), exact_literals():
        assert 1 / int(rdflib.NORMALIZE_LITERALS)
    assert rdflib.NORMALIZE_LITERALS is True


def test_the_line_of_a_subject_is_where_its_description_starts(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        "@base <https://w3id.org/glokal/id/> .\n"
        "@prefix strat: <https://w3id.org/glokal/def/strategy#> .\n"
        "@prefix scheme: <https://w3id.org/glokal/def/> .\n"
        "\n"
        "<a> strat:status strat:Goal .\n"
        "strat:Goal strat:status <b> ;\n"
        "    strat:basis <c> .\n"
        "<https://w3id.org/glokal/id/c#label-sv> strat:status <a> .\n"
        "<a> strat:basis <c> .\n"
        "scheme:theme\\/valfard strat:status <a> .\n",
    )
    base = "https://w3id.org/glokal/"
    assert line_of(file, f"{base}id/a") == 5
    assert line_of(file, f"{base}def/strategy#Goal") == 6
    assert line_of(file, f"{base}id/c#label-sv") == 8
    assert line_of(file, f"{base}def/theme/valfard") == 10
    assert line_of(file, f"{base}id/b") is None


def problems_of(folder: Path, content: bytes) -> list[SourceProblem]:
    (folder / "a.ttl").write_bytes(content)
    reader = Reader(folder)
    assert reader.turtle("a.ttl", "text") is None
    return reader.problems


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("<a:x> <a:y> b:z .", 1, 13, "@prefix"),
        ('<a:x> <a:y> "é"\n<a:x> <a:y> <a:z> .', 2, 1, "dot"),
        ("<a:x> <a:y> ) .", 1, 13, "an IRI, a prefixed name, a literal or a number is expected"),
        ("<a:x> <a:é> <a:y> ;\n <a b> 1 .", 2, 2, "without spaces"),
        ('<a:x> <a:y> "open', 1, 13, "ends inside"),
    ],
)
def test_a_syntax_error_has_its_place_and_what_is_expected(
    tmp_path: Path, text: str, line: int, column: int, expected: str
) -> None:
    first = problems_of(tmp_path, text.encode())[0]
    assert (first.path, first.line, first.column) == ("a.ttl", line, column)
    assert expected in first.message


def test_every_syntax_error_of_a_file_is_told(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, b"<a:x> <a:y> ) .\n<a:x> <a:y> <a:z> .\n<a:x> ( <a:z> .\n")
    assert {problem.line for problem in problems} >= {1, 3}


def test_a_byte_that_is_not_utf8_has_its_place(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, "# é\n# é".encode() + b"\xff\n")
    assert str(problem) == "a.ttl:2:4: this byte is not UTF-8"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    assert reader.turtle("none.ttl", "text") is None
    assert reader.problems == [SourceProblem("none.ttl", "no such file or directory")]
