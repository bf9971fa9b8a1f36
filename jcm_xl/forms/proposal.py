"""A proposal that a Joint Committee decides on by electronic means, as a text file.

id          = "2026-03"
title       = "Registration of MN004"
country     = "MN"
distributed = 2026-03-02
days        = 20              # calendar days, if it is not the usual number

[[member]]
name = "Aoki"
side = "JP"
chair = true
alternate = "Endo"            # who may affirm in the co-chair's place
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.block import Block
from jcm_xl.definition.register import EXAMPLE, countries
from jcm_xl.engine.decision import MOST_OF_A_SIDE, WINDOW_DAYS, Voter
from jcm_xl.forms.folder import JAPAN, ProjectError, read_toml

_MOST_DAYS = 366


class ProposalError(ProjectError):
    """A proposal that cannot be used; `problems` lists every fault."""

    subject = "proposal"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is decided on, by whom, and since when. voters: the members, co-chairs
    first, then their alternates.
    """

    id: str
    title: str
    country: str
    distributed: date
    days: int
    voters: tuple[Voter, ...]

    @property
    def members(self) -> tuple[Voter, ...]:
        """Return the members without the alternates."""
        return tuple(voter for voter in self.voters if voter.is_member)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Return what the draft rules would not have, in sentences."""
        sides = [voter.side for voter in self.members]
        return tuple(
            f"{side} has {sides.count(side)} members; the draft rules have at most "
            f"{MOST_OF_A_SIDE} of a side."
            for side in dict.fromkeys(sides)
            if sides.count(side) > MOST_OF_A_SIDE
        )


def read_proposal(path: Path) -> Proposal:
    """Read a proposal; raise `ProposalError` with every problem and its line."""
    data, problems = read_toml(path)
    block = Block(data, (), problems)
    country = block.text("country", required=True)
    if country and country not in (*countries(), EXAMPLE):
        block.fault("country", f"'{country}' is no code of a partner country")
    distributed = block.date("distributed")
    if distributed is None:
        block.lacks("distributed", "missing; the day on which it went to all members")
    days = block.number("days")
    if days is not None and not (days == int(days) and 0 < days <= _MOST_DAYS):
        block.fault("days", f"{days} is no number of days from 1 to {_MOST_DAYS}")
    found = Proposal(
        block.text("id", required=True), block.text("title", required=True), country,
        distributed or date.min, WINDOW_DAYS if days is None else int(days),
        _voters(block, country),
    )  # fmt: skip
    block.close()
    if problems.problems:
        raise ProposalError(problems.problems)
    return found


def _voters(block: Block, country: str) -> tuple[Voter, ...]:
    members: list[Voter] = []
    alternates: list[Voter] = []
    for each in block.blocks("member"):
        name = each.text("name", required=True)
        side = each.one_of("side", (JAPAN, country or JAPAN))
        is_chair = each.raw("chair") is True
        members.append(Voter(name, side, is_chair))
        if alternate := each.text("alternate"):
            alternates.append(Voter(alternate, side, alternate_of=name))
            if not is_chair:
                each.fault("alternate", "only a co-chair has an alternate")
        each.close()
    members.sort(key=lambda voter: not voter.is_chair)
    voters = (*members, *alternates)
    chairs = [voter.side for voter in members if voter.is_chair]
    if len(chairs) != 2 or chairs[0] == chairs[1]:
        block.fault(
            "member", "two members are co-chairs, one of each side: chair = true"
        )
    names = [voter.name for voter in voters]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        block.fault("member", f"'{twice}' stands there twice")
    return voters
