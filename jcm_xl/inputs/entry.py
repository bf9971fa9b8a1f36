"""What an inputs file says, entry by entry, before anybody judges it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from jcm_xl.dataclass import dataclass
from jcm_xl.inputs.problems import EntryPlace

PLAN: Final = "plan"
REPORT: Final = "report"
BOTH: Final = "both"
FIXED: Final = "fixed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of an inputs file.

    role:     `value`, `option`, one of `Layout.texts`, or one of the whole book:
              `methodology`, `reference_number`, `rows`, `plan_days`,
              `period_start`, `period_end`, `person`, `role`, `stage`, `meter`; `month`
              and `month_unit` of a column on the sheet Monthly, `month_note` of a row.
    name:     the parameter or set; for `person` and `role` the line's number; for
              `meter` what is said of it.
    stage:    `plan`, `report`, `both` or `fixed`; empty where nothing was said.
    unit:     the number of the unit row, where the format gives one.
    value:    as the format gave it; a list holds one value a unit.
    is_typed: False where the format spells numbers as text, as CSV does.
    month:    of an amount by month: its number in the period, or `2025-03`.
    is_row:   True for a row of the long form, where units have numbers.
    """

    role: str
    name: str
    value: object
    place: EntryPlace
    stage: str = ""
    unit: int | None = None
    is_typed: bool = True
    is_row: bool = False
    month: object = None

    def item(self, unit: int, value: object) -> Entry:
        """Return the entry of one unit of a list."""
        return replace(self, unit=unit, value=value, place=self.place.at(unit))

    def of_stage(self, stage: str) -> Entry:
        """Return the entry for one stage."""
        return replace(self, stage=stage)
