"""The key of a slot, as a value: what a cell holds, on whichever sheet it stands.

Its text, `mps.value:EG_i_p[2]`, is for what leaves the program or comes into it:
reports, answers, fixtures. `str` writes it and `Key.parse` reads it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PLAN, _REPORT = "mps", "mrs"
_SUBJECT = re.compile(
    r"(?P<name>[^\[@.]*)(?:\[(?P<unit>\d+)\])?(?:@(?P<at>\d+))?(?:\.(?P<part>.*))?"
)


class Key(NamedTuple):
    """What a slot holds, such as the value of EG_i_p in unit row 2 of the plan.

    stage:  `mps` or `mrs`; for cells of no stage their group: `period`, `meters` ...
    notion: `value`, `option`, `source` ...; a fixed cell of a table is `table1.title`.
    name:   of the parameter, formula, table or set that it is about, if any.
    unit:   the unit row, or the number of a line; `None` for none.
    at:     the month on the sheet Monthly, the block on a calculation sheet.
    part:   a cell beside it, such as the `unit` or `label` of a quantity.
    """

    stage: str
    notion: str
    name: str = ""
    unit: int | None = None
    at: int | None = None
    part: str = ""

    def __str__(self) -> str:
        stage, notion, name, unit, at, part = self
        text = f"{stage}.{notion}" if stage else notion
        if name:
            text += f":{name}" if unit is None else f":{name}[{unit}]"
        elif unit is not None:
            text += f":{unit}"
        if at is not None:
            text += f"@{at}"
        return f"{text}.{part}" if part else text

    @classmethod
    def parse(cls, text: str) -> Key:
        """Return the key of a text; what is no key of any plan parses too."""
        head, _, subject = text.partition(":")
        stage, dot, notion = head.partition(".")
        if not dot:
            stage, notion = "", head
        found = _SUBJECT.fullmatch(subject)
        if not found:
            return cls(stage, notion, subject)
        name, unit, at, part = found["name"], found["unit"], found["at"], found["part"]
        if unit is None and name.isdecimal():
            name, unit = "", name
        return cls(stage, notion, name, _number(unit), _number(at), part or "")

    def is_in(self, stage: str, notion: str = "") -> bool:
        """Tell whether it is of a stage (`mps`, `period`), and of a notion if given."""
        return self.stage == stage and (not notion or self.notion == notion)

    @property
    def side(self) -> str:
        """Return `mps` also for what belongs to a sheet, `mps_input.title`."""
        return self.stage.partition("_")[0]

    def in_plan(self) -> Key:
        """Return the same notion in the plan; what is in no report stays as it is."""
        return self._replace(stage=_PLAN) if self.stage == _REPORT else self

    def in_report(self) -> Key:
        """Return the same notion in the report."""
        return self._replace(stage=_REPORT) if self.stage == _PLAN else self

    def of(self, notion: str) -> Key:
        """Return another notion of the same parameter and unit row, as its option."""
        return self._replace(notion=notion)

    def with_unit(self, unit: int | None) -> Key:
        """Return the key of another unit row."""
        return self._replace(unit=unit)

    def beside(self, part: str) -> Key:
        """Return the key of a cell beside this one: its label, unit or symbol."""
        if not self.name and self.unit is None:
            return self._replace(notion=f"{self.notion}.{part}")
        return self._replace(part=f"{self.part}.{part}" if self.part else part)

    def nth(self, number: int) -> Key:
        """Return the key of one of several cells side by side, from 1."""
        if self.part:
            return self._replace(part=f"{self.part}:{number}")
        return self.with_unit(number)

    @property
    def month_unit(self) -> Key:
        """Return the key of the unit in which the months of this value are typed."""
        return self._replace(stage="monthly", notion="typed_unit")

    @property
    def month_total(self) -> Key:
        """Return the key of the one total that stands in place of the months."""
        return self._replace(stage="monthly", notion="total")

    def in_month(self, month: int) -> Key:
        """Return the key of a month's amount, of which this value is the sum."""
        return self._replace(stage="monthly", at=month)


OFFICIAL = "official"
"""The stage of the keys of an official workbook's cells; no key of our plans has it."""
REFERENCE_NUMBER = Key("", "reference_number")
PLAN_DAYS = Key("plan", "days")
FIRST_MONTH = Key("monthly", "first")
PERIOD_START, PERIOD_END = PERIOD = (Key("period", "start"), Key("period", "end"))


def value_key(stage: str, name: str, unit: int | None = None) -> Key:
    """Return the key of the value of a parameter, `mps.value:EG_i_p[2]`."""
    return Key(stage, "value", name, unit)


def month_note(month: int) -> Key:
    """Return the key of what is said of a month: why negative, how it was divided."""
    return Key("monthly", "note", unit=month)


def option_key(stage: str, name: str, unit: int | None = None) -> Key:
    """Return the key of the monitoring option of a parameter."""
    return Key(stage, "option", name, unit)


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


_REFERENCE = re.compile(r"[A-Z]{2}\d{3}", re.ASCII)


def is_reference_number(text: str) -> bool:
    """Tell whether a text is written as reference numbers of projects are: ID009."""
    return bool(_REFERENCE.fullmatch(text))
