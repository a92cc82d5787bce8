"""The mutants are made, and noticed; all of them by `make mutate`, a sample here."""

import random

import pytest
from rdflib import Literal, URIRef
from tests.mutation.mutant import Mutant
from tests.mutation.mutants import TRIPLE_KINDS
from tests.mutation.published import GRAPH_KEYS, Published, be_quiet
from tests.mutation.survivors import reason_for

from glokal.terms import RDF, SKOS

SEED = 1
SAMPLE = 300
GOAL = 0.97
WHOLE = {"individual removed", "individual orphaned"}


@pytest.fixture(scope="module")
def published() -> Published:
    be_quiet()
    return Published()


@pytest.fixture(scope="module")
def mutants(published: Published) -> list[Mutant]:
    return list(published.mutants(SEED))


def test_every_kind_is_made_in_the_text_graph(mutants: list[Mutant]) -> None:
    made = {mutant.kind for mutant in mutants if mutant.graph == "text"}
    assert made == {*TRIPLE_KINDS, *WHOLE}


def test_every_triple_of_every_graph_is_deleted_in_turn(mutants: list[Mutant]) -> None:
    deleted = [mutant.removed for mutant in mutants if mutant.kind == "deleted"]
    assert len(deleted) == len(set(deleted)) > 10_000
    assert {mutant.graph for mutant in mutants} == set(GRAPH_KEYS)


def test_a_mutant_changes_something(mutants: list[Mutant]) -> None:
    assert all(set(mutant.removed) != set(mutant.added) for mutant in mutants)


def test_the_same_seed_makes_the_same_mutants(published: Published, mutants: list[Mutant]) -> None:
    again = list(published.mutants(SEED))
    assert again == mutants
    assert list(published.mutants(SEED + 1)) != mutants


def test_what_is_not_changed_is_not_noticed(published: Published) -> None:
    assert not published.noticed_by_check([])


def test_a_sample_of_the_text_graph_is_noticed(published: Published, mutants: list[Mutant]) -> None:
    of_the_text = [mutant for mutant in mutants if mutant.graph == "text"]
    sample = random.Random(SEED).sample(of_the_text, SAMPLE)  # noqa: S311
    survivors = published.survivors(published.overlooked(sample))
    assert 1 - len(survivors) / SAMPLE >= GOAL
    assert [str(mutant) for mutant in survivors if reason_for(mutant) is None] == []


def test_what_is_noticed_in_passing_is_noticed_by_the_whole_check(
    published: Published, mutants: list[Mutant]
) -> None:
    for mutant in random.Random(SEED).sample(mutants, 2):  # noqa: S311
        if not published.overlooked([mutant]):
            assert published.noticed_by_check([mutant]), mutant


def test_a_survivor_that_no_reason_fits_has_none() -> None:
    triple = (URIRef("urn:a"), URIRef(RDF.type), URIRef("urn:b"))
    assert reason_for(Mutant("deleted", "text", (triple,))) is None
    label = (URIRef("urn:a"), URIRef(SKOS.altLabel), Literal("a", lang="sv"))
    assert "alternative label" in str(reason_for(Mutant("deleted", "text", (label,))))
