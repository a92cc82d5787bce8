from rdflib import RDF, BNode, Graph, URIRef

from glokal.publishing.lists import name_lists

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix x: <https://example.org/#> .
x:A sh:or ( x:p x:q x:r ) ; sh:in ( 1 ) .
x:B sh:or ( x:z ) , ( x:a ) .
"""


def test_each_cell_of_a_list_gets_an_iri_from_its_owner() -> None:
    named = name_lists(Graph().parse(data=SHAPES, format="turtle"))
    assert not [node for node in named.all_nodes() if isinstance(node, BNode)]
    base = "https://example.org/#"
    cells = {str(cell).removeprefix(base) for cell in named.subjects(RDF.first)}
    assert cells == {
        "A-list-1", "A-list-2", "A-list-2-2", "A-list-2-3", "B-list-1", "B-list-2",
    }  # fmt: skip
    assert named.value(URIRef(base + "B-list-1"), RDF.first) == URIRef(base + "a")
    assert list(named.items(URIRef(base + "A-list-2"))) == [
        URIRef(base + name) for name in ("p", "q", "r")
    ]


def test_the_names_do_not_depend_on_the_order_of_the_file() -> None:
    original = Graph().parse(data=SHAPES, format="turtle")
    triples = sorted(original)
    for ordered in (triples, list(reversed(triples)), triples[5:] + triples[:5]):
        again = Graph()
        for triple in ordered:
            again.add(triple)
        assert set(name_lists(again)) == set(name_lists(original))


def test_the_list_of_a_path_keeps_its_blank_nodes() -> None:
    text = "@prefix sh: <http://www.w3.org/ns/shacl#> . <a:a> sh:path ( <a:p> <a:q> ) ."
    named = name_lists(Graph().parse(data=text, format="turtle"))
    assert [node for node in named.all_nodes() if isinstance(node, BNode)]
