"""What was found in an official workbook: cells that say what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from typing import NamedTuple

from jcm_xl.dataclass import dataclass
from jcm_xl.foreign.found import Spot
from jcm_xl.foreign.match import Named
from jcm_xl.foreign.tables import TableLine
from jcm_xl.foreign.view import View
from jcm_xl.formula.scan import CellPlace
from jcm_xl.model.methodology import Parameter
from jcm_xl.xlsx.grid import Cell, Position, address


class Region(StrEnum):
    """Where on the sheets a cell stands."""

    TABLE1 = "Table 1"
    TABLE2 = "Table 2"
    UNITS = "unit table"
    CALCULATION = "calculation"
    BY_UNIT = "calculation by unit"

    @property
    def is_typed(self) -> bool:
        """Tell whether a participant types there."""
        return self in (Region.TABLE1, Region.TABLE2, Region.UNITS)


class Labelled(NamedTuple):
    """The cell of a value with what stands beside it.

    item: what it is about. unit: the unit row, 0 for one value or a total.
    """

    stage: str
    part: Region
    item: Named
    unit: int
    place: CellPlace
    cell: Cell
    symbol: Spot | None = None
    label: Spot | None = None
    measure: Spot | None = None
    behind: str = ""
    line: TableLine | None = None
    fuel: Spot | None = None

    @property
    def address(self) -> str:
        """Return `E8`."""
        return address(*self.place[1:])


class Unnamed(NamedTuple):
    """A row of a table or calculation that names nothing of the definition."""

    stage: str
    part: Region
    symbol: str
    label: str
    spot: Spot


@dataclass
class OfficialSheets:
    """All that was found, before it is understood.

    views:    key of a sheet -> its view. labelled: in the order of the sheets.
    results:  stage -> the cell of Table 3. rounds: stage -> the unit beside it.
    by_place: what a formula means that reads a cell.
    """

    views: Mapping[str, View] = field(default_factory=dict)
    labelled: list[Labelled] = field(default_factory=list)
    unnamed: list[Unnamed] = field(default_factory=list)
    results: dict[str, Spot] = field(default_factory=dict)
    measures: dict[str, Spot] = field(default_factory=dict)
    by_place: dict[CellPlace, Labelled] = field(default_factory=dict)

    def add(self, found: Labelled) -> None:
        """Take a cell; the first meaning of a place stays."""
        if found.place not in self.by_place:
            self.by_place[found.place] = found
            self.labelled.append(found)

    def of(self, stage: str, name: str) -> Iterator[Labelled]:
        """Yield the cells of one item in one stage."""
        for found in self.labelled:
            if found.stage == stage and found.item.name == name:
                yield found

    def given(self) -> dict[str, Labelled]:
        """Return the inputs without a cell whose number the workbook gives itself.

        Each with a cell that holds it; one that has several numbers is none of them.
        """
        typed = {f.item.name for f in self.labelled if f.part.is_typed}
        found: dict[str, list[Labelled]] = {}
        for label in self.labelled:
            item = label.item
            is_asked = isinstance(item, Parameter) and item.is_input and not item.index
            is_number = label.cell.formula is None and type(label.cell.value) is float
            if is_asked and is_number and item.name not in typed:
                found.setdefault(item.name, []).append(label)
        return {
            name: labels[0]
            for name, labels in found.items()
            if len({label.cell.value for label in labels}) == 1
        }

    def units_of(self, name: str) -> set[int]:
        """Return the numbers of the unit rows that one item has on the sheets."""
        return {f.unit for f in self.labelled if f.unit and f.item.name == name}

    def units(self, index: str) -> tuple[int, ...]:
        """Return the numbers of the unit rows of a set that the sheets have."""
        numbers = {
            found.unit
            for found in self.labelled
            if found.unit and getattr(found.item, "index", None) == index
        }
        return tuple(sorted(numbers))


def stored(view: View, row: int, column: int) -> Cell:
    """Return the cell at a place, an empty one where nothing is stored."""
    at: Position = (row, column)
    return view.sheet.cells.get(at, Cell(None))
