"""From the rows of the tables to slots: what each row says of which parameter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.foreign.found import (
    Reason,
    Remark,
    Spot,
    Stated,
    Unplaced,
    Unread,
    Why,
)
from jcm_xl.foreign.match import Matcher, Named
from jcm_xl.foreign.tables import TableLine
from jcm_xl.foreign.units import UnitCell
from jcm_xl.foreign.words import is_no_unit, is_reference, plain, point_of, same_unit
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.shown import shown
from jcm_xl.model.tolerance import same_number
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.tables import TEXT
from jcm_xl.xlsx.grid import Cell


def printed(value: object) -> str:
    """Return a value as a message prints it."""
    return plain(shown(value))


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that names a parameter; `unit` is 0 where nothing says which one it is."""

    stage: str
    p: Parameter
    unit: int
    line: TableLine


@dataclass
class Findings:
    """What was found so far: slot key -> cell, and all that was not so simple."""

    matcher: Matcher
    layout: Layout
    found: dict[Key, Spot] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)
    blank: dict[Key, Spot] = field(default_factory=dict)
    stated: list[Stated] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def put(self, key: Key, spot: Spot | None) -> None:
        """Place a cell; the first one found stays."""
        if spot is not None:
            self.found.setdefault(key, spot)

    def refuse(
        self, spot: Spot, reason: Reason, p: Parameter | None = None,
        key: Key | None = None, unit: str = "",
    ) -> None:  # fmt: skip
        """Note that something was not taken."""
        content = printed(spot.cell.value) or f"={spot.cell.formula}"
        wanted = str(p.unit) if p and unit else ""
        self.unplaced.append(
            Unplaced(spot.sheet, spot.address, content, reason, p.name if p else "",
                     key, unit, wanted)
        )  # fmt: skip

    def remark(
        self, spot: Spot, why: Why, p: Parameter, key: Key | None = None
    ) -> None:
        """Note that something was taken with reserve."""
        content = printed(spot.cell.value)
        self.remarks.append(Remark(spot.sheet, spot.address, content, why, p.name, key))

    # -- values ----------------------------------------------------------------------

    def value(
        self, key: Key, p: Parameter, spot: Spot, beside: object, *, is_seen: bool
    ) -> None:
        """Place a value if the unit beside it is the methodology's.

        `is_seen`: whether there is a place for the unit at all.
        """
        if spot.value is None and spot.cell.formula is None:
            return
        if not p.is_choice and is_seen:
            if beside is None and not is_no_unit(p.unit):
                self.remark(spot, Why.NO_UNIT, p, key)
            elif beside is not None and not same_unit(beside, str(p.unit)):
                self.refuse(spot, Reason.OTHER_UNIT, p, key, printed(beside))
                return
        if spot.cell.formula is not None:
            if spot.cell.value == "":
                return  # it shows an empty cell, as that of an unused unit does
            if spot.value is None and key.stage == "mrs" and not p.is_monitored:
                return  # Table 2 of the report repeats the plan
            if spot.value is None:
                self.refuse(spot, Reason.NO_RESULT, p, key)
            else:
                self.remark(spot, Why.FROM_FORMULA, p, key)
        self.put(key, spot)

    # -- rows of Tables 1 and 2 ------------------------------------------------------

    def claims(self, stage: str, lines: list[TableLine]) -> list[Claim]:
        """Return the rows that name an input of their table; note the others."""
        claims: list[Claim] = []
        for line in lines:
            for spot in line.without_heading():
                self.refuse(spot, Reason.NO_HEADING)
            if self._is_total(line, claims):
                continue
            claim = self._claim(stage, line)
            if claim is not None:
                claims.append(claim)
                self._tell_letters(claim)
        return claims

    def _is_total(self, line: TableLine, claims: list[Claim]) -> bool:
        """Tell whether a row is the sum of the rows above; note one that is not."""
        symbol = line.joined("symbol")
        named = self.matcher.by_symbol(symbol.cell.value).item if symbol else None
        if named is not None or not line.is_sum(self.layout):
            return False
        value = line.own("value")
        if value is None:
            return True
        last = claims[-1].p if claims else None
        above = [
            spot.cell.value
            for claim in claims
            if claim.p is last and (spot := claim.line.own("value"))
        ]
        numbers = [number for number in above if isinstance(number, float)]
        found = value.cell.value
        if not (isinstance(found, float) and same_number(found, sum(numbers))):
            self.refuse(value, Reason.NOT_THE_SUM, last)
        return True

    def _claim(self, stage: str, line: TableLine) -> Claim | None:
        symbol, value = line.joined("symbol"), line.own("value")
        point = line.get("point")
        number, unit = point_of(point.cell.value) if point else (0, 0)
        match = self.matcher.by_symbol(symbol.cell.value) if symbol else None
        item = match.item if match else None
        if item is None:
            return self._described(stage, line, number, unit, has_symbol=bool(symbol))
        if not isinstance(item, Parameter) or not item.is_input:
            row = (match.unit if match else 0) or unit
            if value is not None and not self._state(stage, item, row, line):
                self.refuse(value, Reason.NOT_ASKED)
            return None
        if item.is_monitored != (line.head.table == 1):
            if value is not None:
                self.refuse(value, Reason.OTHER_TABLE, item)
            return None
        return Claim(stage, item, (match.unit if match else 0) or unit, line)

    def _state(self, stage: str, item: Named, row: int, line: TableLine) -> bool:
        """Remember a number that the methodology gives or calculates anyhow."""
        spot, beside = line.own("value"), line.get("unit")
        if spot is None or not isinstance(spot.cell.value, float):
            return False
        self.state(stage, item, row, spot, beside)
        return True

    def state(
        self, stage: str, item: Named, row: int, spot: Spot, beside: Spot | None
    ) -> None:
        """Remember a number that is compared, not taken."""
        value = spot.cell.value
        assert isinstance(value, float)
        unit = printed(beside.cell.value) if beside else ""
        is_typed = spot.cell.formula is None
        self.stated.append(
            Stated(stage, item.name, row, spot.sheet, spot.address, value, unit,
                   is_typed)
        )  # fmt: skip

    def _described(
        self, stage: str, line: TableLine, number: int, unit: int, *, has_symbol: bool
    ) -> Claim | None:
        label, value = line.get("label"), line.own("value")
        p = (
            self.matcher.by_description(line.head.table, number, label.cell.value)
            if label
            else None
        )
        if p is None:
            if value is not None:
                reason = Reason.UNKNOWN_SYMBOL if has_symbol else Reason.NO_SYMBOL
                self.refuse(value, reason)
            return None
        symbol = line.joined("symbol")
        unit = (self.matcher.unit_of(p, symbol.cell.value) if symbol else 0) or unit
        if value is not None:
            self.remark(value, Why.BY_DESCRIPTION, p)
        return Claim(stage, p, unit, line)

    def _tell_letters(self, claim: Claim) -> None:
        for role in ("value", "unit", "option"):
            spot = claim.line.own(role)
            if role in claim.line.head.by_letter and spot:
                self.remark(spot, Why.BY_LETTER, claim.p)

    def take(
        self, stage: str, claims: list[Claim], separate: list[UnitCell],
        headed: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        """Place the rows of one stage, together with its unit tables.

        headed: the parameters that have a column in a unit table, also an empty one.
        """
        given = {cell.parameter.name for cell in separate if cell.parameter}
        by_name: dict[str, list[Claim]] = {}
        for claim in claims:
            by_name.setdefault(claim.p.name, []).append(claim)
        for cell in separate:
            self._unit_cell(stage, cell)
        self._shared_options(stage, by_name, given)
        for name, rows in by_name.items():
            p = rows[0].p
            if p.index is None:
                self._single(p, rows)
            elif name in given:
                for claim in rows:
                    self._total(claim, separate)
            else:
                of_units = name in headed
                self._units(p, [c for c in rows if not (of_units and _adds_up(c))])
            self._about(rows)

    def _shared_options(
        self, stage: str, by_name: Mapping[str, list[Claim]], given: set[str]
    ) -> None:
        """Give an option of Table 1 to every unit whose own table has none."""
        for name in given & by_name.keys():
            p = by_name[name][0].p
            option = by_name[name][0].line.get("option")
            if option is None or len(p.options) < 2 or not p.is_monitored:
                continue
            for unit in range(1, self.units.get(str(p.index), 0) + 1):
                if Key(stage, "value", name, unit) in self.found:
                    self.put(Key(stage, "option", name, unit), option)

    def _single(self, p: Parameter, rows: list[Claim]) -> None:
        filled = [c for c in rows if (s := c.line.own("value")) and s.value is not None]
        if len(filled) > 1:
            for claim in filled:
                spot = claim.line.own("value")
                if spot:
                    self.refuse(spot, Reason.SEVERAL, p, _key(claim, "value"))
            return
        self._cells((filled or rows)[0], None)

    def _units(self, p: Parameter, rows: list[Claim]) -> None:
        """Number the rows of one parameter: as they say, else by counting."""
        taken: set[int] = set()
        is_counted = len(rows) > 1
        for claim in rows:
            value = claim.line.own("value")
            if value is not None and is_reference(self.layout, value.cell.value):
                continue  # to a sheet that does not have it
            unit = claim.unit or max(taken, default=0) + 1
            if not self._has_room(p, unit, value):
                continue
            if unit in taken:
                if value is not None:
                    self.refuse(value, Reason.UNIT_TWICE, p)
                continue
            taken.add(unit)
            if not claim.unit and is_counted and value is not None:
                self.remark(value, Why.BY_ORDER, p)
            self._cells(claim, unit)

    def _has_room(self, p: Parameter, unit: int, value: Spot | None) -> bool:
        index = str(p.index)
        if unit > self.matcher.m.sets[index].max_rows:
            if value is not None:
                self.refuse(value, Reason.NO_SUCH_ROW, p)
            return False
        self.units[index] = max(self.units.get(index, 0), unit)
        return True

    def _cells(self, claim: Claim, unit: int | None) -> None:
        """Place value and option of one row."""
        line, p = claim.line, claim.p
        value, beside = line.own("value"), line.get("unit")
        if value is not None:
            text = beside.cell.value if beside else None
            is_seen = "unit" in line.head.columns
            self.value(_key(claim, "value", unit), p, value, text, is_seen=is_seen)
        else:
            self._blank(_key(claim, "value", unit), line, "value")
        if p.is_monitored and len(p.options) > 1 and (value is not None or not unit):
            self._blank(_key(claim, "option", unit), line, "option")
            self.put(_key(claim, "option", unit), line.get("option"))

    def _blank(self, key: Key, line: TableLine, role: str) -> None:
        """Remember where something belongs, in case nothing stands there."""
        if columns := line.head.columns.get(role):
            spot = Spot(line.view.name, line.row, columns.start, Cell(None))
            self.blank.setdefault(key, spot)

    def _total(self, claim: Claim, separate: list[UnitCell]) -> None:
        """Compare a row of Table 1 with the sum of its unit table."""
        p, spot = claim.p, claim.line.own("value")
        if spot is None or spot.value is None or isinstance(spot.cell.value, str):
            return  # see MPS(input_separate), or a sum that nobody calculated yet
        parts = [
            cell.value.cell.value
            for cell in separate
            if cell.role == "value" and cell.parameter is p
        ]
        numbers = [part for part in parts if isinstance(part, float)]
        total, found = sum(numbers), spot.cell.value
        if isinstance(found, float) and same_number(found, total):
            self.put(_key(claim, "total"), spot)
        else:
            self.refuse(spot, Reason.NOT_THE_SUM, p)

    def _unit_cell(self, stage: str, cell: UnitCell) -> None:
        p, index, unit = cell.parameter, cell.index, cell.unit
        if cell.role == "unused":
            if p is not None:
                self.remark(cell.value, Why.NOT_USED, p)
            return
        if unit > self.matcher.m.sets[index].max_rows:
            self.refuse(cell.value, Reason.NO_SUCH_ROW, p)
            return
        self.units[index] = max(self.units.get(index, 0), unit)
        if p is None:
            self.put(Key(stage, cell.role, index, unit), cell.value)
            return
        key = Key(stage, cell.role, p.name, unit)
        if cell.role == "option":
            if len(p.options) > 1:
                self.put(key, cell.value)
        elif key in self.found:
            self.refuse(cell.value, Reason.UNIT_TWICE, p, key)
        else:
            self.value(key, p, cell.value, cell.beside, is_seen=True)
            if cell.is_counted:
                self.remark(cell.value, Why.BY_ORDER, p, key)

    # -- what stands beside the values -----------------------------------------------

    def _about(self, rows: list[Claim]) -> None:
        """Place what the rows of one parameter say besides values."""
        first, p = rows[0], rows[0].p
        for role in ("symbol", "label", "unit", "point"):
            self.put(_key(first, role), first.line.get(role))
        if p.is_monitored:
            if len(p.options) == 1:
                self.put(_key(first, "option"), first.line.get("option"))
            self.put(_key(first, "period_copy"), first.line.get("period"))
        elif first.stage == "mrs":
            return  # Table 2 of the report repeats the plan
        for role in self.layout.texts:
            self._text(role, rows)

    def _text(self, role: str, rows: list[Claim]) -> None:
        """Place a text once; texts of single units go where their set has a cell."""
        of_units = self.layout.table("separate").of_kind(TEXT)
        spots = [(c, s) for c in rows if (s := c.line.get(role)) is not None]
        texts = {printed(spot.cell.value) for _, spot in spots}
        if len(texts) <= 1 or len(rows) == 1:
            for claim, spot in spots[:1]:
                self.put(_key(claim, role), spot)
            return
        for n, (claim, spot) in enumerate(spots):
            unit = claim.unit or rows.index(claim) + 1
            key = Key(claim.stage, role, str(claim.p.index), unit)
            if claim.p.index and role in of_units:
                there = self.found.get(key)
                if there is None or printed(there.cell.value) == printed(
                    spot.cell.value
                ):
                    self.put(key, spot)
                    continue
            elif n == 0:
                self.put(_key(claim, role), spot)
                continue
            self.refuse(spot, Reason.OTHER_TEXT, claim.p)


def _adds_up(claim: Claim) -> bool:
    """Tell whether a row calculates its value and is no numbered unit."""
    value = claim.line.own("value")
    return not claim.unit and value is not None and value.cell.formula is not None


def _key(claim: Claim, role: str, unit: int | None = None) -> Key:
    return Key(claim.stage, role, claim.p.name, unit)
