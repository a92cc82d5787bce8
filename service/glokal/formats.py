"""The table of formats: key, media type, suffix, aliases; read by every part that writes one."""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)  # each is there once: identity is equality, and quick
class Format:
    """One way to write a representation.

    ``aliases`` are media types that clients send for it and that are never sent back;
    ``keeps_graphs`` tells whether it can name graphs; ``names`` are the short names that
    ``format=`` and ``output=`` take beside the key.
    """

    key: str
    media_type: str
    label: str
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    keeps_graphs: bool = False

    @property
    def suffix(self) -> str:
        """The file name ending, with its dot."""
        return "." + self.key

    @property
    def content_type(self) -> str:
        """The Content-Type header value (RFC 9110 section 8.3); text formats name UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.is_text else self.media_type

    @property
    def is_text(self) -> bool:
        """Whether the media type takes a charset parameter."""
        return self.media_type.startswith("text/")


TURTLE = Format(
    "ttl", "text/turtle", "Turtle",
    ("text/n3", "application/x-turtle", "application/turtle"), ("turtle", "n3"),
)  # fmt: skip
JSONLD = Format(
    "jsonld", "application/ld+json", "JSON-LD", ("application/json",), ("json-ld", "json")
)
RDFXML = Format(
    "rdf", "application/rdf+xml", "RDF/XML",
    ("application/xml", "text/xml"), ("rdfxml", "rdf+xml", "xml"),
)  # fmt: skip
NTRIPLES = Format("nt", "application/n-triples", "N-Triples", ("text/plain",), ("ntriples",))
TRIG = Format("trig", "application/trig", "TriG", ("application/x-trig",), keeps_graphs=True)
NQUADS = Format("nq", "application/n-quads", "N-Quads", ("text/x-nquads",), ("nquads",), True)
CSV = Format("csv", "text/csv", "CSV")
HTML = Format("html", "text/html", "HTML", ("application/xhtml+xml",))

RDF_FORMATS = (TURTLE, JSONLD, RDFXML, NTRIPLES, TRIG, NQUADS)
"""In the server's order of preference, which breaks ties of equal q."""

DATA_FORMATS = (*RDF_FORMATS, CSV)
"""Every format of a document about a thing but its pages."""

RESULTS_JSON = Format(
    "srj", "application/sparql-results+json", "JSON", ("application/json",), ("json",)
)
RESULTS_XML = Format(
    "srx", "application/sparql-results+xml", "XML", ("application/xml", "text/xml"), ("xml",)
)
RESULTS_TSV = Format("tsv", "text/tab-separated-values", "TSV")

RESULT_FORMATS = (RESULTS_JSON, RESULTS_XML, CSV, RESULTS_TSV)
"""SPARQL 1.1 results of SELECT and ASK, in the server's order of preference."""

LANGUAGES = ("sv", "fi", "en")
"""The languages of pages and labels, the default first."""


def by_suffix(path: str) -> tuple[str, Format | None, str | None]:
    """Split a document path into (path without ending, format, language).

    ``a/b.ttl`` gives ``("a/b", TURTLE, None)``, ``a/b.fi.html`` gives ``("a/b", HTML, "fi")``;
    a path without a known ending comes back whole with None for both.
    """
    for language in LANGUAGES:
        ending = f".{language}.html"
        if path.endswith(ending):
            return path.removesuffix(ending), HTML, language
    for candidate in DATA_FORMATS:
        if path.endswith(candidate.suffix):
            return path.removesuffix(candidate.suffix), candidate, None
    return path, None, None
