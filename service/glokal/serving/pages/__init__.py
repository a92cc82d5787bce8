"""The pages that people read: home, things, source text, ontology, errors.

A page is built in two steps: a frozen value (``model``) is read from the store, and a
template writes it. No page holds knowledge of its own.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyoxigraph import Store

from glokal.errors import GlokalError
from glokal.release import Release
from glokal.serving.pages.completions import Completions
from glokal.serving.pages.evidence import Evidences
from glokal.serving.pages.frame import Frames
from glokal.serving.pages.graph import Graph
from glokal.serving.pages.home import Home
from glokal.serving.pages.labels import Labels
from glokal.serving.pages.links import Links
from glokal.serving.pages.messages import Messages, read_messages
from glokal.serving.pages.model import ErrorPage, Frame
from glokal.serving.pages.quality import Quality
from glokal.serving.pages.query import Asked, Queries
from glokal.serving.pages.questions import Questions
from glokal.serving.pages.sentences import Sentences
from glokal.serving.pages.strategies import Maps
from glokal.serving.pages.thing import Things
from glokal.serving.sparql.protocol import Answer

TEMPLATES = Path(__file__).parents[2] / "templates"


class Pages:
    """Every page of a release, as bytes of UTF-8 HTML; a pure function of its arguments."""

    def __init__(self, store: Store, release: Release) -> None:
        """Read the message catalogues and compile the templates.

        Raises:
            MessageMissing: a message catalogue is not complete.
        """
        graph = Graph(store, release.manifest.base)
        self._messages = read_messages()
        self._links = Links(graph.base)
        labels = Labels(graph, self._messages)
        self.queries = Queries(graph, labels, self._links, self._messages)
        sentences = Sentences(graph, labels, self._links, self._messages)
        evidences = Evidences(graph, labels, self._links)
        maps = Maps(graph, labels, sentences, evidences, self._messages)
        questions = Questions(self.queries.examples, self._messages)
        self._home = Home(graph, maps, release, questions)
        self._things = Things(
            graph, labels, self._links, sentences, evidences, self._messages, release, questions
        )
        self._quality = Quality(graph, labels, self._links, self._messages, release, questions)
        self._completions = Completions(graph, labels)
        self._frames = Frames(graph, labels, self._links, self._messages, release)
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def home(self, language: str) -> bytes:
        """The home page: each strategy at a glance."""
        page = self._home.page(language)
        return self._write("home.html", self._frames.home(language), page)

    def thing(self, iri: str, language: str) -> bytes:
        """The page about the thing with this IRI.

        Raises:
            NotFound: the release says nothing about it.
        """
        page = self._things.page(iri, language)
        frame = self._frames.thing(page.iri, page.kind, page.wording.text.words, language)
        return self._write("thing.html", frame, page)

    def quality(self, language: str) -> bytes:
        """The quality page: coverage of the text, findings of the check, size of the graphs."""
        page = self._quality.page(language)
        return self._write("quality.html", self._frames.quality(language), page)

    def query(self, asked: Asked, found: Answer | GlokalError | None, language: str) -> bytes:
        """The query page.

        Args:
            asked: what a request asks, by ``queries.asked``.
            found: the answer, the error, or None where nothing was run.
            language: one of ``formats.LANGUAGES``.
        """
        page = self.queries.page(asked, found, language)
        return self._write("query.html", self._frames.query(page.asked, language), page)

    def completions(self, language: str) -> bytes:
        """What the query field completes, as JSON."""
        return self._completions.json(language)

    def example(self, asked: Asked, found: Answer | GlokalError | None, language: str) -> bytes:
        """The page of an example query, by ``queries.example``, with what it gives.

        Raises:
            BadRequest: nothing of an example was asked.
        """
        page = self.queries.example_page(asked, found, language)
        kind = self._messages[language]("query.example")
        frame = self._frames.thing(page.iri, kind, page.title, language)
        return self._write("example.html", frame, page)

    def error(self, status: int, language: str, path: str) -> bytes:
        """The page for an answer with an error status (RFC 9110 section 15.5 and 15.6).

        Args:
            status: the HTTP status; any of 400 to 599.
            language: one of ``formats.LANGUAGES``.
            path: the path that was asked for, as text.
        """
        known = (None, f"error.{status}.title") in self._messages[language].forms
        key = str(status) if known else f"{status // 100}xx"
        formats = self._links.formats(path) if status == 406 else ()
        page = ErrorPage(status, key, path, formats)
        return self._write("error.html", self._frames.error(key, language), page)

    def _write(self, template: str, frame: Frame, page: object) -> bytes:
        say: Messages = self._messages[frame.language]
        written = self._templates.get_template(template).render(frame=frame, page=page, say=say)
        return written.encode()


__all__ = ["Pages"]
