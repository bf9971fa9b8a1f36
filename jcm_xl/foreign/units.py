"""Tables of units: one row a unit and one column a parameter, or the reverse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.expr.unit import Unit, UnitError
from jcm_xl.foreign.found import Spot
from jcm_xl.foreign.match import Matcher
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import (
    heading_role,
    plain,
    same_unit,
    says,
    symbol_and_unit,
    table_number,
    unit_number,
)
from jcm_xl.model.methodology import Methodology, Parameter
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.tables import TEXT


@dataclass(frozen=True, slots=True)
class UnitCell:
    """What one row says of one parameter or, where `parameter` is none, of a set.

    role: `value`, `option`, a text, or `unused` where words say that there is no unit.
    """

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
    m: Methodology
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
        return _unit_among(self.headings.get(column, []), self.values[column])

    def unit_cells(self, spots: Sequence[Spot]) -> Iterator[UnitCell]:
        """Yield what a row below the headings holds."""
        left = next((s for s in spots if s.column < self.first), None)
        number = unit_number(left.cell.value) if left else 0
        if left and says(self.layout, "sums", left.cell.value):
            return
        values = [s for s in spots if s.column in self.values]
        has_number = any(isinstance(s.cell.value, float) for s in values)
        if not number and not self.last_unit and not has_number:
            self.learn(spots)
            return
        others = [s for s in spots if s.column in self.others]
        if not values and not others:
            self.last_unit = max(self.last_unit, number)
            return
        unit = number or self.last_unit + 1
        if not number and not has_number and not others:
            return  # words below the table
        self.last_unit = unit
        counted = not number
        pairs = [(self.values[s.column], s) for s in values]
        if _is_remark(self.m, pairs):
            for p, spot in pairs:
                yield UnitCell("unused", p, self.index, unit, counted, spot)
            return
        for p, spot in pairs:
            beside = self.beside(spot.column)
            yield UnitCell("value", p, self.index, unit, counted, spot, beside)
        for spot in others:
            role, of = self.others[spot.column]
            yield UnitCell(role, of, self.index, unit, counted, spot)


@dataclass
class _Rows:
    """A table with one row a parameter: the columns of the units."""

    layout: Layout
    m: Methodology
    matcher: Matcher
    symbol: int
    measure: int
    numbers: dict[int, int]

    def has(self, spots: Sequence[Spot]) -> bool:
        """Tell whether a row is that of one parameter."""
        return any(
            spot.column == self.symbol and _parameter(self.matcher, spot)[0] is not None
            for spot in spots
        )

    def unit_cells(self, spots: Sequence[Spot]) -> Iterator[UnitCell]:
        """Yield what the row of one parameter holds."""
        by_column = {spot.column: spot for spot in spots}
        at = by_column.get(self.symbol)
        p, unit_behind = _parameter(self.matcher, at) if at else (None, "")
        if p is None or p.index is None:
            return
        known = by_column.get(self.measure)
        beside = plain(known.cell.value) if known else unit_behind or None
        for column, unit in self.numbers.items():
            spot = by_column.get(column)
            if spot is not None:
                yield UnitCell("value", p, p.index, unit, False, spot, beside)


def unit_cells(
    view: View, matcher: Matcher, layout: Layout, rows: Iterable[int] | None = None
) -> Iterator[UnitCell]:
    """Yield what the unit tables of a sheet hold; `rows`: of these rows alone."""
    table: _Columns | _Rows | None = None
    for row in view.rows if rows is None else rows:
        spots = view.rows[row]
        goes_on = isinstance(table, _Rows) and table.has(spots)
        head = None if goes_on else begins_units(spots, matcher, layout)
        if head is not None:
            table = head
            if isinstance(head, _Columns):
                head.learn([s for s in spots if s.column not in head.values])
        elif table is None:
            continue
        elif table_number(str(spots[0].cell.value)):
            table = None
        else:
            yield from table.unit_cells(spots)


def headed_parameters(
    view: View, matcher: Matcher, layout: Layout, rows: Iterable[int] | None = None
) -> Iterator[str]:
    """Yield the parameters that have a column in a unit table, empty or not."""
    for row in view.rows if rows is None else rows:
        head = begins_units(view.rows[row], matcher, layout)
        if isinstance(head, _Columns):
            yield from (p.name for p in head.values.values())


def begins_units(
    spots: Sequence[Spot], matcher: Matcher, layout: Layout
) -> _Columns | _Rows | None:
    """Return the columns of a row that is the head of a unit table."""
    return _symbols(spots, matcher, layout) or _numbers(spots, matcher, layout)


def is_unit_head(spots: Sequence[Spot], matcher: Matcher, layout: Layout) -> bool:
    """Tell whether a row among other tables begins a unit table.

    One symbol alone may be that of a row of Table 1; there the units are counted in a
    column of their own.
    """
    head = begins_units(spots, matcher, layout)
    if isinstance(head, _Columns) and len(head.values) == 1:
        first = spots[0].cell.value
        return isinstance(first, str) and says(layout, "units", first)
    return head is not None


def _symbols(
    spots: Sequence[Spot], matcher: Matcher, layout: Layout
) -> _Columns | None:
    """Return the columns of a row of symbols that run over one set."""
    found: dict[int, Parameter] = {}
    headings: dict[int, list[str]] = {}
    for spot in spots:
        p, unit = _parameter(matcher, spot)
        if p is not None and p.index:
            found[spot.column] = p
            if unit:
                headings[spot.column] = [unit]
    sets = {p.index for p in found.values()}
    if len(sets) != 1 or len({p.name for p in found.values()}) != len(found):
        return None
    index = str(sets.pop())
    return _Columns(layout, matcher.m, index, min(found), found, headings)


def _numbers(spots: Sequence[Spot], matcher: Matcher, layout: Layout) -> _Rows | None:
    """Return the columns of a row that counts units beside a heading of symbols."""
    roles: dict[str, int] = {}
    for spot in spots:
        if isinstance(spot.cell.value, str):
            roles.setdefault(heading_role(layout, spot.cell.value), spot.column)
    if "symbol" not in roles or "value" in roles:
        return None
    numbers = {
        spot.column: number
        for spot in spots
        if spot.column > roles["symbol"] and (number := unit_number(spot.cell.value))
    }
    if not numbers or len(set(numbers.values())) != len(numbers):
        return None
    measure = roles.get("unit", 0)
    return _Rows(layout, matcher.m, matcher, roles["symbol"], measure, numbers)


def _parameter(matcher: Matcher, spot: Spot) -> tuple[Parameter | None, str]:
    """Return the input that a cell names, and the unit that stands behind it."""
    text = spot.cell.value
    if not isinstance(text, str) or len(text) >= _LONG:
        return None, ""
    item, unit = matcher.by_symbol(text).item, ""
    if item is None:
        head, unit = symbol_and_unit(text)
        item = matcher.by_symbol(head).item if unit else None
    return (item, unit) if isinstance(item, Parameter) and item.is_input else (None, "")


_LONG = 80


def _unit_among(texts: Sequence[str], p: Parameter) -> str | None:
    for text in texts:
        if same_unit(text, str(p.unit)):
            return text
    return next((text for text in texts if _is_unit(text)), None)


def _is_unit(text: str) -> bool:
    try:
        Unit.parse(text)
    except UnitError:
        return False
    return True


def _is_remark(m: Methodology, pairs: Sequence[tuple[Parameter, Spot]]) -> bool:
    """Tell whether a row has words alone, none of which can be a value: `not used`."""
    return any(not p.is_choice for p, _ in pairs) and all(
        isinstance(text := spot.cell.value, str)
        and spot.cell.formula is None
        and not any(c.isdigit() for c in text)
        and bool(set(text.casefold()) - {"x", " "})  # a masked value
        and not (p.is_choice and m.choice(p, text))
        for p, spot in pairs
    )
