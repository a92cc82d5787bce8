import pytest

from glokal.publishing.passages import Difference, Passage, difference, named, nearest, occurrences

TEXT = "I mission ”Tillsammans” bygger vi – alla – en hållbar framtid. Vi bygger."


def test_every_occurrence_is_found_with_its_offsets() -> None:
    assert [(p.start, p.end) for p in occurrences(TEXT, "bygger")] == [(24, 30), (66, 72)]
    assert [(p.start, p.end) for p in occurrences("aaa", "aa")] == [(0, 2), (1, 3)]
    assert list(occurrences(TEXT, "")) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('"Tillsammans"', "”Tillsammans”"),
        ("vi - alla - en", "vi – alla – en"),
        ("en\u00a0hållbar framtid", "en hållbar framtid"),
        ("TILLSAMMANS", "Tillsammans"),
        ("en hållbar framtd", "en hållbar framtid"),
    ],
)
def test_the_nearest_passage_is_found(words: str, found: str) -> None:
    near = nearest(TEXT, words)
    assert near is not None
    assert near.words == found
    assert TEXT[near.start : near.end] == found


def test_words_like_nothing_have_no_passage() -> None:
    assert nearest(TEXT, "xyzzy plugh") is None
    assert nearest(TEXT, "") is None


@pytest.mark.parametrize(
    ("found", "expected", "parted"),
    [
        ("a-b", "a–b", Difference(2, "-", "–")),
        ("ab", "abc", Difference(3, "", "c")),
        ("abc", "ab", Difference(3, "c", "")),
        ("abc", "abc", None),
    ],
)
def test_wordings_part_at_a_sign(found: str, expected: str, parted: Difference | None) -> None:
    assert difference(found, expected) == parted


def test_a_sign_has_its_unicode_name() -> None:
    assert named("”") == "U+201D RIGHT DOUBLE QUOTATION MARK"
    assert named("\n") == "U+000A"


def test_a_passage_is_a_slice() -> None:
    assert next(occurrences(TEXT, "alla")) == Passage(36, 40, "alla")
