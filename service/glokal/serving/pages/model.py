"""What the templates get: one frozen value per page and per part of a page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Words and their language; the language is empty where they belong to none."""

    words: str
    language: str = ""


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere.

    ``title`` tells whether it names a work or a part of one (``<cite>``); ``note`` is a
    word after it, such as its kind or that an editor read it so.
    """

    text: Text
    href: str
    title: bool = False
    note: str = ""


Part = Text | Link
Sentence = tuple[Part, ...]
"""Running text: words of the page, words of the data and links, in order."""


@dataclass(frozen=True)
class Wording:
    """A label with the status of its words; ``own`` means not written by the project.

    ``anchor`` is the fragment of the label's own IRI, where it has one.
    """

    text: Text
    language_name: str
    status: str
    own: bool
    anchor: str = ""


@dataclass(frozen=True)
class Evidence:
    """Words of the source: a sentence with the exact words that count.

    ``before``, ``exact`` and ``after`` are verbatim; ``cut_before`` and ``cut_after`` tell
    whether the sentence was cut there. ``start`` and ``end`` count code points of the
    source text, end exclusive. ``name`` is what the sentence is called in running text
    ("sentence 25"); ``href`` leads to it on the page of the source, and ``deep_href`` makes
    a browser mark the exact words there.
    """

    before: str
    exact: str
    after: str
    language: str
    name: str
    start: int
    end: int
    href: str
    deep_href: str
    cut_before: bool = False
    cut_after: bool = False
    translation: Text | None = None


@dataclass(frozen=True)
class Relation:
    """One row of a thing's page: what is said, and what says it.

    ``remark`` is a further sentence about a value; ``by`` names rule, source or editor.
    """

    sentence: Sentence
    evidence: tuple[Evidence, ...] = ()
    remark: str = ""
    by: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Group:
    """Rows of one kind; ``key`` is explicit, implicit, context, inferred or interpretation."""

    key: str
    relations: tuple[Relation, ...]


@dataclass(frozen=True)
class Pointers:
    """What points here by one relation: a heading (the kind), the relation, the things."""

    heading: str
    relation: str
    things: tuple[Link, ...]


@dataclass(frozen=True)
class Download:
    """A data file: its name, path and media type."""

    label: str
    href: str
    media_type: str


@dataclass(frozen=True)
class Frame:
    """What surrounds every page.

    ``path`` holds the page's own path by language; ``either`` is the path that lets the
    client's language decide (hreflang x-default); empty for errors, which have no address.
    ``official`` tells whether the publisher holds the rights to the wording itself;
    ``script`` is the path of a script that the page is complete without.
    """

    language: str
    name: str
    title: str
    description: str
    stylesheet: str
    navigation: tuple[Link, ...]
    paths: dict[str, str]
    either: str
    downloads: tuple[Download, ...]
    version: str
    licence: Link
    holder: Text
    official: bool
    contact: str
    script: str = ""


@dataclass(frozen=True)
class TableRow:
    """A property and its values, for resources that have no page of their own kind."""

    property: Link
    values: tuple[Part, ...]


@dataclass(frozen=True)
class Table:
    """The properties of one node; ``anchor`` and ``heading`` are empty for the resource itself."""

    anchor: str
    heading: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class Note:
    """What one sentence of the source is evidence of."""

    number: str
    name: str
    anchor: str
    things: tuple[Link, ...]
    relations: tuple[tuple[Sentence, bool], ...]
    readings: int


@dataclass(frozen=True)
class Segment:
    """A sentence or heading of the source text: fragment id, number, name, words."""

    anchor: str
    number: str
    name: str
    words: str
    heading: bool


@dataclass(frozen=True)
class Paragraph:
    """Segments that stand together, their translation and the notes beside them."""

    segments: tuple[Segment, ...]
    translations: tuple[Wording, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class SourceText:
    """The text of a document, whole."""

    language: str
    paragraphs: tuple[Paragraph, ...]
    furniture: tuple[Segment, ...]
    length: int
    checksum: str


@dataclass(frozen=True)
class Rule:
    """A rule of the shapes: its id, what it tells an editor, where it stands."""

    id: str
    words: str
    href: str


@dataclass(frozen=True)
class Use:
    """How many things use a term, and the first of them."""

    count: int
    first: tuple[Link, ...]


@dataclass(frozen=True)
class Term:
    """One term of an ontology, with its fragment id, prefixed name and facts as (name, parts).

    ``alike`` are terms of vocabularies that have no addresses, in words.
    """

    anchor: str
    name: str
    label: Text
    definition: Text | None
    example: Text | None
    notes: tuple[Text, ...]
    facts: tuple[tuple[str, tuple[Part, ...]], ...]
    alike: tuple[Text, ...]
    use: Use
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Section:
    """Terms of one kind under a heading with a note."""

    key: str
    heading: str
    note: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Ontology:
    """An ontology: facts about it, the file of its class diagram and the drawing, its terms."""

    header: tuple[tuple[str, tuple[Part, ...]], ...]
    diagram: Download | None
    drawing: str
    sections: tuple[Section, ...]
    schemes: tuple[Link, ...]


@dataclass(frozen=True)
class ThingPage:
    """A page about one resource; what does not apply is empty.

    ``kind`` is its class; ``wording`` its label in the page's language; ``others`` the
    labels in the other languages; ``editorial`` what an editor notes about it; ``sentence``
    what a statement says and ``reading`` whether an editor read it so; ``lead`` its own words
    in the source; ``questions`` lead to queries about it.
    """

    iri: str
    crumbs: tuple[Link, ...]
    kind: str
    wording: Wording
    others: tuple[Wording, ...] = ()
    also: tuple[Text, ...] = ()
    definition: Text | None = None
    notes: tuple[Text, ...] = ()
    editorial: tuple[Text, ...] = ()
    sentence: Sentence = ()
    reading: bool = False
    lead: tuple[tuple[Evidence, ...], ...] = ()
    groups: tuple[Group, ...] = ()
    pointers: tuple[Pointers, ...] = ()
    tables: tuple[Table, ...] = ()
    source: SourceText | None = None
    ontology: Ontology | None = None
    questions: tuple[Link, ...] = ()


@dataclass(frozen=True)
class ErrorPage:
    """An answer that is no page: status, what was asked, formats that would do."""

    status: int
    key: str
    path: str
    formats: tuple[Download, ...]
