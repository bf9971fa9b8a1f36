"""What each live function does with cells that are read already."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.calculate import calculate, places
from jcm_xl.engine.program import program
from jcm_xl.expr.evaluate import NotCalculable
from jcm_xl.live.arguments import FunctionError, HostCell, described
from jcm_xl.live.ranges import Given, Ranges, items_by_symbol, read, spoken
from jcm_xl.live.registry import (
    ID,
    NAME,
    RANGES,
    UNIT_ROW,
    Argument,
    ArgumentKind,
    CallResult,
    ResultShape,
    live_function,
)
from jcm_xl.live.trace import trace as traced
from jcm_xl.live.units import convert as converted
from jcm_xl.model.dependencies import dependencies
from jcm_xl.model.methodology import Item, Methodology, fold_symbol
from jcm_xl.model.result import Result
from jcm_xl.version import __version__

Find: TypeAlias = Callable[[str], Methodology]
"""How a host finds a definition by its key, `TH_AM001@3.0`."""

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
_KEY = re.compile(
    r"(?<![A-Za-z0-9])(?:JCM_)?([A-Z]{2}_(?:AM|PM)\d{3})(?:@|_ver)(\d{1,2})\.(\d)\s*$"
)


@dataclass(frozen=True, slots=True)
class _Case:
    """One stage of a workbook, read and calculated."""

    m: Methodology
    given: Given
    result: Result


def _methodology(find: Find, key: HostCell) -> Methodology:
    match = _KEY.search(key) if isinstance(key, str) else None
    if match is None:
        raise FunctionError(
            f"The first argument {described(key)}; write the id with its version, "
            "such as TH_AM001@3.0, or point at the id in the sheet's corner."
        )
    return find(f"{match[1]}@{int(match[2])}.{match[3]}")


@lru_cache(maxsize=64)
def _case(m: Methodology, ranges: Ranges) -> _Case:
    # RE, PE, ER and the trace of one sheet share their ranges: calculated once.
    given = read(m, ranges)
    return _Case(m, given, calculate(m, given.inputs))


def _opened(find: Find, key: HostCell, ranges: tuple[object, ...]) -> _Case:
    return _case(_methodology(find, key), Ranges(*ranges))  # type: ignore[arg-type]


def _number(case: _Case, name: str, row: int | None) -> float:
    """Return a quantity; raise the reason why there is none.

    A sum over no units would be zero: what is missing below counts, not the value.
    """
    _refuse_gaps(case, _below(case.m, name))
    quantity = case.result.get(name, row)
    value = quantity.value if quantity else None
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        raise FunctionError(f"{_label(case.m, name, row)} is the text '{value}'.")
    raise FunctionError(_why(case, name, row))


def _refuse_gaps(case: _Case, needed: Collection[str]) -> None:
    for gap in case.result.missing:
        if gap.name in needed:
            raise FunctionError(case.given.fault(case.m, gap.name, gap.row))


def _label(m: Methodology, name: str, row: int | None) -> str:
    return spoken(m.named(name).symbol) + (f" of unit ({row})" if row else "")


def _why(case: _Case, name: str, row: int | None) -> str:
    quantity = case.result.get(name, row)
    if quantity is None:
        if (name, row) in case.given.faults:
            return case.given.fault(case.m, name, row)
        return (
            f"{_label(case.m, name, row)} has no value: it is not needed or not used."
        )
    return f"{_label(case.m, name, row)} cannot be calculated: {quantity.reason}"


def _below(m: Methodology, name: str) -> set[str]:
    """Return the name itself, and the names and sets it rests on."""
    found = dependencies(m, name)
    return {*found, *filter(None, map(m.index_of, found))}


def _reductions(case: _Case) -> float:
    # As in Table 3 of the sheet, every input must be there, not only those in use.
    _refuse_gaps(case, {gap.name for gap in case.result.missing})
    return _number(case, case.m.results.reduction, None)


@live_function("RE", (ID, *RANGES), "that of RE in the methodology (tCO2/p)")
def reference_emissions(find: Find, key: HostCell, *ranges: object) -> CallResult:
    """Reference emissions, recalculated from the inputs."""
    case = _opened(find, key, ranges)
    return _number(case, case.m.results.reference, None)


@live_function("PE", (ID, *RANGES), "that of PE in the methodology (tCO2/p)")
def project_emissions(find: Find, key: HostCell, *ranges: object) -> CallResult:
    """Project emissions, recalculated from the inputs."""
    case = _opened(find, key, ranges)
    return _number(case, case.m.results.project, None)


@live_function("ER", (ID, *RANGES), "that of ER in the methodology (tCO2/p)")
def reductions(find: Find, key: HostCell, *ranges: object) -> CallResult:
    """Emission reductions before rounding, recalculated from the inputs."""
    return _reductions(_opened(find, key, ranges))


@live_function("CREDITED", (ID, *RANGES), "that of ER in the methodology (tCO2/p)")
def credited(find: Find, key: HostCell, *ranges: object) -> CallResult:
    """Emission reductions rounded down to whole tonnes, as in Table 3."""
    case = _opened(find, key, ranges)
    reductions, whole = _reductions(case), case.result.sheet_credited
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


def _row(case: _Case, item: Item, row: HostCell) -> int | None:
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
    case = _opened(find, key, tuple(ranges))
    item = _item(case.m, name)
    return _number(case, item.name, _row(case, item, row))  # type: ignore[arg-type]


@live_function("DEFAULT", (ID, _VALUE, _KEY_IN_TABLE), "that of the value")
def default(find: Find, key: HostCell, name: HostCell, row: HostCell) -> CallResult:
    """A default value or constant, or the value of a table for a key."""
    m = _methodology(find, key)
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
    case = _opened(find, key, tuple(ranges))
    if name is None:
        _reductions(case)
        every = (r for p in case.m.inputs for r in _outside(case, p.name, None))
        return next(every, "ok")
    item = _item(case.m, name)
    is_formula = item.name in case.m.formulas
    at = _row(case, item, row) if is_formula or row is not None else None  # type: ignore[arg-type]
    if is_formula:
        _number(case, item.name, at)
        return "ok"
    return next(_judged(case, item.name, at), "ok")


def _judged(case: _Case, name: str, row: int | None) -> Iterator[str]:
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


def _is_blank(case: _Case, name: str, row: int | None) -> bool:
    return case.given.faults[name, row].startswith(described(None))


def _outside(case: _Case, name: str, row: int | None) -> Iterator[str]:
    p = case.m.parameters[name]
    for unit, value in places(case.given.inputs, p):
        if (
            isinstance(value, float)
            and row in (None, unit)
            and not p.bounds.admit(value)
        ):
            yield f"{_label(case.m, name, unit)} is {value:.15g}; expected: {p.bounds}."


@live_function(
    "TRACE", (ID, NAME, *RANGES, UNIT_ROW), "third column", ResultShape.ARRAY
)
def trace(find: Find, key: HostCell, name: HostCell, *more: object) -> CallResult:
    """A quantity and what it is made of: name, value, unit, from what."""
    *ranges, row = more
    case = _opened(find, key, tuple(ranges))
    item = _item(case.m, name)
    at = _row(case, item, row)  # type: ignore[arg-type]
    if item.name in case.m.formulas:
        _number(case, item.name, at)
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
    m = _methodology(find, key)
    editions = ", ".join(f"{what} {which}" for what, which in m.editions.items())
    draft = ", DRAFT" if m.is_draft else ""
    return f"jcm_xl {__version__}, {m.key}, {editions}{draft}"
