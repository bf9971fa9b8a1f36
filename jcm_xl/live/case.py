"""One stage of a workbook from the ranges of a call: read, calculated, once for all."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.calculate import calculate
from jcm_xl.live.arguments import FunctionError, HostCell, described
from jcm_xl.live.ranges import Given, Ranges, read, spoken
from jcm_xl.model.dependencies import dependencies
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.result import Result

Find: TypeAlias = Callable[[str], Methodology]
"""How a host finds a definition by its key, `TH_AM001@3.0`."""

_KEY = re.compile(
    r"(?<![A-Za-z0-9])(?:JCM_)?([A-Z]{2}_(?:AM|PM)\d{3})(?:@|_ver)(\d{1,2})\.(\d)\s*$"
)


@dataclass(frozen=True, slots=True)
class StageCase:
    """One stage of a workbook, read and calculated."""

    m: Methodology
    given: Given
    result: Result


def methodology_of(find: Find, key: HostCell) -> Methodology:
    """Return the definition that is named; raise `FunctionError` for none."""
    match = _KEY.search(key) if isinstance(key, str) else None
    if match is None:
        raise FunctionError(
            f"The first argument {described(key)}; write the id with its version, "
            "such as TH_AM001@3.0, or point at the id in the sheet's corner."
        )
    return find(f"{match[1]}@{int(match[2])}.{match[3]}")


@lru_cache(maxsize=64)
def _case(m: Methodology, ranges: Ranges) -> StageCase:
    # RE, PE, ER and the trace of one sheet share their ranges: calculated once.
    given = read(m, ranges)
    return StageCase(m, given, calculate(m, given.inputs))


def opened(find: Find, key: HostCell, ranges: tuple[object, ...]) -> StageCase:
    """Return the stage that stands in these ranges, read and calculated."""
    return _case(methodology_of(find, key), Ranges(*ranges))  # type: ignore[arg-type]


def number_of(case: StageCase, name: str, row: int | None) -> float:
    """Return a quantity; raise the reason why there is none.

    A sum over no units would be zero: what is missing below counts, not the value.
    """
    refuse_gaps(case, _below(case.m, name))
    quantity = case.result.get(name, row)
    value = quantity.value if quantity else None
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        raise FunctionError(f"{label_of(case.m, name, row)} is the text '{value}'.")
    raise FunctionError(why_none(case, name, row))


def refuse_gaps(case: StageCase, needed: Collection[str]) -> None:
    """Raise what is wrong with the first input that is needed and missing."""
    for gap in case.result.missing:
        if gap.name in needed:
            raise FunctionError(case.given.fault(case.m, gap.name, gap.row))


def label_of(m: Methodology, name: str, row: int | None) -> str:
    """Return a quantity as a sentence names it."""
    return spoken(m.named(name).symbol) + (f" of unit ({row})" if row else "")


def why_none(case: StageCase, name: str, row: int | None) -> str:
    """Return why a quantity has no value."""
    quantity = case.result.get(name, row)
    if quantity is None:
        if (name, row) in case.given.faults:
            return case.given.fault(case.m, name, row)
        return (
            f"{label_of(case.m, name, row)} has no value: it is not needed or not used."
        )
    return f"{label_of(case.m, name, row)} cannot be calculated: {quantity.reason}"


def _below(m: Methodology, name: str) -> set[str]:
    """Return the name itself, and the names and sets it rests on."""
    found = dependencies(m, name)
    return {*found, *filter(None, map(m.index_of, found))}


def reductions_of(case: StageCase) -> float:
    """Return the reductions before rounding; raise the reason why there are none."""
    # As in Table 3 of the sheet, every input must be there, not only those in use.
    refuse_gaps(case, {gap.name for gap in case.result.missing})
    return number_of(case, case.m.results.reduction, None)
