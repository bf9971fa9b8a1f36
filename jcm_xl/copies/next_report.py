"""The next report book: what a registered plan holds, without monitored values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from jcm_xl.copies.imported import homeless
from jcm_xl.model.key import PERIOD_START
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.stage import period
from jcm_xl.submission.not_plain import as_names, not_plain
from jcm_xl.submission.open import CannotUse, Unusable, open_book
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.visible import visible

AS_PLANNED = Edition(language="")
"""The language and the sheets of the registered book."""
_LEFT_BEHIND = ("mrs", "period", "monthly")


def carry_over(
    path: str | Path,
    m: Methodology | None = None,
    rows: Mapping[str, int] | None = None,
    edition: Edition = AS_PLANNED,
) -> tuple[Plan, Submission]:
    """Return plan and submission of the next report; monitored values stay empty.

    The first day is the one after the period of the book, if it holds one. `m` is the
    methodology it must be of, by default the one it names.

    There are as many unit rows as in the registered book, or more if asked for. An
    `edition` without language has that of the book, whose sheets it has as well.
    """
    context = open_book(path, stage="plan", expected=m)
    m = m or context.newer or context.methodology
    registered = context.plan
    plan = make_plan(
        m, _enough_rows(registered, rows or {}), _as_before(registered, edition)
    )
    for item in homeless(context, plan):
        asked = f"{context.symbol(item.name)} ('{item.sheet}'!{item.cell})"
        raise CannotUse(
            Unusable.UNASKED,
            f"{visible(context.name)} was made from an earlier edition of {m.key}. "
            f"Today's does not ask for {asked}. `jcm-xl import` makes a fresh book and "
            "lists what it leaves out.",
        )
    _refuse_no_values(context)
    values = {
        key: value
        for key, value in context.submission.values.items()
        if key.stage not in _LEFT_BEHIND
    }
    if day := _first_day(context):
        values[PERIOD_START] = day
    return plan, Submission(m.id, m.version, plan.rows, as_names(values))


def _enough_rows(registered: Plan, rows: Mapping[str, int]) -> dict[str, int]:
    counts = {
        index: max(count, rows.get(index, 0))
        for index, count in registered.rows.items()
    }
    return {**rows, **counts}


def _as_before(registered: Plan, edition: Edition) -> Edition:
    """Return an edition with the language and the sheets of the registered book."""
    return replace(
        edition,
        language=edition.language or registered.edition.language,
        monthly=edition.monthly or registered.monthly,
        meters=edition.meters or registered.meters,
    )


def _first_day(context: OpenedBook) -> date | None:
    """Return the day after the last period, where first and last day are days."""
    days = period(context.submission)
    return days[1] + timedelta(days=1) if days else None


def _refuse_no_values(context: OpenedBook) -> None:
    """Refuse a plan that holds a date or a text where a number belongs."""
    found = [item for item in not_plain(context) if item.key.stage not in _LEFT_BEHIND]
    for item in found:
        more = f", and {len(found) - 1} more such cells" if len(found) > 1 else ""
        raise CannotUse(
            Unusable.NO_VALUE,
            f"{visible(context.name)} cannot be carried over: "
            f"{visible(item.sentence)}{more}. `jcm-xl check` lists them; correct the "
            "registered plan first.",
        )
    if not any(key.is_in(Stage.PLAN, "value") for key in context.submission.values):
        raise CannotUse(
            Unusable.EMPTY,
            f"{visible(context.name)} holds no value of a plan, so there is nothing to "
            "carry over.",
        )
