"""Sheets renamed, lines inserted or deleted: undone, so that the rest can be judged.

One such change moves hundreds of cells and every formula that points at them. It is
one finding; afterwards each cell is compared as if it stood in its old place.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache

from jcm_xl.dataclass import dataclass
from jcm_xl.model.key import Key
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.moved_lines import UNMOVED, Lines, find_lines
from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx.grid import (
    Cell,
    Grid,
    Position,
    Sheet,
    address,
    column_letters,
    parse_address,
)

_REFERENCE = late_pattern(
    r"""
    "(?:[^"]|"")*"
  | (?<![\w.$])
    (?P<sheet>'(?:[^']|'')+'!|[A-Za-z_][\w.]*!)?
    (?P<first>\$?[A-Z]{1,3}\$?[1-9]\d{0,6})(?P<last>:\$?[A-Z]{1,3}\$?[1-9]\d{0,6})?
    (?![\w(.!])
    """,
    re.VERBOSE,
)
_SHEET = late_pattern(r"'((?:[^']|'')+)'!")
_NEAR = 0.8
_FOLDED = str.maketrans("", "", " ()_-\u3000")


@dataclass(frozen=True, slots=True)
class Moved:
    """The two axes of one sheet."""

    rows: Lines = UNMOVED
    columns: Lines = UNMOVED


@dataclass(frozen=True)
class Alterations:
    """What was undone.

    renamed: name of the plan -> name in the file.
    missing: sheets of the plan that are not in the file under any name.
    moved:   sheet of the plan -> where its lines went.
    filled:  (sheet, address) -> what stands in inserted lines, as the file counts.
    """

    renamed: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    moved: Mapping[str, Moved] = field(default_factory=dict)
    filled: Mapping[tuple[str, str], Cell] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.renamed or self.missing or self.moved)

    def place(self, sheet: str, row: int, column: int) -> tuple[str, str]:
        """Return sheet and address, as the file counts, of a place of the plan."""
        moved = self.moved.get(sheet)
        if moved:
            row, column = moved.rows.to_file(row), moved.columns.to_file(column)
        return self.renamed.get(sheet, sheet), address(row, column)

    def is_gone(self, slot: Slot) -> bool:
        """Tell whether the cell was deleted, with its sheet or with its line."""
        if slot.sheet in self.missing:
            return True
        moved = self.moved.get(slot.sheet)
        return moved is not None and (
            slot.row in moved.rows.deleted or slot.column in moved.columns.deleted
        )

    def is_lost(self, formula: str, sheet: str) -> bool:
        """Tell whether a formula of the plan reads what was deleted."""
        for match in _REFERENCE.finditer(formula):
            if match["first"] is None:
                continue
            name = _name(match["sheet"]) or sheet
            if name in self.missing:
                return True
            moved = self.moved.get(name)
            if moved and _reaches(match, moved):
                return True
        return False


UNALTERED = Alterations()


def undo(grid: Grid, plan: Plan) -> tuple[Grid, Alterations]:
    """Return the grid with every cell in its old place, and what was undone."""
    renamed, missing = _find_sheets(grid, plan)
    names = {there: name for name, there in renamed.items()}
    sheets = {names.get(s.name, s.name): s for s in grid.sheets}
    moved = {
        name: found
        for name in plan.sheets.values()
        if name in sheets and (found := _find_moved(sheets[name], plan, name))
    }
    if not (renamed or missing or moved):
        return grid, UNALTERED
    alterations = Alterations(
        renamed, missing, moved, dict(_filled(sheets, moved, renamed))
    )
    if not (renamed or moved):
        return grid, alterations
    restored = tuple(
        _restored(sheet, names.get(sheet.name, sheet.name), moved, names)
        for sheet in grid.sheets
    )
    return dataclasses.replace(grid, sheets=restored), alterations


def folded(name: str) -> str:
    """Return a sheet's name without what a keyboard or a hurry changes."""
    return unicodedata.normalize("NFKC", name).casefold().translate(_FOLDED)


# -- sheets ------------------------------------------------------------------------


def _find_sheets(grid: Grid, plan: Plan) -> tuple[dict[str, str], frozenset[str]]:
    there = {sheet.name for sheet in grid.sheets}
    missing = {name: key for key, name in plan.sheets.items() if name not in there}
    renamed: dict[str, str] = {}
    wanted = set(plan.sheets.values())
    spare = [s for s in grid.sheets if s.name not in wanted and s.kind == "worksheet"]
    for name, key in missing.items():
        title = plan.get(Key(key, "title"))
        found = _same_title(title, spare) or _same_name(name, spare)
        if found:
            renamed[name] = found.name
            spare.remove(found)
    return renamed, frozenset(missing) - frozenset(renamed)


def _same_title(title: Slot | None, sheets: Iterable[Sheet]) -> Sheet | None:
    if title is None:
        return None
    for sheet in sheets:
        cell = sheet.cells.get((title.row, title.column))
        if cell and cell.value == title.content:
            return sheet
    return None


def _same_name(name: str, sheets: Iterable[Sheet]) -> Sheet | None:
    by_name = {folded(sheet.name): sheet for sheet in sheets}
    from difflib import get_close_matches

    near = get_close_matches(folded(name), by_name, n=1, cutoff=_NEAR)
    return by_name[near[0]] if near else None


# -- lines -------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _texts(plan: Plan) -> Mapping[str, Mapping[Position, str]]:
    """Return the fixed texts of every sheet, by place."""
    texts: dict[str, dict[Position, str]] = {n: {} for n in plan.sheets.values()}
    for slot in plan.slots.values():
        if slot.is_input or slot.formula or not isinstance(slot.content, str):
            continue
        if text := _plain(expected_text(slot)):
            texts[slot.sheet][slot.row, slot.column] = text
    return texts


@lru_cache(maxsize=64)
def _anchors(plan: Plan) -> Mapping[str, tuple[Position, ...]]:
    """Return the lowest and the rightmost text: each line that moves moves one."""
    return {
        name: (max(texts), max(texts, key=lambda place: place[1])) if texts else ()
        for name, texts in _texts(plan).items()
    }


def _plain(text: str) -> str:
    return " ".join(text.split())


def _find_moved(sheet: Sheet, plan: Plan, name: str) -> Moved | None:
    expected = _texts(plan)[name]
    if all(_reads(sheet, place, expected[place]) for place in _anchors(plan)[name]):
        return None
    actual = {
        place: _plain(cell.value)
        for place, cell in sheet.cells.items()
        if isinstance(cell.value, str) and cell.formula is None
    }
    stored = [{place[axis] for place in sheet.cells} for axis in (0, 1)]
    rows = find_lines(_by_line(expected, 0), _by_line(actual, 0), stored[0])
    there = _as_template(actual, rows or UNMOVED)
    columns = find_lines(_by_line(expected, 1), _by_line(there, 1), stored[1])
    if rows is None and columns is not None:  # the columns hid the rows
        across = {
            (row, line): text
            for (row, column), text in actual.items()
            if (line := columns.to_template(column)) is not None
        }
        rows = find_lines(_by_line(expected, 0), _by_line(across, 0), stored[0])
    moved = Moved(rows or UNMOVED, columns or UNMOVED)
    return moved if moved.rows.breaks or moved.columns.breaks else None


def _reads(sheet: Sheet, place: Position, text: str) -> bool:
    cell = sheet.cells.get(place)
    return (
        cell is not None and isinstance(cell.value, str) and _plain(cell.value) == text
    )


def _by_line(texts: Mapping[Position, str], axis: int) -> dict[int, dict[int, str]]:
    lines: dict[int, dict[int, str]] = {}
    for place, text in texts.items():
        lines.setdefault(place[axis], {})[place[1 - axis]] = text
    return lines


def _as_template(texts: Mapping[Position, str], rows: Lines) -> dict[Position, str]:
    return {
        (line, column): text
        for (row, column), text in texts.items()
        if (line := rows.to_template(row)) is not None
    }


# -- undoing -----------------------------------------------------------------------


def _filled(
    sheets: Mapping[str, Sheet], moved: Mapping[str, Moved], renamed: Mapping[str, str]
) -> Iterable[tuple[tuple[str, str], Cell]]:
    for name, lines in moved.items():
        for (row, column), cell in sorted(sheets[name].cells.items()):
            is_new = row in lines.rows.inserted or column in lines.columns.inserted
            if is_new and (cell.formula or cell.value not in (None, "")):
                yield (renamed.get(name, name), address(row, column)), cell


def _restored(
    sheet: Sheet, name: str, moved: Mapping[str, Moved], names: Mapping[str, str]
) -> Sheet:
    lines = moved.get(name, Moved())
    cells: dict[Position, Cell] = {}
    for (row, column), cell in sheet.cells.items():
        place = lines.rows.to_template(row), lines.columns.to_template(column)
        if place[0] is None or place[1] is None:
            continue
        if cell.formula:
            cell = cell._replace(formula=_translated(cell.formula, name, moved, names))
        cells[place[0], place[1]] = cell
    return dataclasses.replace(
        sheet,
        name=name,
        cells=cells,
        hidden_rows=_back(sheet.hidden_rows, lines.rows),
        hidden_columns=_back(sheet.hidden_columns, lines.columns),
    )


def _back(lines: Iterable[int], axis: Lines) -> frozenset[int]:
    return frozenset(
        there for line in lines if (there := axis.to_template(line)) is not None
    )


def _translated(
    formula: str, sheet: str, moved: Mapping[str, Moved], names: Mapping[str, str]
) -> str:
    def write(match: re.Match[str]) -> str:
        if match["first"] is None:
            return match[0]
        name = _name(match["sheet"]) or sheet
        name = names.get(name, name)
        before = f"'{name}'!" if match["sheet"] else ""
        lines = moved.get(name)
        if lines is None:
            return f"{before}{match['first']}{match['last'] or ''}"
        last = match["last"] and f":{_corner(match['last'][1:], lines, is_end=True)}"
        return f"{before}{_corner(match['first'], lines)}{last or ''}"

    return _REFERENCE.sub(write, formula)


def _corner(text: str, lines: Moved, *, is_end: bool = False) -> str:
    row, column = parse_address(text)
    rows, columns = lines.rows, lines.columns
    there = rows.to_template(row), columns.to_template(column)
    if is_end:
        there = rows.end_in_template(row), columns.end_in_template(column)
    return f"{column_letters(there[1] or column)}{there[0] or row}"


def _name(text: str | None) -> str:
    if not text:
        return ""
    quoted = _SHEET.fullmatch(text)
    return quoted[1].replace("''", "'") if quoted else text[:-1]


def _reaches(match: re.Match[str], moved: Moved) -> bool:
    top, left = parse_address(match["first"])
    bottom, right = parse_address((match["last"] or ":" + match["first"])[1:])
    return any(top <= n <= bottom for n in moved.rows.deleted) or any(
        left <= n <= right for n in moved.columns.deleted
    )
