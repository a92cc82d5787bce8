"""Hints for rules that are queries, by the id of the rule."""

from collections.abc import Mapping

from rdflib import URIRef

from glokal.publishing.findings import Finding
from glokal.publishing.hints.ground import PROPERTIES, Explain, Ground, short
from glokal.publishing.hints.phrases import Hint, joined, say
from glokal.terms import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, SKOSXL, STRAT

CLASSES = (OWL.Class, RDFS.Class)


def statement_without_triple(finding: Finding, ground: Ground) -> Hint:
    """A statement whose triple is not there: what stands there, and the triple."""
    subject, predicate, value = _said(finding.culprit, ground)
    there = [short(v) for v in ground.values(subject, predicate)]
    found = say("triple", short(subject), short(predicate), " , ".join(there))
    wanted = say("triple", short(subject), short(predicate), value)
    return Hint(found if there else say("nothing"), wanted, path=RDF.object)


def triple_without_statement(finding: Finding, ground: Ground) -> Hint | None:
    """A relation without its statement: which value, and the statement to be written."""
    subject, path = finding.culprit, finding.path or ""
    stated = {
        str(value)
        for statement in ground.data.subjects(URIRef(RDF.subject), URIRef(subject))
        if ground.text(statement, RDF.predicate) == path
        for value in ground.values(statement, RDF.object)
    }
    bare = [short(v) for v in ground.values(subject, path) if str(v) not in stated]
    if not bare:
        return None
    found = say("triple", short(subject), short(path), " , ".join(bare))
    return Hint(found, say("statement", short(subject), short(path), bare[0]))


def stated_twice(finding: Finding, ground: Ground) -> Hint:
    """Two statements of one relation: the other one."""
    subject, predicate, value = _said(finding.culprit, ground)
    same = [
        short(str(other))
        for other in ground.data.subjects(URIRef(RDF.subject), URIRef(subject))
        if str(other) != finding.culprit and _said(str(other), ground)[1:] == (predicate, value)
    ]
    return Hint(say("also", " , ".join(sorted(same))))


def unknown_property(finding: Finding, ground: Ground) -> Hint:
    """A misspelt property: where it is used, and one like it."""
    return _unknown(finding, ground, PROPERTIES, finding.culprit)


def unknown_class(finding: Finding, ground: Ground) -> Hint:
    """A misspelt class: where it is used, and one like it."""
    return _unknown(finding, ground, CLASSES, RDF.type)


def reading_without_editor(finding: Finding, ground: Ground) -> Hint:
    """A reading without its editor or date, or a plain statement with one."""
    pair = (PROV.wasAttributedTo, DCTERMS.created)
    there = [short(path) for path in pair if ground.values(finding.culprit, path)]
    status = short(ground.text(finding.culprit, STRAT.status))
    gone = tuple(short(path) for path in pair if short(path) not in there)
    found = say("as-is", " , ".join([status, *there]))
    return Hint(found, say("as-is", " , ".join(gone)) if status == "strat:implicit" else {})


def status_and_basis(finding: Finding, ground: Ground) -> Hint:
    """A status and a basis that do not go together."""
    status, basis = (ground.text(finding.culprit, p) for p in (STRAT.status, STRAT.basis))
    implicit = status == STRAT.implicit
    wanted = ("strat:reading",) if implicit else ("strat:wording", "strat:layout")
    found = say("pair", short(status), short(basis))
    return Hint(found, say("one-of", items=wanted), path=STRAT.basis)


def labels_differ(finding: Finding, ground: Ground) -> Hint | None:
    """A label and its SKOS-XL label with different words: both."""
    words = ground.values(finding.culprit, SKOS.prefLabel)
    for label in ground.values(finding.culprit, SKOSXL.prefLabel):
        form = ground.value(label, SKOSXL.literalForm)
        tag = getattr(form, "language", None)
        for word in words:
            if getattr(word, "language", None) == tag and word != form and form is not None:
                both = joined(say("as-is", short(word)), say("as-is", short(form)))
                return Hint(both, path=SKOS.prefLabel)
    return None


def same_number(finding: Finding, ground: Ground) -> Hint:
    """A priority with a number that another has, or that leaves a gap."""
    whole = ground.text(finding.culprit, STRAT.isPartOf)
    taken = {
        ground.text(part, STRAT.sequenceNumber): short(str(part))
        for part in ground.data.subjects(URIRef(STRAT.isPartOf), URIRef(whole))
        if str(part) != finding.culprit and ground.values(part, STRAT.sequenceNumber)
    }
    own = ground.text(finding.culprit, STRAT.sequenceNumber)
    free = next(n for n in range(1, len(taken) + 2) if str(n) not in taken)
    found = say("number-of", own, taken[own]) if own in taken else say("as-is", own)
    return Hint(found, say("as-is", free), path=STRAT.sequenceNumber)


def link_nowhere(finding: Finding, ground: Ground) -> Hint | None:
    """A link to what no file describes: where it is used, and a thing whose IRI is like it."""
    lost = finding.culprit
    users = sorted((str(s), str(p)) for s, p in ground.data.subject_predicates(URIRef(lost)))
    plain = [user for user in users if user[1] not in (RDF.object, RDF.subject)]
    if not users:
        return None
    near = ground.nearest_thing(lost)
    wanted = say("perhaps", short(near)) if near else {}
    return Hint(say("unknown", short(lost)), wanted, *(plain or users)[0])


BY_RULE: Mapping[str, Explain] = {
    "D-76": same_number,
    "D-77": same_number,
    "D-85": statement_without_triple,
    "D-86": triple_without_statement,
    "D-87": stated_twice,
    "D-90": unknown_property,
    "D-91": unknown_class,
    "D-105": status_and_basis,
    "D-106": reading_without_editor,
    "D-161": labels_differ,
    "D-205": link_nowhere,
}
"""What explains a rule that is a query; rules on the source text stand in ``source``."""


def _said(statement: str, ground: Ground) -> tuple[str, str, str]:
    """Subject and predicate of a statement as IRIs, its object in short."""
    value = ground.value(statement, RDF.object)
    subject, predicate = (ground.text(statement, p) for p in (RDF.subject, RDF.predicate))
    return subject, predicate, "" if value is None else short(value)


def _unknown(finding: Finding, ground: Ground, kinds: tuple[str, ...], path: str) -> Hint:
    term = finding.culprit
    near = ground.nearest(term, ground.instances(kinds))
    users = (
        ground.data.subjects(URIRef(RDF.type), URIRef(term))
        if path == RDF.type
        else ground.data.subjects(URIRef(term))
    )
    return Hint(
        say("as-is", short(term)),
        say("perhaps", short(near)) if near else {},
        min(map(str, users), default=None),
        path,
    )
