"""The count of a vote as lines: the result first, then who said what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from jcm_xl.documents.lines import BLANK, Line, line, table
from jcm_xl.engine.decision import Assertion, Counted, DecisionState
from jcm_xl.forms.proposal import Proposal

_WORDS = {
    DecisionState.ADOPTED_BY_CHAIRS: "ADOPTED on {on}: nobody objected by {until}, and "
    "both co-chairs affirmed",
    DecisionState.ADOPTED_BY_ALL: "ADOPTED on {on}: all members affirmed",
    DecisionState.OBJECTED: "NOT ADOPTED: {by} objected; the co-chairs consider it",
    DecisionState.OPEN: "OPEN: members may object until {until}",
    DecisionState.LAPSED: "NOT ADOPTED: the window ended on {until} and a co-chair has "
    "not affirmed",
}


def vote_lines(
    proposal: Proposal, today: date, said: Sequence[Assertion], counted: Counted,
    too_early: Sequence[str],
) -> Iterator[Line]:  # fmt: skip
    """Yield the result, what each person said, and on what the count rests."""
    words = _WORDS[counted.state].format(
        on=counted.on, until=counted.until, by=", ".join(counted.by)
    )
    yield line(words, "good" if counted.on else "warning")
    yield line(f"{proposal.id} {proposal.title}, counted on {today}")
    yield BLANK
    rows = []
    for voter in proposal.voters:
        own = [each for each in said if each.voter == voter.name]
        told = "; ".join(f"{each.ballot} on {each.on}" for each in own) or "no answer"
        role = "co-chair" if voter.is_chair else "member"
        if voter.alternate_of:
            role = f"alternate of {voter.alternate_of}"
        rows.append((voter.name, voter.side, role, told))
    yield from table(("name", "side", "role", "answer"), rows, 2)
    yield BLANK
    for name in too_early:
        yield line(f"{name} answered before {proposal.distributed}: it does not count.",
                   "warning")  # fmt: skip
    for sentence in proposal.remarks:
        yield line(sentence, "warning")
    yield line("The rule is that of a draft of 2013; what was adopted was not read. "
               "People decide.", "dim")  # fmt: skip
