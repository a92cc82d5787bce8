"""Hints for the rules that hold the reading to its source text, by the id of the rule."""

from collections.abc import Mapping

from rdflib import Literal, URIRef

from glokal.formats import LANGUAGES
from glokal.publishing.findings import Finding
from glokal.publishing.hints.ground import Explain, Ground, short
from glokal.publishing.hints.phrases import Hint, Words, joined, say
from glokal.publishing.passages import CONTEXT, difference, named, nearest, occurrences
from glokal.terms import DCTERMS, OA, RDF, SCHEMA, SKOSXL, STRAT


def quoted(finding: Finding, ground: Ground) -> Hint:
    """A quotation that is not what stands at its position."""
    quote = ground.selector(finding.culprit, "#quote")
    return _at(finding, ground, quote, OA.exact)


def segment_words(finding: Finding, ground: Ground) -> Hint:
    """A segment whose words are not what stands at its position."""
    return _at(finding, ground, finding.culprit, RDF.value)


def prefix(finding: Finding, ground: Ground) -> Hint:
    """What stands before a quotation."""
    start, _ = _words_at(finding.culprit, ground)
    text = ground.source_text(finding.culprit)
    return _around(finding, ground, OA.prefix, text[max(0, start - CONTEXT) : start])


def suffix(finding: Finding, ground: Ground) -> Hint:
    """What stands after a quotation."""
    _, end = _words_at(finding.culprit, ground)
    text = ground.source_text(finding.culprit)
    return _around(finding, ground, OA.suffix, text[end : end + CONTEXT])


def span_name(finding: Finding, ground: Ground) -> Hint:
    """The IRI that a span has by its position."""
    start, end = _words_at(finding.culprit, ground)
    wanted = f"{ground.text(finding.culprit, OA.hasSource)}/span/{start}-{end}"
    if wanted == finding.culprit:
        return quoted(finding, ground)
    return Hint(say("as-is", short(finding.culprit)), say("as-is", short(wanted)))


def fragment(finding: Finding, ground: Ground) -> Hint:
    """The fragment that a span has by its position."""
    start, end = _words_at(finding.culprit, ground)
    node = ground.selector(finding.culprit, "#fragment")
    found, wanted = ground.text(node, RDF.value), f"char={start},{end}"
    if wanted == found:
        return quoted(finding, ground)
    return Hint(say("as-is", found), say("as-is", wanted), node, RDF.value)


def wrong_segment(finding: Finding, ground: Ground) -> Hint:
    """The segment that a span really lies in."""
    start, end = _position(finding.culprit, ground)
    document = ground.text(finding.culprit, OA.hasSource)
    right = [
        segment
        for segment in map(str, ground.data.subjects(URIRef(OA.hasSource), URIRef(document)))
        if ground.values(segment, DCTERMS.identifier)
        and _position(segment, ground)[0] <= start
        and end <= _position(segment, ground)[1]
    ]
    found = say("as-is", short(ground.text(finding.culprit, DCTERMS.isPartOf)))
    wanted = say("as-is", short(right[0])) if right else {}
    return Hint(found, wanted, path=DCTERMS.isPartOf)


def translation_missing(finding: Finding, ground: Ground) -> Hint:
    """The languages that a segment has no translation into."""
    words = ground.value(finding.culprit, RDF.value)
    there = [words.language] if isinstance(words, Literal) else []
    for translation in ground.data.subjects(URIRef(STRAT.translates), URIRef(finding.culprit)):
        values = ground.values(translation, RDF.value)
        there += [value.language for value in values if isinstance(value, Literal)]
    missing = [code for code in LANGUAGES if code not in there]
    known = [code for code in LANGUAGES if code in there]
    return Hint(
        say("languages", ", ".join(known)),
        joined(*(say("as-is", f"<{finding.culprit}#{code}>") for code in missing)),
    )


