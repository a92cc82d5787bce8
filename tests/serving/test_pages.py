"""The pages: valid, complete in three languages, and in the words of the source."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from pyoxigraph import Literal, NamedNode, Store
from tests.serving.html import HTML, every, of_class, parsed, words
from tests.serving.shown import COMMITMENT, DOCUMENT, KINDS, STRATEGY, page_of

from glokal.errors import NotFound
from glokal.formats import LANGUAGES
from glokal.release import Release
from glokal.serving.pages import Pages
from glokal.terms import RDF, SCHEMA, SKOSXL, STRAT


@pytest.fixture(scope="module")
def verbatim(store: Store) -> tuple[str, ...]:
    """The source text, and every wording that the organisation itself has published."""

    def literals(subject: NamedNode, predicate: str) -> Iterator[str]:
        for quad in store.quads_for_pattern(subject, NamedNode(predicate), None, None):
            if isinstance(quad.object, Literal):
                yield quad.object.value

    source = store.quads_for_pattern(None, NamedNode(SCHEMA.text), None, None)
    texts = {quad.object.value for quad in source if isinstance(quad.object, Literal)}
    official = NamedNode(STRAT.officialTranslation)
    for quad in store.quads_for_pattern(None, NamedNode(STRAT.wordingStatus), official, None):
        assert isinstance(quad.subject, NamedNode)
        texts |= set(literals(quad.subject, SKOSXL.literalForm))
        texts |= set(literals(quad.subject, RDF.value))
    return tuple(texts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["home", *KINDS])
def test_a_page_of_each_kind_is_valid_and_navigable(
    pages: Pages, release: Release, path: str, language: str
) -> None:
    tree = parsed(page_of(pages, release, path, language))
    assert tree.get("lang") == language
    assert len(every(tree, "h1")) == 1
    assert len(every(tree, "main", id="main")) == 1
    assert len(every(tree, "a", href="#main")) == 1
    assert words(every(tree, "title")[0]).endswith(" – Glokal")
    assert every(tree, "meta", name="description")[0].get("content")
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"


@pytest.mark.parametrize("path", ["home", *KINDS])
def test_languages_and_formats_of_a_page_know_each_other(
    pages: Pages, release: Release, path: str
) -> None:
    alternates = {}
    for language in LANGUAGES:
        tree = parsed(page_of(pages, release, path, language))
        links = [link for link in every(tree, "link", rel="alternate") if link.get("hreflang")]
        alternates[language] = {link.get("hreflang"): link.get("href") for link in links}
        own = alternates[language][language]
        assert every(tree, "link", rel="canonical")[0].get("href") == own
        types = {link.get("type") for link in every(tree, "link", rel="alternate")}
        assert {"text/turtle", "application/ld+json", "text/csv"} <= types
    assert alternates["sv"] == alternates["fi"] == alternates["en"]
    assert set(alternates["sv"]) == {*LANGUAGES, "x-default"}


@pytest.mark.parametrize("path", ["home", *KINDS])
def test_a_page_runs_nothing_and_fetches_nothing_from_others(
    pages: Pages, release: Release, path: str
) -> None:
    tree = parsed(page_of(pages, release, path, "sv"))
    for element in tree.iter():
        assert element.tag not in (HTML + "script", HTML + "style", HTML + "iframe")
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
        assert "://" not in (element.get("src") or "")
    for link in every(tree, "link", rel="stylesheet"):
        assert (link.get("href") or "").startswith("/static/")


def test_serif_and_quotation_mean_the_very_words(
    pages: Pages, release: Release, store: Store, verbatim: tuple[str, ...]
) -> None:
    base = release.manifest.base
    subjects = {q.subject for q in store if isinstance(q.subject, NamedNode)}
    things = sorted({s.value.partition("#")[0] for s in subjects})
    ours = [s for s in things if s.startswith(f"{base}{STRATEGY}") and "/span/" not in s]
    assert len(ours) > 300
    texts = [" ".join(text.split()) for text in verbatim]
    checked = 0
    for n, iri in enumerate(ours):
        tree = parsed(pages.thing(iri, LANGUAGES[n % len(LANGUAGES)]))
        for element in (*of_class(tree, "src"), *every(tree, "blockquote")):
            for piece in _sentences(element):
                assert any(piece in text for text in texts), f"{iri}: {piece!r} is nowhere said"
                checked += 1
    assert checked > 600


def _sentences(element: Element) -> list[str]:
    """The pieces between ellipses, without the numbers of sentences."""
    for number in of_class(element, "n"):
        number.text = "\0"
    text = re.sub(r"\s*\0", "\0", words(element))
    return [piece.strip() for piece in re.split(r"\0| … |^… | …$", text) if piece.strip()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_serif_is_verbatim(pages: Pages, verbatim: tuple[str, ...], language: str) -> None:
    tree = parsed(pages.home(language))
    for element in (*of_class(tree, "src"), *every(tree, "blockquote")):
        assert any(words(element) in text for text in verbatim), words(element)


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_shows_the_whole_strategy(pages: Pages, language: str) -> None:
    tree = parsed(pages.home(language))
    columns = of_class(tree, "pr")
    assert [len(every(column, "h2")) for column in columns] == [1, 1, 1, 1]
    assert sum(len(every(column, "a")) for column in columns[:3]) == 3 + 3 + 7
    assert len(of_class(columns[3], "s")) == 0
    assert words(of_class(columns[2], "s")[0])
    assert len(every(of_class(tree, "wide")[0], "a")) == 7
    assert len(every(of_class(tree, "ground")[0], "a")) == 2 + 5 + 6


def test_priorities_stand_in_the_order_of_the_text(pages: Pages) -> None:
    tree = parsed(pages.home("sv"))
    named = [words(heading) for column in of_class(tree, "pr") for heading in every(column, "h2")]
    assert named[:3] == ["Steget före", "Samarbete över gränserna", "Nyskapande kultur"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("sv", "Åtagandet hör till prioriteringen Steget före."),
        ("fi", "Sitoumus kuuluu painopisteeseen Askeleen edellä."),
        ("en", "The commitment comes under the priority One step ahead."),
    ],
)
def test_relations_are_plain_sentences(
    pages: Pages, release: Release, language: str, sentence: str
) -> None:
    tree = parsed(page_of(pages, release, COMMITMENT, language))
    rows = [words(p) for row in of_class(tree, "rels") for p in every(row, "p")]
    assert sentence in rows


def test_objects_with_the_same_words_share_a_sentence(pages: Pages, release: Release) -> None:
    tree = parsed(page_of(pages, release, f"{STRATEGY}/mission", "sv"))
    rows = [words(p) for row in of_class(tree, "rels") for p in every(row, "p")]
    assert "Partner är kommuner och landskap." in rows


def test_evidence_marks_the_exact_words_and_leads_to_the_sentence(
    pages: Pages, release: Release
) -> None:
    tree = parsed(page_of(pages, release, COMMITMENT, "en"))
    figure = of_class(tree, "lead")[0]
    assert words(every(figure, "mark")[0]) == "stärka prognosförmågan i hela sin verksamhet"
    quote = every(figure, "blockquote")[0]
    assert quote.get("lang") == "sv"
    assert quote.get("cite") == f"/doc/{DOCUMENT.removeprefix('id/')}.en.html#S25"


def test_a_reading_is_told_from_what_the_text_says(pages: Pages, release: Release) -> None:
    tree = parsed(page_of(pages, release, f"{STRATEGY}/priority/steget-fore", "sv"))
    sections = {section.get("aria-labelledby"): section for section in every(tree, "section")}
    read, said = sections["implicit"], sections["explicit"]
    assert len(of_class(read, "read")) == len(every(read, "figure")) > 0
    assert all("Redaktörens läsning" in words(figure) for figure in every(read, "figure"))
    assert not of_class(said, "read")


def test_an_interpretation_names_its_editor_its_day_and_its_doubt(
    pages: Pages, release: Release
) -> None:
    tree = parsed(page_of(pages, release, "def/theme/datanat", "en"))
    assert [words(p) for p in of_class(tree, "interpretation")] == [
        "Interpretation Glokal, 24 November 2026, confidence 0.95"
    ]


def test_a_concept_of_others_is_called_by_its_name_there(pages: Pages, release: Release) -> None:
    path = "def/aspect/social-hallbarhet"
    for language, sentence in (
        ("sv", "Motsvarar: sosiaalinen kestävyys."),
        ("fi", "Vastaa käsitettä: sosiaalinen kestävyys."),
    ):
        tree = parsed(page_of(pages, release, path, language))
        assert sentence in words(tree)


def test_every_wording_tells_whose_it_is(pages: Pages, release: Release) -> None:
    tree = parsed(page_of(pages, release, f"{STRATEGY}/vision", "fi"))
    assert [words(tag) for tag in of_class(tree, "tag")] == [
        "virallinen käännös",
        "lähteen sanamuoto",
        "virallinen käännös",
    ]


def test_the_document_page_holds_the_whole_text(pages: Pages, release: Release, root: Path) -> None:
    tree = parsed(page_of(pages, release, DOCUMENT, "sv"))
    shown = "".join(words(p) for par in of_class(tree, "par") for p in of_class(par, "src"))
    source = (root / "tests" / "knowledge" / "source.sv.txt").read_text(encoding="utf-8")
    text = re.sub(r"lateral-image-left\s*$", "", source)
    assert re.sub(r"[\s\d]", "", shown) == re.sub(r"[\s\d]", "", text)
    anchors = {element.get("id") for element in every(tree, "span")}
    assert {f"S{n:02}" for n in range(1, 41)} <= anchors


@pytest.mark.parametrize("iri", ["id/nothing", "def/strategy/nothing", "elsewhere"])
def test_what_is_not_there_is_not_found(pages: Pages, release: Release, iri: str) -> None:
    with pytest.raises(NotFound):
        pages.thing(release.manifest.base + iri, "sv")


def test_things_of_others_have_no_page_here(pages: Pages) -> None:
    with pytest.raises(NotFound):
        pages.thing("http://www.yso.fi/onto/yso/p94426", "sv")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [400, 404, 405, 406, 410, 413, 500, 503, 504, 507])
def test_an_error_is_told_in_the_language_of_the_reader(
    pages: Pages, status: int, language: str
) -> None:
    tree = parsed(pages.error(status, language, "/id/<script>&"))
    assert tree.get("lang") == language
    assert str(status) in words(of_class(tree, "k")[0])
    assert words(of_class(tree, "iri")[0]) == "/id/<script>&"


def test_406_offers_the_formats_that_there_are(pages: Pages) -> None:
    tree = parsed(pages.error(406, "en", "/doc/kommunforbundet.xyz"))
    assert "Turtle" in [words(link) for link in every(tree, "a")]


def test_a_rebased_release_has_pages_under_its_own_base(rebased: Release) -> None:
    pages = Pages(rebased.store(), rebased)
    base = rebased.manifest.base
    written = pages.home("sv") + pages.thing(base + COMMITMENT, "sv")
    assert f"{base}{COMMITMENT}".encode() in written
    assert b"w3id.org/glokal" not in written


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_quality_page_has_the_figures_of_the_release(
    pages: Pages, release: Release, language: str
) -> None:
    page = parsed(pages.quality(language))
    cells = [words(cell) for cell in every(page, "td")]
    (document,) = release.manifest.coverage["documents"]
    assert document["sentences"] == document["evidenced"] == 40
    assert document["statements"] == {"explicit": 245, "implicit": 30}
    assert {"245", "30"} <= set(cells)
    assert any("D-63" in words(found) for found in every(page, "code"))
    assert release.manifest.digest in {words(found) for found in every(page, "code")}


def test_what_follows_stands_with_its_rule_and_its_premises(pages: Pages, release: Release) -> None:
    iri = f"{release.manifest.base}{STRATEGY}/priority/steget-fore"
    page = parsed(pages.thing(iri, "en"))
    assert "The priority can lead towards: " in words(page)
    (chain,) = [block for block in of_class(page, "inferred") if "support rule" in words(block)]
    assert [words(premise) for premise in every(chain, "li")] == [
        "One step ahead: The priority can contribute to a change leading towards the vision.",
        "a change leading towards the vision: According to the text, this leads towards the "
        "vision A successful Finland means local action.",
    ]


@pytest.mark.parametrize(
    ("language", "term", "begins"),
    [
        ("sv", "Redaktörens anmärkning", "Förbundets finska text säger något annat:"),
        ("fi", "Toimituksen huomautus", "Liiton suomenkielinen teksti sanoo muuta:"),
        ("en", "Editor’s note", "The association’s Finnish text says something else:"),
    ],
)
def test_what_an_editor_notes_on_a_translation_stands_with_its_sentence(
    pages: Pages, release: Release, language: str, term: str, begins: str
) -> None:
    page = parsed(pages.thing(f"{release.manifest.base}{DOCUMENT}/segment/S09", language))
    (row,) = [row for row in every(page, "div") if term in map(words, row.findall(f"{HTML}dt"))]
    assert words(row).removeprefix(term).strip().startswith(begins)
