"""The values of the sheet's formulas, from the engine's results.

A formula is written with its value, so that viewers, pandas and Excel's protected
view show numbers at once. The function of a value stands beside its formula, in
`sheets`; here is what it may ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from jcm_xl.dataclass import dataclass
from jcm_xl.model.key import Key, value_key
from jcm_xl.model.result import Result
from jcm_xl.model.submission import Stage, StageInputs, Submission
from jcm_xl.plan.slot import Cached, Slot
from jcm_xl.plan.stage import effective
from jcm_xl.text.days import serial

if TYPE_CHECKING:
    from jcm_xl.plan.plan import Plan


@dataclass(frozen=True)
class CachedValues:
    """What the formulas of a filled book show."""

    plan: Plan
    submission: Submission
    inputs: Mapping[Stage, StageInputs]
    results: Mapping[Stage, Result]

    def of(self, slot: Slot) -> Cached:
        """Return the value of a slot's formula; an error as its text, `#N/A`."""
        if slot.computed is None:
            raise ValueError(f"{slot.key} has no formula")
        return slot.computed.value(self)

    def typed(self, key: Key) -> Any:
        """Return what a cell of the participant shows; a date as Excel counts it."""
        value = effective(self.plan, self.submission, key)
        return serial(value) if isinstance(value, date) else value

    def is_blank(self, key: Key) -> bool:
        """Tell whether a cell of the participant shows nothing."""
        return self.typed(key) in (None, "")

    def word(self, key: str) -> str:
        """Return a word of the sheet Check in the language of the book."""
        return str(self.plan.messages(f"check.{key}"))

    def rows(self, index: str) -> range:
        """Return the numbers of the unit rows of a set."""
        return range(1, self.plan.rows[index] + 1)

    def used(self, stage: str, index: str) -> tuple[int, ...]:
        """Return the numbers of the unit rows in use."""
        return self.inputs[Stage(stage)].used[index]

    def total(self, stage: str, name: str, index: str) -> Cached:
        """Return the sum of an input over the units, or where it is to be seen."""
        keys = (value_key(stage, name, u) for u in self.rows(index))
        numbers = [v for key in keys if type(v := self.typed(key)) is float]
        if not numbers:
            name = self.plan.sheets[f"{stage}_separate"]
            return str(self.plan.layout("separate.see", sheet=name))
        return float(sum(numbers))

    def quantity(self, stage: str, name: str, u: int | None = None) -> Cached:
        """Return a calculated figure, an error, or nothing for a unit not in use."""
        quantity = self.results[Stage(stage)].get(name, u)
        if quantity is None:
            return ""
        return quantity.error if quantity.value is None else quantity.value

    def is_unneeded(self, stage: str, name: str, u: int | None = None) -> bool:
        """Tell whether an input is left blank and need not be given."""
        quantity = self.results[Stage(stage)].get(name, u)
        return quantity is None or quantity.error == "#VALUE!"

    def missing(self, stage: str, name: str = "") -> float:
        """Count the cells of an input that are missing, or all that are."""
        missing = self.results[Stage(stage)].missing
        if not name:
            return float(len(missing))
        return float(sum(1 for item in missing if item.name == name and item.row != 0))

    def missing_units(self, stage: str, group: tuple[str, ...]) -> float:
        """Return 1 for sets of which no unit row is in use."""
        return 0.0 if any(self.used(stage, index) for index in group) else 1.0

    def result(self, stage: str) -> Cached:
        """Return the figure of Table 3, or why there is none."""
        result, text = self.results[Stage(stage)], self.plan.layout
        count = len(result.missing)
        if count:
            after = text("incomplete.one" if count == 1 else "incomplete.after")
            return f"{text('incomplete.before')}{count}{after}"
        if result.sheet_credited is None:
            return str(text("incomplete.failed"))
        return float(result.sheet_credited)