def statement_number(finding: Finding, ground: Ground) -> Hint:
    """The sentences that a statement may be numbered by."""
    spans = ground.values(finding.culprit, STRAT.isEvidencedBy)
    numbers = {
        ground.text(ground.value(span, DCTERMS.isPartOf), DCTERMS.identifier).lstrip("S0")
        for span in spans
    }
    found = say("as-is", finding.culprit.rpartition("/")[2])
    return Hint(found, say("one-of", items=tuple(f"{n}-…" for n in sorted(numbers) if n)))


def label_not_in_source(finding: Finding, ground: Ground) -> Hint:
    """A label that claims to be the source's words: what stands there instead."""
    words = ground.text(finding.culprit, SKOSXL.literalForm)
    texts = [str(text) for _, text in ground.data.subject_objects(URIRef(SCHEMA.text))]
    near = next(filter(None, (nearest(text, words) for text in texts)), None)
    wanted = say("words-at", near.start, near.end, near.words) if near else {}
    return Hint(say("words", words), wanted, path=SKOSXL.literalForm)


def not_in_ledger(finding: Finding, ground: Ground) -> Hint:
    """What a segment backs and does not list: the entry."""
    spans = ground.values(finding.culprit, STRAT.isEvidencedBy)
    segments = [ground.text(span, DCTERMS.isPartOf) for span in spans]
    lacking = [s for s in segments if URIRef(finding.culprit) not in ground.values(s, STRAT.backs)]
    entries = (
        say("triple", short(segment), short(STRAT.backs), short(finding.culprit))
        for segment in dict.fromkeys(lacking)
    )
    return Hint(say("nothing"), joined(*entries), path=STRAT.isEvidencedBy)


BY_RULE: Mapping[str, Explain] = {
    "D-107": statement_number,
    "D-136": segment_words,
    "D-143": translation_missing,
    "D-146": quoted,
    "D-147": prefix,
    "D-148": suffix,
    "D-149": span_name,
    "D-150": fragment,
    "D-151": wrong_segment,
    "D-163": label_not_in_source,
    "D-200": not_in_ledger,
}
"""What explains a rule on the source text."""


def _position(selected: str, ground: Ground) -> tuple[int, int]:
    position = ground.selector(selected, "#position")
    return ground.number(position, OA.start), ground.number(position, OA.end)


def _words_at(span: str, ground: Ground) -> tuple[int, int]:
    """Where the quoted words of a span stand: at its position, or at the place nearest to it."""
    start, end = _position(span, ground)
    text, words = ground.source_text(span), ground.text(ground.selector(span, "#quote"), OA.exact)
    if text[start:end] == words:
        return start, end
    places = sorted(occurrences(text, words), key=lambda place: abs(place.start - start))
    return (places[0].start, places[0].end) if places else (start, end)


def _at(finding: Finding, ground: Ground, node: str, path: str) -> Hint:
    """Words and position that disagree: where the words stand, or how the source has them."""
    start, end = _position(finding.culprit, ground)
    text, words = ground.source_text(finding.culprit), ground.text(node, path)
    places = sorted(occurrences(text, words), key=lambda place: abs(place.start - start))
    if places:
        wanted = say("stand-at", places[0].start, places[0].end)
        found = say("words-at", start, end, text[start:end])
        return Hint(found, wanted, ground.selector(finding.culprit, "#position"), OA.start)
    return Hint(*_apart(words, text[start:end], start, end), node, path)


def _around(finding: Finding, ground: Ground, path: str, there: str) -> Hint:
    quote = ground.selector(finding.culprit, "#quote")
    if ground.text(quote, path) == there:
        return quoted(finding, ground)
    return Hint(
        say("as-is", short(Literal(ground.text(quote, path)))),
        say("as-is", short(Literal(there))),
        quote,
        path,
    )


def _apart(words: str, there: str, start: int, end: int) -> tuple[Words, Words]:
    """Two wordings that should be the same, with the first sign in which they differ."""
    found, wanted = say("words", words), say("words-at", start, end, there)
    parted = difference(words, there)
    if parted is None or not parted.found or not parted.expected:
        return found, wanted
    return (
        joined(found, say("sign", parted.place, named(parted.found))),
        joined(wanted, say("sign", parted.place, named(parted.expected))),
    )
