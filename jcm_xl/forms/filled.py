"""A filled form, read from its book: what stands in each cell, judged once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from jcm_xl.dataclass import dataclass
from jcm_xl.forms.model import EntryValue, FieldType, FieldValue
from jcm_xl.forms.place import FormCell, FormSheet
from jcm_xl.model.reading import CellReading, Takes, read
from jcm_xl.model.shown import shown
from jcm_xl.xlsx.grid import Cell, Grid, Sheet

_TAKES = {FieldType.NUMBER: Takes.NUMBER, FieldType.DATE: Takes.DAY}


@dataclass(frozen=True, slots=True)
class FormEntry:
    """What stands in a cell of a form. value: `None` for nothing that it can hold."""

    cell: FormCell
    reading: CellReading
    formula: str
    value: EntryValue | None

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing to be seen stands there."""
        return self.shown.strip() == ""

    @property
    def shown(self) -> str:
        """Return what stands there, as text."""
        return shown(self.reading.value)

    @property
    def is_read(self) -> bool:
        """Tell whether it is nothing, or something that the cell can hold."""
        return self.is_blank or self.value is not None


def read_entries(grid: Grid, placed: FormSheet) -> dict[FormCell, FormEntry]:
    """Return the entry of every cell of a form; of a lost sheet all are blank."""
    sheet = grid.sheet(placed.name)
    return {cell: _entry(grid, sheet, cell) for cell in placed.cells}


def _entry(grid: Grid, sheet: Sheet | None, cell: FormCell) -> FormEntry:
    stored = sheet.cells.get(cell.at) if sheet is not None else None
    stored = stored or Cell(None)
    reading = read(
        stored.value, _TAKES.get(cell.type, Takes.TEXT),
        shows_date=type(stored.value) is float and grid.styles.is_date(stored.style),
        is_date1904=grid.is_date1904,
    )  # fmt: skip
    return FormEntry(cell, reading, stored.formula or "", _value(cell, reading))


def _value(cell: FormCell, reading: CellReading) -> EntryValue | None:
    if cell.type is FieldType.DATE:
        return reading.day
    if cell.type is FieldType.NUMBER:
        number = reading.number
        if number is None:
            return None
        exact = Decimal(f"{number:.15g}")
        is_whole = cell.part is not None and cell.part.is_whole
        return None if is_whole and exact != exact.to_integral_value() else exact
    if not isinstance(reading.value, str) or not reading.value.strip():
        # a number or a day in a cell for text is its text, but no error and no truth
        is_number = reading.number is not None
        return shown(reading.value) if is_number and not cell.choices else None
    text = reading.value.replace("\r\n", "\n").strip()
    return text if not cell.choices else _choice(text, cell.choices)


def _choice(text: str, choices: tuple[str, ...]) -> str | None:
    """Return the choice that was meant: other capitals or blanks are no other word."""
    folded = " ".join(text.split()).casefold()
    return next((each for each in choices if each.casefold() == folded), None)


def values_of(entries: Mapping[FormCell, FormEntry]) -> dict[str, FieldValue]:
    """Return what was typed, by field; of tables the rows in which anything stands.

    A row that we fill in part keeps what it is found again by.
    """
    found: dict[str, FieldValue] = {}
    rows: dict[str, dict[int, dict[str, EntryValue]]] = {}
    for cell, entry in entries.items():
        if not cell.is_typed or entry.value is None:
            continue
        if cell.part is None:
            found[cell.field.id] = entry.value
        else:
            row = rows.setdefault(cell.field.id, {})
            row.setdefault(cell.number, dict(cell.keys))[cell.part.id] = entry.value
    for name, numbered in rows.items():
        found[name] = tuple(numbered[number] for number in sorted(numbered))
    return found
