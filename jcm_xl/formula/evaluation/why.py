"""Why a formula has no value of which every program says the same."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from jcm_xl.text.phrase import Phrase


class Obstacle(StrEnum):
    """What kind of thing stands in the way of a value.

    CHANGES:   another day, computer or program gives another value.
    ELSEWHERE: it stands in another workbook, on a server, in another program.
    UNKNOWN:   we do not evaluate it; another program may.
    """

    CHANGES = "changes"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


REASONS = {
    "volatile": "{function} gives another value on another day or computer",
    "language": "its value depends on the language that the program is set to",
    "program": "Excel and LibreOffice give different values",
    "text-to-number": "the text '{text}' is a number or not, as the program is set",
    "pattern": "what TEXT makes of '{pattern}' depends on the language",
    "order-of-texts": "programs put the texts '{first}' and '{second}' in other orders",
    "not-sorted": "{function} needs a sorted list, and the list it reads is not sorted",
    "early-year": "programs count the days before March 1900 in different ways",
    "hidden-rows": "{function} reads over hidden rows",
    "array-or-not": "whether it is calculated as an array depends on the program",
    "reads-itself": "it reads itself",
    "elsewhere": "it reads another workbook, a server or a program",
    "function": "the function {function} is not evaluated here",
    "no-formula": "it is no formula that can be read",
    "spills": "it reads what another formula spills",
    "table": "the table in it is not in the book",
    "table-of-inputs": "it is a what-if data table",
    "too-much-work": "it reads more cells than are followed",
    "arguments": "{function} is given an unusual number of arguments",
}


class NotEvaluable(Exception):
    """There is no such value; `reason` says why, `obstacle` of what kind it is.

    place: sheet, row and column of the formula that it stands in, once known.
    """

    def __init__(self, obstacle: Obstacle, key: str, **facts: Any) -> None:
        """Keep the parts."""
        super().__init__(key)
        self.obstacle = obstacle
        self.place: tuple[str, int, int] | None = None
        self.reason = Phrase(f"evaluation.{key}", REASONS[key], **facts)


def changing(key: str, **facts: Any) -> NotEvaluable:
    """Return the obstacle of a value that changes without anybody typing."""
    return NotEvaluable(Obstacle.CHANGES, key, **facts)


def unknown(key: str, **facts: Any) -> NotEvaluable:
    """Return the obstacle of a formula that we do not evaluate."""
    return NotEvaluable(Obstacle.UNKNOWN, key, **facts)
