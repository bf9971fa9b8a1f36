"""Something stands in a hand-made book that could not be placed.

Why it matters
    A value that is not taken is missing from everything calculated here. Nothing is
    guessed: a row whose symbol is unknown, or a second row of one value, is left to a
    person.

How to fix it
    Write the symbol of the methodology into the row, or carry the inputs over with
    `jcm-xl import` and type what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.foreign.found import Reason, in_words
from jcm_xl.submission.by_hand import in_stage

_TOLD_ELSEWHERE = (Reason.OTHER_UNIT, Reason.NO_RESULT, Reason.PERIODS_DIFFER,
                   Reason.UNCLEAR_DAYS)  # fmt: skip


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    basis="Monitoring Plan and Report Sheets: Tables 1 and 2 of the methodology",
    message="'{actual}' in {cell} on {sheet} was not taken: {reason}.",
    remedy="Correct the row so that it names one parameter of the methodology, or "
    "carry the inputs over with `jcm-xl import` and type what is missing.",
)
def cell_not_taken(context: OpenedBook) -> Iterator[Finding]:
    """Report what was found in a hand-made book and not taken.

    A column of the reader's own is told once, and asks for nothing.
    """
    own: set[tuple[str, str]] = set()
    for item in context.foreign.unplaced if context.foreign else ():
        if item.reason in _TOLD_ELSEWHERE or not in_stage(context, item.sheet):
            continue
        severity = None
        if item.reason is Reason.NO_HEADING:
            column = item.sheet, item.cell.rstrip("0123456789")
            if column in own:
                continue
            own.add(column)
            severity = Severity.NOTE
        yield Finding(
            sheet=item.sheet,
            cell=item.cell,
            parameter=context.symbol(item.name) if item.name else "",
            actual=item.content,
            severity=severity,
            facts={"reason": in_words(item.reason)},
        )
