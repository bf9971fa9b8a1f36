"""A criterion is calculated, and no line of the sheet Check shows whether it is met.

Why it matters
    The sheet counts the units that do not meet a criterion where it compares quantities
    as they stand. What calculates within a criterion is judged by `check` alone: the
    sheet says READY, and the report is then refused.

How to fix it
    Make what is compared a formula of its own, with label and unit, and compare its
    name: `SEC_i_p <= SEC_limit` in place of `SEC_i_p <= 1.1 * SEC_RE`.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint
from jcm_xl.expr.used import compares_as_it_stands


@lint(
    severity=Severity.NOTE,
    message="{criterion} calculates: '{check}'; the sheet Check does not show it.",
)
def criterion_not_on_the_sheet(draft: Draft) -> Iterator[Fault]:
    """Ask of each criterion what the sheet asks before it shows one."""
    for position, criterion in enumerate(draft.methodology.criteria):
        if criterion.check is None or compares_as_it_stands(criterion.check):
            continue
        facts = {"criterion": criterion.id, "check": criterion.check_text}
        yield Fault(("eligibility", position, "check"), facts)
