"""What the guard refuses, and what it must let through."""

import itertools

import pytest
from pyoxigraph import Store

from glokal.errors import QueryRefused
from glokal.serving.sparql.guard import examine

PREFIXES = {
    "": "http://127.0.0.1:1/",
    "ex": "http://127.0.0.1:1/",
    "service": "http://127.0.0.1:1/",
}

CALLS = [
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE?endpoint{ ?s ?p ?o } }",
    "SELECT * { SERVICE\n# a comment\nex:a { ?s ?p ?o } }",
    "SELECT * { { SELECT * { OPTIONAL { SERVICE ex:a {} } } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE ex:a {} } }",
    "SELECT * { ?s ?p ?o . FILTER(?o < 3) SERVICE ex:a {} }",
    "SELECT * { ?s ?p ?o . FILTER(?s<?o)SERVICE#>\n?x {} }",
    "SELECT * { ?s ?p ?o . FILTER(?s<ex:o)SERVICE#>\nex:x {} }",
    'SELECT * { ?s ?p ?o . FILTER(?s<?o#> """\n) SERVICE ex:x {} #"""\n }',
    "SELECT * { ?s ?p ?o . FILTER(?s<'>')SERVICE ex:x{} BIND('<' AS ?q) }",
    "SELECT * { ?s ?p ?o . FILTER(?s<<http://example.org/#>) SERVICE ex:x {} }",
    "SELECT * { ?s ?p ?o . FILTER(EXISTS{?s ?p ?o}<?o)SERVICE#>\n?x {} }",
    'SELECT * { ?s ?p "a\\"" . SERVICE ex:a {} # " }',
    "SELECT * { ?s ?p '''it''s \\''' SERVICE''' . SERVICE ex:a {} }",
    "SELECT * { ?s ?p ex:. SERVICE ex:a {} }",
    "SELECT * { ?s ?p ex:.SERVICE<http://example.org/>{} }",
    "SELECT * { ?s ?p true.SERVICE<http://example.org/>{} }",
    "SELECT * { ?s ?p 1.SERVICE<http://example.org/>{} }",
    "SELECT * { ?s ?p 1e5SERVICE<http://example.org/>{} }",
    "SELECT * { <<?s?p'>'>> ?p ?o . SERVICE ex:a {} }",
    "SELECT * { SERVICEex:a{} }",
    "SELECT * { SERVICE:a{} }",
    "SELECT * { SERVICESILENTex:a{} }",
    "SELECT * { ?s ?p trueSERVICEex:a{} }",
]

UPDATES = [
    "INSERT DATA { ex:a ex:b ex:c }",
    "insert{ ?s ?p ?o } where { ?s ?p ?o }",
    "PREFIX ex: <http://example.org/> DELETE WHERE { ?s ?p ?o }",
    "BASE <http://example.org/#> # a comment\nLOAD <a>",
    "CLEAR ALL",
    "CREATE GRAPH ex:g",
    "DROP SILENT DEFAULT",
    "COPY ex:a TO ex:b",
    "MOVE ex:a TO ex:b",
    "ADD ex:a TO ex:b",
    "WITH ex:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
]

HARMLESS = [
    "",
    "SELECT * { ?s ?p ?o }",
    "PREFIX service: <http://example.org/> SELECT * { ?s service:a service:b }",
    "SELECT * { GRAPH service:a { ?s ?p ?o } }",
    "SELECT * { ?s ex:service ex:load ; ex:insert ?delete , $SERVICE }",
    'SELECT * { ?s ?p "SERVICE <http://example.org/> { }" }',
    "SELECT * { ?s ?p 'it\\'s SERVICE' , \"\"\"a \"SERVICE\" \"\"\" , '''SERVICE ''' }",
    "SELECT * { ?s ?p <http://example.org/SERVICE> , <SERVICE> , <#SERVICE> }",
    "SELECT * { ?s ?p <http://example.org/#a)> . } # SERVICE <a> { }",
    'SELECT * { ?s ?p "a"@service , _:service , ex:a.service , ex:\\#service }',
    "SELECT * { ?s ?p ?o FILTER(?s<?o&&?o>?s) FILTER(?s <= ?o || ?o >= 3) }",
    'SELECT * { VALUES (?a ?b) { (1 <http://example.org/#a>) ("x" <#\'>) } }',
    'SELECT * { (?a <http://example.org/#\'>) ?p "SERVICE" }',
    'SELECT * { <<ex:a ex:b ex:c>> ?p "SERVICE" }',
    "SELECT * { ?s ex:p?/ex:q* ?o }",
    "SELECT ?load ?clear (COUNT(?drop) AS ?add) { ?s ?p ?o } ORDER BY ?move",
    "# INSERT DATA { }\nASK { ?s ?p ?o }",
    "PREFIX load: <http://example.org/> ASK { ?s load:with ?o }",
    "SELECT * { ?s ?p 'not closed",
    "SELECT * { ?s ?p ?o FILTER(?s < ",
    "}}}}))))",
]


