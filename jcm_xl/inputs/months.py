"""Amounts by month: placed on the sheet Monthly once the period is known."""

from __future__ import annotations

import re
from dataclasses import field, replace
from datetime import date

from jcm_xl.dataclass import dataclass
from jcm_xl.inputs.entry import Entry
from jcm_xl.inputs.filling import Filling
from jcm_xl.inputs.judge import is_blank, number, text
from jcm_xl.inputs.numbers import date_of
from jcm_xl.model.key import FIRST_MONTH, PERIOD, Key, month_note, value_key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.stage import MONTHS, is_refused_below_zero, month_units

_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})", re.ASCII)


@dataclass(slots=True)
class Months:
    """Collects the months of all parameters, and the units in which they are typed."""

    f: Filling
    entries: list[Entry] = field(default_factory=list)

    def given(self, entry: Entry) -> None:
        """Keep a month, or the unit of a column, until the period is known."""
        if self.f.is_report(entry):
            self.entries.append(entry)

    def place(self) -> None:
        """Put all months into their cells; note what has none."""
        start, end = map(self.f.values.get, PERIOD)
        # Notes first, as a negative month asks for its own.
        entries = sorted(self.entries, key=lambda e: e.role != "month_note")
        self.entries = []
        for entry in entries:
            p = None if entry.role == "month_note" else self.f.parameter(entry)
            if entry.role != "month_note" and (p is None or not self._fits(p, entry)):
                continue
            if not isinstance(start, date) or not isinstance(end, date):
                self.f.fault(entry, "the period has to be given", is_shown=False)
                return
            if p is None:
                self._note(entry, (start, end))
                continue
            key = value_key(Stage.REPORT, p.name, entry.unit)
            if entry.role == "month_unit":
                self._unit(entry, p, key)
            elif not is_blank(entry.value):
                self._amount(entry, p, key, (start, end))

    def _fits(self, p: Parameter, entry: Entry) -> bool:
        """Tell whether a parameter has months, in this unit row."""
        told = ""
        if not (p.is_monitored and p.is_additive):
            told = f"{p.name} is no monitored amount, so it has no months"
        elif p.index is None and entry.unit is not None:
            told = f"{p.name} has no units"
        elif p.index is not None and entry.unit is None:
            told = f"expected the number of the unit of {p.name}"
        if told:
            self.f.fault(entry, told, is_shown=False)
        return not told and (
            p.index is None or self.f.has_room(entry, p.index, entry.unit or 1)
        )

    def _unit(self, entry: Entry, p: Parameter, key: Key) -> None:
        """Place the unit in which a column is typed."""
        known = month_units(str(p.unit))
        for unit in known:
            if str(entry.value).strip().casefold() == unit.casefold():
                if self.f.values.get(key.month_unit) != unit and unit != known_own(p):
                    self.f.put(key.month_unit, unit, entry.place)
                return
        self.f.fault(entry, f"expected one of {', '.join(known)}")

    def _note(self, entry: Entry, days: tuple[date, date]) -> None:
        """Place what is said of a month."""
        k = self._month(entry, days)
        said = text(self.f, entry, "a text") if k else None
        if k and said is not None:
            self.f.put(month_note(k), said, entry.place)

    def _amount(
        self, entry: Entry, p: Parameter, key: Key, days: tuple[date, date]
    ) -> None:
        if key in self.f.values:
            where = self.f.places[key].where
            told = f"it is given as one figure, too{f' (see {where})' if where else ''}"
            self.f.fault(entry, told, is_shown=False)
            return
        amount = number(self.f, entry, "the unit of its months")
        if amount is not None and _is_total(entry.month):
            self.f.put(key.month_total, amount, entry.place)
            return
        k = self._month(entry, days) if amount is not None else None
        if k and amount is not None and self._is_unexplained(p, amount, k):
            told = "a negative month is a credit note: say why among the month notes"
            self.f.fault(entry, told)
        elif k and amount is not None:
            self.f.put(key.in_month(k), amount, entry.place)
            if FIRST_MONTH not in self.f.values:
                self.f.put(FIRST_MONTH, days[0].replace(day=1), entry.place)

    def _is_unexplained(self, p: Parameter, amount: float, k: int) -> bool:
        is_negative = amount < 0 and is_refused_below_zero(p)
        return is_negative and month_note(k) not in self.f.values

    def _month(self, entry: Entry, days: tuple[date, date]) -> int | None:
        """Return which month of the period is meant, from 1; note another one."""
        first, last = days
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        k = _number_of(entry.month, first)
        if k is None:
            self.f.fault(entry, f"expected a month such as {first:%Y-%m}")
        elif not 1 <= k <= min(count, MONTHS):
            told = f"the period has the months {first:%Y-%m} to {last:%Y-%m}"
            self.f.fault(entry, told, is_shown=False)
            return None
        return k


def with_totals(plan: Plan, given: Submission) -> Submission:
    """Return the inputs with figures of a whole period in the cells for one total.

    A book with months fills its report from the sheet Monthly alone.
    """
    values = dict(given.values)
    for key in given.values:
        if key.is_in(Stage.REPORT, "value") and key.month_total in plan.slots:
            values[key.month_total] = values.pop(key)
    return replace(given, values=values)


def _is_total(month: object) -> bool:
    return isinstance(month, str) and month.strip().casefold() == "total"


def known_own(p: Parameter) -> str:
    """Return the unit of a month's amount in the report: `MWh` of `MWh/p`."""
    return str(p.unit).removesuffix("/p")


def _number_of(month: object, first: date) -> int | None:
    """Return the number of a month in a period from its number, its name or a day."""
    if type(month) is int:
        return month
    found = _MONTH.fullmatch(month.strip()) if isinstance(month, str) else None
    day = date_of(month)
    if found and 1 <= int(found[2]) <= 12:
        year, number_ = int(found[1]), int(found[2])
    elif day is not None:
        year, number_ = day.year, day.month
    else:
        return None
    return (year - first.year) * 12 + number_ - first.month + 1
