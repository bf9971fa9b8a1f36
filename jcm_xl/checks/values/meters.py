"""The rows of the sheet Meters, as far as they can be understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from jcm_xl.dataclass import dataclass
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage, Value
from jcm_xl.plan.sheets.meters import FIELDS, METERS, point_of
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.stage import effective
from jcm_xl.submission.opened import OpenedBook

REQUIRED = ("meter", "certificate", "from", "until", "point")
"""What a row needs to prove anything; number, class and remark may be missing."""
Days = tuple[date, date]
_CLASS = re.compile(
    r"(?:class|cl\.?|±|\+/-)?\s*(?P<per_cent>\d{1,2}(?:[.,]\d{1,3})?)\s*[Ss]?\s*%?",
    re.IGNORECASE | re.ASCII,
)
_DAY = timedelta(days=1)
_MEASURED = "Option C"
_COUNTED = ("day/p", "h/p")
"""Units of time: read from a log or a calendar, seldom from a certified meter."""


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A row in use: its number and what stands in it, by field."""

    number: int
    values: Mapping[str, Value]

    @property
    def days(self) -> Days | None:
        """Return the days on which the certificate is valid."""
        first, last = self.values.get("from"), self.values.get("until")
        if isinstance(first, date) and isinstance(last, date) and first <= last:
            return first, last
        return None

    @property
    def unit(self) -> int | None:
        """Return the unit row it measures, `None` for all."""
        row = self.values.get("row")
        return int(row) if isinstance(row, float) and row == int(row) else None

    def point(self, context: OpenedBook) -> Parameter | None:
        """Return the parameter that it measures."""
        return point_of(context.methodology, shown(self.values.get("point")))

    def slot(self, context: OpenedBook, field: str) -> Slot:
        """Return a cell of the row."""
        return context.plan[Key("meters", field, unit=self.number)]


def meter_rows(context: OpenedBook) -> Iterator[MeterRow]:
    """Yield the rows that hold anything; none where the book has no such sheet."""
    if not context.plan.meters:
        return
    values = context.submission.values
    for n in range(1, METERS + 1):
        found = {
            field: values[key]
            for field in FIELDS
            if (key := Key("meters", field, unit=n)) in values
        }
        if found:
            yield MeterRow(n, found)


def accuracies(context: OpenedBook) -> dict[tuple[str, int | None], float]:
    """Return the accuracy class of meters in per cent, by parameter and unit row.

    Of several meters of one point the widest counts, until each has a class that can
    be read: `0.5`, `0.5S`, `class 1`, `1.0 %`.
    """
    found: dict[tuple[str, int | None], float | None] = {}
    for row in meter_rows(context):
        p = row.point(context)
        if p is None:
            continue
        match = _CLASS.fullmatch(shown(row.values.get("accuracy")).strip())
        of_row = float(match["per_cent"].replace(",", ".")) if match else None
        units: Iterable[int | None] = (None,)
        if p.index is not None:
            used = context.inputs[Stage.REPORT].used.get(p.index, ())
            units = used if row.unit is None else (row.unit,)
        for unit in units:
            known = found.get((p.name, unit), 0.0)
            both = None if known is None or of_row is None else max(known, of_row)
            found[p.name, unit] = both
    return {place: value for place, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Point:
    """A monitoring point that is measured: a parameter, in one unit row or alone."""

    parameter: Parameter
    unit: int | None

    def is_of(self, context: OpenedBook, row: MeterRow) -> bool:
        """Tell whether a meter measures it."""
        if row.point(context) != self.parameter:
            return False
        return row.unit is None or self.unit is None or row.unit == self.unit


def measured_points(context: OpenedBook) -> Iterator[Point]:
    """Yield the points of the report whose amount is the participant's own measurement.

    Public data and invoices rest on the meters of others; days and hours are counted.
    """
    for p in context.methodology.inputs:
        if not p.is_monitored or not p.is_additive or str(p.unit) in _COUNTED:
            continue
        for key in context.plan.values(p, Stage.REPORT):
            value = effective(context.plan, context.submission, key)
            if value is not None and _is_measured(context, p, key.of("option")):
                yield Point(p, key.unit)


def _is_measured(context: OpenedBook, p: Parameter, option: Key) -> bool:
    if len(p.options) == 1:
        return p.options[0] == _MEASURED[-1]
    chosen = shown(context.submission.get(option))
    return chosen.casefold() == _MEASURED.casefold()


def uncovered(period: Days, certificates: Iterable[Days]) -> list[Days]:
    """Return the days of a period on which no certificate is valid."""
    gaps: list[Days] = []
    first, last = period
    for start, end in sorted(certificates):
        if start > first:
            gaps.append((first, min(start - _DAY, last)))
        first = max(first, end + _DAY) if end < date.max else date.max
        if first > last:
            return [gap for gap in gaps if gap[0] <= gap[1]]
    return [*(gap for gap in gaps if gap[0] <= gap[1]), (first, last)]
