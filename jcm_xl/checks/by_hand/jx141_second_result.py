"""Table 3 of a hand-made book has two figures.

Why it matters
    The reductions are one number. Where Table 3 stands twice, or has a second line,
    people read the one and programs the other; one of them may even be hidden.

How to fix it
    Leave one Table 3 with one figure; put other numbers on a sheet of your own.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Phase, Severity
from jcm_xl.checks.structure.imitated import another_number
from jcm_xl.checks.structure.seen import file_sheet
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage


@Check(
    own_phase=Phase.ARITHMETIC,
    severity=Severity.ERROR,
    tonnes=True,
    person_decides=True,
    judges=Judges.STORED,
    basis="Monitoring Plan and Report Sheets, Table 3: one figure",
    message="Table 3 stands twice on {sheet}: {cell} shows {actual}, while {first} was "
    "read as the claim and shows {expected}.",
    remedy="Leave one figure in Table 3; put other numbers on a sheet of your own.",
)
def second_result(context: OpenedBook) -> Iterator[Finding]:
    """Compare further figures of Table 3 with the one that was read."""
    if context.foreign is None:
        return
    for stage in context.stages:
        claim, *others = context.foreign.results.get(stage, ()) or (None,)
        for other in others:
            same = claim is not None and claim.value == other.value
            if claim is None or other.value is None:
                continue
            yield Finding(
                sheet=other.sheet,
                cell=other.address,
                actual=shown(other.cell.value),
                expected=shown(claim.cell.value),
                severity=Severity.NOTE if same else None,
                facts={"first": claim.address},
            )
        yield from _beside(context, stage)


def _beside(context: OpenedBook, stage: Stage) -> Iterator[Finding]:
    """Yield a number in the words of Table 3 that stands elsewhere on its sheet."""
    claim, *others = (context.foreign and context.foreign.results.get(stage)) or (None,)
    if claim is None:
        return
    told = {claim.address, *(other.address for other in others)}
    for page in context.official_sheets:
        found = another_number(context, file_sheet(context, page))
        if page.there != claim.sheet or found is None or found.cell in told:
            continue
        yield Finding(
            sheet=found.sheet,
            cell=found.cell,
            actual=found.text,
            expected=shown(claim.cell.value),
            severity=None if found.is_sure else Severity.WARNING,
            facts={"first": claim.address},
        )
