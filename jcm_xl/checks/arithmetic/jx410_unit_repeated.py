"""Two units of a report have the very same monitored figures.

Why it matters
    No two meters read the same to the last digit for a whole period. A unit that was
    entered twice is credited twice.

How to fix it
    Compare both rows with your records, and empty the one that was entered twice. If
    one meter serves both units and its reading was divided, say so in an answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.shown import shown
from jcm_xl.submission.repeats import UnitFigures, report_figures


@Check(
    severity=Severity.WARNING,
    basis="All monitored values of two units are equal, one of them measured or "
    "invoiced (option B or C) with four significant digits or more; the limit is ours",
    message="Unit ({unit}) has the same monitored values as unit ({other}): "
    "{parameter} is {actual} in {cell} and in {there} on {sheet}.",
    remedy="Compare {cell} and {there} with your records; empty the row that was "
    "entered twice, or say why both are right.",
)
def unit_repeated(context: OpenedBook) -> Iterator[Finding]:
    """Compare the units of each set with each other; each is told once."""
    if context.stage == "plan":
        return
    seen: dict[tuple[object, ...], UnitFigures] = {}
    for figures in report_figures(context.plan, context.submission):
        first = seen.setdefault((figures.group, figures.values), figures)
        if first is figures or figures.key.unit is None:
            continue
        slot, other = context.plan[figures.key], context.plan[first.key]
        yield Finding(
            slot,
            parameter=context.subject(slot),
            actual=shown(dict(figures.values)[figures.key.name]),
            facts={
                "unit": figures.key.unit, "other": first.key.unit,
                "there": context.place(other)[1],
            },
        )  # fmt: skip
