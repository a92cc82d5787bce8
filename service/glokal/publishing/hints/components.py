"""Hints by the kind of constraint that was broken (SHACL section 4): whatever the rule is."""

import re
from collections.abc import Mapping

from rdflib import Literal, URIRef
from rdflib.term import Node
from rdflib.util import from_n3

from glokal.publishing.findings import Finding
from glokal.publishing.hints.ground import PROPERTIES, Explain, Ground, short
from glokal.publishing.hints.phrases import Hint, joined, say
from glokal.terms import RDF, SH


def min_count(finding: Finding, ground: Ground) -> Hint:
    """Too few values; of texts in several languages, those that are missing."""
    values = _values(finding, ground)
    least = ground.parameter(finding.shape, "minCount")
    languages = [str(code) for code in ground.members(finding.shape, "languageIn")]
    if not languages:
        kinds = ground.allowed(finding.shape)
        wanted = say("one-of", items=kinds) if kinds else {}
        return Hint(_listed(values), joined(say("at-least", least), wanted))
    tags = {v.language or "" for v in values if isinstance(v, Literal)}
    untagged = [short(v) for v in values if isinstance(v, Literal) and not v.language]
    missing = [code for code in languages if code not in tags]
    told = sorted(tags & set(languages), key=languages.index)
    found = [say("languages", ", ".join(told)) if told else {}]
    found += [say("no-tag", words) for words in untagged]
    found += [say("tag", f"@{tag}") for tag in sorted(tags - set(languages)) if tag]
    return Hint(
        joined(*found) or say("nothing"),
        say("languages-too" if told else "languages", ", ".join(missing)),
    )


def max_count(finding: Finding, ground: Ground) -> Hint:
    """Too many values: all of them."""
    most = ground.parameter(finding.shape, "maxCount")
    return Hint(_listed(_values(finding, ground)), say("at-most", most))


def kind(finding: Finding, ground: Ground) -> Hint:
    """A value of another class than those allowed, or one that nothing is said of."""
    iri = (finding.value or "").strip("<>")
    allowed = say("one-of", items=ground.allowed(finding.shape))
    classes = ground.classes(iri)
    if classes:
        return Hint(say("is-a", short(iri), items=classes), allowed)
    near = ground.nearest_thing(iri)
    return Hint(
        say("unknown", short(iri)), joined(allowed, say("perhaps", short(near)) if near else {})
    )


def datatype(finding: Finding, ground: Ground) -> Hint:
    """A literal of another datatype, or without a language tag."""
    wanted = ground.parameter(finding.shape, "datatype")
    value = _value(finding)
    if wanted == URIRef(RDF.langString):
        languages = tuple(f"@{code}" for code in ground.members(finding.shape, "languageIn"))
        tags = say("one-of", items=languages) if languages else say("as-is", "@…")
        return Hint(say("no-tag", short(value)), tags)
    return Hint(say("as-is", short(value)), say("as-is", short(wanted or "")))


def pattern(finding: Finding, ground: Ground) -> Hint:
    """A wrong form; of an IRI, the class whose IRIs have that form."""
    wanted = say("pattern", ground.parameter(finding.shape, "pattern"))
    value = _value(finding)
    if finding.path is not None or isinstance(value, Literal):
        return Hint(say("as-is", short(value)), wanted)
    kinds = _kinds_named_so(finding.focus, ground)
    found = say("is-a", short(finding.focus), items=ground.classes(finding.focus))
    return Hint(found, say("named-as", items=kinds) if kinds else wanted, path=RDF.type)


def language_in(finding: Finding, ground: Ground) -> Hint:
    """A language tag that is none of those expected."""
    languages = tuple(f"@{code}" for code in ground.members(finding.shape, "languageIn"))
    value = _value(finding)
    key = "as-is" if isinstance(value, Literal) and value.language else "no-tag"
    return Hint(say(key, short(value)), say("one-of", items=languages))


def unique_language(finding: Finding, ground: Ground) -> Hint:
    """Two texts in one language: both of them."""
    values = [v for v in _values(finding, ground) if isinstance(v, Literal)]
    tags = [value.language for value in values]
    doubled = [short(value) for value in values if tags.count(value.language) > 1]
    return Hint(say("as-is", " , ".join(doubled)), say("one-each"))


def closed(finding: Finding, ground: Ground) -> Hint | None:
    """A property that the class does not have; one like it that it has."""
    if finding.path is None:
        return None
    near = ground.nearest(finding.path, ground.instances(PROPERTIES))
    return Hint(say("as-is", short(finding.path)), say("perhaps", short(near)) if near else {})


BY_COMPONENT: Mapping[str, Explain] = {
    SH.MinCountConstraintComponent: min_count,
    SH.MaxCountConstraintComponent: max_count,
    SH.ClassConstraintComponent: kind,
    SH.NodeConstraintComponent: kind,
    SH.DatatypeConstraintComponent: datatype,
    SH.PatternConstraintComponent: pattern,
    SH.LanguageInConstraintComponent: language_in,
    SH.UniqueLangConstraintComponent: unique_language,
    SH.ClosedConstraintComponent: closed,
}
"""What explains a constraint of each kind; the others have their rule's message alone."""


def _value(finding: Finding) -> Node:
    term = from_n3(finding.value) if finding.value else None
    return term if isinstance(term, URIRef | Literal) else URIRef(finding.focus)


def _values(finding: Finding, ground: Ground) -> list[Node]:
    return ground.values(finding.focus, finding.path) if finding.path else []


def _listed(values: list[Node]) -> Mapping[str, str]:
    return say("as-is", " , ".join(map(short, values))) if values else say("nothing")


def _kinds_named_so(iri: str, ground: Ground) -> tuple[str, ...]:
    """The classes whose shapes ask for IRIs of this form."""
    found = set()
    for shape, form in ground.shapes.subject_objects(URIRef(SH.iri + "pattern")):
        for kind_ in ground.shapes.objects(shape, URIRef(SH.targetClass)):
            if re.search(str(form), iri):
                found.add(short(kind_))
    return tuple(sorted(found))
