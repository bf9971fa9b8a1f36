"""The monitoring period spans the turn of the year 2020 to 2021.

Why it matters
    From 2021 on reductions are accounted for under the Paris Agreement. Published
    reports end a period on 31 December 2020 and begin the next one on 1 January
    2021, even if only a few months remain.

How to fix it
    Make two reports, one up to 2020-12-31 and one from 2021-01-01.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import PERIOD_END

_LAST = date(2020, 12, 31)


@Check(
    severity=Severity.WARNING,
    basis="Monitoring periods published by the Joint Committees, e.g. "
    "https://www.jcm.go.jp/jc/pw-jc-decisions",
    message="The monitoring period {actual}, up to {cell} on {sheet}, spans the turn "
    "of 2020 to 2021, at which published periods are divided.",
    remedy="Make two reports: one up to 2020-12-31 and one from 2021-01-01.",
)
def period_straddles_2021(context: OpenedBook) -> Iterator[Finding]:
    """Look for periods that begin before 2021 and end in it or later."""
    if context.stage == "plan" or context.period is None:
        return
    start, end = context.period
    if start <= _LAST < end:
        actual = f"{start.isoformat()} - {end.isoformat()}"
        yield Finding(context.plan[PERIOD_END], actual=actual)