@pytest.mark.parametrize("text", CALLS)
def test_a_call_of_another_endpoint_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused, match=r"^SERVICE is not allowed|^It is not clear"):
        examine(text)


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused, match="read-only"):
        examine(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_query_passes(text: str) -> None:
    assert not examine(text).names_dataset


@pytest.mark.parametrize(
    ("text", "names_dataset"),
    [
        ("SELECT * FROM ex:g { ?s ?p ?o }", True),
        ("SELECT*FROM<http://example.org/>{ ?s ?p ?o }", True),
        ("ask from named ex:g { graph ?g { ?s ?p ?o } }", True),
        ("DESCRIBE ex:a FROM ex:g", True),
        ("CONSTRUCT { ?s ?p ?o } FROM ex:g WHERE { ?s ?p ?o }", True),
        ('SELECT ?FROM { ?FROM ex:from "FROM" }', False),
        ("DESCRIBE from:a", False),
        ("DESCRIBE <FROM> # FROM ex:g", False),
    ],
)
def test_a_named_dataset_is_seen(text: str, names_dataset: bool) -> None:
    assert examine(text).names_dataset is names_dataset


def test_an_unclear_comparison_says_what_to_change() -> None:
    with pytest.raises(QueryRefused, match="put a space after the <"):
        examine("SELECT * { ?s ?p ?o FILTER(?s<ex:o#>\n) FILTER(?o = 'service') }")


BEFORE = [
    "", "?s ?p ?o", "?s ?p ?o .", "?s ?p ex:", "?s ?p ex:.", "?s ?p ex:a.b.", "?s ?p true",
    "?s ?p 1.", "?s ?p 'a'", "?s ?p _:a .", "?s ?p <a#'>", "OPTIONAL{}", "BIND(1 AS ?x)",
    "FILTER(?s<?o)", "FILTER(?s<ex:o)", "FILTER(1<2)", "FILTER(?s<'a')", "FILTER(?s<<b#>)",
    "VALUES ?s{<a#>}", "(1 <a#>) ?p ?o", "FILTER(true<?b&&'>'!=?c)",
]  # fmt: skip
KEYWORDS = ["SERVICE", "service SILENT", "SERVICESILENT", "SERVICE#>\n", "SERVICE #'''\n"]
TARGETS = ["ex:a", ":a", "?x", "<b>"]


def test_what_the_engine_would_call_is_refused() -> None:
    store = Store()

    def parses(text: str) -> bool:
        try:
            store.query(text, prefixes=PREFIXES, base_iri="http://127.0.0.1:1/")
        except SyntaxError:
            return False
        except (OSError, RuntimeError):  # it tried, and the port is a forbidden one
            return True
        return True

    called = 0
    for parts in itertools.product(BEFORE, ["", " ", "#>\n"], KEYWORDS, TARGETS):
        text = f"SELECT * {{{''.join(parts)}{{?s ?p ?o}}}}"
        position = text.lower().index("service")
        without = f"{text[:position]}SERVICX{text[position + 7 :]}"
        if parses(text) and not parses(without):
            called += 1
            with pytest.raises(QueryRefused):
                pytest.fail(f"{text!r} passes as {examine(text)}")
    assert called > 500
