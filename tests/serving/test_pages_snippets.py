"""The same query in other tools: code that runs, whatever the text holds."""

import ast
import re
import shlex

import pytest

from glokal.serving.pages.snippets import address, snippets, table_snippets

ENDPOINT = "https://example.org/sparql"
KINDS = ("bindings", "boolean", "graph")
TEXTS = (
    "SELECT * { ?s ?p ?o }",
    'SELECT * { ?s ?p "it\'s", """a "quoted" word""" }',
    "SELECT ?a { BIND ('''\\\\n' \\t''' AS ?a) }\n# ends in \"",
    'a)" b)-" c)--" {0} {1} %s $x `y` \\',
    '""""""',
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", KINDS)
def test_curl_gets_the_very_text(kind: str, text: str) -> None:
    words = shlex.split(snippets(ENDPOINT, text, kind)[0].code.replace("\\\n", ""))
    assert words[:3] == ["curl", "-G", ENDPOINT]
    assert words[-1] == f"query={text}"


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", KINDS)
def test_python_gets_the_very_text(kind: str, text: str) -> None:
    tree = ast.parse(snippets(ENDPOINT, text, kind)[1].code)
    strings = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    assert {ENDPOINT, text} <= strings


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", KINDS)
def test_r_gets_the_very_text(kind: str, text: str) -> None:
    code = snippets(ENDPOINT, text, kind)[2].code
    raw = re.match(r'query <- r"(-*)\((.*?)\)\1"\n', code, re.DOTALL)
    assert raw
    assert raw[2] == text
    assert f'paste0("{ENDPOINT}?query=", URLencode(query, reserved = TRUE)' in code


def test_a_table_is_read_from_its_url() -> None:
    url = "https://example.org/queries/01-x.csv?language=fi"
    curl, pandas, r = table_snippets(url)
    assert shlex.split(curl.code) == ["curl", url]
    assert f'read_csv("{url}")' in pandas.code
    assert f'read.csv("{url}")' in r.code


def test_addresses() -> None:
    assert address("/sv/query") == "/sv/query"
    assert address("/q", query="a b&c", offset="") == "/q?query=a+b%26c"
