"""What each live function does with cells that are read already."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.engine.calculate import places
from jcm_xl.engine.program import program
from jcm_xl.expr.evaluate import NotCalculable
from jcm_xl.live.arguments import FunctionError, HostCell, described
from jcm_xl.live.case import (
    Find,
    StageCase,
    label_of,
    methodology_of,
    number_of,
    opened,
    reductions_of,
)
from jcm_xl.live.ranges import items_by_symbol, spoken
from jcm_xl.live.registry import (
    ID,
    NAME,
    RANGES,
    STAGE_OR_ID,
    UNIT_ROW,
    Argument,
    ArgumentKind,
    CallResult,
    ResultShape,
    live_function,
)
from jcm_xl.live.trace import trace as traced
from jcm_xl.live.units import convert as converted
from jcm_xl.model.methodology import Item, Methodology, fold_symbol
from jcm_xl.version import __version__

_VALUE = Argument(
    "name", ArgumentKind.SCALAR, "Symbol of the value, or name of the table"
)
_KEY_IN_TABLE = Argument(
    "key", ArgumentKind.SCALAR, "Key in the table: a text or a number", True
)
_ANY_NAME = Argument(
    "name", ArgumentKind.SCALAR, "Symbol; blank for everything at once"
)
_CONVERSION = (
    Argument("value", ArgumentKind.CELL, "The cell with the number"),
    Argument("from_unit", ArgumentKind.SCALAR, "Its unit, such as kWh"),
    Argument("to_unit", ArgumentKind.SCALAR, "The unit wanted, such as MWh"),
)


@live_function("RE", (STAGE_OR_ID, *RANGES), "that of RE in the methodology (tCO2/p)")
def reference_emissions(find: Find, key: HostCell, *ranges: object) -> CallResult:
    """Reference emissions, recalculated from the inputs."""
    case = opened(find, key, ranges)
    return number_of(case, case.m.results.reference, None)


@live_function("PE", (STAGE_OR_ID, *RANGES), "that of PE in the methodology (tCO2/p)")
def project_emissions(find: Find, key: HostCell, *ranges: object) -> CallResult:
    """Project emissions, recalculated from the inputs."""
    case = opened(find, key, ranges)
    return number_of(case, case.m.results.project, None)


@live_function("ER", (STAGE_OR_ID, *RANGES), "that of ER in the methodology (tCO2/p)")
def reductions(find: Find, key: HostCell, *ranges: object) -> CallResult:
    """Emission reductions before rounding, recalculated from the inputs."""
    return reductions_of(opened(find, key, ranges))


@live_function(
    "CREDITED", (STAGE_OR_ID, *RANGES), "that of ER in the methodology (tCO2/p)"
)
def credited(find: Find, key: HostCell, *ranges: object) -> CallResult:
    """Emission reductions rounded down to whole tonnes, as in Table 3."""
    case = opened(find, key, ranges)
    reductions, whole = reductions_of(case), case.result.sheet_credited
    if whole is None:
        raise FunctionError(f"{reductions:.15g} cannot be rounded down.")
    return float(whole)


def _item(m: Methodology, name: HostCell) -> Item:
    item = items_by_symbol(m).get(fold_symbol(name)) if isinstance(name, str) else None
    if item is None:
        known = ", ".join(spoken(i.symbol) for i in m.items)
        raise FunctionError(
            f"The name of the quantity {described(name)}; {m.key} has: {known}."
        )
    return item


def _row(case: StageCase, item: Item, row: HostCell) -> int | None:
    """Return the number of the unit row, checked; `None` for what has no rows."""
    if item.index is None:
        if row is not None:
            raise FunctionError(
                f"{spoken(item.symbol)} has one value; leave the row out."
            )
        return None
    used = case.given.inputs.used.get(item.index, ())
    if isinstance(row, float) and row in used:
        return int(row)
    there = ", ".join(map(str, used)) or "none"
    raise FunctionError(
        f"{spoken(item.symbol)} runs over units and the row {described(row)}; rows in "
        f"use are: {there}."
    )


@live_function("QUANTITY", (ID, NAME, *RANGES, UNIT_ROW), "that of the quantity")
def quantity(find: Find, key: HostCell, name: HostCell, *more: object) -> CallResult:
    """Any quantity of the methodology, recalculated from the inputs."""
    *ranges, row = more
    case = opened(find, key, tuple(ranges))
    item = _item(case.m, name)
    return number_of(case, item.name, _row(case, item, row))  # type: ignore[arg-type]


@live_function("DEFAULT", (ID, _VALUE, _KEY_IN_TABLE), "that of the value")
def default(find: Find, key: HostCell, name: HostCell, row: HostCell) -> CallResult:
    """A default value or constant, or the value of a table for a key."""
    m = methodology_of(find, key)
    folded = fold_symbol(name) if isinstance(name, str) else ""
    for table in m.tables.values():
        if fold_symbol(table.name) == folded:
            return _looked_up(m, table.name, row)
    known = {fold_symbol(p.symbol): p.value for p in m.parameters.values()}
    known |= {fold_symbol(p.name): p.value for p in m.parameters.values()}
    known |= {fold_symbol(c.symbol): c.value for c in m.constants.values()}
    value = known.get(folded)
    if value is not None:
        if row is not None:
            raise FunctionError(f"{name} is one value, not a table; leave the key out.")
        return float(value)
    defaults = [spoken(p.symbol) for p in m.parameters.values() if p.value is not None]
    there = ", ".join([*defaults, *m.tables]) or "none"
    raise FunctionError(
        f"The name {described(name)}; default values and tables of {m.key}: {there}."
    )


def _looked_up(m: Methodology, table: str, key: HostCell) -> float:
    is_exact = m.tables[table].match == "exact"
    if not isinstance(key, str if is_exact else float):
        wanted = (
            "one of: " + ", ".join(m.tables[table].keys) if is_exact else "a number"
        )
        raise FunctionError(f"The key {described(key)}; expected is {wanted}.")
    try:
        return float(program(m).tables[table](key))
    except NotCalculable as fault:
        raise FunctionError(fault.reason) from fault


@live_function(
    "CHECK", (ID, _ANY_NAME, *RANGES, UNIT_ROW), shape=ResultShape.TEXT, is_verdict=True
)
def check(find: Find, key: HostCell, name: HostCell, *more: object) -> CallResult:
    """ok, or in words why an input or quantity cannot be used."""
    *ranges, row = more
    case = opened(find, key, tuple(ranges))
    if name is None:
        reductions_of(case)
        every = (r for p in case.m.inputs for r in _outside(case, p.name, None))
        return next(every, "ok")
    item = _item(case.m, name)
    is_formula = item.name in case.m.formulas
    at = _row(case, item, row) if is_formula or row is not None else None  # type: ignore[arg-type]
    if is_formula:
        number_of(case, item.name, at)
        return "ok"
    return next(_judged(case, item.name, at), "ok")


def _judged(case: StageCase, name: str, row: int | None) -> Iterator[str]:
    """Yield what is wrong with an input: missing, unusable or out of range."""
    p = case.m.parameters[name]
    if not p.is_input:
        return
    for gap in case.result.missing:
        if (gap.name == name and row in (None, gap.row)) or gap.name == p.index:
            yield case.given.fault(case.m, gap.name, gap.row)
    for (at, unit), _ in case.given.faults.items():
        if at == name and row in (None, unit) and not _is_blank(case, name, unit):
            yield case.given.fault(case.m, name, unit)
    yield from _outside(case, name, row)


def _is_blank(case: StageCase, name: str, row: int | None) -> bool:
    return case.given.faults[name, row].startswith(described(None))


def _outside(case: StageCase, name: str, row: int | None) -> Iterator[str]:
    p = case.m.parameters[name]
    for unit, value in places(case.given.inputs, p):
        if (
            isinstance(value, float)
            and row in (None, unit)
            and not p.bounds.admit(value)
        ):
            label = label_of(case.m, name, unit)
            yield f"{label} is {value:.15g}; expected: {p.bounds}."


@live_function(
    "TRACE", (ID, NAME, *RANGES, UNIT_ROW), "third column", ResultShape.ARRAY
)
def trace(find: Find, key: HostCell, name: HostCell, *more: object) -> CallResult:
    """A quantity and what it is made of: name, value, unit, from what."""
    *ranges, row = more
    case = opened(find, key, tuple(ranges))
    item = _item(case.m, name)
    at = _row(case, item, row)  # type: ignore[arg-type]
    if item.name in case.m.formulas:
        number_of(case, item.name, at)
    return traced(case.result, case.given.inputs, item.name, at)


@live_function("CONVERT", _CONVERSION, "the unit wanted")
def convert(_: Find, value: HostCell, source: HostCell, target: HostCell) -> CallResult:
    """A number in another unit, by an explicit table of exact factors."""
    if not isinstance(value, float):
        raise FunctionError(f"The value {described(value)}; a number is expected.")
    for unit in (source, target):
        if not isinstance(unit, str):
            raise FunctionError(f"The unit {described(unit)}; write it as a text.")
    return converted(value, str(source).strip(), str(target).strip())


@live_function(
    "VERSION", (Argument(ID.name, ID.kind, ID.help, True),), shape=ResultShape.TEXT
)
def version(find: Find, key: HostCell) -> CallResult:
    """Version of these functions, and of a definition."""
    if key is None:
        return f"jcm_xl {__version__}"
    m = methodology_of(find, key)
    editions = ", ".join(f"{what} {which}" for what, which in m.editions.items())
    draft = ", DRAFT" if m.is_draft else ""
    return f"jcm_xl {__version__}, {m.key}, {editions}{draft}"
