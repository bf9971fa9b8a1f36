"""A methodology that somebody drew in Excel: its items, read without a definition.

The first of two passes: what the rows of the tables and calculations name becomes
parameters and formulas. In the second one `find` and `lift` read the same sheets by
these names, as if a definition had given them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from types import SimpleNamespace
from typing import cast

from jcm_xl.adopt.adoption import CannotAdopt
from jcm_xl.adopt.lists import offered_at
from jcm_xl.dataclass import dataclass
from jcm_xl.expr.nodes import Number
from jcm_xl.expr.unit import Unit, UnitError
from jcm_xl.foreign.found import Spot
from jcm_xl.foreign.match import Matcher
from jcm_xl.foreign.sheets import find_sheets
from jcm_xl.foreign.tables import TableLine, find_tables
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import (
    is_no_unit,
    is_reference,
    of_part,
    option_letter,
    plain,
    point_of,
    symbol_and_unit,
    symbol_key,
)
from jcm_xl.model.methodology import (
    Evidence,
    Formula,
    Kind,
    Methodology,
    Monitoring,
    Parameter,
    Source,
    UnitSet,
)
from jcm_xl.plan.layout import Layout
from jcm_xl.xlsx.grid import Grid, address

_SYMBOL = re.compile(r"[^\W\d_][^\s_,]{0,11}(?:[_ ,]\s*[\w ,.-]{1,40})?", re.ASCII)
_INDEXES = frozenset("ijklmn")
_LOW = re.compile(r"([A-Za-z0-9]+?)([a-oq-xzA-OQ-XZ])")
_RESULTS = frozenset(map(symbol_key, ("ERp", "REp", "PEp")))
_MOST_ROWS = 200
_LONGEST = 40
_MONITORED_TEXTS = ("source", "procedure", "frequency")
_SOURCE = Source("")
_SPELT = {"mwh/period": "MWh/p"}


@dataclass
class DrawnItems:
    """What a workbook names: symbol key -> item, in the order of the sheets.

    cells: name -> the cell in which it is named. sets: index -> how many rows.
    """

    parameters: dict[str, Parameter] = field(default_factory=dict)
    formulas: dict[str, Formula] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    sets: dict[str, int] = field(default_factory=dict)

    @property
    def methodology(self) -> Methodology:
        """Return them as what finding and lifting ask of a methodology."""
        items: tuple[Parameter | Formula, ...] = (
            *self.parameters.values(), *self.formulas.values()
        )  # fmt: skip
        parameters = {p.name: p for p in self.parameters.values()}
        return cast(
            Methodology,
            SimpleNamespace(
                items=items, constants={}, parameters=parameters,
                inputs=tuple(p for p in parameters.values() if p.is_input),
                formulas={f.name: f for f in self.formulas.values()}, tables={},
                named={i.name: i for i in items}.get,
                sets={n: UnitSet(n, n, _MOST_ROWS) for n in self.sets},
            ),
        )  # fmt: skip

    def has(self, symbol: str) -> bool:
        """Tell whether something has this symbol."""
        key = symbol_key(symbol)
        return key in self.parameters or key in self.formulas


def drawn_items(grid: Grid, layout: Layout) -> DrawnItems:
    """Return what the plan's sheets of a workbook name; raise `CannotAdopt`."""
    views, _ = find_sheets(grid, layout)
    if "mps_input" not in views or "mps_calc" not in views:
        raise CannotAdopt(
            "it has no sheets MPS(input) and MPS(calc_process). Draw Tables 1 and 2 on "
            "the first, the calculation with symbols on the second."
        )
    separate = views["mps_separate"].name if "mps_separate" in views else ""
    reader = _Reader(grid, layout, DrawnItems(), separate)
    reader.tables(views["mps_input"])
    reader.calculation(views["mps_calc"])
    return reader.found


