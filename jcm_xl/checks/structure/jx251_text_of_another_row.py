"""A cell shows the monitoring text of another row.

Why it matters
    The texts on source, procedure and frequency follow the monitoring option of their
    own row by a formula. Filled down or pasted, the formula reads the option of another
    row, and the sheet describes the monitoring of something else.

How to fix it
    Type the text that is right for this row, or let `jcm-xl repair` put the formula of
    the template back.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.own_formulas import texts_of_others


@Check(
    severity=Severity.ERROR,
    basis="Monitoring Plan and Report Sheets, Table 1: source, procedure and frequency "
    "belong to the parameter of the row",
    message="{cell} on {sheet} shows the text of another row: '{actual}'. That of "
    "{parameter} is '{expected}'.",
    remedy="Type the text that is right for {parameter} into {cell}.",
)
def text_of_another_row(context: OpenedBook) -> Iterator[Finding]:
    """Look for formulas of other rows in cells that have a text by formula."""
    for slot, actual, expected in texts_of_others(context):
        yield Finding(
            slot,
            parameter=context.subject(slot),
            actual=actual,
            expected=expected,
        )
