"""Queries that mean harm, and the statuses that are an honest answer to each, beside 504."""

from collections.abc import Mapping

OK = 200
INVALID = 400
NO_ENTITY = 413
TOO_DEEP = 422
NO_MEMORY = 507
TOO_LONG = 504

ANY_TRIPLE = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
DOUBLINGS = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
REPLACED = " ".join(f"BIND(REPLACE(?x{n}, 'a', 'aaaaaaaaaa') AS ?x{n + 1})" for n in range(14))
DEEP = 100_000
WIDE = 20_000


def nested(opening: str, closing: str, depth: int = DEEP, inner: str = "") -> str:
    """Brackets within brackets."""
    return opening * depth + inner + closing * depth


CORPUS: Mapping[str, tuple[str, tuple[int, ...]]] = {
    # Nesting, in every kind of bracket, closed or not.
    "braces": (f"ASK {nested('{', '}')}", (TOO_DEEP,)),
    "open braces": (f"ASK {'{' * 4 * DEEP}", (TOO_DEEP,)),
    "parentheses": (f"ASK {{ FILTER({nested('(', ')', 4 * DEEP, '1')}) }}", (TOO_DEEP,)),
    "brackets": (f"ASK {{ {nested('[ ?p ', ']', 2000, '?o')} ?q ?r }}", (OK, TOO_LONG, TOO_DEEP)),
    "collections": (f"ASK {{ {nested('(', ')', 2000, '1')} ?q ?r }}", (OK, TOO_LONG, TOO_DEEP)),
    "paths": (f"ASK {{ ?s {nested('(', ')', DEEP, '?p')} ?o }}", (INVALID, TOO_DEEP)),
    "inverse paths": (f"ASK {{ ?s {'^' * DEEP}rdf:type ?o }}", (OK, INVALID, TOO_DEEP, TOO_LONG)),
    "negations": (f"ASK {{ FILTER({'!' * 4 * DEEP}true) }}", (OK, TOO_DEEP)),
    "signs": (f"ASK {{ FILTER({'- ' * 4 * DEEP}1) }}", (OK, INVALID, TOO_DEEP)),
    "functions": (f"ASK {{ FILTER({nested('STR(', ')', DEEP, '1')}) }}", (OK, TOO_DEEP)),
    "exists": (f"ASK {nested('{ FILTER EXISTS ', '}', 20_000, '{}')}", (OK, TOO_DEEP, TOO_LONG)),
    "optionals": (f"ASK {nested('{ OPTIONAL ', '}', 5_000, '{}')}", (OK, TOO_DEEP, TOO_LONG)),
    "subqueries": (f"ASK {nested('{ SELECT * ', '}', 5_000, '{}')}", (OK, TOO_DEEP, TOO_LONG)),
    "quoted triples": (f"ASK {{ {'<<' * DEEP} }}", (INVALID, TOO_DEEP, TOO_LONG)),
    "sum of many": (
        f"ASK {{ FILTER({'+'.join('1' * 50_000)} > 0) }}",
        (OK, TOO_DEEP, TOO_LONG, NO_MEMORY),
    ),
    "many unions": (
        f"ASK {{ {' UNION '.join(['{}'] * WIDE)} }}",
        (OK, TOO_DEEP, TOO_LONG, NO_MEMORY),
    ),
    # Strings that grow.
    "doubled strings": (
        f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('ab' AS ?x0) {DOUBLINGS} }}",
        (NO_MEMORY, TOO_LONG),
    ),
    "replaced strings": (
        f"SELECT (STRLEN(?x14) AS ?n) {{ BIND('a' AS ?x0) {REPLACED} }}",
        (NO_MEMORY, TOO_LONG),
    ),
    "concatenated rows": (
        "SELECT (STRLEN(GROUP_CONCAT(CONCAT(STR(?a), STR(?d)))) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
        (NO_MEMORY, TOO_LONG),
    ),
    # Products.
    "counted product": (f"SELECT (COUNT(*) AS ?n) {{ {ANY_TRIPLE} }}", (TOO_LONG,)),
    "sorted product": (
        f"SELECT * {{ {ANY_TRIPLE} }} ORDER BY ?i LIMIT 1",
        (TOO_LONG, NO_MEMORY),
    ),
    "distinct product": (
        f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {ANY_TRIPLE} }}",
        (TOO_LONG, NO_MEMORY),
    ),
    "written product": (f"SELECT * {{ {ANY_TRIPLE} }}", (NO_ENTITY,)),
    "constructed product": (
        f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {ANY_TRIPLE} }}",
        (NO_ENTITY, TOO_LONG, NO_MEMORY),
    ),
    "grouped product": (
        f"SELECT ?a ?f (COUNT(*) AS ?n) {{ {ANY_TRIPLE} }} GROUP BY ?a ?f",
        (TOO_LONG, NO_MEMORY),
    ),
    "hashed product": (
        f"SELECT * {{ {ANY_TRIPLE} FILTER(SHA512(CONCAT(STR(?a), STR(?i))) = 'x') }}",
        (TOO_LONG,),
    ),
    "star": (
        f"SELECT * {{ {' '.join(f'?s ?p{n} ?o{n} .' for n in range(256))} }}",
        (TOO_LONG, NO_ENTITY, NO_MEMORY),
    ),
    # Paths.
    "any path": (
        "SELECT (COUNT(*) AS ?n) { ?s (!<x:x>|^!<x:x>)* ?o }",
        (OK, TOO_LONG, NO_MEMORY),
    ),
    "path of paths": (
        "SELECT (COUNT(*) AS ?n) { ?s ((!<x:x>*/!<x:y>*)*/(!<x:z>*))* ?o }",
        (TOO_LONG, NO_MEMORY),
    ),
    "sequence of paths": (f"ASK {{ ?s {'/'.join(['!<x:x>*'] * 30)} ?o }}", (OK, TOO_LONG)),
    "long path": (
        f"ASK {{ ?s {'/'.join(['rdf:type'] * WIDE)} ?o }}",
        (OK, TOO_DEEP, TOO_LONG, NO_MEMORY),
    ),
    # Regular expressions.
    "backtracking": (
        f"SELECT * {{ ?s ?p ?o FILTER(REGEX(STR(?o), '^(({'a' * 30})*)*$')) }}",
        (OK, TOO_LONG),
    ),
    "repeated repeats": (
        "ASK { ?s ?p ?o FILTER(REGEX(STR(?o), '((a{1,100}){1,100}){1,100}x')) }",
        (OK, TOO_LONG, NO_MEMORY),
    ),
    "nested groups": (
        f"ASK {{ FILTER(REGEX('a', '{nested('(', ')', 50_000, 'a')}')) }}",
        (OK, TOO_DEEP, NO_MEMORY),
    ),
    # Size.
    "huge VALUES": (f"ASK {{ VALUES ?x {{ {'1 ' * 400_000} }} }}", (OK, NO_MEMORY, TOO_LONG)),
    "huge IRI": (f"ASK {{ <http://example.org/{'a' * 900_000}> ?p ?o }}", (OK,)),
    "huge string": (f"ASK {{ ?s ?p '{'a' * 900_000}' }}", (OK,)),
    "huge name": (f"ASK {{ ?{'a' * 900_000} ?p ?o }}", (OK,)),
    "huge comment": (f"ASK {{}} #{'a' * 900_000}", (OK,)),
    "huge number": (f"ASK {{ FILTER({'9' * 900_000} > 1) }}", (OK, INVALID)),
    "many variables": (
        f"SELECT * {{ {' '.join(f'BIND({n} AS ?v{n})' for n in range(5_000))} }}",
        (OK, TOO_DEEP, TOO_LONG, NO_MEMORY),
    ),
    "many prefixes": (
        " ".join(f"PREFIX p{n}: <http://example.org/{n}>" for n in range(15_000)) + " ASK {}",
        (OK,),
    ),
    # Letters.
    "NUL": ("ASK { ?s ?p '\0' }", (OK, INVALID)),
    "NUL outside of strings": ("ASK \0 {}", (INVALID,)),
    "odd letters": ("ASK { ?s ?p '\u202e\ufffe\U0010ffff\u2028' } # \r", (OK,)),
    "escapes": (f"ASK {{ ?s ?p '{chr(92)}uD800' }}", (OK, INVALID)),
}
