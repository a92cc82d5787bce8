"""Another strategy reuses ontology and shapes unchanged: alone, and beside the real one."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.conftest import silent
from tests.fixtures.roots import EXEMPELBY, ROOT, alone, together
from tests.http.browser import Browser, browsing
from tests.serving.html import every, parsed, words

from glokal.app import create_app
from glokal.formats import LANGUAGES
from glokal.publishing.findings import Report
from glokal.publishing.formatting import unformatted
from glokal.publishing.publish import build
from glokal.publishing.sources import load
from glokal.publishing.validation import validate
from glokal.release import Release
from glokal.settings import Settings

BASES = {"alone": "https://exempelby.example/", "together": "https://w3id.org/glokal/"}
VISIONS = {
    "alone": ["nära och öppet"],
    "together": ["nära och öppet", "Finlands framgång skapas lokalt"],
}
THINGS = {
    "alone": ["exempelby/2026-2029/objective/valdeltagandet", "exempelby/2026-2029"],
    "together": [
        "exempelby/2026-2029/follow-up/den-forsta",
        "exempelby/2026-2029/value/servicepunkt-2026",
        "exempelby/2026-2029/document/webbsida-sv",
        "kommunforbundet/2017-2021/vision",
        "kommunforbundet/2017-2021/document/webbsida-sv",
    ],
}


@pytest.fixture(scope="module", params=BASES)
def how(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def folder(how: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    make = {"alone": alone, "together": together}[how]
    return make(tmp_path_factory.mktemp(how) / "sources")


@pytest.fixture(scope="module")
def made(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build(folder, tmp_path_factory.mktemp("releases"), None, None, silent)


@pytest.fixture(scope="module")
def site(made: Release) -> Iterator[Browser]:
    with browsing(create_app(made, Settings())) as browser:
        yield browser


def rows(site: Browser, query: str) -> list[dict[str, str]]:
    answer = site.get(f"/sparql?query={quote(query)}", accept="application/sparql-results+json")
    assert answer.status_code == 200, answer.text
    bindings = json.loads(answer.text)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


def test_the_fixture_says_in_each_file_that_it_is_one() -> None:
    files = [path for path in EXEMPELBY.rglob("*") if path.is_file()]
    assert len(files) == 9
    for path in files:
        assert path.read_text(encoding="utf-8").startswith("# FIXTURE, never published"), path
    assert not [path for path in (ROOT / "data").rglob("*") if "exempelby" in path.name]


def test_the_sources_conform_without_a_warning_of_their_own(folder: Path) -> None:
    report = Report(
        tuple(f for f in validate(load(folder)).findings if "exempelby" in (f.file or ""))
    )
    assert report.findings == ()


def test_the_fixture_has_the_one_layout(folder: Path) -> None:
    assert unformatted(folder) == {}


def test_the_release_has_its_base(how: str, made: Release) -> None:
    assert made.manifest.base == BASES[how]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_has_a_map_of_each_strategy(site: Browser, how: str, language: str) -> None:
    answer = site.get(f"/{language}/")
    assert answer.status_code == 200
    tree = parsed(answer.content)
    assert len(every(tree, "h1")) == 1
    maps = [node for node in every(tree, "ul") if node.get("class") == "map"]
    assert len(maps) == len(VISIONS[how])
    if language == "sv":
        assert [words(every(one, "a")[0]) for one in maps] == VISIONS[how]
    for section in every(tree, "section"):
        if section.get("id"):
            assert f'href="#{section.get("id")}"' in answer.text


def test_a_map_shows_only_what_belongs_to_its_strategy(site: Browser, how: str) -> None:
    tree = parsed(site.get("/sv/").content)
    mine = next(node for node in every(tree, "ul") if node.get("class") == "map")
    shown = words(mine)
    assert "Mätbart mål" in shown
    assert "Indikator" in shown
    assert "Uppföljningar" in shown
    assert "närhetsprincipen" not in shown
    assert ("närhetsprincipen" in words(tree)) == (how == "together")


def test_each_thing_is_negotiated_and_has_its_pages(site: Browser, how: str) -> None:
    for thing in THINGS[how]:
        turtle = site.follow(f"/id/{thing}", accept="text/turtle")
        assert (turtle.status_code, turtle.headers["content-type"]) == (
            200,
            "text/turtle; charset=utf-8",
        )
        assert f"<{BASES[how]}id/{thing}>" in turtle.text
        page = site.follow(f"/id/{thing}", accept="text/html", accept_language="sv")
        assert page.status_code == 200
        assert '<html lang="sv">' in page.text


def test_objectives_are_asked_for_with_their_values(site: Browser) -> None:
    found = rows(
        site,
        """
        SELECT ?from ?to ?first ?last ?unit {
          ?objective a strat:Objective ; strat:isMeasuredBy ?indicator ;
            strat:hasBaseline [ strat:numericValue ?from ; strat:year ?first ] ;
            strat:hasTarget [ strat:numericValue ?to ; strat:year ?last ] .
          ?indicator strat:unitOfMeasure ?unit
        } ORDER BY ?from""",
    )
    assert [tuple(row.values()) for row in found] == [
        ("51.5", "60", "2025", "2029", "procent av de röstberättigade"),
        ("62", "80", "2025", "2029", "procent"),
    ]


def test_follow_up_is_asked_for_with_what_it_reports(site: Browser) -> None:
    (found,) = rows(
        site,
        """
        SELECT ?value ?year { ?x a strat:FollowUp ; strat:reports ?v .
          ?v strat:numericValue ?value ; strat:year ?year }""",
    )
    assert found == {"value": "65", "year": "2026"}


def test_one_query_goes_over_all_strategies(site: Browser, how: str) -> None:
    found = rows(
        site,
        f"""
        SELECT DISTINCT ?name {{
          ?part strat:involves <{BASES[how]}def/actor/invanare> ; dcterms:isPartOf ?strategy .
          ?strategy a strat:Strategy ; skos:prefLabel ?name FILTER(LANG(?name) = "sv")
        }} ORDER BY ?name""",
    )
    names = ["Exempelby 2029: nära och öppet", "Finlands framgång skapas lokalt"]
    assert [row["name"] for row in found] == names[: len(VISIONS[how])]


def test_several_rights_holders_are_named(tmp_path: Path) -> None:
    root = together(tmp_path / "sources")
    path = root / "data" / "publication.toml"
    one, other = (f'"https://w3id.org/glokal/id/{x}"' for x in ("kommunforbundet", "exempelby"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"holder = {one}", f"holder = [{one}, {other}]"), encoding="utf-8")
    made = build(root, tmp_path / "releases", None, None, silent)
    with browsing(create_app(made, Settings())) as site:
        assert "Kommunförbundet och Exempelby (påhittad kommun)" in site.get("/sv/").text
