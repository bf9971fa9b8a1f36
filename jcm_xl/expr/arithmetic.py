"""How to calculate: the strategy behind a compiled expression."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.text.phrase import Phrase

DIVISION = "#DIV/0!"
NOT_AVAILABLE = "#N/A"
NUMBER = "#NUM!"
VALUE = "#VALUE!"

TOO_LARGE = Phrase("reasons.too-large", "The number is too large for a spreadsheet.")
BY_ZERO = Phrase("reasons.by-zero", "A number is divided by zero.")
LN_OF_NOTHING = Phrase("reasons.ln", "ln() needs a number above zero.")
ROOT_OF_LESS = Phrase("reasons.sqrt", "sqrt() needs a number that is not negative.")
NO_UNIT = Phrase("reasons.no-unit", "There is no unit to calculate with.")
TEXT_AND_NUMBER = Phrase(
    "reasons.text-and-number", "A text cannot be compared with a number."
)


class NotCalculable(JcmError):
    """There is no number here.

    ``error`` is what a spreadsheet cell shows: ``#DIV/0!``, ``#N/A``, ``#NUM!``
    or ``#VALUE!``; ``reason`` is a whole sentence.
    """

    def __init__(self, error: str, reason: str) -> None:
        """Join both for the plain message."""
        self.error = error
        self.reason = reason
        super().__init__(f"{error}: {reason}")


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """One way to calculate: SHEET on floats, EXACT on Decimals.

    Every operation takes and returns the strategy's own number type and raises
    :class:`NotCalculable`. ``literal`` reads a number as written, ``number``
    admits a scope's value and refuses a text. ``compare`` is negative, zero or
    positive, as ``a - b`` is, for two numbers or for two texts.
    """

    name: str
    literal: Callable[[str], Any]
    number: Callable[[Any], Any]
    negate: Callable[[Any], Any]
    absolute: Callable[[Any], Any]
    add: Callable[[Any, Any], Any]
    subtract: Callable[[Any, Any], Any]
    multiply: Callable[[Any, Any], Any]
    divide: Callable[[Any, Any], Any]
    total: Callable[[Iterable[Any]], Any]
    exp: Callable[[Any], Any]
    ln: Callable[[Any], Any]
    root: Callable[[Any], Any]
    power: Callable[[Any, int], Any]
    round_down: Callable[[Any, int], Any]
    compare: Callable[[Any, Any], int]


def compare_texts(first: object, second: object) -> int:
    """Order of two texts, ignoring case; a number beside a text is refused."""
    if not (isinstance(first, str) and isinstance(second, str)):
        raise NotCalculable(VALUE, TEXT_AND_NUMBER)
    a, b = first.lower(), second.lower()
    return (a > b) - (a < b)


def refuse_text(value: object) -> NotCalculable:
    """The failure of a value that is not a number."""
    return NotCalculable(
        VALUE,
        Phrase("reasons.no-number", "{value} is not a number.", value=repr(value)),
    )
