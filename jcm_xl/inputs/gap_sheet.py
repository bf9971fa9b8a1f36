"""Read the filled work list back: what a person confirmed, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from pathlib import Path

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.gaps import Gap, GapKind
from jcm_xl.definition.overlay_text import Confirmed
from jcm_xl.inputs.numbers import date_of, plain_number
from jcm_xl.inputs.problems import EntryPlace, InputProblem, InputsError
from jcm_xl.model.methodology import Source
from jcm_xl.model.shown import shown
from jcm_xl.plan.cells import judged
from jcm_xl.writing import gap_sheet as form
from jcm_xl.xlsx.grid import Cell, CellError, Grid, Sheet
from jcm_xl.xlsx.read import read_grid

GapKey = tuple[str, ...]
_COLUMN_BASE = 26
_NUMBERS = (GapKind.OPEN, GapKind.UNKNOWN, GapKind.DEFAULT, GapKind.ROW)
_ASKED = (form.SAME, form.VALUE, form.OWN_DOCUMENT, form.SECTION)
_YES = (form.YES, "y", "true")


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row in which somebody typed something, by heading, with its cells."""

    key: GapKey
    texts: Mapping[str, str]
    value: object
    row: int
    columns: Mapping[str, int]

    def cell(self, heading: str) -> str:
        """Return the address of a cell, `L12`."""
        return f"{_letters(self.columns[heading])}{self.row}"


@dataclass(slots=True)
class FilledList:
    """A filled work list: who confirmed when, in which document, and which rows."""

    file: str
    by: str = ""
    on: date | None = None
    document: str = ""
    rows: list[FilledRow] = field(default_factory=list)
    problems: list[InputProblem] = field(default_factory=list)

    def fault(self, cell: str, reason: str) -> None:
        """Note a problem at a cell."""
        row = int(re.sub(r"\D", "", cell) or 0)
        place = EntryPlace(self.file, f"'{form.SHEET}'!{cell}", "", row)
        self.problems.append(InputProblem(place, "", reason))

    @property
    def methodologies(self) -> tuple[str, ...]:
        """Return the methodologies with a filled row, in the order of the list."""
        return tuple(dict.fromkeys(row.key[0] for row in self.rows))

    def fail(self) -> None:
        """Raise `InputsError` where there is any problem."""
        if self.problems:
            raise InputsError(self.problems)


def read_gap_sheet(path: Path) -> FilledList:
    """Read a filled work list; raise `InputsError` where it is none."""
    grid = read_grid(path)
    filled = FilledList(path.name)
    for sheet in grid.sheets:
        head = _head_row(sheet)
        if head is not None:
            _read_head(filled, grid, sheet, head)
            _read_rows(filled, grid, sheet, head)
            return filled
    reason = "no sheet has the headings of a list written by `jcm-xl gaps --sheet`"
    raise InputsError([InputProblem(EntryPlace(path.name), "", reason)])


def _head_row(sheet: Sheet) -> int | None:
    wanted = {*form.KEYS, form.PRESENT, form.SAME, form.VALUE}
    rows: dict[int, set[str]] = {}
    for (row, _), cell in sheet.cells.items():
        rows.setdefault(row, set()).add(_text(cell))
    return next((row for row, texts in sorted(rows.items()) if wanted <= texts), None)


def _read_head(filled: FilledList, grid: Grid, sheet: Sheet, head: int) -> None:
    cells: dict[str, tuple[str, Cell | None]] = {}
    for (row, column), cell in sheet.cells.items():
        label = _text(cell)
        if row < head and column == 1 and label in form.HEAD:
            address = f"{_letters(column + 1)}{row}"
            cells[label] = address, sheet.cells.get((row, column + 1))
    where, typed = cells.get(form.BY, ("A1", None))
    filled.by = _text(typed)
    if not filled.by:
        filled.fault(where, f"'{form.BY}' is empty; type who compared the numbers")
    where, typed = cells.get(form.ON, ("A1", None))
    filled.on = date_of(typed.value) if typed else None
    if filled.on is None or grid.is_date1904:
        reason = f"'{form.ON}' is no date; type the day of confirmation"
        filled.fault(where, reason)
    filled.document = _text(cells.get(form.DOCUMENT, ("", None))[1])


def _read_rows(filled: FilledList, grid: Grid, sheet: Sheet, head: int) -> None:
    columns = {
        _text(cell): column
        for (row, column), cell in sheet.cells.items()
        if row == head and _text(cell) in form.HEADINGS
    }
    columns |= {h: columns[form.VALUE] for h in _ASKED if h not in columns}
    for row in sorted({row for row, _ in sheet.cells if row > head}):
        cells = {name: sheet.cells.get((row, at)) for name, at in columns.items()}
        texts = {name: _text(cell) for name, cell in cells.items()}
        if not any(texts[name] for name in (form.SAME, form.VALUE)):
            continue
        value = cells[form.VALUE]
        key = tuple(texts[name] for name in form.KEYS)
        raw = judged(grid, "number", value).value if value else None
        filled.rows.append(FilledRow(key, texts, raw, row, columns))


