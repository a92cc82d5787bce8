"""What surrounds every page: title, navigation, languages, data formats, rights."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from glokal.formats import DATA_FORMATS, LANGUAGES
from glokal.release import Release
from glokal.serving.pages.graph import Graph
from glokal.serving.pages.labels import Labels
from glokal.serving.pages.links import Links
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Download, Frame, Link, Text
from glokal.terms import OWL

NO_BREAK = "\u00a0"
STATIC = Path(__file__).parents[2] / "static"
STYLESHEET = STATIC / "site.css"
EDITOR = STATIC / "editor.js"


class Frames:
    """The frames of all pages of a release."""

    def __init__(
        self,
        graph: Graph,
        labels: Labels,
        links: Links,
        messages: Mapping[str, Messages],
        release: Release,
    ) -> None:
        self._graph = graph
        self._labels = labels
        self._links = links
        self._messages = messages
        self._manifest = release.manifest
        self._publication: Mapping[str, Any] = release.manifest.publication
        self._stylesheet = _address(STYLESHEET)
        self._editor = _address(EDITOR)

    def home(self, language: str) -> Frame:
        """The frame of the home page."""
        return self._frame(
            language,
            self._publication["title"][language],
            self._publication["description"][language],
            {other: f"/{other}/" for other in LANGUAGES},
            "/",
            tuple(
                Download(f.label, f"/releases/latest/dataset{f.suffix}", f.media_type)
                for f in DATA_FORMATS
            ),
        )

    def thing(self, iri: str, kind: str, label: str, language: str) -> Frame:
        """The frame of the page about one thing."""
        title = f"{label} ({kind.lower()})" if kind else label
        return self._frame(
            language,
            title,
            f"{title}. {self._publication['title'][language]}",
            self._links.pages(iri),
            self._links.document(iri) or "",
            self._links.downloads(iri),
        )

    def quality(self, language: str) -> Frame:
        """The frame of the quality page."""
        say = self._messages[language]
        paths = {other: f"/{other}/quality" for other in LANGUAGES}
        return self._frame(language, say("quality.title"), say("quality.intro"), paths, "", ())

    def query(self, asked: str, language: str) -> Frame:
        """The frame of the query page; ``asked`` is what its address says after the path."""
        say = self._messages[language]
        paths = {other: f"/{other}/query{asked}" for other in LANGUAGES}
        frame = self._frame(
            language, say("query.heading"), say("query.intro"), paths, f"/query{asked}", ()
        )
        return replace(frame, script=self._editor)

    def error(self, key: str, language: str) -> Frame:
        """The frame of an error page, which has no address of its own."""
        title = self._messages[language](f"error.{key}.title")
        return self._frame(language, title, title, {}, "", ())

    def _frame(
        self,
        language: str,
        title: str,
        description: str,
        paths: dict[str, str],
        either: str,
        downloads: tuple[Download, ...],
    ) -> Frame:
        publication = self._publication
        name = publication["publisher"]["name"]
        holders = rights_holders(publication)
        return Frame(
            language,
            name,
            f"{title} – {name}",
            description,
            self._stylesheet,
            self._navigation(language),
            paths,
            either,
            downloads,
            self._version(language),
            Link(Text(licence_name(publication["licence"])), publication["licence"]),
            self._holder(holders, language),
            publication["publisher"]["iri"] in holders,
            str(publication.get("contact", {}).get("email", "")),
        )

    def _holder(self, holders: list[str], language: str) -> Text:
        labels = [self._labels.label(holder, language) for holder in holders]
        words = self._messages[language].joined([label.words for label in labels])
        return Text(words, labels[0].language)

    def _version(self, language: str) -> str:
        say = self._messages[language]
        issued = say.date(str(self._publication["issued"]))
        return say("version.label", version=self._manifest.version, date=issued)

    def _navigation(self, language: str) -> tuple[Link, ...]:
        """Home, the source texts, the ontologies, queries, quality, data; found by class."""
        say, graph = self._messages[language], self._graph
        several = len(graph.instances(graph.strat.Strategy)) > 1
        documents = self._pages(graph.strat.StrategyDocument, "text", language)
        ontologies = self._pages(OWL.Ontology, "ontology", language)
        return (
            Link(Text(say("nav.strategies" if several else "nav.strategy")), f"/{language}/"),
            # Several source texts are told apart by their own names.
            *(
                Link(Text(say("nav.document")) if len(documents) == 1 else name, href)
                for name, href in documents
            ),
            *(Link(Text(say("nav.ontology")), href) for _, href in ontologies),
            Link(Text(say("nav.query")), f"/{language}/query"),
            Link(Text(say("nav.quality")), f"/{language}/quality"),
            Link(Text(say("nav.data")), "/releases/latest"),
        )

    def _pages(self, kind: str, where: str, language: str) -> list[tuple[Text, str]]:
        """Name and path of each instance of a class that has a page."""
        return [
            (self._labels.label(iri, language), self._links.page(iri, language))
            for iri in self._graph.instances(kind, where)
            if self._links.document(iri)
        ]


def _address(file: Path) -> str:
    """The path of a static file, new with each content."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    return f"/static/{file.name}?v={digest}"


def rights_holders(publication: Mapping[str, Any]) -> list[str]:
    """The IRIs of those who hold the rights to the wording: one in the publication, or a list."""
    holder = publication["rights"]["holder"]
    return [holder] if isinstance(holder, str) else list(holder)


def licence_name(iri: str) -> str:
    """The short name of a Creative Commons licence, or the IRI of another one."""
    host, _, path = iri.rstrip("/").partition("creativecommons.org/licenses/")
    return f"CC{NO_BREAK}{path.replace('/', NO_BREAK).upper()}" if host == "https://" else iri
