"""What was found in a book, what was not taken, and what was taken with reserve."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from jcm_xl.model.key import Key
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.readings import amount, number_meant
from jcm_xl.xlsx.grid import Cell, address


class Spot(NamedTuple):
    """A cell of the file."""

    sheet: str
    row: int
    column: int
    cell: Cell

    @property
    def address(self) -> str:
        """Return `E8`."""
        return address(self.row, self.column)

    @property
    def value(self) -> object:
        """Return what is stored; an empty text is nothing."""
        value = self.cell.value
        return None if isinstance(value, str) and not value.strip() else value


class Reason(StrEnum):
    """Why something that stands in the book was not taken."""

    UNKNOWN_SYMBOL = "no parameter of the methodology has this symbol"
    NO_SYMBOL = "its row names no parameter"
    OTHER_TABLE = "the parameter belongs to another table"
    NOT_ASKED = "the methodology does not ask for this value"
    NOT_OFFERED = "the methodology does not offer this choice"
    SEVERAL = "several rows name this parameter, which has one value"
    UNIT_TWICE = "an earlier row has the same unit number"
    NO_SUCH_ROW = "there are more units than the methodology takes"
    OTHER_UNIT = "the unit beside it is another one"
    NOT_THE_SUM = "it is not the sum of the units"
    NO_HEADING = "its column has no heading that is known"
    NO_RESULT = "its formula has no stored result"
    UNSURE = "its formula gives no one value"
    AN_ERROR = "it is an error value"
    SHOWN_AS_DATE = "it is a number that the cell shows as a date"
    NO_NUMBER = "it is no number"
    NO_DAY = "it is no day"
    UNCLEAR_DAYS = "its days can be read in two ways"
    NO_PERIOD = "it cannot be read as first and last day"
    PERIODS_DIFFER = "another monitoring period is given elsewhere in the report"
    REFERENCES_DIFFER = "another reference number is given elsewhere in the book"
    OTHER_TEXT = "another text is given for the same parameter"
    NO_ROOM = "there is no cell for it in the official sheet"
    SECOND_SHEET = "another sheet of the book is taken for this one"


HARMLESS = frozenset(
    (Reason.NO_HEADING, Reason.OTHER_TEXT, Reason.NO_ROOM, Reason.NOT_THE_SUM,
     Reason.NO_PERIOD, Reason.UNCLEAR_DAYS, Reason.PERIODS_DIFFER,
     Reason.REFERENCES_DIFFER, Reason.SECOND_SHEET)
)  # fmt: skip
"""Reasons that leave every value of the book where it belongs."""


class Why(StrEnum):
    """Why something was taken only with reserve."""

    BY_DESCRIPTION = "its symbol is not known; number and description agree"
    BY_LETTER = "the heading of its column is not known; the letter above it is"
    BY_ORDER = "no number says which unit it is; the rows were counted"
    NO_UNIT = "no unit stands beside it"
    NOT_USED = "it stands in a unit row without any number; the row is not used"
    BY_VALUE = "the value that goes with it stands there; no other choice has this one"
    REDESCRIBED = "the other version describes it in other words: compare them"
    FROM_FORMULA = "it is the result of a formula"
    GIVEN = "the workbook asks nobody for it and calculates with this number itself"


class NotUnderstood(StrEnum):
    """Why a part of a sheet was not understood."""

    NO_HEADINGS = "no row of headings that is known follows its title"
    NO_FIGURE = "no heading that is known stands above its figures"
    NUMBERS_OUTSIDE = "its numbers stand under no heading that is known"
    OTHER_SHEET = "neither its name nor its title is that of an official sheet"


def in_words(reason: Reason | Why | NotUnderstood) -> Phrase:
    """Return a reason as every language says it."""
    return Phrase(f"foreign.{reason.name.lower().replace('_', '-')}", reason.value)


class Unplaced(NamedTuple):
    """Something that was not taken.

    name:   the parameter it is probably about, if any; key: its slot.
    unit, wanted: what stands beside a value, and what the methodology takes.
    meant:  what was probably typed, where what stands there cannot be taken.
    """

    sheet: str
    cell: str
    content: str
    reason: Reason
    name: str = ""
    key: Key | None = None
    unit: str = ""
    wanted: str = ""
    meant: str = ""

    @property
    def probable(self) -> str:
        """Return what a value would be in the methodology's unit, if that is known."""
        if self.meant:
            return self.meant
        if self.reason is not Reason.OTHER_UNIT:
            return ""
        meant = number_meant(f"{self.content}{self.unit}", self.wanted)
        return "" if meant is None else amount(meant, self.wanted)


class Remark(NamedTuple):
    """Something that was taken, and the reader is told how."""

    sheet: str
    cell: str
    content: str
    why: Why
    name: str = ""
    key: Key | None = None


class Stated(NamedTuple):
    """A number that the book prints and the methodology gives or calculates.

    row: the unit, 0 for none. beside: the unit of measure, empty where there is none.
    is_typed: whether it is no formula.
    """

    stage: str
    name: str
    row: int
    sheet: str
    cell: str
    value: float
    beside: str = ""
    is_typed: bool = True


class Unread(NamedTuple):
    """A part of the book that was not understood; no stage: of the whole book."""

    stage: str
    sheet: str
    cell: str
    content: str
    why: NotUnderstood
