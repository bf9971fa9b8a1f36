"""A vote is counted from its book; whatever is not as it was made is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jcm_xl.engine.decision import Ballot, DecisionState
from jcm_xl.forms.proposal import ProposalError, read_proposal
from jcm_xl.projects.votes import NoVote, count_vote
from jcm_xl.writing.vote_book import SHEET, Vote, write_votes
from jcm_xl.xlsx.patch import CellEdit, set_cells

PROPOSAL = """\
id          = "2026-03"
title       = "Registration of MN004"
country     = "MN"
distributed = 2026-03-02

[[member]]
name = "Chiba"
side = "JP"

[[member]]
name      = "Aoki"
side      = "JP"
chair     = true
alternate = "Endo"

[[member]]
name  = "Bat"
side  = "MN"
chair = true
"""
TODAY = date(2026, 3, 30)
VOTES = {
    "Endo": Vote(Ballot.AFFIRM, date(2026, 3, 5)),
    "Bat": Vote(Ballot.AFFIRM, date(2026, 3, 6)),
}


def book(folder: Path, edits: list[CellEdit] | None = None) -> tuple[Path, Path]:
    (folder / "proposal.toml").write_text(PROPOSAL, encoding="utf-8")
    proposal = read_proposal(folder / "proposal.toml")
    data = write_votes({SHEET: (proposal, VOTES, TODAY)})
    path = folder / "vote.xlsx"
    path.write_bytes(set_cells(data, edits) if edits else data)
    return folder / "proposal.toml", path


def test_an_alternate_affirms_for_a_co_chair(tmp_path: Path) -> None:
    proposal, path = book(tmp_path)
    found = count_vote(path, read_proposal(proposal))
    assert found.counted.state is DecisionState.ADOPTED_BY_CHAIRS
    assert found.counted.on == date(2026, 3, 23)
    early = count_vote(path, read_proposal(proposal), date(2026, 3, 22))
    assert early.counted.state is DecisionState.OPEN


@pytest.mark.parametrize(
    ("cell", "value", "formula", "told"),
    [
        ("B5", "adopted (i)", None, "B5 holds adopted (i); the book of this"),
        ("B5", "x", "1+1", "B5 holds =1+1"),
        ("A12", "Somebody", None, "A12 holds Somebody"),
        ("B2", 46000, None, "B2 holds 46000"),
        ("D14", "maybe", None, "D14 holds maybe; expected is affirm or negative"),
        ("E14", "soon", None, "E14 holds soon, which is no day"),
        ("D14", "affirm", None, "E14: the day of the answer of Chiba is missing"),
        ("D14", "affirm", "A1", "D14 holds a formula"),
        ("G20", "beside", None, "G20 holds beside"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_named_by_its_cell(
    cell: str, value: str | int, formula: str | None, told: str, tmp_path: Path
) -> None:
    proposal, path = book(tmp_path, [CellEdit(SHEET, cell, value, formula)])
    with pytest.raises(NoVote) as refused:
        count_vote(path, read_proposal(proposal))
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("distributed = 2026-03-02\n", "", "the day on which it went to all members"),
        ('side  = "MN"\nchair = true', 'side  = "MN"', "two members are co-chairs"),
        ('name = "Chiba"', 'name = "Bat"', "'Bat' stands there twice"),
        ('name = "Chiba"', 'name = "Chiba"\nalternate = "X"', "only a co-chair has an"),
        ('"MN"\ndist', '"XX"\ndist', "no code of a partner country"),
        ('title  ', 'titel  ', "unknown key"),
    ],
)  # fmt: skip
def test_a_problem_of_a_proposal_is_told(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "proposal.toml"
    path.write_text(PROPOSAL.replace(old, new), encoding="utf-8")
    with pytest.raises(ProposalError) as refused:
        read_proposal(path)
    assert told in str(refused.value)