def confirmed_of(filled: FilledList, gaps: Sequence[Gap]) -> list[Confirmed]:
    """Return what the list confirms of these gaps, in their order.

    Problems are gathered in the list, each with its cell.
    """
    known = {_key(gap): gap for gap in gaps}
    done: dict[GapKey, Confirmed] = {}
    for row in filled.rows:
        gap = known.get(row.key)
        if row.key[0] not in {gap.methodology for gap in gaps}:
            continue
        if gap is None:
            reason = (
                "the definition has no such gap; the number may be confirmed already. "
                "Write a fresh list with `jcm-xl gaps --sheet`"
            )
            filled.fault(row.cell("Name"), reason)
        elif row.key in done:
            filled.fault(row.cell("Name"), "this row stands twice in the list")
        else:
            done.update(_confirmed(filled, row, gap))
    return [done[_key(gap)] for gap in gaps if _key(gap) in done]


def cells_of(filled: FilledList, gap: Gap) -> str:
    """Return the cell in which the value of a gap was typed."""
    row = next(row for row in filled.rows if row.key == _key(gap))
    return row.cell(form.VALUE)


def _key(gap: Gap) -> GapKey:
    return gap.methodology, str(gap.kind), gap.name, _spaced(gap.row)


def _confirmed(
    filled: FilledList, row: FilledRow, gap: Gap
) -> Iterator[tuple[GapKey, Confirmed]]:
    if row.texts[form.PRESENT] != _spaced(gap.value):
        reason = (
            f"the list was made when the value was '{row.texts[form.PRESENT]}'; the "
            f"definition has '{_spaced(gap.value)}' now. Write a fresh list"
        )
        filled.fault(row.cell(form.PRESENT), reason)
        return
    value = _value(filled, row, gap)
    title = row.texts.get(form.OWN_DOCUMENT) or filled.document
    if not title:
        reason = f"name the official document here or beside '{form.DOCUMENT}' above"
        filled.fault(row.cell(form.OWN_DOCUMENT), reason)
    if value is not None and title:
        source = Source(title, gap.address, row.texts[form.SECTION])
        yield row.key, Confirmed(gap, value, source)


def _value(filled: FilledList, row: FilledRow, gap: Gap) -> Decimal | str | None:
    """Return the official value of a row; `None` with a problem where there is none."""
    same = row.texts[form.SAME]
    if same and same.casefold() not in _YES:
        filled.fault(row.cell(form.SAME), f"'{same}' is neither blank nor {form.YES}")
        return None
    typed = _typed(filled, row, gap) if row.texts[form.VALUE] else None
    if row.texts[form.VALUE] and typed is None:
        return None
    if not same:
        return typed
    if gap.kind is GapKind.OPEN and typed is None:
        reason = "nobody has this number yet; type the official one"
        filled.fault(row.cell(form.VALUE), reason)
        return None
    if gap.kind is GapKind.UNKNOWN and typed is None:
        return ""  # an input of the participant, as it is asked
    is_number = gap.kind in (GapKind.DEFAULT, GapKind.ROW)
    present = Decimal(gap.value) if is_number else gap.value
    if typed is not None and gap.kind is not GapKind.OPEN and typed != present:
        reason = f"'{form.SAME}' says {form.YES}, but another value is typed"
        filled.fault(row.cell(form.VALUE), reason)
        return None
    return typed if typed is not None else present


def _typed(filled: FilledList, row: FilledRow, gap: Gap) -> Decimal | str | None:
    where = row.cell(form.VALUE)
    raw = row.value
    if gap.kind in _NUMBERS:
        number = _number(raw)
        if number is None:
            shown = raw.code if isinstance(raw, CellError) else raw
            filled.fault(where, f"'{shown}' is no number such as 0.319")
        return number
    text = raw if isinstance(raw, str) else row.texts[form.VALUE]
    if gap.kind is GapKind.FORMULA:
        if _spaced(text) == _spaced(gap.value):
            return gap.value
        reason = (
            "a formula is not changed by an overlay; it needs a new definition. "
            f"Leave this cell blank, or choose {form.YES} if it is as it stands"
        )
        filled.fault(where, reason)
        return None
    return text.strip()


def _number(raw: object) -> Decimal | None:
    if isinstance(raw, float):
        return Decimal(f"{raw:.15g}")
    return plain_number(raw) if isinstance(raw, str) else None


def _text(cell: Cell | None) -> str:
    """Return what is typed in a cell on one line."""
    return _spaced(shown(cell.value if cell else None))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, _COLUMN_BASE)
        letters = chr(ord("A") + rest) + letters
    return letters
