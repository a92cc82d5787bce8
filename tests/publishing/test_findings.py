import json

import pytest
from rdflib import Literal, URIRef

from glokal.formats import LANGUAGES
from glokal.publishing.exports import report_turtle
from glokal.publishing.findings import SEVERITIES, Finding, Refused, Report
from glokal.publishing.summary import SEVERITY_WORDS, VERDICTS, lines
from glokal.terms import BASE, SH

FINDING = Finding(
    rule="D-1",
    severity="Violation",
    focus=f"{BASE}id/x",
    messages={"sv": "Rätta.", "fi": "Korjaa.", "en": "Correct."},
    path="http://purl.org/dc/terms/title",
    value='"' + "lång " * 40 + '"@sv',
    file="data/a.ttl",
    line=7,
    shape=f"{BASE}def/shapes#X",
    component="http://www.w3.org/ns/shacl#MinCountConstraintComponent",
)
NOTE = Finding("D-2", "Info", "_:b0", {"en": "Only in English."})


def test_the_json_report_has_its_documented_form() -> None:
    content = json.loads(Report((FINDING, NOTE)).to_json())
    assert set(content) == {"conforms", "counts", "findings"}
    assert content["conforms"] is False
    assert content["counts"] == {"Violation": 1, "Warning": 0, "Info": 1}
    keys = {
        "rule", "severity", "focus", "messages", "path", "value", "file", "line", "shape",
        "component", "found", "expected",
    }  # fmt: skip
    assert all(set(finding) == keys for finding in content["findings"])
    assert content["findings"][0]["messages"]["fi"] == "Korjaa."
    assert content["findings"][1]["line"] is None


def test_the_turtle_report_is_a_shacl_report_without_blank_nodes() -> None:
    iri = f"{BASE}releases/1.0.0/report.ttl"
    graph = Report((FINDING, NOTE)).to_graph(iri)
    result = URIRef(f"{iri}#result-1")
    assert (URIRef(iri), URIRef(SH.result), result) in graph
    messages = set(graph.objects(result, URIRef(SH.resultMessage)))
    assert Literal("Korjaa.", lang="fi") in messages
    assert graph.value(result, URIRef(SH.value)) == Literal("lång " * 40, lang="sv")
    assert all(isinstance(node, URIRef | Literal) for node in graph.all_nodes())
    assert b"_:" not in report_turtle(Report((FINDING, NOTE)), iri, BASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_report_names_file_line_rule_and_message(language: str) -> None:
    text = [line for _, line in lines(Report((FINDING,)), language)]
    word = SEVERITY_WORDS[language]["Violation"]
    assert text[:3] == [
        "data/a.ttl",
        f"  7: {word} D-1 {BASE}id/x",
        f"      {FINDING.messages[language]}",
    ]
    assert text[3].endswith("…")
    assert text[-1].startswith(VERDICTS[language][False])


def test_every_word_of_the_text_report_is_in_three_languages() -> None:
    assert set(SEVERITY_WORDS) == set(VERDICTS) == set(LANGUAGES)
    assert all(set(words) == set(SEVERITIES) for words in SEVERITY_WORDS.values())


def test_a_message_in_another_language_is_better_than_none() -> None:
    assert NOTE.message("sv") == "Only in English."


def test_a_refusal_counts_what_is_broken() -> None:
    error = Refused(Report((FINDING, NOTE)))
    assert (error.exit_code, str(error)) == (1, "the sources break 1 rule; nothing was written")
