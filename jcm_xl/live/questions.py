"""Live functions that answer what the sheets cannot: what if, which input, from where.

The question stands first, so that `JCM_VINTAGE(2024)` is short to write; what it is
asked of, the stage and its ranges, follows as in every other function.
"""

from __future__ import annotations

from jcm_xl.engine.bridge import LENGTH, ROUNDING, TOGETHER, BridgeEnd, BridgeStep
from jcm_xl.engine.bridge import bridge as bridged
from jcm_xl.engine.calculate import judge_criteria
from jcm_xl.engine.explain import Explanation
from jcm_xl.engine.explain import explain as explained
from jcm_xl.engine.net import net_of
from jcm_xl.engine.quantities import find_quantity
from jcm_xl.engine.sensitivity import MATERIALITY, effects
from jcm_xl.engine.vintages import by_days
from jcm_xl.engine.whatif import what_if
from jcm_xl.expr.to_text import to_plain
from jcm_xl.live.arguments import (
    FunctionError,
    HostCell,
    HostLine,
    HostTable,
    day_of_period,
    described,
)
from jcm_xl.live.case import Find, StageCase, opened, reductions_of
from jcm_xl.live.pointed import pointed_at
from jcm_xl.live.ranges import spoken
from jcm_xl.live.registry import (
    PLAN_RANGES,
    RANGES,
    STAGE_OR_ID,
    Argument,
    ArgumentKind,
    CallResult,
    ResultShape,
    live_function,
)
from jcm_xl.live.trace import origin
from jcm_xl.model.methodology import Criterion, Methodology
from jcm_xl.model.result import Result

TABLE_3 = "Table 3"
_OF = (STAGE_OR_ID, *RANGES)
_FIRST, _LAST = (
    Argument(
        name, ArgumentKind.SCALAR, f"The {word} day of the monitoring period", True
    )
    for name, word in (("first_day", "first"), ("last_day", "last"))
)
_DAYS = tuple(
    Argument(name, ArgumentKind.SCALAR, f"How many days the {what} covers", True)
    for name, what in (("plan_days", "plan"), ("days", "report"))
)
_CHANGES = Argument("changes", ArgumentKind.RANGE,
                    "Texts such as EC_PJ_i_p[2]=405, or a range of them")  # fmt: skip
_MATERIAL = Argument("materiality", ArgumentKind.SCALAR,
                     "Per cent of the reductions; 5 if left out", True)  # fmt: skip
_YEAR = Argument("year", ArgumentKind.SCALAR, "The calendar year, such as 2024")
_CRITERION = Argument("criterion", ArgumentKind.SCALAR, "Its number in the methodology")
_CELL = Argument("cell", ArgumentKind.PLACE,
                 "A cell of the sheets, or a symbol such as RE_i,p[2]")  # fmt: skip


@live_function("WHATIF", (_CHANGES, *_OF), "that of RE, PE, ER", ResultShape.ARRAY)
def whatif(find: Find, changes: HostLine, key: HostCell, *ranges: object) -> CallResult:
    """Results as they are, with other values, and the difference."""
    case = opened(find, key, ranges)
    reductions_of(case)
    texts = [_change(one) for one in changes if one is not None]
    if not texts:
        raise FunctionError("There is no change; write one, as EC_PJ_i_p[2]=405.")
    asked = what_if(case.m, case.given.inputs, texts)
    for gap in asked.after.missing:
        raise FunctionError(f"With these changes {gap.name} is needed and missing.")
    m = case.m
    names = (m.results.reference, m.results.project, m.results.reduction)
    rows = [
        _compared(spoken(m.named(name).symbol), *(_of(r, name) for r in _both(asked)))
        for name in names
    ]
    return (*rows, _compared(TABLE_3, *(_whole(r) for r in _both(asked))))


def _both(asked: object) -> tuple[Result, Result]:
    return asked.before, asked.after  # type: ignore[attr-defined]


def _change(text: HostCell) -> str:
    if not isinstance(text, str):
        raise FunctionError(f"A change {described(text)}; write EC_PJ_i_p[2]=405.")
    return text


def _compared(name: str, before: float, after: float) -> tuple[float | str, ...]:
    return name, before, after, after - before


def _of(result: Result, name: str) -> float:
    quantity = result.get(name)
    if quantity is None or not isinstance(quantity.value, float | int):
        reason = quantity.reason if quantity else "it is not there"
        raise FunctionError(f"{name} cannot be calculated: {reason}")
    return float(quantity.value)


