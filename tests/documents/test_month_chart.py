"""Months as columns: drawn is what was typed, and findings lead to their text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from jcm_xl.api import book, judge
from jcm_xl.documents.month_chart import month_charts
from jcm_xl.documents.report.forms.html import report_html
from jcm_xl.model.key import PERIOD, value_key
from jcm_xl.model.submission import Stage
from jcm_xl.plan.month_amounts import amounts_by_month
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.support import DEFINITIONS, example_book

WAVE = (1, 4, 9, 5, 6, 2, 8, 3, 11, 7, 10, 1)
KEYS = [value_key(Stage.REPORT, "EG_i_p", unit) for unit in (1, 2)]
SETTINGS = Settings(today=TODAY, definitions=DEFINITIONS)


def made(path: Path, june: float = 100.0) -> None:
    plan, submission = example_book("EX_AM901", rows={"i": 2}, monthly=True)
    values = dict(submission.values)
    values |= dict(zip(PERIOD, (date(2021, 1, 1), date(2021, 12, 31)), strict=True))
    for key, of in zip(KEYS, ("kWh", ""), strict=True):
        values.pop(key)
        for k in range(1, 13):
            amount = june if k == 6 and of else 100.0 + WAVE[k - 1]
            values[key.in_month(k)] = amount * (1000 if of else 1)
        if of:
            values[key.month_unit] = of
    path.write_bytes(book(plan, replace(submission, values=values)))


def test_the_columns_are_the_months_of_all_units(tmp_path: Path) -> None:
    made(path := tmp_path / "book.xlsx")
    _, (drawn,) = judge([path], SETTINGS)
    (amount,) = drawn.months
    assert [m.report for m in amount.months[:5]] == [
        2 * (100 + more) for more in WAVE[:5]
    ]
    assert amount.unit == "MWh"
    planned = [m.plan for m in amount.months if m.plan is not None]
    assert len(planned) == 12
    assert max(planned) / min(planned) == 31 / 28
    (chart,) = month_charts(drawn, {})
    heights = [c.height for c in chart.columns if c.kind == "report"]
    assert heights[1] > heights[0]
    assert not any(c.mark for c in chart.columns)


def test_a_month_with_a_finding_leads_to_it(tmp_path: Path) -> None:
    made(path := tmp_path / "book.xlsx", june=1000.0)
    reports, books = judge([path], SETTINGS)
    page = report_html(reports, books)
    (found,) = re.findall(r'<a href="#([^"]+)"><rect class="report WARNING"', page)
    (told,) = [d for d in reports[0].diagnostics if d.code == "JX348"]
    assert f'id="{found}"' in page
    assert told.place == "'Monthly'!E16"
    assert "<script" not in page


def test_without_a_period_nothing_is_drawn() -> None:
    plan, submission = example_book("EX_AM901", monthly=True)
    values = {KEYS[0].in_month(1): 5.0}
    assert not list(amounts_by_month(plan, replace(submission, values=values)))
