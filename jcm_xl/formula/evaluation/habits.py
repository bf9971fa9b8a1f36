"""Where programs and languages differ: one way to calculate, and what it met.

A formula is evaluated as Excel does it in English. Whatever meets a difference notes
it; then the formula is evaluated once more in the other way. Where both give the same,
the difference did not matter; else the book has no one value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from jcm_xl.dataclass import dataclass
from jcm_xl.formula.evaluation.why import changing

T = TypeVar("T")


@dataclass(eq=False)
class Habits:
    """How a program calculates.

    decimal:  the sign that it reads and writes before the decimals.
    is_libre: whether it is LibreOffice, or Excel.
    met:      the differences that mattered on the way: `language`, `program`.
    """

    decimal: str = "."
    is_libre: bool = False
    met: frozenset[str] = frozenset()

    def meet(self, difference: str) -> None:
        """Note that another language or program may go on in another way."""
        if difference not in self.met:
            self.met |= {difference}

    def by_program(self, excel: T, libre: T) -> T:
        """Return what this program takes; both are noted if they differ."""
        if excel != libre:
            self.meet("program")
        return libre if self.is_libre else excel


OTHERS: dict[str, Callable[[], Habits]] = {
    "language": lambda: Habits(decimal=","),
    "program": lambda: Habits(is_libre=True),
}
"""By the difference that was met: the other way to calculate."""


def depends_on(difference: str) -> Exception:
    """Return the obstacle of a value that is another one in the other way."""
    return changing(difference)
