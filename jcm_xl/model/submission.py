"""What a workbook holds for its methodology, and what the engine takes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.model.key import Key


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value such as ``#DIV/0!``; never equal to the text of the same name."""

    code: str


@dataclass(frozen=True, slots=True)
class DateNumber:
    """A number that its cell shows as a date or a time; it never counts as an amount.

    day: the day it shows, `None` where it is a time alone or no day of a spreadsheet.
    """

    number: float
    day: date | None = None

    def __str__(self) -> str:
        """Return what the cell shows: `2024-01-02`, `2024-01-02 12:00`, `12:00`."""
        minutes = min(round(self.number % 1 * 1440), 1439)
        moment = f"{minutes // 60:02}:{minutes % 60:02}"
        if self.day is None:
            return moment if 0 < self.number < 1 else f"{self.number:.15g}"
        return f"{self.day.isoformat()} {moment}" if minutes else self.day.isoformat()


Value: TypeAlias = float | str | bool | date | CellError | DateNumber | None


DAYS_OF_A_YEAR = 365.0
"""What the estimates of a plan cover that does not say otherwise."""


class Stage(StrEnum):
    """Ex ante (Monitoring Plan Sheets) or ex post (Monitoring Report Sheets)."""

    PLAN = "mps"
    REPORT = "mrs"

    @property
    def word(self) -> str:
        """Return how it is called in texts and options: `plan` or `report`."""
        return "plan" if self is Stage.PLAN else "report"


@dataclass(frozen=True, slots=True)
class Submission:
    """The participant's cells by key, as `{value_key("mps", "EG_i_p", 2): 850.5}`.

    A cell left as the template made it (blank, or with the methodology's own text)
    is absent. `rows` tells how many unit rows each set was given.
    """

    methodology: str
    version: str
    rows: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[Key, Value] = field(default_factory=dict)

    def get(self, key: Key) -> Value:
        """Return the value of a slot, `None` when it was left as made."""
        return self.values.get(key)


@dataclass(frozen=True, slots=True)
class StageInputs:
    """The inputs of one calculation, cleaned: a usable number, a choice or `None`.

    values: parameter name -> value, or a tuple with one value a unit row.
    used:   set name -> the numbers (from 1) of the unit rows in use.
    """

    values: Mapping[str, float | str | tuple[float | str | None, ...] | None]
    used: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
