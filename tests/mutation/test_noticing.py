"""The quick look finds what the whole check would find, and nothing else."""

import pytest
from rdflib import Graph, URIRef
from tests.mutation.mutant import Triple
from tests.mutation.noticing import Noticing

from glokal.terms import RDF

SHAPES = """
@prefix ex: <urn:ex:> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

ex:Core a sh:NodeShape ;
    sh:targetClass ex:House ;
    sh:property ex:door .

ex:door a sh:PropertyShape ;
    sh:path ex:door ;
    sh:minCount 1 .

ex:Asked a sh:NodeShape ;
    sh:targetClass ex:Boat ;
    sh:sparql ex:mast .

ex:mast a sh:SPARQLConstraint ;
    sh:message "A boat has a mast." ;
    sh:select "SELECT $this WHERE { FILTER NOT EXISTS { $this <urn:ex:mast> ?mast } }" .
"""
DATA = """
@prefix ex: <urn:ex:> .

ex:house a ex:House ; ex:door ex:green .
ex:boat a ex:Boat ; ex:mast ex:tall .
"""


def ex(name: str) -> URIRef:
    return URIRef(f"urn:ex:{name}")


TYPE = URIRef(RDF.type)
DOOR = (ex("house"), ex("door"), ex("green"))
MAST = (ex("boat"), ex("mast"), ex("tall"))


@pytest.mark.parametrize(
    ("removed", "rule"),
    [
        ([DOOR], "urn:ex:Core"),
        ([MAST], "urn:ex:mast"),
        ([DOOR, (ex("house"), TYPE, ex("House"))], None),
        ([MAST, (ex("boat"), TYPE, ex("Boat"))], None),
        ([(ex("boat"), TYPE, ex("Boat"))], None),
    ],
)
def test_a_finding_counts_only_on_a_target_of_the_changed_data(
    removed: list[Triple], rule: str | None
) -> None:
    data = Graph().parse(data=DATA, format="turtle")
    noticing = Noticing(data, Graph().parse(data=SHAPES, format="turtle"))
    assert noticing.rule_broken_by(removed, []) == rule
    assert noticing.rule_broken_by([], []) is None, "the change was not taken back"
