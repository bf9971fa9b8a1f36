"""Below the months: plan against report by month, as a table that charts read.

A month of which the sheet sees that something is odd stands in a column of its own: it
is drawn in another colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from jcm_xl.model.key import PERIOD, Key, value_key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.submission import Stage
from jcm_xl.plan.builder import Builder, Cursor
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.month_amounts import sum_in_own_unit
from jcm_xl.plan.sheets.monthly import knows_unit, times_of
from jcm_xl.plan.sheets.ready import share
from jcm_xl.plan.slot import Cached, Computed
from jcm_xl.plan.stage import (
    MONTHS,
    days_within,
    month_factor,
    month_named,
    months_typed,
    period,
    period_days,
)
from jcm_xl.plan.tables import FIRST_COLUMN
from jcm_xl.text.symbols import typed_symbol

CHART_ROWS = 17
"""So many rows a chart takes above its table."""
_MOST = 4
"""So many amounts have a picture; with more of them the book would grow too much."""
_APART = 5
_COLUMNS = ("plan", "report", "look")


def month_pictures(b: Builder) -> None:
    """Put a table below the months for each amount; `writing` draws it above."""
    sheet = b.sheets["monthly"]
    top = max(s.row for s in b.cells.values() if s.sheet == sheet) + 2
    amounts = [p for p in b.monitored if keys_of(b, p)[0].in_month(1) in b.cells]
    _factors(b, b.row(sheet, top), amounts)
    for number, p in enumerate(amounts[:_MOST]):
        row = top + 2 + number * (CHART_ROWS + MONTHS + 3)
        _table(b, b.row(sheet, row + CHART_ROWS), p)


def keys_of(b: Builder, p: Parameter) -> list[Key]:
    """Return the keys of an amount's values in the report, one a unit."""
    key = value_key(Stage.REPORT, p.name)
    return b.unit_keys(key, p.index) if p.index else [key]


def _times_key(key: Key) -> Key:
    return key._replace(stage="monthly", notion="times")


def _factors(b: Builder, at: Cursor, amounts: list[Parameter]) -> None:
    """Put what one typed unit is in the unit of the report, below each column."""
    at.put(FIRST_COLUMN, Key("monthly", "times"), "heading", style="head", span=3,
           content=b.messages("monthly.times"))  # fmt: skip
    for p in amounts:
        for key in keys_of(b, p):
            column = b.cells[key.in_month(1)].column
            known = ",".join(knows_unit(b, key, ""))
            formula = f"1{times_of(b, key)}"
            formula = f'IF({known},{formula},"")' if known else formula
            at.put(column, _times_key(key), "times",
                   style="value", name=p.name, unit=key.unit,
                   computed=Computed(formula, partial(_times, key=key)))  # fmt: skip


def _table(b: Builder, at: Cursor, p: Parameter) -> None:
    text, name = b.messages, p.name
    unit = str(p.unit).removesuffix("/p")
    at.put(FIRST_COLUMN, Key("monthly", "picture.head", name), "heading", style="head",
           content=f"{typed_symbol(p.symbol)} [{unit}]")  # fmt: skip
    for column, word in enumerate(_COLUMNS, FIRST_COLUMN + 1):
        group = "monthly" if word == "look" else "check"
        at.put(column, Key("monthly", f"picture.{word}.head", name), "heading",
               style="head", content=text(f"{group}.{word}"))  # fmt: skip
    at.height(30)
    for k in range(1, MONTHS + 1):
        _line(b, at.down(k), p, k)


def _line(b: Builder, at: Cursor, p: Parameter, k: int) -> None:
    month = b.cells[Key("monthly", "label", unit=k)]
    at.put(FIRST_COLUMN, Key("monthly", "picture.month", p.name, at=k), "month",
           style="month",
           computed=Computed(f'IF({month.address}="","",{month.address})',
                             partial(_same, key=month.key)))  # fmt: skip
    there = _Row(b, p, k)
    look = at.put(
        FIRST_COLUMN + 3, Key("monthly", "picture.look", p.name, at=k), "picture",
        style="value", name=p.name,
        computed=Computed(f'IF({there.is_odd},{there.total},"")',
                          partial(_typed, p=p, k=k, is_odd=True)),
    )  # fmt: skip
    typed = f'IF(COUNT({there.here})=0,"",{there.total})'
    at.put(FIRST_COLUMN + 2, Key("monthly", "picture.report", p.name, at=k), "picture",
           style="value", name=p.name,
           computed=Computed(f'IF(ISNUMBER({look.address}),"",{typed})',
                             partial(_typed, p=p, k=k, is_odd=False)))  # fmt: skip
    at.put(FIRST_COLUMN + 1, Key("monthly", "picture.plan", p.name, at=k), "picture",
           style="value", name=p.name,
           computed=Computed(there.planned, partial(_planned, p=p, k=k)))  # fmt: skip


