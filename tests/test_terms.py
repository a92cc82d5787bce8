import pytest

from glokal.terms import BASE, OA, PREFIXES, RDF, SKOS, STRAT, Namespace, graph_iri


def test_a_term_is_its_iri() -> None:
    assert SKOS.prefLabel == "http://www.w3.org/2004/02/skos/core#prefLabel"
    assert OA.prefix == "http://www.w3.org/ns/oa#prefix"
    assert PREFIXES["rdf"] == RDF.iri


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(AttributeError, match="skos:preflabel"):
        getattr(SKOS, "pref" + "label")


def test_a_term_that_an_attribute_would_hide_is_refused() -> None:
    with pytest.raises(ValueError, match="iri"):
        Namespace("ex", "https://example.org/", "iri other")


def test_only_our_own_names_are_rebased() -> None:
    assert STRAT.rebased("http://localhost/").Goal == "http://localhost/def/strategy#Goal"
    assert SKOS.rebased("http://localhost/") is SKOS


def test_a_graph_has_an_iri_by_its_key() -> None:
    assert graph_iri("text") == f"{BASE}id/graph/text"
    with pytest.raises(KeyError, match="txt"):
        graph_iri("txt")
