"""The reported reduction is far above the estimate of the plan.

Why it matters
    A reduction may differ from its estimate. A large excess is what verifiers ask
    about first: a wrong unit, a double count or an estimate that was too careful.

How to fix it
    Compare the amounts with the plan. If they are right, be ready to explain the
    difference.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.model.key import Key
from jcm_xl.model.submission import Stage
from jcm_xl.plan.stage import covered_days, plan_days
from jcm_xl.submission.other_books import registered_plan

SHARE = 0.2
"""Our own default: so much above the estimate is worth a question."""


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    judges=Judges.CALCULATED,
    basis="Ex-ante estimate scaled by days; the limit of 20 % is ours, not a rule of "
    "the JCM",
    message="The reduction in {cell} on {sheet} is {actual} tonnes before rounding, "
    "{excess} % above the {expected} tonnes that the plan estimates for these days. "
    "The limit of 20 % is ours.",
    remedy="Compare the amounts with the plan; if they are right, be ready to explain "
    "the difference.",
)
def above_estimate(context: OpenedBook) -> Iterator[Finding]:
    """Compare the reduction with the estimate for as many days."""
    if context.stage == "plan" or context.period is None:
        return
    planned = context.results[Stage.PLAN].unrounded
    reported = context.results[Stage.REPORT].unrounded
    if planned is None or reported is None or planned <= 0:
        return
    days = (context.period[1] - context.period[0]).days + 1
    estimate = planned * days / _covered(context, days)
    if estimate > 0 and reported > estimate * (1 + SHARE) and reported - estimate >= 1:
        yield Finding(
            context.plan[Key("mrs", "result")],
            actual=_tonnes(reported),
            expected=_tonnes(estimate),
            facts={"excess": _excess(reported, estimate)},
        )


def _covered(context: OpenedBook, days: int) -> float:
    """Return the days that the estimate covers: as registered, where that is known."""
    plan = registered_plan(context)
    if plan is not None:
        return plan_days(plan.submission)
    return covered_days(context.submission, days)


def _tonnes(number: float) -> str:
    return f"{number:.2f}" if number < _LONG else f"{number:.6g}"


def _excess(reported: float, estimate: float) -> str:
    """Return by how many per cent the estimate is exceeded."""
    excess = 100 * (reported / estimate - 1)
    return f"{excess:.0f}" if excess < _LONG else f"{excess:.3g}"


_LONG = 1e12
"""From here on a number is printed with a power of ten."""