class _Row:
    """The cells of one month of an amount, as formulas of the sheet name them."""

    def __init__(self, b: Builder, p: Parameter, k: int) -> None:
        self.b, self.p, self.k, self.keys = b, p, k, keys_of(b, p)
        cells = (self.keys[0].in_month(1), self.keys[-1].in_month(MONTHS))
        self.block = b.area(*(b.cells[key] for key in cells)).rpartition("!")[2]
        self.here = self._at(k)

    def _at(self, k: int) -> str:
        """Return a row over all units: a place in a block whose ends are locked."""
        return f"INDEX({self.block},{k + 1},0)"

    @property
    def total(self) -> str:
        """Return the sum in the unit of the report."""
        first, last = (self.b.cells[_times_key(key)] for key in
                       (self.keys[0], self.keys[-1]))  # fmt: skip
        return f"SUMPRODUCT({self.here},{first.fixed}:{last.fixed})"

    @property
    def is_odd(self) -> str:
        """Return a condition: a unit's month is five times both beside it, or a fifth.

        A month in part is none; below zero is one.
        """
        here, near = self.here, (self.k - 1, self.k + 1)
        beside = [self._at(k) for k in near if 1 <= k <= MONTHS]
        above = "*".join(f"({here}>={_APART}*{other})" for other in beside)
        some = "+".join(f"({other}>0)" for other in beside)
        below = "*".join(f"({here}*{_APART}<={other})" for other in beside)
        apart = f"({here}>0)*((({some})>0)*{above}+{below})+({here}<0)"
        days = self.b.cells[Key("monthly", "days", unit=self.k)].address
        odd = f"SUMPRODUCT({apart})"
        asked = f"IF(ISERROR({odd}),FALSE,{odd}>0)"
        return f'IF(ISERROR(FIND("/",{days})),{asked},FALSE)'

    @property
    def planned(self) -> str:
        """Return the estimate of the plan for the days of the month in the period."""
        b, p = self.b, self.p
        planned = b.cells[Key("mps", "total" if p.index else "value", p.name)].absolute
        part = b.cells[Key("check", "share")].absolute
        start, end = (b.cells[key].absolute for key in PERIOD)
        month = b.cells[Key("monthly", "label", unit=self.k)].address
        last = f"DATE(YEAR({month}),MONTH({month})+1,0)"
        days = f"MAX(0,MIN({last},{end})-MAX({month},{start})+1)"
        known = f"ISNUMBER({planned}),ISNUMBER({part}),ISNUMBER({month})"
        amount = f"{planned}*{part}*{days}/({end}-{start}+1)"
        return f'IF(AND({known}),{amount},"")'


# -- what the formulas give ------------------------------------------------------------


def _same(shown: CachedValues, key: Key) -> Cached:
    return shown.of(shown.plan[key])


def _times(shown: CachedValues, key: Key) -> Cached:
    times = month_factor(shown.plan, shown.submission, key)
    return "" if times is None else times.numerator / times.denominator


def _planned(shown: CachedValues, p: Parameter, k: int) -> Cached:
    part, days = share(shown), period(shown.submission)
    planned = (
        shown.total("mps", p.name, p.index)
        if p.index
        else shown.typed(value_key("mps", p.name))
    )
    count = period_days(shown.submission)
    month = month_named(shown.submission, k)
    if not isinstance(planned, float) or part is None or days is None or not count:
        return ""
    if month is None:
        return ""
    return planned * part * days_within(*days, month)[0] / count


def _typed(shown: CachedValues, p: Parameter, k: int, is_odd: bool) -> Cached:
    columns = {
        key: months_typed(shown.submission, key) for key in shown.plan.values(p, "mrs")
    }
    typed = {key: column[k] for key, column in columns.items() if k in column}
    if not typed or _is_odd(shown, columns, k) is not is_odd:
        return ""
    return sum_in_own_unit(shown.plan, shown.submission, typed)


def _is_odd(
    shown: CachedValues, columns: Mapping[Key, Mapping[int, float]], k: int
) -> bool:
    if "/" in str(shown.of(shown.plan[Key("monthly", "days", unit=k)])):
        return False
    near = (k - 1, k, k + 1)
    typed = (shown.typed(key.in_month(n)) for key in columns for n in near)
    if any(v not in (None, "") and type(v) is not float for v in typed):
        return False  # a text is no amount, and the sheet compares none
    return any(k in column and _is_apart(column, k) for column in columns.values())


def _is_apart(column: Mapping[int, float], k: int) -> bool:
    beside = [column.get(n, 0.0) for n in (k - 1, k + 1) if 1 <= n <= MONTHS]
    here = column[k]
    above = max(beside) > 0 and all(here >= _APART * other for other in beside)
    below = all(here * _APART <= other for other in beside)
    return here < 0 or (here > 0 and (above or below))
