"""A number that the definition leaves open was taken from the workbook's own defaults.

Why it matters
    The methodology gives this number, and nobody here has read it. The workbook asks
    for it in no table; its list of default values has it, and its formulas use it. So
    the book is recalculated with it, and nothing says yet that it is the official one.

How to fix it
    Compare it with the approved methodology. `jcm-xl adopt OFFICIAL.xlsx --overlay DIR
    --confirmed-by NAME` takes it from the official workbook into the definition; with
    `--overlays DIR` it is confirmed from then on, and another one is an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Severity
from jcm_xl.foreign.found import Why
from jcm_xl.submission.by_hand import in_stage


@Check(
    severity=Severity.WARNING,
    tonnes=True,
    person_decides=True,
    audience=Audience.VERIFIER,
    basis="Approved methodology: default values",
    message="{parameter} = {actual} was taken from {cell} on {sheet}: no table asks "
    "for it, the workbook calculates with this number itself, and the definition "
    "leaves it open.",
    remedy="Compare it with the approved methodology; `jcm-xl adopt` on the official "
    "workbook confirms it.",
)
def number_of_the_workbook(context: OpenedBook) -> Iterator[Finding]:
    """Tell each number that only the workbook itself has."""
    for item in context.foreign.remarks if context.foreign else ():
        if item.why is Why.GIVEN and in_stage(context, item.sheet):
            yield Finding(
                sheet=item.sheet,
                cell=item.cell,
                parameter=context.symbol(item.name),
                actual=item.content,
            )