class _Reader:
    def __init__(
        self, grid: Grid, layout: Layout, found: DrawnItems, separate: str
    ) -> None:
        self.grid, self.layout, self.found = grid, layout, found
        self.separate = separate

    # -- Tables 1 and 2 --------------------------------------------------------------

    def tables(self, view: View) -> None:
        nothing = Matcher(DrawnItems().methodology)
        tables = find_tables(view, "mps", self.layout, nothing)
        for line in tables.lines:
            spot = line.joined("symbol")
            if spot is None or line.get("unit") is None:
                continue
            text = spot.cell.value
            if isinstance(text, str) and len(text) < _LONGEST:
                self._parameter(line, spot)

    def _parameter(self, line: TableLine, spot: Spot) -> None:
        value, point = line.own("value"), line.get("point")
        is_table = value is not None and self._is_of_units(value)
        numbered = point is not None and point_of(point.cell.value)[1] > 0
        text = plain(spot.cell.value)
        symbol, index = self._symbol(text, is_indexed=is_table or numbered)
        key = symbol_key(symbol)
        if key in self.found.parameters:
            return  # another unit of it
        label, beside = line.get("label"), line.get("unit")
        columns = line.head.columns["value"]
        place = (line.view.name, line.row, columns.start)
        choices = offered_at(self.grid, place)
        unit = "text" if choices else plain(beside.cell.value) if beside else "-"
        monitored = line.head.table == 1
        p = Parameter(
            _name(symbol), symbol, plain(label.cell.value) if label else symbol,
            Kind.MONITORED if monitored else Kind.FIXED, _unit(unit, spot),
            index=index, choices=choices or None,
            monitoring=tuple(self._options(line)) if monitored else (),
        )  # fmt: skip
        self.found.parameters[key] = p
        self._note(p.name, spot, index)

    def _is_of_units(self, value: Spot) -> bool:
        """Tell whether a cell points at the sheet of the units, or adds them up."""
        formula = value.cell.formula or ""
        is_total = bool(self.separate) and self.separate in formula
        return is_total or is_reference(self.layout, value.cell.value)

    def _options(self, line: TableLine) -> Iterator[Monitoring]:
        """Yield the options that a row offers, with the texts that stand in it."""
        texts = {
            role: str(spot.cell.value) if (spot := line.get(role)) else "-"
            for role in _MONITORED_TEXTS
        }
        columns = line.head.columns.get("option")
        offered: list[str] = []
        if columns is not None:
            place = (line.view.name, line.row, columns.start)
            offered = [option_letter(text) for text in offered_at(self.grid, place)]
            there = line.get("option")
            offered = [o for o in offered if o] or (
                [option_letter(there.cell.value)] if there else []
            )
        for letter in offered or ["C"]:
            yield Monitoring(
                letter or "C", texts["source"], texts["procedure"], texts["frequency"],
                is_official=True,
            )  # fmt: skip

    # -- the calculation -------------------------------------------------------------

    def calculation(self, view: View) -> None:
        headings = self.layout.table("calc").headings
        wanted = {role: headings[role] for role in ("value", "unit", "symbol")}
        columns: Mapping[str, int] = {}
        for row, spots in view.rows.items():
            found = {
                of_part(self.layout, "calc", s.cell.value, wanted): s.column
                for s in spots
            }
            heads = [s for s in spots if self._is_indexed(s)]
            if {"value", "symbol"} <= found.keys():
                columns = found
            elif columns and self._figure(view, row, columns):
                continue
            elif len(heads) > 1 or (heads and not columns):
                columns = {}
                for spot in heads:
                    self._column(view, spot)
            elif not columns:
                self._listed(spots)

    def _figure(self, view: View, row: int, columns: Mapping[str, int]) -> bool:
        """Take a row of a calculation with value, unit and symbol."""
        spot, value = view.at(row, columns["symbol"]), view.at(row, columns["value"])
        beside = view.at(row, columns["unit"]) if "unit" in columns else None
        if spot is None or value is None or not isinstance(spot.cell.value, str):
            return False
        is_words = isinstance(value.cell.value, str) and value.cell.formula is None
        if spot.column == value.column or is_words:
            return False  # a title over all columns, or the heads of a unit table
        words = [s for s in view.rows[row] if s.column < min(columns.values())]
        label = plain(words[0].cell.value) if words else plain(spot.cell.value)
        self._calculated(spot, value, label, beside)
        return True

    def _column(self, view: View, spot: Spot) -> None:
        """Take a column of a table with one row a unit."""
        text, measure = symbol_and_unit(spot.cell.value)
        below = [view.at(spot.row + n, spot.column) for n in range(1, 6)]
        words = [s for s in below if s and s.cell.formula is None]
        value = next((s for s in below if s and s.cell.formula is not None), None)
        texts = [s for s in words if isinstance(s.cell.value, str)]
        if value is None:
            return
        label = plain(texts[0].cell.value) if len(texts) > 1 else text
        beside = texts[-1] if texts and not measure else None
        self._calculated(spot, value, label, beside, measure)

    def _calculated(
        self,
        spot: Spot,
        value: Spot,
        label: str,
        beside: Spot | None,
        measure: str = "",
    ) -> None:
        """Take a quantity: calculated where its cell has a formula, else a default."""
        symbol, index = self._symbol(plain(symbol_and_unit(spot.cell.value)[0]))
        if self.found.has(symbol):
            return
        unit = _unit(measure or (plain(beside.cell.value) if beside else "-"), spot)
        name = _name(symbol)
        is_result = symbol_key(symbol) in _RESULTS
        if value.cell.formula is not None or is_result:
            self.found.formulas[symbol_key(symbol)] = Formula(
                name, symbol, label, unit, Number("0"), "0", _SOURCE,
                Evidence.DOCUMENT, index,
            )  # fmt: skip
        elif isinstance(value.cell.value, float):
            self.found.parameters[symbol_key(symbol)] = Parameter(
                name, symbol, label, Kind.DEFAULT, unit,
                value=Decimal(repr(value.cell.value)),
            )  # fmt: skip
        else:
            return
        self._note(name, value, index)

    def _listed(self, spots: tuple[Spot, ...]) -> None:
        """Take a number of the list of default values beside its symbol."""
        for n, spot in enumerate(spots[:-1]):
            value, text = spots[n + 1], spot.cell.value
            is_number = isinstance(value.cell.value, float) and not value.cell.formula
            if not (isinstance(text, str) and is_number and _is_symbol(text)):
                continue
            rest = spots[n + 2] if n + 2 < len(spots) else None
            beside = rest if rest and isinstance(rest.cell.value, str) else None
            label = plain(spots[0].cell.value) if n else plain(text)
            self._calculated(spot, value, label, beside)
            return

    # -- symbols ---------------------------------------------------------------------

    def _is_indexed(self, spot: Spot) -> bool:
        text = spot.cell.value
        if not isinstance(text, str) or spot.cell.formula is not None:
            return False
        head = plain(symbol_and_unit(text)[0])
        return _is_symbol(head) and self._symbol(head)[1] is not None

    def _symbol(self, text: str, *, is_indexed: bool = False) -> tuple[str, str | None]:
        """Return `EC_{PJ,i,p}` and the index of `EC_PJ,i,p`.

        In `EGi,p`, with low letters, the index stands at the end of the first part.
        """
        head, _, low = re.sub(r"[{}]", "", text).replace(" ", "_", 1).partition("_")
        if not low and "," in head:
            head, _, low = head.partition(",")
        parts = [part.strip() for part in re.split(r"[,_\s]+", low) if part.strip()]
        known = _INDEXES | {*self.found.sets}
        single = [q for q in parts if len(q) == 1 and q.isalpha() and q not in "py"]
        match = _LOW.fullmatch(head)
        is_low = match is not None and match[2] in known and match[1].isupper()
        if match and ((is_indexed and not single) or (not {*parts} & known and is_low)):
            head, parts = match[1], [match[2], *parts]
            single = parts[:1]
        parts = ["i" if part.isdecimal() else part for part in parts]
        index = next((part for part in parts if part in known), None)
        if is_indexed and index is None and single:
            index = single[0]
        symbol = f"{head}_{{{','.join(parts)}}}" if parts else head
        return symbol, index

    def _note(self, name: str, spot: Spot, index: str | None) -> None:
        self.found.cells[name] = f"{spot.sheet}!{address(spot.row, spot.column)}"
        if index:
            self.found.sets.setdefault(index, _MOST_ROWS)


def _name(symbol: str) -> str:
    """Return a symbol as a name of our language: `EC_PJ_i_p`."""
    return re.sub(r"[\W_]+", "_", symbol, flags=re.ASCII).strip("_")


def _is_symbol(text: str) -> bool:
    """Tell whether a text is a symbol, with or without low letters, and no words."""
    if not _SYMBOL.fullmatch(text):
        return False
    return all(len(p) < 4 or not p.islower() for p in re.split(r"[\s,]+", text)[1:])


def _unit(text: str, spot: Spot) -> Unit:
    """Return a unit of measure; raise `CannotAdopt` with its cell."""
    text = "-" if is_no_unit(text) else text.strip("[]() ")
    text = _SPELT.get(text.casefold(), text).replace(" ", "").replace("-CO2", "CO2")
    try:
        return Unit.parse(text)
    except UnitError as error:
        where = f"{spot.sheet}!{address(spot.row, spot.column)}"
        raise CannotAdopt(
            f"the unit {text} of the row of {where} is not read: {error}"
        ) from None
