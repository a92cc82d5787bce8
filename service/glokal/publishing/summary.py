"""A validation report as lines of text in one language, grouped by file."""

from collections.abc import Iterator
from itertools import groupby

from glokal.publishing.findings import SEVERITIES, Finding, Report

LONGEST_VALUE = 80
"""Code points of a value that are shown; the JSON and Turtle reports have all of it."""

SEVERITY_WORDS = {
    "sv": {"Violation": "fel", "Warning": "varning", "Info": "upplysning"},
    "fi": {"Violation": "virhe", "Warning": "varoitus", "Info": "huomautus"},
    "en": {"Violation": "violation", "Warning": "warning", "Info": "note"},
}
HINT_WORDS = {
    "sv": ("funnet", "väntat"),
    "fi": ("löytyi", "odotettiin"),
    "en": ("found", "expected"),
}
VERDICTS = {
    "sv": {True: "Allt följer reglerna", False: "Reglerna följs inte"},
    "fi": {True: "Säännöt toteutuvat", False: "Säännöt eivät toteudu"},
    "en": {True: "Conforms", False: "Does not conform"},
}


def lines(report: Report, language: str) -> Iterator[tuple[str, str]]:
    """Each line with its style: ``file``, a severity, ``text`` or ``verdict``."""
    for file, findings in groupby(report.findings, key=lambda finding: finding.file or ""):
        yield "file", file
        for finding in findings:
            yield from _finding_lines(finding, language)
    counts = ", ".join(
        f"{SEVERITY_WORDS[language][severity]}: {report.counts[severity]}"
        for severity in SEVERITIES
    )
    yield "verdict", f"{VERDICTS[language][report.conforms]} ({counts})"


def _finding_lines(finding: Finding, language: str) -> Iterator[tuple[str, str]]:
    place = f"{finding.line}: " if finding.line else ""
    word = SEVERITY_WORDS[language][finding.severity]
    yield finding.severity, f"  {place}{word} {finding.rule} {finding.culprit}"
    yield "text", f"      {finding.message(language)}"
    if finding.found or finding.expected:
        yield from _hint_lines(finding, language)
        return
    details = [part for part in (finding.path, _short(finding.value)) if part]
    if details:
        yield "text", f"      {' → '.join(details)}"


def _hint_lines(finding: Finding, language: str) -> Iterator[tuple[str, str]]:
    words = HINT_WORDS[language]
    for word, told in zip(words, (finding.found, finding.expected), strict=True):
        if told:
            yield "text", f"      {word}: {told[language]}"


def _short(value: str | None) -> str | None:
    if value is None or len(value) <= LONGEST_VALUE:
        return value
    return value[: LONGEST_VALUE - 1] + "…"
