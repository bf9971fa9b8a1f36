"""A table or sheet of a hand-made book was not understood.

Why it matters
    Inputs that stand in a table whose headings are not known are missing from
    everything calculated here. They are not called empty cells: they may well be
    there. Where nothing is missing without them, the numbers are probably the
    reader's own.

How to fix it
    Give the table the title and headings of the official sheet, the sheet its name or
    title band; or type the values into a fresh book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import (
    Check,
    Finding,
    Judges,
    OpenedBook,
    Severity,
)
from jcm_xl.foreign.found import in_words
from jcm_xl.model.submission import Stage
from jcm_xl.submission.by_hand import in_stage


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    judges=Judges.LINES,
    basis="Monitoring Plan and Report Sheets: titles and headings of Tables 1 to 3",
    message="'{actual}' in {place} was not understood: {reason}. What stands there was "
    "not read.",
    remedy="Write the titles and headings of the official sheets, or type the values "
    "into a fresh book.",
)
def table_not_understood(context: OpenedBook) -> Iterator[Finding]:
    """Tell what was not read; it asks for something only where inputs are missing."""
    for part in context.foreign.unread if context.foreign else ():
        if not in_stage(context, part.sheet):
            continue
        place = f"'{part.sheet}'!{part.cell}" if part.cell else f"'{part.sheet}'"
        yield Finding(
            sheet=part.sheet,
            cell=part.cell,
            actual=part.content,
            severity=None if _lacks(context, part.stage) else Severity.NOTE,
            facts={"reason": in_words(part.why), "place": place},
        )


def _lacks(context: OpenedBook, stage: str) -> bool:
    """Tell whether inputs of a stage, or official sheets, were not found."""
    if not stage:
        return bool(context.alterations.missing)
    return bool(context.results[Stage(stage)].missing)
