"""Amounts by month: placed on the sheet Monthly once the period is known."""

from __future__ import annotations

import re
from dataclasses import field
from datetime import date

from jcm_xl.dataclass import dataclass
from jcm_xl.inputs.entry import Entry
from jcm_xl.inputs.filling import Filling
from jcm_xl.inputs.judge import is_blank, number
from jcm_xl.inputs.numbers import date_of
from jcm_xl.model.key import FIRST_MONTH, PERIOD, Key, value_key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.submission import Stage
from jcm_xl.plan.stage import MONTHS, month_units

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
        entries, self.entries = self.entries, []
        for entry in entries:
            p = self.f.parameter(entry)
            if p is None or not self._fits(p, entry):
                continue
            if not isinstance(start, date) or not isinstance(end, date):
                self.f.fault(entry, "the period has to be given", is_shown=False)
                return
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

    def _amount(
        self, entry: Entry, p: Parameter, key: Key, days: tuple[date, date]
    ) -> None:
        if key in self.f.values:
            where = self.f.places[key].where
            told = f"it is given as one figure, too{f' (see {where})' if where else ''}"
            self.f.fault(entry, told, is_shown=False)
            return
        k = self._month(entry, days)
        amount = number(self.f, entry, "the unit of its months") if k else None
        if k and amount is not None and not p.bounds.admit(amount):
            self.f.fault(entry, f"expected {p.bounds}")
        elif k and amount is not None:
            self.f.put(key.in_month(k), amount, entry.place)
            if FIRST_MONTH not in self.f.values:
                self.f.put(FIRST_MONTH, days[0].replace(day=1), entry.place)

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
