"""Tables with one row or one column for each unit, on all sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jcm_xl.adopt.found import Labelled, Region, stored
from jcm_xl.adopt.names import Meant, Names, index_of
from jcm_xl.foreign.found import Spot
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import heading_role, says, table_number, unit_number
from jcm_xl.model.methodology import Parameter
from jcm_xl.plan.layout import Layout

_HEADINGS = 4
"""Rows below the symbols that may hold descriptions and units."""
_MOST_UNITS = 200
"""Rows below headings that are taken for units where nothing stands there."""


class UnitTables:
    """Reads the unit tables of one sheet.

    part: what the cells are that it finds.
    """

    def __init__(
        self, view: View, stage: str, part: Region, names: Names, layout: Layout
    ) -> None:
        self.view, self.stage, self.part = view, stage, part
        self.names, self.layout = names, layout

    def read(self, rows: Sequence[int]) -> Iterator[Labelled]:
        """Yield the cells of all unit tables that begin in one of these rows."""
        last = 0
        for row in rows:
            if row <= last or row not in self.view.rows:
                continue
            if across := self._numbers(row):
                found = list(self._by_column(row, across))
            elif heads := self._heads(row):
                found = list(self._by_row(row, heads))
            else:
                continue
            yield from found
            last = max((cell.place[1] for cell in found), default=row)

    def begins(self, row: int, symbols: int) -> bool:
        """Tell whether a unit table begins in a row.

        symbols: the column of the symbols of single quantities, 0 for none.
        """
        if row not in self.view.rows:
            return False
        heads = self._heads(row)
        return (
            bool(self._numbers(row))
            or len(heads) > 1
            or (len(heads) == 1 and symbols not in heads)
        ) and not self._is_list(row, heads)

    def _is_list(self, row: int, heads: Mapping[int, tuple[Spot, Meant]]) -> bool:
        """Tell whether typed numbers beside words stand below: default values."""
        below = min((r for r in self.view.rows if r > row), default=0)
        typed = [s for c in heads if (s := self.view.at(below, c)) and _is_typed(s)]
        words = [
            s
            for s in self.view.rows.get(below, ())
            if s.column < min(heads, default=0) and isinstance(s.cell.value, str)
            and not unit_number(s.cell.value)
        ]  # fmt: skip
        return bool(typed) and len(typed) == len(heads) and bool(words)

    # -- one row a unit --------------------------------------------------------------

    def _heads(self, row: int) -> dict[int, tuple[Spot, Meant]]:
        """Return the columns of a row of symbols that run over one set."""
        found: dict[int, tuple[Spot, Meant]] = {}
        for spot in self.view.rows[row]:
            named = self.names.by_symbol(spot.cell.value)
            if named.item is not None and index_of(named.item) and not named.unit:
                found[spot.column] = spot, named
        items = [named.item for _, named in found.values()]
        if len({index_of(i) for i in items if i}) != 1 or len(set(map(id, items))) != (
            len(items)
        ):
            return {}
        return self._with_reworded(row, found)

    def _with_reworded(
        self, row: int, found: dict[int, tuple[Spot, Meant]]
    ) -> dict[int, tuple[Spot, Meant]]:
        """Add the columns whose symbol is not known, but the description below it."""
        if len(found) < 2:
            return found
        for spot in self.view.rows[row]:
            if spot.column in found or not min(found) <= spot.column <= max(found) + 1:
                continue
            label = self.view.at(row + 1, spot.column)
            item = self.names.by_wording(label.cell.value) if label else None
            if item is not None and index_of(item):
                found[spot.column] = spot, Meant(item)
        return found

    def _by_row(
        self, head: int, heads: Mapping[int, tuple[Spot, Meant]]
    ) -> Iterator[Labelled]:
        first, numbers = self._units_below(head, heads)
        for column, (symbol, named) in heads.items():
            label, measure = self._described(range(head + 1, first), column, named)
            assert named.item is not None
            for row, unit in numbers.items():
                yield Labelled(
                    self.stage, self.part, named.item, unit,
                    (self.view.name, row, column), stored(self.view, row, column),
                    symbol, label, measure, named.measure,
                )  # fmt: skip

    def _units_below(
        self, head: int, heads: Mapping[int, tuple[Spot, Meant]]
    ) -> tuple[int, dict[int, int]]:
        """Return the first row of the units, and the number of each row."""
        left, numbers = min(heads), dict[int, int]()
        first = self._first_unit(head, heads)
        row, counted = first, 0
        while row < first + _MOST_UNITS:
            spots = self.view.rows.get(row, ())
            number = next(
                (
                    n
                    for s in spots
                    if s.column < left and (n := unit_number(s.cell.value))
                ),
                0,
            )
            own = any(s.column in heads for s in spots)
            if (spots and not (number or own)) or self._ends(spots):
                break
            if not spots and numbers and any(map(self.view.rows.get, numbers)):
                break
            if not _is_remark(spots, heads):
                counted = number or counted + 1
                numbers[row] = counted
            row += 1
        return first, numbers

    def _first_unit(self, head: int, heads: Mapping[int, object]) -> int:
        for row in range(head + 1, head + 1 + _HEADINGS):
            spots = self.view.rows.get(row, ())
            own = [s for s in spots if s.column in heads]
            is_words = own and all(
                isinstance(s.cell.value, str) and s.cell.formula is None for s in own
            )
            if self._is_numbered(row, min(heads)):
                return row
            is_free = not spots and self._is_numbered(row + 1, min(heads))
            if not (is_words or is_free):
                return row
        return head + 1 + _HEADINGS

    def _is_numbered(self, row: int, left: int) -> bool:
        """Tell whether a row begins with the number of a unit."""
        spots = self.view.rows.get(row, ())
        return any(unit_number(s.cell.value) for s in spots if s.column < left)

    def _ends(self, spots: Sequence[Spot]) -> bool:
        text = spots[0].cell.value if spots else None
        return isinstance(text, str) and (
            says(self.layout, "sums", text) or bool(table_number(text))
        )

    def _described(
        self, rows: range, column: int, named: Meant
    ) -> tuple[Spot | None, Spot | None]:
        """Return the description and the unit of measure below a symbol."""
        spots = [spot for row in rows if (spot := self.view.at(row, column))]
        if named.measure:
            return (spots[0] if spots else None), None
        assert named.item is not None
        if len(spots) == 1:
            return (
                (None, spots[0]) if len(str(spots[0].value)) < 16 else (spots[0], None)
            )
        return (spots[0], spots[-1]) if spots else (None, None)

    # -- one column a unit -----------------------------------------------------------

    def _numbers(self, row: int) -> dict[int, int]:
        """Return the columns that are numbered beside a heading of symbols."""
        spots = self.view.rows[row]
        roles = {
            heading_role(self.layout, s.cell.value): s.column
            for s in reversed(spots)
            if isinstance(s.cell.value, str)
        }
        if "symbol" not in roles or "value" in roles:
            return {}
        numbers = {
            s.column: number
            for s in spots
            if s.column > roles["symbol"] and (number := unit_number(s.cell.value))
        }
        return numbers if len(set(numbers.values())) == len(numbers) else {}

    def _by_column(self, head: int, across: Mapping[int, int]) -> Iterator[Labelled]:
        roles = {
            heading_role(self.layout, s.cell.value): s.column
            for s in reversed(self.view.rows[head])
            if isinstance(s.cell.value, str)
        }
        row = head + 1
        while row in self.view.rows:
            beside = {role: self.view.at(row, at) for role, at in roles.items() if role}
            named = self.names.of(beside.get("symbol"), beside.get("label"))
            if named.item is None or not index_of(named.item):
                return
            for column, unit in across.items():
                yield Labelled(
                    self.stage, self.part, named.item, unit,
                    (self.view.name, row, column), stored(self.view, row, column),
                    beside.get("symbol"), beside.get("label"), beside.get("unit"),
                )  # fmt: skip
            row += 1


def _is_typed(spot: Spot) -> bool:
    return spot.cell.formula is None and isinstance(spot.cell.value, float)


def _is_remark(spots: Sequence[Spot], heads: Mapping[int, tuple[Spot, Meant]]) -> bool:
    """Tell whether words stand where a number belongs: `not used`, no unit."""
    for spot in spots:
        text, under = spot.cell.value, heads.get(spot.column)
        is_text = isinstance(text, str) and spot.cell.formula is None
        if not is_text or under is None or any(c.isdigit() for c in str(text)):
            continue
        item = under[1].item
        if isinstance(item, Parameter) and item.is_input and not item.is_choice:
            return True
    return False
