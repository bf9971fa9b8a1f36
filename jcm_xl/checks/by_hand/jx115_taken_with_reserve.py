"""A value of a hand-made book was taken, but not by its symbol and unit alone.

Why it matters
    A row with an unknown symbol was recognised by its number and description, a column
    by its letter, a unit row by counting. That is probably right, and somebody should
    look.

How to fix it
    Nothing has to be done if the value was taken for the right parameter. Else write
    the symbol of the methodology into the row.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Severity
from jcm_xl.foreign.found import Why, in_words
from jcm_xl.submission.by_hand import in_stage


@Check(
    severity=Severity.NOTE,
    person_decides=True,
    audience=Audience.VERIFIER,
    basis="Monitoring Plan and Report Sheets: Tables 1 and 2 of the methodology",
    message="'{actual}' in {cell} on {sheet} was taken for {parameter}, with reserve: "
    "{reason}.",
    remedy="Look whether that is right; if not, write the symbol of the methodology "
    "into the row.",
)
def taken_with_reserve(context: OpenedBook) -> Iterator[Finding]:
    """Report what was taken otherwise than by symbol and unit."""
    for item in context.foreign.remarks if context.foreign else ():
        if item.why in (Why.FROM_FORMULA, Why.GIVEN) or not in_stage(
            context, item.sheet
        ):
            continue
        yield Finding(
            sheet=item.sheet,
            cell=item.cell,
            parameter=context.symbol(item.name),
            actual=item.content,
            facts={"reason": in_words(item.why)},
        )
