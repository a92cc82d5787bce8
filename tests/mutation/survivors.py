"""Which surviving mutants are acceptable, and why. A survivor that no reason fits fails the run."""

from collections.abc import Callable
from dataclasses import dataclass

from rdflib import Literal, URIRef
from tests.mutation.mutant import Mutant, Triple

from glokal.terms import DCTERMS, RDF, SCHEMA, SKOS

Fits = Callable[[Mutant], bool]


@dataclass(frozen=True)
class Reason:
    """Why a kind of survivor is acceptable, and how it is known."""

    words: str
    fits: Fits


def _changes(predicate: str) -> Fits:
    def fits(mutant: Mutant) -> bool:
        return {triple[1] for triple in _touched(mutant)} == {URIRef(predicate)}

    return fits


def _touched(mutant: Mutant) -> tuple[Triple, ...]:
    return (*mutant.removed, *mutant.added)


def _rewords_a_translation(mutant: Mutant) -> bool:
    texts = [value for _, _, value in _touched(mutant)]
    return (
        mutant.kind in ("quote changed", "label copied from another language")
        and _changes(RDF.value)(mutant)
        and all(isinstance(text, Literal) and text.language != "sv" for text in texts)
    )


REASONS = (
    Reason(
        "an alternative label may be added or left out; which ones a thing has, no rule can know",
        _changes(SKOS.altLabel),
    ),
    Reason(
        "a word may be the same in two languages, as norm is in Swedish and English",
        lambda mutant: (
            mutant.kind == "label copied from another language" and _changes(SKOS.prefLabel)(mutant)
        ),
    ),
    Reason(
        "a translation of ours has no other text that it could be compared with",
        _rewords_a_translation,
    ),
    Reason(
        "a sentence may name more than it says: that it names this, no statement repeats",
        _changes(SCHEMA.mentions),
    ),
    Reason(
        "both spans lie in the segment that backs the statement; which is better is a reading",
        lambda mutant: mutant.kind == "evidence moved within its segment",
    ),
    Reason(
        "both sources are described; which of them has the wording stands in neither",
        lambda mutant: (
            mutant.kind == "object of the same class" and _changes(DCTERMS.source)(mutant)
        ),
    ),
)


def reason_for(mutant: Mutant) -> str | None:
    """Why this survivor is acceptable; None where no reason fits."""
    return next((reason.words for reason in REASONS if reason.fits(mutant)), None)