def _whole(result: Result) -> float:
    if result.sheet_credited is None:
        raise FunctionError("Table 3 cannot be calculated.")
    return float(result.sheet_credited)


@live_function(
    "SENSITIVITY", (*_OF, _MATERIAL), "tCO2 for one per cent more", ResultShape.ARRAY
)
def sensitivity(find: Find, key: HostCell, *more: object) -> CallResult:
    """Input, value, unit, tonnes for +1 %, error in % that becomes material."""
    *ranges, share = more
    if share is not None and not (isinstance(share, float) and 0 < share <= 100):
        raise FunctionError(f"The materiality {described(share)}; write per cent.")  # type: ignore[arg-type]
    case = opened(find, key, tuple(ranges))
    if reductions_of(case) == 0:
        raise FunctionError("The reductions are 0, so no share of them can be named.")
    limit = share if isinstance(share, float) else MATERIALITY
    found = effects(case.m, case.given.inputs, limit)
    if not found:
        raise FunctionError("No number among the inputs moves the reductions.")
    rows = [
        (_named(case.m, e.name, e.row), e.value, _unit(case.m, e.name), e.per_cent,
         "-" if e.reach is None else e.reach)
        for e in found
    ]  # fmt: skip
    return tuple(rows)


def _named(m: Methodology, name: str, row: int | None) -> str:
    return spoken(m.named(name).symbol) + (f" ({row})" if row else "")


def _unit(m: Methodology, name: str) -> str:
    return str(m.parameters[name].unit)


@live_function("BRIDGE", (STAGE_OR_ID, *PLAN_RANGES, *RANGES, *_DAYS),
               "tCO2; the steps sum to the difference", ResultShape.ARRAY)  # fmt: skip
def bridge(find: Find, key: HostCell, *more: object) -> CallResult:
    """From Table 3 of the plan to that of the report: change, before, after, tonnes."""
    before, ranges, (plan_days, days) = more[:4], more[4:-2], more[-2:]
    units = ranges[5] if len(ranges) > 5 else ()
    ends = (opened(find, key, (*before, units, ())), opened(find, key, ranges))
    for case in ends:
        reductions_of(case)
    lengths = _lengths(plan_days, days)
    first, last = (
        BridgeEnd(case.given.inputs, case.result, length)
        for case, length in zip(ends, lengths, strict=True)
    )
    found = bridged(ends[1].m, first, last)
    if found is None:
        raise FunctionError("One of the two figures cannot be calculated.")
    steps = [_step(ends[1].m, step) for step in found.steps]
    return (
        ("plan", "", "", float(found.first)),
        *steps,
        ("report", "", "", float(found.last)),
    )


def _lengths(plan_days: object, days: object) -> tuple[float, float]:
    """Return the days of both; without them the length is no change of its own."""
    if plan_days is None and days is None:
        return 1.0, 1.0
    for what, value in (("plan", plan_days), ("report", days)):
        if not isinstance(value, float) or value <= 0:
            raise FunctionError(
                f"The days of the {what} {described(value)}; a number above 0 is "  # type: ignore[arg-type]
                "expected, or none for both."
            )
    assert isinstance(plan_days, float)
    assert isinstance(days, float)
    return plan_days, days


def _step(m: Methodology, step: BridgeStep) -> tuple[float | str, ...]:
    """Return a step as a row; nothing is rounded away, a blank is a dash."""
    before, after = ("-" if x is None else x for x in (step.before, step.after))
    return _what(m, step), before, after, float(step.amount)


def _what(m: Methodology, step: BridgeStep) -> str:
    row = f" ({step.row})" if step.row else ""
    if step.is_unit:
        return f"{m.sets[step.what].label}{row}"
    words = {
        LENGTH: "length of the period, days",
        ROUNDING: "rounding down of both",
        TOGETHER: f"inputs together{row}",
    }
    return words.get(step.what) or _named(m, step.what, step.row)


