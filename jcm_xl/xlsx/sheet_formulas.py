"""The formulas of one sheet that are not simply the text of their own cell."""

import re
from collections.abc import Mapping

from jcm_xl.xlsx.grid import Cell, Odd, Position, address, parse_range
from jcm_xl.xlsx.markup import broken
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.quota import Room
from jcm_xl.xlsx.shared_formula import SharedFormula

_NUMBER = re.compile("0|[1-9][0-9]{0,8}", re.ASCII)


class SheetFormulas:
    """Writes out shared formulas and gives array formulas to all their cells."""

    __slots__ = ("_arrays", "_masters", "_odd", "_part", "_pending", "_room")

    def __init__(self, part: str, odd: OddFacts, room: Room) -> None:
        """Start a sheet without shared or array formulas; ``part`` is its part name."""
        self._part = part
        self._odd = odd
        self._room = room
        self._masters: dict[str, SharedFormula] = {}
        self._pending: list[tuple[Position, str, str]] = []
        self._arrays: dict[str, str] = {}

    @property
    def arrays(self) -> tuple[str, ...]:
        """The ranges of the array formulas."""
        return tuple(self._arrays)

    @property
    def has_pending(self) -> bool:
        """Whether a cell named a shared formula that was not known yet."""
        return bool(self._pending)

    def formula(
        self, position: Position, attributes: Mapping[str, str], text: str
    ) -> str | None:
        """Return the formula of a cell, or None if it has none or it comes later."""
        kind = attributes.get("t", "normal")
        if kind == "shared":
            return self._shared(position, attributes, text)
        if kind == "array":
            self._judge_range(position, attributes, begins_here=True)
            self._arrays[attributes.get("ref", "")] = text
        elif kind == "dataTable":
            self._odd.add(Odd.DATA_TABLE, address(*position))
            inputs = (attributes.get(name, "") for name in ("r1", "r2"))
            return f"TABLE({','.join(inputs)})"
        elif kind != "normal":
            self._tell(position, f"of kind {kind}")
        if not text:
            self._tell(position, "it has no text")
        return text or None

    def _tell(self, position: Position, what: str) -> None:
        self._odd.add(Odd.SHARED_FORMULA, address(*position), what)

    def _judge_range(
        self, position: Position, attributes: Mapping[str, str], *, begins_here: bool
    ) -> None:
        """Note a range that does not hold, or not begin at, the formula's own cell."""
        stated = attributes.get("ref", "")
        row, column = position
        try:
            top, left, bottom, right = parse_range(stated)
        except ValueError:
            is_its_own = False
        else:
            ends = address(top, left), address(bottom, right)
            is_its_own = (
                (top, left) == position
                if begins_here
                else top <= row <= bottom and left <= column <= right
            ) and stated in (":".join(ends), ends[0] if ends[0] == ends[1] else "-")
        if not is_its_own:
            self._tell(position, f"range {stated}")

    def finish(self, cells: dict[Position, Cell]) -> None:
        """Fill in what was not known when a cell was read."""
        for position, index, text in self._pending:
            if position in cells and index in self._masters:
                formula = self._expanded(position, index, text)
                cells[position] = cells[position]._replace(formula=formula)
            else:
                self._odd.add(Odd.SHARED_FORMULA, address(*position), "it has no text")
        for reference, formula in self._arrays.items():
            self._fill(reference, formula, cells)

    def _shared(
        self, position: Position, attributes: Mapping[str, str], text: str
    ) -> str | None:
        index = attributes.get("si", "")
        if not _NUMBER.fullmatch(index):
            self._tell(position, f"number {index}")
        if text and ("ref" in attributes or index not in self._masters):
            if index in self._masters:
                self._tell(position, f"number {index} twice")
            self._judge_range(position, attributes, begins_here=False)
            self._masters[index] = SharedFormula(text, *position)
            return text
        if index in self._masters:
            return self._expanded(position, index, text)
        self._pending.append((position, index, text))
        return None

    def _expanded(self, position: Position, index: str, own_text: str) -> str:
        formula = self._masters[index].at(*position)
        self._room.take_formula(len(formula))
        if own_text and own_text != formula:
            self._odd.add(Odd.SHARED_FORMULA, address(*position), "its text differs")
        return formula

    def _fill(self, reference: str, formula: str, cells: dict[Position, Cell]) -> None:
        """Excel shows an array formula in every cell of its range; so do we."""
        try:
            top, left, bottom, right = parse_range(reference)
        except ValueError:
            raise broken(
                self._part, "array-without-range", "an array formula has no range"
            ) from None
        area = (bottom - top + 1) * (right - left + 1)
        if area == 1:
            return
        self._room.take_array(min(area, len(cells)))
        if area <= len(cells):
            inside = [
                (row, column)
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
                if (row, column) in cells
            ]
        else:
            inside = [
                (row, column)
                for row, column in cells
                if top <= row <= bottom and left <= column <= right
            ]
        for position in inside:
            if cells[position].formula is None:
                cells[position] = cells[position]._replace(formula=formula)
