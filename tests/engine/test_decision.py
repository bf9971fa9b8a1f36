"""The rule of adoption: by the co-chairs after the window, or by all on any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.engine.decision import (
    Assertion,
    Ballot,
    Counted,
    DecisionState,
    Voter,
    decide,
)

DAY = date(2026, 3, 2)
UNTIL = date(2026, 3, 22)
VOTERS = (
    Voter("Aoki", "JP", is_chair=True),
    Voter("Endo", "JP", alternate_of="Aoki"),
    Voter("Bat", "MN", is_chair=True),
    Voter("Dorj", "MN", alternate_of="Bat"),
    Voter("Chiba", "JP"),
    Voter("Enkh", "MN"),
)
YES, NO = Ballot.AFFIRM, Ballot.NEGATIVE


def said(*facts: tuple[str, Ballot, int]) -> list[Assertion]:
    return [
        Assertion(name, ballot, DAY + timedelta(days=n)) for name, ballot, n in facts
    ]


def counted(after: int, *facts: tuple[str, Ballot, int]) -> Counted:
    return decide(VOTERS, DAY, said(*facts), DAY + timedelta(days=after))


CHAIRS = (("Aoki", YES, 1), ("Bat", YES, 2))
ALL = (*CHAIRS, ("Chiba", YES, 3), ("Enkh", YES, 4))


@pytest.mark.parametrize(
    ("after", "facts", "state", "on"),
    [
        (0, (), DecisionState.OPEN, None),
        (20, CHAIRS, DecisionState.OPEN, None),
        (21, CHAIRS, DecisionState.ADOPTED_BY_CHAIRS, UNTIL + timedelta(days=1)),
        (21, (("Aoki", YES, 1),), DecisionState.LAPSED, None),
        (30, (("Aoki", YES, 1), ("Dorj", YES, 25)), DecisionState.ADOPTED_BY_CHAIRS,
         DAY + timedelta(days=25)),
        (30, (("Aoki", YES, 1), ("Endo", YES, 2)), DecisionState.LAPSED, None),
        (4, ALL, DecisionState.ADOPTED_BY_ALL, DAY + timedelta(days=4)),
        (30, (*CHAIRS, ("Enkh", NO, 20)), DecisionState.OBJECTED, None),
        (30, (*CHAIRS, ("Enkh", NO, 5), ("Enkh", YES, 6)), DecisionState.OBJECTED,
         None),
        (30, (*CHAIRS, ("Enkh", NO, 22)), DecisionState.ADOPTED_BY_CHAIRS,
         UNTIL + timedelta(days=1)),
        (40, (("Aoki", YES, 1), ("Enkh", NO, 25), ("Bat", YES, 30)),
         DecisionState.OBJECTED, None),
        (9, (*ALL, ("Enkh", NO, 2)), DecisionState.ADOPTED_BY_ALL,
         DAY + timedelta(days=4)),
        (9, (*ALL, ("Enkh", NO, 5)), DecisionState.ADOPTED_BY_ALL,
         DAY + timedelta(days=4)),
    ],
)  # fmt: skip
def test_known_counts(
    after: int,
    facts: tuple[tuple[str, Ballot, int], ...],
    state: DecisionState,
    on: date | None,
) -> None:
    found = counted(after, *facts)
    assert (found.state, found.on, found.until) == (state, on, UNTIL)


def test_who_objected_is_named() -> None:
    assert counted(5, ("Enkh", NO, 3), ("Aoki", NO, 4)).by == ("Aoki", "Enkh")


def test_a_committee_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="two co-chairs, one of each side"):
        decide(VOTERS[:2], DAY, [], DAY)
    with pytest.raises(ValueError, match="X is no member"):
        decide(VOTERS, DAY, said(("X", YES, 1)), DAY)


facts = st.lists(
    st.tuples(
        st.sampled_from([voter.name for voter in VOTERS]),
        st.sampled_from(list(Ballot)),
        st.integers(0, 40),
    ),
    max_size=12,
)
ADOPTED = (DecisionState.ADOPTED_BY_CHAIRS, DecisionState.ADOPTED_BY_ALL)


@given(facts, st.integers(0, 45))
def test_another_affirmation_takes_no_adoption_away(
    given_facts: list[tuple[str, Ballot, int]], after: int
) -> None:
    if counted(after, *given_facts).state not in ADOPTED:
        return
    for voter in VOTERS:
        if not any(name == voter.name for name, _, _ in given_facts):
            more = (*given_facts, (voter.name, YES, min(after, 40)))
            assert counted(after, *more).state in ADOPTED


@given(facts, st.integers(0, 45))
def test_whoever_objects_in_the_window_stops_adoption_by_the_chairs(
    given_facts: list[tuple[str, Ballot, int]], after: int
) -> None:
    found = counted(after, *given_facts)
    if any(ballot is NO and n <= min(after, 20) for _, ballot, n in given_facts):
        assert found.state is not DecisionState.ADOPTED_BY_CHAIRS
    assert (found.on is not None) is (found.state in ADOPTED)


@given(facts)
def test_what_was_adopted_stays_so(given_facts: list[tuple[str, Ballot, int]]) -> None:
    """The record of a day is the same on each later day, as nothing is added."""
    states = [counted(after, *given_facts) for after in range(46)]
    adopted = [n for n, found in enumerate(states) if found.state in ADOPTED]
    if adopted:
        assert set(states[adopted[0] :]) == {states[adopted[0]]}
