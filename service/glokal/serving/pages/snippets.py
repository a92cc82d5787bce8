"""The same query in other tools: curl, Python and R.

The text stands in the quotes of each language, so that nothing in it is taken for code.
"""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Snippet:
    """A piece of code and the tool that it is for."""

    tool: str
    code: str


def snippets(endpoint: str, text: str, kind: str) -> tuple[Snippet, ...]:
    """Code that sends a query to the endpoint.

    Args:
        endpoint: the URL of the SPARQL endpoint.
        text: the query.
        kind: what it gives: ``bindings``, ``boolean`` or ``graph``.
    """
    accept = "text/turtle" if kind == "graph" else "text/csv"
    return (
        Snippet(
            "curl",
            f"curl -G {_shell(endpoint)} \\\n  -H {_shell(f'Accept: {accept}')} \\\n"
            f"  --data-urlencode query={_shell(text)}",
        ),
        Snippet("Python (SPARQLWrapper)", _PYTHON[kind].format(endpoint, _python(text))),
        Snippet("R", _R[kind].format(_r(text), json.dumps(endpoint + "?query="))),
    )


def table_snippets(url: str) -> tuple[Snippet, ...]:
    """Code that reads the table at a URL of CSV."""
    return (
        Snippet("curl", f"curl {_shell(url)}"),
        Snippet(
            "Python (pandas)",
            f"import pandas\n\ntable = pandas.read_csv({json.dumps(url)})\nprint(table)",
        ),
        Snippet("R", f"table <- read.csv({json.dumps(url)})\nprint(table)"),
    )


def address(path: str, **parameters: str) -> str:
    """A path with its parameters, those without a value left out."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{path}?{query}" if query else path


_PYTHON_BEGINNING = """from SPARQLWrapper import {0}, SPARQLWrapper

endpoint = SPARQLWrapper("{{0}}")
endpoint.setReturnFormat({0})
endpoint.setQuery({{1}})
"""
_PYTHON = {
    "bindings": _PYTHON_BEGINNING.format("JSON")
    + 'for row in endpoint.queryAndConvert()["results"]["bindings"]:\n'
    '    print({{name: term["value"] for name, term in row.items()}})',
    "boolean": _PYTHON_BEGINNING.format("JSON") + 'print(endpoint.queryAndConvert()["boolean"])',
    "graph": "from rdflib import Graph\n"
    + _PYTHON_BEGINNING.format("TURTLE")
    + "graph = Graph().parse(data=endpoint.queryAndConvert())\nprint(len(graph))",
}
_R_BEGINNING = "query <- {0}\nurl <- paste0({1}, URLencode(query, reserved = TRUE)"
_R_TABLE = _R_BEGINNING + ', "&format=csv")\ntable <- read.csv(url)\nprint(table)'
_R = {
    "bindings": _R_TABLE,
    "boolean": _R_TABLE,
    "graph": _R_BEGINNING + ', "&format=ttl")\nwriteLines(readLines(url, encoding = "UTF-8"))',
}


def _shell(text: str) -> str:
    """A word in single quotes (POSIX shell, section 2.2.2)."""
    return "'" + text.replace("'", "'\\''") + "'"


def _python(text: str) -> str:
    """A string in triple quotes; a quotation mark at its end or in threes is escaped."""
    body = re.sub(r'"(?=""|$)', r'\\"', text.replace("\\", "\\\\").replace("\r", "\\r"))
    return f'"""{body}"""'


def _r(text: str) -> str:
    """A raw string (R 4.0), with as many dashes as it takes."""
    dashes = ""
    while f'){dashes}"' in text:
        dashes += "-"
    return f'r"{dashes}({text}){dashes}"'
