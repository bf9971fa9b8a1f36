"""A book's figures by calendar year."""

from __future__ import annotations

from datetime import date

from jcm_xl.engine.vintages import Vintages, by_days, by_months, yearly_estimate
from jcm_xl.errors import JcmError
from jcm_xl.model.submission import Stage
from jcm_xl.plan.stage import plan_days
from jcm_xl.plan.years import inputs_by_year, without_months
from jcm_xl.submission.opened import OpenedBook

_NO_FIGURE = (
    "The {stage} has no figure to divide among years: inputs are missing or it cannot "
    "be calculated. `jcm-xl calc` tells which."
)


def report_by_year(book: OpenedBook) -> Vintages:
    """Return the years of the monitoring period: by months where they are known."""
    if book.period is None:
        raise JcmError(
            "The monitoring period has no first and last day in order, so no year is "
            "known. `jcm-xl check` tells what is wrong with it."
        )
    first, last = book.period
    result = book.results[Stage.REPORT]
    why = without_months(book.plan, book.submission)
    if first.year < last.year and not why:
        inputs = inputs_by_year(book.plan, book.submission, first, last)
        found = by_months(result, inputs, first, last)
        if isinstance(found, Vintages) and found.is_additive:
            return found
        why = _why_not(found)
    divided = by_days(result, first, last, why)
    if divided is None:
        raise JcmError(_NO_FIGURE.format(stage=Stage.REPORT.word))
    return divided


def _why_not(found: Vintages | int) -> str:
    """Return why the years from their months cannot stand for the period."""
    if isinstance(found, int):
        return f"{found} cannot be calculated from its own months"
    own, whole = (f"{float(x):.15g}" for x in (found.unrounded, found.reduction))
    return (
        "the formulas are not proportional to the monthly amounts (the years would "
        f"make {own} tCO2, the period makes {whole})"
    )


def estimate_by_year(
    book: OpenedBook, start: date | None, until: int | date
) -> Vintages:
    """Return the plan's estimate by calendar year, from the first day of operation.

    until: the last year, or the last day.
    """
    if start is None:
        raise JcmError(
            "A plan does not say when the project starts: name the first day of "
            "operation, as --from 2024-04-01."
        )
    if start > (until if isinstance(until, date) else date(until, 12, 31)):
        raise JcmError(f"{start} lies after {until}, the last one that is asked for.")
    days = plan_days(book.submission)
    found = yearly_estimate(book.results[Stage.PLAN], days, start, until)
    if found is None:
        raise JcmError(_NO_FIGURE.format(stage=Stage.PLAN.word))
    return found
