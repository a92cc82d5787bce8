"""What a rule cannot say of itself: what was found in the data, and what was expected there."""

from collections.abc import Iterable
from dataclasses import replace

from rdflib import Graph

from glokal.publishing.findings import Finding
from glokal.publishing.hints import classes, components, rules, source
from glokal.publishing.hints.ground import Ground
from glokal.publishing.hints.phrases import Hint

BY_RULE = {**rules.BY_RULE, **classes.BY_RULE, **source.BY_RULE}


def explained(finding: Finding, data: Graph, shapes: Graph) -> Finding:
    """The finding with what was found and expected, and the statement to look at.

    A rule without a hint of its own has that of its kind of constraint, if there is one.
    """
    explain = BY_RULE.get(finding.rule) or components.BY_COMPONENT.get(finding.component or "")
    hint = explain(finding, Ground(data, shapes)) if explain else None
    return with_hint(finding, hint) if hint else finding


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with one for each rule, place and value.

    A value that breaks a rule in two ways is one slip: with the datatype the form is right too.
    """
    together: dict[tuple[object, ...], Finding] = {}
    for one in sorted(findings, key=lambda finding: finding.component or ""):
        together.setdefault((one.rule, one.focus, one.path, one.value), one)
    return list(together.values())


def with_hint(finding: Finding, hint: Hint) -> Finding:
    """The finding with what a hint tells."""
    return replace(
        finding,
        found=hint.found,
        expected=hint.expected,
        at=(hint.subject or finding.culprit, hint.path or finding.path),
    )


__all__ = ["Hint", "explained", "merged", "with_hint"]
