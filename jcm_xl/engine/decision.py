"""Whether a Joint Committee has adopted a decision by electronic means.

The co-chairs distribute a proposal to all members. It is adopted when
(i)  no member objected within the days of the window, and both co-chairs affirmed; or
(ii) all members affirmed.
Source: draft rules of implementation of February 2013, in which the numbers stand in
brackets: 20 calendar days, at most 10 members of a side. A procedure that was adopted
was not read, so the count helps people; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from jcm_xl.dataclass import dataclass

WINDOW_DAYS = 20
"""The calendar days in which a member may object, counted from the day after."""
MOST_OF_A_SIDE = 10


class Ballot(StrEnum):
    """What a member says."""

    AFFIRM = "affirm"
    NEGATIVE = "negative"


class DecisionState(StrEnum):
    """What became of a proposal.

    lapsed: the window is over and a co-chair has not affirmed, which still may come.
    """

    ADOPTED_BY_CHAIRS = "adopted (i)"
    ADOPTED_BY_ALL = "adopted (ii)"
    OBJECTED = "objected"
    OPEN = "open"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Voter:
    """A member of the committee. side: `JP`, or the code of the partner country.

    is_chair: a co-chair. alternate_of: the co-chair that this person stands for;
    such a person is no member, and what is said counts for that co-chair alone.
    """

    name: str
    side: str
    is_chair: bool = False
    alternate_of: str = ""

    @property
    def is_member(self) -> bool:
        """Tell whether the person belongs to all members."""
        return not self.alternate_of


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a person said, and on which day it was received."""

    voter: str
    ballot: Ballot
    on: date


@dataclass(frozen=True, slots=True)
class Counted:
    """The count. on: the day of adoption. by: who objected. until: the last day of the
    window.
    """

    state: DecisionState
    until: date
    on: date | None = None
    by: tuple[str, ...] = ()


def decide(
    voters: Sequence[Voter],
    distributed: date,
    assertions: Sequence[Assertion],
    today: date,
    days: int = WINDOW_DAYS,
) -> Counted:
    """Count what was said until today.

    Raises `ValueError` where the committee has not two co-chairs of two sides, or
    somebody spoke who does not belong to it.
    """
    chairs = _chairs(voters)
    known = {voter.name for voter in voters}
    if strangers := sorted({a.voter for a in assertions} - known):
        raise ValueError(f"{strangers[0]} is no member and no alternate")
    said = [a for a in assertions if distributed <= a.on <= today]
    until = distributed + timedelta(days=days)
    members = [voter.name for voter in voters if voter.is_member]
    by_all = _all_affirmed(members, said)
    by_chairs = _chairs_affirmed(voters, chairs, said, until)
    objections = [a for a in said if a.ballot is Ballot.NEGATIVE]
    stopping = by_chairs or today
    objected = tuple(sorted({a.voter for a in objections if a.on <= stopping}))
    if objected:
        by_chairs = None
    if by_chairs is not None and by_chairs > today:
        by_chairs = None
    if by_chairs is not None and (by_all is None or by_chairs < by_all):
        return Counted(DecisionState.ADOPTED_BY_CHAIRS, until, by_chairs)
    if by_all is not None:
        return Counted(DecisionState.ADOPTED_BY_ALL, until, by_all)
    if objected:
        return Counted(DecisionState.OBJECTED, until, by=objected)
    state = DecisionState.OPEN if today <= until else DecisionState.LAPSED
    return Counted(state, until)


def _chairs(voters: Sequence[Voter]) -> tuple[str, str]:
    found = [voter for voter in voters if voter.is_chair]
    if len(found) != 2 or found[0].side == found[1].side:
        raise ValueError("a committee has two co-chairs, one of each side")
    return found[0].name, found[1].name


def _affirming(said: Sequence[Assertion], day: date) -> frozenset[str]:
    """Return who affirms on a day: by what each said last, of one day the negative."""
    ordered = sorted(said, key=lambda a: (a.on, a.ballot is Ballot.NEGATIVE))
    last = {a.voter: a.ballot for a in ordered if a.on <= day}
    return frozenset(n for n, ballot in last.items() if ballot is Ballot.AFFIRM)


def _all_affirmed(members: Sequence[str], said: Sequence[Assertion]) -> date | None:
    """Return the first day on which all members affirm; what comes later is no more."""
    for day in sorted({a.on for a in said}):
        if _affirming(said, day).issuperset(members):
            return day
    return None


def _chairs_affirmed(
    voters: Sequence[Voter],
    chairs: tuple[str, str],
    said: Sequence[Assertion],
    until: date,
) -> date | None:
    """Return the first day after the window on which both co-chairs affirm."""
    first = until + timedelta(days=1)
    for day in sorted({first, *(a.on for a in said if a.on > first)}):
        affirming = _affirming(said, day)
        if all(
            any(
                v.name in affirming for v in voters if chair in (v.name, v.alternate_of)
            )
            for chair in chairs
        ):
            return day
    return None
