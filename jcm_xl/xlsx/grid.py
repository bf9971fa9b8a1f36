"""What a workbook holds, flat and without meaning: cells, sheets and odd facts.

Nothing here knows a methodology. A grid is what ``read_grid`` returns and what every
later step (submission, stamp, dump, checks) looks at.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.model.submission import CellError as CellError
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.cell_styles import Styles
from jcm_xl.xlsx.sheet_look import USUAL_LOOK, SheetLook

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)

Position: TypeAlias = tuple[int, int]


CellValue: TypeAlias = float | str | bool | CellError | None


class Cell(NamedTuple):
    """One stored cell: its value (of a formula: the cached one), formula and style."""

    value: CellValue
    formula: str | None = None
    style: int = 0


class Odd(StrEnum):
    """The kinds of odd facts; a check decides what each of them means."""

    COMMENT = "comment inside a value"
    CDATA = "CDATA section inside a value"
    INSTRUCTION = "processing instruction inside a value"
    FOREIGN_ELEMENT = "unknown element among the cells"
    DUPLICATE_CELL = "cell stored twice"
    ODD_ADDRESS = "address in another spelling"
    MISPLACED_CELL = "cell stored in another row"
    SECOND_VALUE = "cell with two values or formulas"
    BAD_VALUE = "value that does not fit its type"
    BAD_STYLE = "unknown cell style"
    SHARED_FORMULA = "broken shared formula"
    DATA_TABLE = "what-if data table"
    ZERO_HEIGHT = "rows hidden by default"
    ALTERNATIVE = "alternate content where none may stand"
    FOREIGN_NAME = "foreign name that looks like one that is read"
    UNDECLARED = "foreign name that is not declared ignorable"
    TWICE = "stated twice"
    BAD_SETTING = "setting with an impossible value"
    OTHER_ARITHMETIC = "sheet calculated as by Lotus 1-2-3"
    UNLISTED_SHEET = "worksheet that no sheet names"
    ESCAPED_NAME = "part name with escapes"
    OTHER_CAPITALS = "part named in other capitals"
    OTHER_KIND = "part of another kind than its place says"
    SAME_SHEET_NAME = "two sheets of one name"
    UNLISTED_BYTES = "unlisted bytes in the archive"
    NO_PART = "piece of the archive that is no part"
    OTHER_TYPE = "part with another content type than its own"
    BAD_TYPE = "broken list of content types"
    BAD_RELATION = "broken relation"
    BAD_PART_NAME = "part name that is not allowed"
    BROKEN_PART = "part that is broken or of another kind"
    OTHER_ENCODING = "part in an encoding that no package may have"
    NOT_IN_SCHEMA = "element or setting that the schema does not have there"
    TOO_MUCH = "more than Excel takes"
    SIGNED = "digital signature"
    MACROS = "macros"
    MACRO_SHEET = "Excel 4 macro sheet"
    EXTERNAL_LINK = "link to another workbook"
    DDE_LINK = "DDE or OLE link"
    OLE_OBJECT = "embedded object"
    ACTIVE_X = "ActiveX control"
    CONNECTION = "data connection"
    QUERY = "query"
    WEB_EXTENSION = "web add-in"
    CUSTOM_RIBBON = "custom ribbon"
    REMOTE_CONTENT = "content loaded from elsewhere"
    XML_MAP = "cells bound to XML data"
    PIVOT_TABLE = "pivot table"
    ESCAPED_TEXT = "letters that are written as escapes"
    OTHER_READING = "reading above a text with figures that the text does not have"
    STRICT = "strict Open XML"
    FILE_LINK = "link to a file"
    MORE = "more of the same"


class Oddity(str):
    """A sentence about something odd, with its kind and, if known, its place."""

    __slots__ = ("cell", "kind", "sheet")
    kind: Odd
    sheet: str
    cell: str

    def __new__(
        cls, kind: Odd, sheet: str = "", cell: str = "", text: str = ""
    ) -> "Oddity":
        """Write the sentence ``Sheet!A1: kind (detail)`` from its parts."""
        place = f"{sheet}!{cell}: " if cell else f"{sheet}: " if sheet else ""
        detail = f" ({text})" if text else ""
        self = super().__new__(cls, f"{place}{kind.value}{detail}")
        self.kind, self.sheet, self.cell = kind, sheet, cell
        return self

    def __reduce__(self) -> tuple[object, ...]:
        """Let an oddity travel between processes."""
        return _restored, (str(self), self.kind, self.sheet, self.cell)


def _restored(sentence: str, kind: Odd, sheet: str, cell: str) -> Oddity:
    oddity = str.__new__(Oddity, sentence)
    oddity.kind, oddity.sheet, oddity.cell = kind, sheet, cell
    return oddity


class Drawing(NamedTuple):
    """A picture, shape, chart or note that lies over cells: the first and the last one.

    text:   what is written in it. covers: whether what lies under it is not seen.
    links:  the cells whose content it shows, as stored.
    """

    sheet: str
    kind: str
    top: int
    left: int
    bottom: int
    right: int
    text: str = ""
    covers: bool = True
    links: tuple[str, ...] = ()


class CellTable(NamedTuple):
    """A table of a sheet; `headings` and `totals`: how many rows of them it has."""

    name: str
    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    columns: tuple[str, ...]
    headings: int = 1
    totals: int = 0


class Validation(NamedTuple):
    """One data validation rule as stored; ``formula1`` of a list is its source."""

    sqref: str
    type: str
    formula1: str
    formula2: str = ""
    operator: str = "between"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; a chart sheet has no cells."""

    name: str
    state: str = "visible"  # or "hidden" or "veryHidden"
    cells: Mapping[Position, Cell] = field(default_factory=dict)
    merges: tuple[str, ...] = ()
    arrays: tuple[str, ...] = ()  # the ranges of array formulas
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_protected: bool = False
    validations: tuple[Validation, ...] = ()
    duplicates: tuple[Position, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    look: SheetLook = USUAL_LOOK
    kind: str = "worksheet"  # or "chartsheet", "dialogsheet", "macrosheet"

    @property
    def uncalculated(self) -> int:
        """How many formulas have no stored result, as after a save by a library."""
        return sum(
            1
            for value, formula, _ in self.cells.values()
            if value is None and formula is not None
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole workbook."""

    sheets: tuple[Sheet, ...]
    styles: Styles = field(default_factory=Styles)
    names: Mapping[str, str] = field(default_factory=dict)  # local ones: "Sheet!name"
    properties: Mapping[str, str] = field(default_factory=dict)
    oddities: tuple[Oddity, ...] = ()  # of the book and of all its sheets
    sha256: str = ""
    is_date1904: bool = False
    is_structure_protected: bool = False
    calculation: Mapping[str, str] = field(default_factory=dict)  # as stored: calcMode
    drawings: tuple[Drawing, ...] = ()
    tables: tuple[CellTable, ...] = ()
    window: Mapping[str, str] = field(default_factory=dict)  # as stored: showSheetTabs

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of this exact name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    @property
    def uncalculated(self) -> int:
        """How many formulas of the book have no stored result."""
        return sum(sheet.uncalculated for sheet in self.sheets)

    @property
    def is_calculated(self) -> bool:
        """Whether every formula has a stored result."""
        return not self.uncalculated


@lru_cache(maxsize=1 << 15)
def column_letters(column: int) -> str:
    """Return the letters of a column: 1 is ``A``, 27 is ``AA``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column: ``A`` is 1, ``AA`` is 27."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column


@lru_cache(maxsize=1 << 16)
def address(row: int, column: int) -> str:
    """Return the address of a position: ``address(8, 5)`` is ``E8``."""
    return f"{column_letters(column)}{row}"


@lru_cache(maxsize=1 << 16)
def parse_address(text: str) -> Position:
    """Return row and column: ``E8`` is ``(8, 5)``; ``ValueError`` for other texts."""
    match = _ADDRESS.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a cell address")
    column = column_number(match[1])
    row = int(match[2])
    if row > limits.ROWS or column > limits.COLUMNS:
        raise ValueError(f"{text!r} lies outside of a sheet")
    return row, column


def parse_range(text: str) -> tuple[int, int, int, int]:
    """Return top, left, bottom, right: ``B2:C9`` is ``(2, 2, 9, 3)``."""
    first, _, last = text.partition(":")
    row1, column1 = parse_address(first)
    row2, column2 = parse_address(last or first)
    return (
        min(row1, row2), min(column1, column2), max(row1, row2), max(column1, column2)
    )  # fmt: skip
