"""Table 3 of a hand-made book was not found.

Why it matters
    Table 3 is the number that is claimed. Where it was not found, what stands in the
    book was not compared with what its inputs give.

How to fix it
    Write the heading of the official sheet above the table ("Table 3: Ex-post
    calculation of CO2 emission reductions", "CO2 emission reductions", "Units"), or
    carry the inputs over into a fresh book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.model.key import Key


@Check(
    own_phase=Phase.VALUES,
    severity=Severity.WARNING,
    tonnes=True,
    basis="The tonne rule (decision 0011): Table 3 as it is stored and shown",
    message="Table 3 was not found on {sheet}, so the reductions that this book "
    "claims were not compared with its inputs.",
    remedy="Write the official headings above the table on {sheet}, or carry the "
    "inputs over into a fresh book.",
)
def table_3_not_found(context: OpenedBook) -> Iterator[Finding]:
    """Look for the result of the stage that is claimed: the last one judged."""
    book, stage = context.foreign, context.stages[-1]
    name = book.sheets.get(f"{stage}_input", "") if book else ""
    if book is not None and name and Key(stage, "result") not in book.found:
        yield Finding(sheet=name)
