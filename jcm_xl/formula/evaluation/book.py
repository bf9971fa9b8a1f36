"""A book whose formulas are evaluated as they are asked for, each once.

Nothing is called within itself: a formula that wants another cell is stopped, the cell
comes first, and the formula begins anew. What leads back to itself is found, and the
work that a book may cause is limited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from jcm_xl.expr.arithmetic import VALUE, NotCalculable
from jcm_xl.formula.evaluation.cells import (
    Budget,
    CellRange,
    Joined,
    Matrix,
    Operand,
    SheetValues,
    Wanted,
    plain,
    single,
)
from jcm_xl.formula.evaluation.compiled import Mode
from jcm_xl.formula.evaluation.frame import Frame
from jcm_xl.formula.evaluation.habits import OTHERS, Habits
from jcm_xl.formula.evaluation.shapes import Shapes
from jcm_xl.formula.evaluation.tables import table_range, whole_table
from jcm_xl.formula.evaluation.tree import CellAt
from jcm_xl.formula.evaluation.values import LONGEST_TEXT, failure
from jcm_xl.formula.evaluation.why import NotEvaluable, Obstacle, changing, unknown
from jcm_xl.formula.scan import CellPlace
from jcm_xl.model.tolerance import same_number
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import CellError, CellValue, Grid, Position

_FORMULA_WORK = 64
"""A formula takes as long as so many values that are only looked at."""
_DEEPEST_NAME = 20


class Evaluated(NamedTuple):
    """What a cell gives; or why there is no one value, and at which cell."""

    value: CellValue = None
    obstacle: Obstacle | None = None
    reason: str = ""
    place: CellPlace | None = None


def evaluate_cells(
    grid: Grid, wanted: Iterable[CellPlace], work: int = limits.EVALUATION_WORK
) -> Mapping[CellPlace, Evaluated]:
    """Evaluate cells by their formulas and all that these read; nothing else.

    Where a value depends on language or program it is no value: both are tried.
    """
    places = tuple(wanted)
    usual = Habits()
    found = _evaluated(grid, places, usual, work)
    for difference in sorted(usual.met):
        other = _evaluated(grid, places, OTHERS[difference](), work)
        for place in places:
            if _differ(found[place], other[place]):
                stopped = changing(difference)
                found[place] = Evaluated(None, stopped.obstacle, stopped.reason, place)
    return found


def _differ(first: Evaluated, second: Evaluated) -> bool:
    if first.obstacle is not None:
        return False
    if second.obstacle is not None:
        return True
    a, b = first.value, second.value
    if type(a) is float and type(b) is float:
        return not same_number(a, b)
    if isinstance(a, CellError) and isinstance(b, CellError):
        return False  # each program has its own code for the same fault
    return type(a) is not type(b) or a != b


def _evaluated(
    grid: Grid, places: Sequence[CellPlace], habits: Habits, work: int
) -> dict[CellPlace, Evaluated]:
    book = BookValues(grid, habits, work)
    return {place: book.evaluated(place) for place in places}


class BookValues:
    """The values of a book, as far as they were asked for."""

    def __init__(self, grid: Grid, habits: Habits, work: int) -> None:
        self.habits, self.budget = habits, Budget(work)
        self.is_1904 = grid.is_date1904
        self._shapes = Shapes()
        self._order = [s.name.casefold() for s in grid.sheets]
        self._sheets = {
            s.name.casefold(): SheetValues(s, self.budget) for s in grid.sheets
        }
        self._names = {name.casefold(): text for name, text in grid.names.items()}
        self._tables = {table.name.casefold(): table for table in grid.tables}

    def evaluated(self, place: CellPlace) -> Evaluated:
        """Return the value of one cell."""
        sheet = self._sheets.get(place[0].casefold())
        if sheet is None:
            return Evaluated()
        try:
            return Evaluated(self._value(sheet, place[1:]))
        except NotEvaluable as stopped:
            found = stopped.place or place
            return Evaluated(None, stopped.obstacle, stopped.reason, found)

    def asked(self, formula: str, written_at: CellPlace, place: Position) -> Evaluated:
        """Return what a formula gives that stands in no cell, as one of a rule.

        It is written as seen from one cell, and means another cell of that sheet.
        """
        sheet = self._sheets.get(written_at[0].casefold())
        if sheet is None:
            return Evaluated()
        try:
            return Evaluated(self._asked(formula, sheet, written_at[1:], place))
        except NotCalculable as error:
            return Evaluated(CellError(error.error))
        except NotEvaluable as stopped:
            return Evaluated(None, stopped.obstacle, stopped.reason, stopped.place)
        except (RecursionError, MemoryError):
            too_much = unknown("too-much-work")
            return Evaluated(None, too_much.obstacle, too_much.reason)

    def _asked(
        self, formula: str, sheet: SheetValues, first: Position, place: Position
    ) -> CellValue:
        shape, cells = self._shapes.ready(formula, Mode.NAME)
        moved = [_moved(cell, first, place) for cell in cells]
        while True:
            self.budget.spend(_FORMULA_WORK)
            try:
                return _shown(shape.run(Frame(self, sheet, *place, moved)))
            except Wanted as wanted:
                for at in wanted.cells:
                    self._value(wanted.sheet, at)

    # -- following -------------------------------------------------------------------

    def _value(self, sheet: SheetValues, position: Position) -> CellValue:
        """Evaluate a cell, and before it whatever it wants."""
        try:
            return sheet.value(position)
        except Wanted:
            pass
        open_: list[tuple[SheetValues, Position]] = [(sheet, position)]
        begun: set[tuple[str, Position]] = set()
        while open_:
            where, at = open_[-1]
            key = (where.key, at)
            if at in where.evaluated:
                open_.pop()
                begun.discard(key)
                continue
            wanted = self._attempt(where, at, is_first=key not in begun)
            if wanted is None:
                open_.pop()
                begun.discard(key)
                continue
            begun.add(key)
            ring = [c for c in wanted.cells if (wanted.sheet.key, c) in begun]
            if ring:
                where.evaluated[at] = _placed(unknown("reads-itself"), where, at)
            else:
                open_ += [(wanted.sheet, c) for c in wanted.cells]
        return sheet.value(position)

    def _attempt(
        self, sheet: SheetValues, position: Position, *, is_first: bool
    ) -> Wanted | None:
        """Evaluate a formula; return what it wants first, if anything."""
        try:
            self.budget.spend(_FORMULA_WORK)
            value: CellValue | NotEvaluable = self._run(sheet, position, is_first)
        except Wanted as wanted:
            return wanted
        except NotCalculable as error:
            value = CellError(error.error)
        except NotEvaluable as stopped:
            value = _placed(stopped, sheet, position)
        except (RecursionError, MemoryError):
            value = _placed(unknown("too-much-work"), sheet, position)
        sheet.evaluated[position] = value
        return None

    def _run(self, sheet: SheetValues, position: Position, is_first: bool) -> CellValue:
        cell = sheet.cells[position]
        assert cell.formula is not None
        array = sheet.array_at(position) if sheet.arrays else None
        mode = Mode.ARRAY if array else Mode.PLAIN
        shape, cells = self._shapes.ready(cell.formula, mode)
        if is_first and not shape.is_lazy:
            self._want(sheet, cells)
        row, column = position
        if array:
            row, column = array[:2]
        frame = Frame(self, sheet, row, column, cells)
        operand: Operand = shape.run(frame)
        return _shown(_of_array(operand, array, position) if array else operand)

    def _want(self, sheet: SheetValues, cells: Sequence[CellAt]) -> None:
        """Ask at once for all cells of its own sheet that a formula names singly."""
        stored, evaluated = sheet.cells, sheet.evaluated
        wanted = [
            (row, column)
            for row, column, _, _ in cells
            if (row, column) not in evaluated
            and (cell := stored.get((row, column))) is not None
            and cell.formula is not None
        ]
        if wanted:
            raise Wanted(sheet, wanted)

    # -- what is not on the own sheet ------------------------------------------------

    def sheet(self, name: str) -> SheetValues:
        """Return a sheet; raise `#REF!` where there is none."""
        found = self._sheets.get(name.casefold())
        if found is None:
            raise failure("#REF!")
        return found

    def sheets(self, names: str) -> Sequence[SheetValues]:
        """Return the sheets from one to another: `Jan:Dec`."""
        first, _, last = names.casefold().partition(":")
        if first not in self._sheets or last not in self._sheets:
            raise failure("#REF!")
        a, b = sorted((self._order.index(first), self._order.index(last)))
        return [self._sheets[key] for key in self._order[a : b + 1]]

    def named(self, name: str, sheet: str, frame: Frame) -> Operand:
        """Return what a defined name means to a formula: first that of its sheet."""
        folded = name.casefold()
        own = (sheet or frame.sheet.name).casefold()
        formula = self._names.get(f"{own}!{folded}", self._names.get(folded))
        if formula is None:
            if table := self._tables.get(folded):
                return whole_table(self, table)
            raise failure("#NAME?")
        if frame.names >= _DEEPEST_NAME:
            raise unknown("reads-itself")
        self.budget.spend(_FORMULA_WORK)
        shape, cells = self._shapes.ready(formula.removeprefix("="), Mode.NAME)
        moved = [_moved(cell, (1, 1), (frame.row, frame.column)) for cell in cells]
        inner = Frame(
            self, frame.sheet, frame.row, frame.column, moved, frame.names + 1
        )
        return shape.run(inner)  # type: ignore[no-any-return]

    def table(self, text: str, frame: Frame) -> CellRange:
        """Return the range of a part of a table, such as `Meters[kWh]`."""
        return table_range(self, self._tables, text, frame)


def _moved(cell: CellAt, first: Position, place: Position) -> CellAt:
    """Return a cell of a formula written at the first place as seen from another.

    Names are written as in A1.
    """
    row, column, is_row_fixed, is_column_fixed = cell
    if not is_row_fixed:
        row = (row + place[0] - first[0] - 1) % limits.ROWS + 1
    if not is_column_fixed:
        column = (column + place[1] - first[1] - 1) % limits.COLUMNS + 1
    return CellAt(row, column)


def _placed(
    stopped: NotEvaluable, sheet: SheetValues, position: Position
) -> NotEvaluable:
    if stopped.place is None:
        stopped.place = (sheet.name, *position)
    return stopped.with_traceback(None)


def _of_array(
    operand: Operand, corners: tuple[int, int, int, int], position: Position
) -> CellValue:
    """Return the value of an array formula that one cell of its range shows."""
    value = plain(operand)
    if not isinstance(value, Matrix):
        return value
    row, column = position[0] - corners[0], position[1] - corners[1]
    row = 0 if value.height == 1 else row
    column = 0 if value.width == 1 else column
    if row >= value.height or column >= value.width:
        return CellError("#N/A")
    return value.values[row * value.width + column]


def _shown(value: Operand) -> CellValue:
    """Return what a cell shows: 0 for a blank."""
    if value is None:
        return 0.0
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return CellError(VALUE)
    if isinstance(value, CellRange | Matrix | Joined):
        return _shown(single(value, 1, 1))
    return value