@live_function("VINTAGE", (_YEAR, *_OF, _FIRST, _LAST), "tCO2, whole tonnes")
def vintage(find: Find, year: HostCell, key: HostCell, *more: object) -> CallResult:
    """Reductions of one calendar year: the period divided by days, rounded down."""
    *ranges, first, last = more
    case = opened(find, key, tuple(ranges))
    reductions_of(case)
    begin, end = day_of_period(first, "first"), day_of_period(last, "last")
    if begin > end:
        raise FunctionError(f"The first day {begin} lies after the last day {end}.")
    if not isinstance(year, float) or not year.is_integer():
        raise FunctionError(f"The year {described(year)}; write it as 2024.")
    found = by_days(case.result, begin, end)
    assert found is not None, "there are reductions"
    for one in found.years:
        if one.year == year:
            return float(one.tonnes)
    raise FunctionError(f"{year:.0f} has no day of the period, {begin} to {end}.")


@live_function("ELIGIBLE", (_CRITERION, *_OF), shape=ResultShape.TEXT)
def eligible(
    find: Find, wanted: HostCell, key: HostCell, *ranges: object
) -> CallResult:
    """met, not met with the unit, or that a person must judge the criterion."""
    case = opened(find, key, ranges)
    criterion = _criterion(case.m, wanted)
    doubt = (
        "" if criterion.is_read else " (the wording was not read in the methodology)"
    )
    if criterion.check is None:
        return f"to be judged by a person{doubt}: {criterion.text}"
    failed: list[int | None] = []
    count = 0
    for name, row, answer in judge_criteria(case.m, case.given.inputs, case.result):
        if name == criterion.id:
            count += 1
            if answer is None:
                raise FunctionError(_why_not(case, criterion, row))
            if not answer:
                failed.append(row)
    if not count:
        raise FunctionError("No unit is in use that the criterion could be asked of.")
    if not failed:
        return f"met{doubt}"
    rows = ", ".join(f"({row})" for row in failed if row)
    where = f" by unit {rows}" if rows else ""
    asked = to_plain(criterion.check, lambda name: _symbol(case.m, name))
    return f"not met{where}: {asked}{doubt}"


def _criterion(m: Methodology, wanted: HostCell) -> Criterion:
    text = f"{wanted:.0f}" if isinstance(wanted, float) else str(wanted or "").strip()
    for criterion in m.criteria:
        if text.casefold() in (criterion.id.casefold(), criterion.id[2:]):
            return criterion
    known = ", ".join(c.id for c in m.criteria) or "none"
    raise FunctionError(f"The criterion {described(wanted)}; {m.key} has: {known}.")


def _why_not(case: StageCase, criterion: Criterion, row: int | None) -> str:
    unit = f" of unit ({row})" if row else ""
    return (
        f"An input{unit} that criterion {criterion.id} asks of is missing or unusable."
    )


def _symbol(m: Methodology, name: str) -> str:
    return name if name in m.tables else spoken(m.named(name).symbol)


@live_function("BAU", _OF, "tCO2/p")
def usual(find: Find, key: HostCell, *ranges: object) -> CallResult:
    """Business-as-usual emissions, where the definition knows them."""
    case = opened(find, key, ranges)
    reductions_of(case)
    if case.m.net.usual is None:
        raise FunctionError(
            f"The definition of {case.m.key} knows no business as usual: "
            f"{case.m.net.text or 'its document does not give it'}."
        )
    found = net_of(case.m, case.given.inputs).usual
    if found is None:
        raise FunctionError("Business as usual cannot be calculated from these inputs.")
    return found


@live_function("EXPLAIN", (_CELL, *_OF), shape=ResultShape.TEXT, is_verdict=True)
def explain(find: Find, place: HostTable, key: HostCell, *ranges: object) -> CallResult:
    """What a cell shows and from what it comes, or why it has no value."""
    case = opened(find, key, ranges)
    m, inputs = case.m, case.given.inputs
    only = place[0][0] if len(place) == 1 and len(place[0]) == 1 else None
    if isinstance(only, str):
        name, rows = find_quantity(m, only, inputs)
        if len(rows) != 1:
            raise FunctionError(f"{name} has {len(rows)} units; name one: {name}[1].")
        row = rows[0]
    else:
        name, row = pointed_at(m, inputs, place)
    tree = explained(case.result, inputs, name, row, spell=spoken)
    return ". ".join(map(_said, (tree, *tree.children))) + "."


def _said(part: Explanation) -> str:
    unit = f" ({part.row})" if part.row else ""
    if part.value is None:
        return f"{part.symbol}{unit} has no value: {part.reason}"
    shown = f"{part.value:.15g}" if isinstance(part.value, float) else part.value
    measure = f" {part.unit}" if isinstance(part.value, float) and part.unit else ""
    return f"{part.symbol}{unit} = {shown}{measure}: {origin(part)}"
