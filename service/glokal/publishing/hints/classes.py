"""Hints for classes that do not go together: the axioms that lead from them to a clash."""

from collections.abc import Iterator, Mapping

from rdflib import URIRef

from glokal.publishing.findings import Finding
from glokal.publishing.hints.ground import Explain, Ground, short
from glokal.publishing.hints.phrases import Hint, say
from glokal.terms import OWL, RDF, RDFS, SCHEMA

BELOW = " ⊑ "
"""Is a subclass of, as description logic writes it."""


def wrong_start(finding: Finding, ground: Ground) -> Hint:
    """A relation that starts from a thing of another class: its classes, up to the top."""
    path = finding.path or ""
    domains = [
        short(kind)
        for property_ in (RDFS.domain, SCHEMA.domainIncludes)
        for kind in ground.values(path, property_)
    ]
    lines = tuple(_written(line[-1]) for line in _lineages(finding.culprit, ground))
    return Hint(
        say("is-a", short(finding.culprit), items=lines), say("one-of", items=tuple(domains))
    )


def clash(finding: Finding, ground: Ground) -> Hint | None:
    """A thing of two classes that exclude each other: the chain to each of them."""
    reached = {line[-1]: line for lines in _lineages(finding.culprit, ground) for line in lines}
    pairs = ground.data.subject_objects(URIRef(OWL.disjointWith))
    for one, two in sorted((str(one), str(two)) for one, two in pairs):
        if one in reached and two in reached:
            chains = (_written(reached[one]), _written(reached[two]))
            found = say("is-a", short(finding.culprit), items=chains)
            return Hint(found, say("one-of", items=(short(one), short(two))), path=RDF.type)
    return None


def _lineages(thing: str, ground: Ground) -> Iterator[list[tuple[str, ...]]]:
    """For each class stated of a thing, the paths from it to each of its superclasses."""
    for kind in ground.values(thing, RDF.type):
        paths: list[tuple[str, ...]] = [(str(kind),)]
        for path in paths:  # grows while it is read: breadth first
            known = {step for one in paths for step in one}
            supers = map(str, ground.values(path[-1], RDFS.subClassOf))
            paths += [(*path, ancestor) for ancestor in supers if ancestor not in known]
        yield paths


def _written(path: tuple[str, ...]) -> str:
    return BELOW.join(short(step) for step in path)


BY_RULE: Mapping[str, Explain] = {"D-88": wrong_start, "D-89": clash}
"""What explains a rule on classes."""
