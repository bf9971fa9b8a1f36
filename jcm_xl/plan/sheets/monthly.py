"""Monthly: a month-by-parameter table that feeds the monitored values by formula."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from jcm_xl.expr.factors import factor
from jcm_xl.model.key import (
    FIRST_MONTH,
    PERIOD,
    PERIOD_START,
    Key,
    month_note,
    value_key,
)
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.submission import Stage
from jcm_xl.plan.builder import Builder, Cursor, quoted
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.sheets.ready import is_waiting
from jcm_xl.plan.slot import Cached, Computed
from jcm_xl.plan.stage import (
    MONTHS,
    begins_elsewhere,
    days_within,
    month_named,
    month_units,
    monthly_sum,
    months_in_period,
    period,
)
from jcm_xl.plan.tables import FIRST_COLUMN
from jcm_xl.text.days import serial
from jcm_xl.text.room import BOLD
from jcm_xl.text.symbols import typed_symbol

_HEAD, _FIRST, _STEADY_FIRST = 5, 9, 11
"""The row of the symbols, and of the first month: a steady book asks more above it."""
_DAYS, _NOTE, _STEADY_AMOUNTS = FIRST_COLUMN + 1, FIRST_COLUMN + 2, FIRST_COLUMN + 3
"""Columns of a steady book; in others the amounts stand beside the months."""
_SEEN = 9
"""The last column of the hint: what stands behind is not seen at once."""


def monthly_sheet(b: Builder) -> None:
    """Lay out one column for each monitored amount and make the report read it.

    A month of the period that is left blank makes the sum blank, not smaller.
    """
    sheet, text = b.layout.sheet("monthly"), b.messages
    b.sheets["monthly"] = sheet
    columns = list(_columns(b))
    left = _STEADY_AMOUNTS if b.is_steady else FIRST_COLUMN + 1
    last = left + max(len(columns), 1 if b.is_steady else 3) - 1
    b.last_columns[sheet] = last
    at = b.row(sheet, 2)
    at.put(FIRST_COLUMN, Key("monthly", "title"), "heading", style="title",
           span=last - 1, content=text("monthly.title", **b.layout.names))  # fmt: skip
    _hint(b, at.down(), last)
    heads = b.row(sheet, _HEAD)
    heads.put(FIRST_COLUMN, Key("monthly", "month"), "heading", style="head",
              content=text("monthly.month"))  # fmt: skip
    if b.is_steady:
        _typed_in(b, heads)
    months = _months(b, heads)
    if b.is_steady:
        _notes(b, heads)
    for column, (p, u) in enumerate(columns, left):
        _column(b, heads, column, p, u)
        at = heads.down(1 if b.is_steady else 3)
        _sum(b, at, column, value_key(Stage.REPORT, p.name, u), months)
    b.freeze[sheet] = (_first(b) - 1, FIRST_COLUMN)


def _first(b: Builder) -> int:
    return _STEADY_FIRST if b.is_steady else _FIRST


def _typed_in(b: Builder, heads: Cursor) -> None:
    """Put the headings of units and totals, and the first month as its own cell."""
    text, start = b.messages, b.cells[PERIOD_START].absolute
    for down, word in enumerate(("typed_in", "total"), 3):
        _heading(b, heads.down(down), FIRST_COLUMN, word)
    at = b.row(heads.sheet, _HEAD - 1)
    at.put(FIRST_COLUMN, Key("monthly", "first_label"), "heading", style="head",
           content=text("monthly.first"))  # fmt: skip
    b.input(at, FIRST_COLUMN + 1, FIRST_MONTH, "monthly_first", "date", style="date")
    at.height(48)
    there = b.cells[FIRST_MONTH].absolute
    formula = f'IF({_is_other(there, start)},"{text("monthly.other_first")}","")'
    at.put(FIRST_COLUMN + 2, Key("monthly", "first_state"), "count", style="prose",
           span=2, computed=Computed(formula, _first_state))  # fmt: skip


def _heading(b: Builder, at: Cursor, column: int, word: str) -> None:
    content = b.messages(f"monthly.{word}")
    slot = at.put(column, Key("monthly", word), "heading", style="head",
                  content=content)  # fmt: skip
    at.height(max(34, b.needed(slot, content, "head") * BOLD))


def _notes(b: Builder, heads: Cursor) -> None:
    """Put the days of each month within the period, and a cell to say more of it."""
    for column, word in ((_DAYS, "days"), (_NOTE, "note")):
        _heading(b, heads.down(4), column, word)
    start, end = (b.cells[key].absolute for key in PERIOD)
    for k in range(1, MONTHS + 1):
        at = b.row(heads.sheet, _STEADY_FIRST + k - 1)
        label = b.cells[Key("monthly", "label", unit=k)].address
        last = f"DATE(YEAR({label}),MONTH({label})+1,0)"
        days = f"MIN({last},{end})-MAX({label},{start})+1"
        of = f'IF({days}<DAY({last}),{days}&" / "&DAY({last}),DAY({last})&"")'
        known = f'IF({days}<1,"",{of})'
        computed = Computed(
            f'IF(ISNUMBER({label}),{known},"")', partial(_days_shown, k=k)
        )
        at.put(_DAYS, Key("monthly", "days", unit=k), "month_days", style="unit",
               computed=computed)  # fmt: skip
        b.input(at, _NOTE, month_note(k), "month_note", "text")


def _is_other(first: str, start: str) -> str:
    """Return a condition: the first month is given, and is not that of the period."""
    month = "YEAR({0})*12+MONTH({0})"
    differs = f"{month.format(first)}<>{month.format(start)}"
    both = f"IF(ISNUMBER({start}),{differs},TRUE)"
    return f"IF(ISNUMBER({first}),{both},LEN({first})>0)"


def _hint(b: Builder, at: Cursor, last: int) -> None:
    """Put what to do, in as many lines as the printed columns ask for."""
    key, text = Key("monthly", "hint"), b.messages("monthly.hint")
    if not b.has_first_view:
        at.put(FIRST_COLUMN, key, "note", style="plain", content=text)
        return
    span = min(last, _SEEN) - FIRST_COLUMN + 1
    slot = at.put(FIRST_COLUMN, key, "note", style="prose", span=span, content=text)
    at.height(b.needed(slot, text, "prose"))


def _columns(b: Builder) -> list[tuple[Parameter, int | None]]:
    result: list[tuple[Parameter, int | None]] = []
    for p in b.monitored:
        if p.is_additive:
            units = range(1, b.rows[p.index] + 1) if p.index else (None,)
            result.extend((p, u) for u in units)
    return result


def _months(b: Builder, heads: Cursor) -> str:
    """Put the months of the period; return the cell that counts them."""
    start, end = (b.cells[key].absolute for key in PERIOD)
    at = heads.down(1 if b.is_steady else 2)
    at.put(FIRST_COLUMN, Key("monthly", "count_label"), "heading", style="head",
           content=b.messages("monthly.count"))  # fmt: skip
    at.height(48)
    span = f"(YEAR({end})-YEAR({start}))*12+MONTH({end})-MONTH({start})+1"
    formula = f"IF(AND(ISNUMBER({start}),ISNUMBER({end})),{span},0)"
    count = at.down().put(
        FIRST_COLUMN, Key("monthly", "count"), "months", style="unit",
        computed=Computed(formula, _count),
    ).fixed  # fmt: skip
    begin = start
    if b.is_steady:
        first = b.cells[FIRST_MONTH].fixed
        begin = f"IF(ISNUMBER({first}),{first},{start})"
    for k in range(MONTHS):
        day = f"DATE(YEAR({begin}),MONTH({begin})+{k},1)"
        computed = Computed(f'IF({k}<{count},{day},"")', partial(_month, k=k))
        label = Key("monthly", "label", unit=k + 1)
        b.row(heads.sheet, _first(b) + k).put(
            FIRST_COLUMN, label, "month", style="month", computed=computed
        )
    return count


def _column(
    b: Builder, heads: Cursor, column: int, p: Parameter, u: int | None
) -> None:
    value = value_key("monthly", p.name, u)
    name = typed_symbol(p.symbol) + (f" ({u})" if u else "")
    heads.put(column, value.of("symbol"), "label", content=name, style="head",
              name=p.name)  # fmt: skip
    # No range that a formula of the report reads may hold the count of the months.
    at = heads.down(2 if b.is_steady else 1)
    if b.has_first_view:
        b.label_of(at, column, value.of("label"), p)
    else:
        at.put(column, value.of("label"), "label", content=p.label, name=p.name)
        at.height(75)
    unit = str(p.unit).replace("/p", "")
    if b.is_steady and len(month_units(unit)) > 1:
        b.input(heads.down(3), column, value.month_unit, "monthly_unit", "month_unit",
                name=p.name, unit=u, style="input")  # fmt: skip
    if b.is_steady:
        b.input(heads.down(4), column, value.month_total, "month_total", "number",
                name=p.name, unit=u)  # fmt: skip
    # The unit stands above the months, as the sum begins at a cell without formula.
    heads.down(5 if b.is_steady else 2).put(
        column, value.of("unit"), "unit", content=unit, style="unit", name=p.name
    )
    for k in range(1, MONTHS + 1):
        at = b.row(heads.sheet, _first(b) + k - 1)
        b.input(at, column, value.in_month(k), "monthly", "number",
                name=p.name, unit=u)  # fmt: skip


def _sum(b: Builder, at: Cursor, column: int, value: Key, months: str) -> None:
    """Put the count of the months typed, and the sum into the report."""
    cells, state = b.cells, Key("monthly", "state", value.name, value.unit)
    keys = [value.in_month(k) for k in range(1, MONTHS + 1)]
    typed, count = b.input_range(keys, ""), f"'{at.sheet}'!{months}"
    here = b.input_range(keys, at.sheet).replace("$", "")
    formula = f'COUNT({here})&"/"&{months}'
    if b.is_steady:
        inside = f"COUNT(INDEX({here},2):INDEX({here},MIN({months},{MONTHS})+1))"
        is_right = ",".join(_is_right(b, value, ""))
        full = f"AND(COUNT({here})={months},{inside}={months},{is_right})"
        mark = f'IF(COUNT({here})=0,"",IF({months}=0," !",IF({full},""," !")))'
        alone = ",".join([f"COUNT({here})=0", *knows_unit(b, value, "")])
        word = quoted(f" {b.messages('monthly.as_total')}")
        one = f'IF(AND({alone}),{word}," !")'
        formula += "&" + _by_total(b.cells[value.month_total].fixed, one, mark, '" !"')
    at.put(column, state, "count", style="unit",
           computed=Computed(formula, partial(_typed, value=value)))  # fmt: skip
    full, total = f"COUNT({typed})={count},{count}>0", f"SUM({typed})"
    if b.is_steady:
        full = ",".join([full, *_is_right(b, value, at.sheet)])
        total += times_of(b, value)
    formula = f'IF(AND({full}),{total},"")'
    if b.is_steady:
        there = b.cells[value.month_total].absolute
        alone = ",".join([f"COUNT({typed})=0", *knows_unit(b, value, at.sheet)])
        one = f'IF(AND({alone}),{there}{times_of(b, value)},"")'
        formula = _by_total(there, one, formula, '""')
    cells[value] = cells[value]._replace(
        computed=Computed(formula, partial(_total, value=value)),
        is_locked=b.is_steady,
        style="value" if b.is_steady else cells[value].style,
    )


def _by_total(total: str, one: str, months: str, neither: str) -> str:
    """Ask a cell for one total: a number, blank (then the months count), or neither."""
    blank = f"IF(LEN({total})=0,{months},{neither})"
    return f"IF(ISNUMBER({total}),{one},IF(ISERROR({total}),{neither},{blank}))"


def _is_right(b: Builder, value: Key, sheet: str) -> Iterator[str]:
    """Yield conditions: the first month is that of the period, the unit is known."""
    state = b.cells[Key("monthly", "first_state")]
    yield f"LEN({state.absolute if sheet else state.fixed})=0"
    yield from knows_unit(b, value, sheet)


def knows_unit(b: Builder, value: Key, sheet: str) -> Iterator[str]:
    """Yield the condition that a column's unit is of the list, if it has a choice."""
    typed = b.cells.get(value.month_unit)
    if typed is not None:
        unit = typed.absolute if sheet else typed.fixed
        known = ",".join(f'{unit}="{name}"' for name, _ in _factors(b, value))
        yield f"OR(LEN({unit})=0,{known})"


