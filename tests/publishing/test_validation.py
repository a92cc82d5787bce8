from pathlib import Path

import pytest
from rdflib.compare import isomorphic
from tests.publishing.small import ONTOLOGY, READING, SHAPES, TEXT, THING, edited

from glokal.errors import SourcesUnreadable
from glokal.formats import LANGUAGES
from glokal.publishing.findings import Finding, Report
from glokal.publishing.sources import load
from glokal.publishing.validation import find, validate


def findings_of(root: Path) -> tuple[Finding, ...]:
    return validate(load(root)).findings


def test_sound_sources_conform(small: Path) -> None:
    assert validate(load(small)) == Report(())


def test_a_finding_says_what_where_and_why(small: Path) -> None:
    edited(small, TEXT, '    skos:prefLabel "Ett \\"mål\\"\\nmed rader"@sv ;\n', "")
    (finding,) = findings_of(small)
    assert (finding.rule, finding.severity) == ("D-1", "Violation")
    assert (finding.focus, finding.file, finding.line) == (THING, TEXT, 9)
    assert finding.path == "http://www.w3.org/2004/02/skos/core#prefLabel"
    assert finding.messages == {
        "sv": "Ge målet en etikett.",
        "fi": "Nimeä tavoite.",
        "en": "Give the goal a label.",
    }
    assert [finding.message(language)[:3] for language in LANGUAGES] == ["Ge ", "Nim", "Giv"]


def test_a_warning_does_not_hinder(small: Path) -> None:
    edited(small, TEXT, "strat:sequenceNumber 01", 'strat:sequenceNumber "one"')
    report = validate(load(small))
    assert report.conforms
    assert [(f.rule, f.severity, f.value) for f in report.findings] == [("D-2", "Warning", '"one"')]


def test_what_a_query_finds_stands_where_its_value_is_described(small: Path) -> None:
    edited(small, READING, 'skos:prefLabel "Helhet"@sv ;\n', "")
    (finding,) = findings_of(small)
    assert (finding.rule, finding.file, finding.line) == ("D-3", READING, 9)
    assert finding.focus == THING


def test_what_a_query_finds_in_a_literal_stands_where_the_focus_is(small: Path) -> None:
    edited(small, SHAPES, "strategy#isPartOf> ?value", "strategy#sequenceNumber> ?value")
    found = [(f.rule, f.file, f.line, f.value) for f in findings_of(small)]
    number = '"01"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert ("D-3", TEXT, 9, number) in found


def test_findings_come_all_at_once_by_file_and_line(small: Path) -> None:
    extra = f"\n<{THING}/b> a strat:Goal .\n\n<{THING}/a> a strat:Goal .\n"
    (small / TEXT).write_text((small / TEXT).read_text() + extra)
    edited(
        small, ONTOLOGY, "strat:isPartOf rdfs", "strat:new a strat:Goal .\n\nstrat:isPartOf rdfs"
    )
    places = [(finding.file, finding.line) for finding in findings_of(small)]
    assert places == [(TEXT, 14), (TEXT, 16), (ONTOLOGY, 11)]


def test_validation_changes_neither_graph_and_can_run_again(small: Path) -> None:
    sources = load(small)
    data, shapes = sources.union("text", "reading"), sources.union("shapes")
    before = (len(data), len(shapes))
    assert find(data, shapes) == find(data, shapes)
    assert (len(data), len(shapes)) == before
    assert isomorphic(shapes, load(small).union("shapes"))


def test_shapes_that_cannot_run_are_told_as_sources(small: Path) -> None:
    edited(small, SHAPES, "    sh:path skos:prefLabel ;\n", "")
    with pytest.raises(SourcesUnreadable, match="shapes: "):
        validate(load(small))


def test_a_blank_node_in_the_shapes_is_a_finding_but_no_cell_of_a_list(small: Path) -> None:
    edited(small, SHAPES, "sh:path skos:prefLabel", "sh:path [ sh:inversePath skos:prefLabel ]")
    rules = [(f.rule, f.file, f.line) for f in findings_of(small) if f.rule == "P-1"]
    assert rules == [("P-1", SHAPES, 14)]


def test_the_catalogue_is_checked_too(small: Path) -> None:
    shape = (
        '\nshape:Dataset a sh:NodeShape ;\n    dcterms:identifier "C-1" ;\n'
        "    sh:targetClass <http://www.w3.org/ns/dcat#Dataset> ;\n"
        "    sh:hasValue <https://w3id.org/glokal/id/other> .\n"
    )
    (small / SHAPES).write_text((small / SHAPES).read_text() + shape)
    (finding,) = findings_of(small)
    assert (finding.rule, finding.file, finding.line) == ("C-1", "data/publication.toml", None)
