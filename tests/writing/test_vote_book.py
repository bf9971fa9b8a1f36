"""The voting sheet's own formulas give what the rule gives, in LibreOffice."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from jcm_xl.engine.decision import Assertion, Ballot, Voter, decide
from jcm_xl.forms.proposal import Proposal
from jcm_xl.text.days import day_of
from jcm_xl.writing.vote_book import ADOPTED_ROW, RESULT_ROW, Vote, write_votes
from tests.office.harness import Office

COUNT, EACH = 1000, 250
DAY = date(2026, 3, 2)


def _proposal(rng: random.Random) -> Proposal:
    voters = [
        Voter("Aoki", "JP", is_chair=True),
        Voter("Bat", "MN", is_chair=True),
        *(
            Voter(f"Member {n}", rng.choice(["JP", "MN"]))
            for n in range(rng.randrange(4))
        ),
    ]
    if rng.random() < 0.7:
        voters.append(Voter("Endo", "JP", alternate_of="Aoki"))
    if rng.random() < 0.3:
        voters.append(Voter("Dorj", "MN", alternate_of="Bat"))
    days = rng.choice([20, 20, 20, 5])
    return Proposal("2026-03", "A title", "MN", DAY, days, tuple(voters))


def _vote(rng: random.Random) -> Vote:
    kind = rng.random()
    if kind < 0.2:
        return Vote()
    answer = Ballot.AFFIRM if kind < 0.93 else Ballot.NEGATIVE
    day = rng.choice([3, 15, 20, 21, 25, 30, -2])
    before = rng.randrange(0, 20) if rng.random() < 0.05 else None
    if before is not None and before > day:
        before = None
    return Vote(
        answer,
        DAY + timedelta(days=day),
        None if before is None else DAY + timedelta(days=before),
    )


def _counted(
    proposal: Proposal, votes: dict[str, Vote], today: date
) -> tuple[str, str]:
    said = [
        Assertion(name, ballot, day)
        for name, vote in votes.items()
        for ballot, day in ((Ballot.NEGATIVE, vote.before), (vote.answer, vote.on))
        if ballot is not None and day is not None
    ]
    found = decide(proposal.voters, DAY, said, today, proposal.days)
    return str(found.state), str(found.on or "")


@pytest.mark.office
@pytest.mark.slow
def test_a_thousand_votes_are_counted_as_by_the_rule(
    office: Office, tmp_path: Path
) -> None:
    rng = random.Random(20260302)
    wrong, states = [], set()
    for part in range(COUNT // EACH):
        made = {}
        for number in range(EACH):
            proposal = _proposal(rng)
            votes = {v.name: _vote(rng) for v in proposal.voters}
            today = DAY + timedelta(days=rng.choice([0, 10, 20, 21, 22, 26, 40]))
            made[f"V{number}"] = proposal, votes, today
        path = tmp_path / f"votes{part}.xlsx"
        path.write_bytes(write_votes(made))
        there = office.recalculate(path)
        for name, (proposal, votes, today) in made.items():
            result = str(there[name][f"B{RESULT_ROW}"])
            serial = there[name].get(f"B{ADOPTED_ROW}", "")
            on = str(day_of(serial) or "") if isinstance(serial, float) else ""
            states.add(result)
            due = _counted(proposal, votes, today)
            if (result, on) != due:
                wrong.append((name, result, on, due, votes, today))
    assert wrong == []
    assert len(states) == 5
