"""The official sheets of a book, with what stands in which of their cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from jcm_xl.dataclass import dataclass
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.alterations import UNALTERED, Alterations
from jcm_xl.xlsx.grid import Cell, Position, Sheet, address


@dataclass(frozen=True)
class OfficialSheet:
    """A sheet that is there, of a book of ours or of one that was made by hand.

    name:  of the plan. there: in the file.
    sheet: its cells; the rows and columns are counted as those of the slots are.
    slots: what the methodology has where; of a hand-made book what was found.
    alterations: how a place is counted in the file.
    is_ours: whether every locked cell has a slot.
    """

    name: str
    there: str
    sheet: Sheet
    slots: Mapping[Position, Slot]
    alterations: Alterations = UNALTERED
    is_ours: bool = True

    @cached_property
    def filled(self) -> tuple[tuple[Position, Cell, Slot | None], ...]:
        """Return the cells that hold something, each with its slot if it has one."""
        slot = self.slots.get
        return tuple(
            (place, cell, slot(place))
            for place, cell in self.sheet.cells.items()
            if cell.value is not None and cell.value != ""
        )

    def place(self, position: Position) -> tuple[str, str]:
        """Return sheet and address of a cell as the file has them."""
        if not self.is_ours:
            return self.there, address(*position)
        return self.alterations.place(self.name, *position)

    def in_file(self, position: Position) -> Position:
        """Return row and column of a cell as the file counts them."""
        if not self.is_moved:
            return position
        return self.row(position[0]), self.column(position[1])

    def row(self, row: int) -> int:
        """Return a row as the file counts it."""
        moved = self.alterations.moved.get(self.name) if self.is_ours else None
        return moved.rows.to_file(row) if moved else row

    def column(self, column: int) -> int:
        """Return a column as the file counts it."""
        moved = self.alterations.moved.get(self.name) if self.is_ours else None
        return moved.columns.to_file(column) if moved else column

    @property
    def is_moved(self) -> bool:
        """Tell whether the file counts rows or columns otherwise than the slots."""
        return self.is_ours and self.name in self.alterations.moved

    def figures(self) -> Iterator[Position]:
        """Yield the cells with a slot, a number or a formula: what counts."""
        yield from self.slots
        for position, cell in self.sheet.cells.items():
            if position not in self.slots and is_figure(cell):
                yield position


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell holds a number, or calculates something."""
    return cell.formula is not None or type(cell.value) is float