def times_of(b: Builder, value: Key) -> str:
    """Return what multiplies a typed sum, whole numbers above and below the stroke."""
    typed = b.cells.get(value.month_unit)
    if typed is None:
        return ""
    above = below = "1"
    for name, times in reversed(_factors(b, value)):
        is_it = f'IF({typed.absolute}="{name}"'
        if times.numerator > 1:
            above = f"{is_it},{times.numerator},{above})"
        if times.denominator > 1:
            below = f"{is_it},{times.denominator},{below})"
    return f"*{above}/{below}"


def _factors(b: Builder, value: Key) -> list[tuple[str, Fraction]]:
    own = str(b.m.parameters[value.name].unit).removesuffix("/p")
    return [(name, factor(name, own) or Fraction(1)) for name in month_units(own)]


def _count(shown: CachedValues) -> Cached:
    return float(months_in_period(shown.submission))


def _month(shown: CachedValues, k: int) -> Cached:
    month = month_named(shown.submission, k + 1)
    return "" if month is None else serial(month)


def _days_shown(shown: CachedValues, k: int) -> Cached:
    days, month = period(shown.submission), month_named(shown.submission, k)
    if days is None or month is None:
        return ""
    inside, whole = days_within(*days, month)
    if inside < 1:
        return ""
    return f"{inside} / {whole}" if inside < whole else f"{whole}"


def _first_state(shown: CachedValues) -> Cached:
    is_other = begins_elsewhere(shown.submission)
    return str(shown.plan.messages("monthly.other_first")) if is_other else ""


def _typed(shown: CachedValues, value: Key) -> Cached:
    months = map(value.in_month, range(1, MONTHS + 1))
    typed = sum(1 for month in months if type(shown.typed(month)) is float)
    has_total = shown.plan.is_steady and not shown.is_blank(value.month_total)
    mark = f" {shown.plan.messages('monthly.as_total')}" if has_total else ""
    if shown.plan.is_steady and is_waiting(shown, value):
        mark = " !"
    return f"{typed}/{months_in_period(shown.submission)}{mark}"


def _total(shown: CachedValues, value: Key) -> Cached:
    total = monthly_sum(shown.plan, shown.submission, value)
    return "" if total is None else total
