"""Tables with one row a unit and one column a parameter, as on input_separate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.expr.unit import Unit, UnitError
from jcm_xl.foreign.found import Spot
from jcm_xl.foreign.match import Matcher
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import (
    folded,
    heading_role,
    plain,
    same_unit,
    table_number,
    unit_number,
)
from jcm_xl.model.methodology import Parameter
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.tables import TEXT

_SUMS = ("total", "sum", "合計", "average", "subtotal")


@dataclass(frozen=True, slots=True)
class UnitCell:
    """What one row says of one parameter or, where `parameter` is none, of a set."""

    role: str
    parameter: Parameter | None
    index: str
    unit: int
    is_counted: bool
    value: Spot
    beside: str | None = None


@dataclass
class _Columns:
    """The columns of one table: of values, of options and of texts."""

    layout: Layout
    index: str
    first: int
    values: dict[int, Parameter]
    headings: dict[int, list[str]] = field(default_factory=dict)
    others: dict[int, tuple[str, Parameter | None]] = field(default_factory=dict)
    last_unit: int = 0

    def learn(self, spots: Sequence[Spot]) -> None:
        """Read a row between the symbols and the first unit."""
        for spot in spots:
            if not isinstance(spot.cell.value, str):
                continue
            text = plain(spot.cell.value)
            if spot.column in self.values:
                self.headings.setdefault(spot.column, []).append(text)
                continue
            role = heading_role(self.layout, text)
            if role == "option":
                left = [c for c in self.values if c < spot.column]
                if left:
                    self.others[spot.column] = role, self.values[max(left)]
            elif role in self.layout.table("separate").of_kind(TEXT):
                self.others[spot.column] = role, None

    def beside(self, column: int) -> str | None:
        """Return the unit that stands above a column, `None` for none."""
        wanted = self.values[column].unit
        texts = self.headings.get(column, [])
        for text in texts:
            if same_unit(text, str(wanted)):
                return text
        return next((text for text in texts if _is_unit(text)), None)


def _is_unit(text: str) -> bool:
    try:
        Unit.parse(text)
    except UnitError:
        return False
    return True


def unit_cells(view: View, matcher: Matcher, layout: Layout) -> Iterator[UnitCell]:
    """Yield what the unit tables of a sheet hold."""
    columns: _Columns | None = None
    for spots in view.rows.values():
        head = _symbols(spots, matcher, layout)
        if head is not None:
            columns = head
            columns.learn([s for s in spots if s.column not in head.values])
        elif columns is None:
            continue
        elif table_number(str(spots[0].cell.value)):
            columns = None
        else:
            yield from _row(columns, spots)


def _symbols(
    spots: Sequence[Spot], matcher: Matcher, layout: Layout
) -> _Columns | None:
    """Return the columns of a row of symbols that run over one set."""
    found: dict[int, Parameter] = {}
    for spot in spots:
        item = matcher.by_symbol(spot.cell.value).item if _is_text(spot) else None
        if isinstance(item, Parameter) and item.is_input and item.index:
            found[spot.column] = item
    sets = {p.index for p in found.values()}
    if len(sets) != 1 or len({p.name for p in found.values()}) != len(found):
        return None
    return _Columns(layout, str(sets.pop()), min(found), found)


def _is_text(spot: Spot) -> bool:
    return isinstance(spot.cell.value, str) and len(spot.cell.value) < 80


def _row(columns: _Columns, spots: Sequence[Spot]) -> Iterator[UnitCell]:
    left = next((s for s in spots if s.column < columns.first), None)
    number = unit_number(left.cell.value) if left else 0
    if left and folded(left.cell.value).startswith(_SUMS):
        return
    values = [s for s in spots if s.column in columns.values]
    has_number = any(isinstance(s.cell.value, float) for s in values)
    if not number and not columns.last_unit and not has_number:
        columns.learn(spots)
        return
    others = [s for s in spots if s.column in columns.others]
    if not values and not others:
        columns.last_unit = max(columns.last_unit, number)
        return
    unit = number or columns.last_unit + 1
    columns.last_unit = unit
    index, counted = columns.index, not number
    for spot in values:
        p, beside = columns.values[spot.column], columns.beside(spot.column)
        yield UnitCell("value", p, index, unit, counted, spot, beside)
    for spot in others:
        role, of = columns.others[spot.column]
        yield UnitCell(role, of, index, unit, counted, spot)
