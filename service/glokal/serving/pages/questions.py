"""From a page to the query that gives what stands on it."""

from collections.abc import Mapping

from glokal.serving.pages.examples import Examples
from glokal.serving.pages.messages import Messages
from glokal.serving.pages.model import Link, Text
from glokal.serving.pages.snippets import address

PATH = "/{}/query"
"""The query page, by language."""
FACTS = """SELECT ?graph ?relation ?value
WHERE {{
  GRAPH ?graph {{ <{}> ?relation ?value }}
}}
ORDER BY ?graph ?relation ?value"""
"""What is said of a thing, and by whom."""
HOME, QUALITY = "05-commitments-by-priority", "20-explicit-and-read"
"""The examples that give what these pages show; a publication without them has no such link."""
EVIDENCE, THING = "03-evidence", "thing"
"""The example about the words behind a thing, and its parameter."""


class Questions:
    """Links to the query page."""

    def __init__(self, examples: Examples, messages: Mapping[str, Messages]) -> None:
        self._examples = examples
        self._messages = messages

    def example(self, name: str, language: str) -> Link | None:
        """The link to an example, called by its title; None where there is none."""
        example = self._examples.all.get(name)
        if example is None:
            return None
        title = Text(example.query.titles.get(language, name), language)
        return Link(title, address(PATH.format(language), example=name))

    def about(self, thing: str, language: str, evidenced: bool) -> tuple[Link, ...]:
        """Queries about a thing: what is said of it, and the words that say it."""
        here, say = PATH.format(language), self._messages[language]
        links = [Link(Text(say("query.facts")), address(here, query=FACTS.format(thing)))]
        if evidenced and EVIDENCE in self._examples.all:
            href = address(here, example=EVIDENCE, **{THING: thing})
            links.append(Link(Text(say("query.words")), href))
        return tuple(links)
