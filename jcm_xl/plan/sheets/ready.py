"""What the sheet Check asks of a value besides being there: each a native formula.

A `CheckPoint` counts cells. Those to mend stand in the way of READY as errors of the
check do (JX304 to JX310, JX318, JX325, JX404); those to look at are its doubts about
the size of an amount (JX307, JX319, JX335). `tests/writing/test_ready.py` holds that
both agree.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.calculate import is_required
from jcm_xl.expr.nodes import Name
from jcm_xl.expr.used import lookups, names
from jcm_xl.model.key import PERIOD, PLAN_DAYS, Key, month_note, value_key
from jcm_xl.model.methodology import Bounds, Methodology, Parameter
from jcm_xl.model.submission import Stage
from jcm_xl.plan.builder import Builder
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.sheets.eligible import applies
from jcm_xl.plan.stage import (
    MONTHS,
    covered_days,
    is_refused_below_zero,
    month_factor,
    months_counted,
    months_typed,
    period_days,
)

NEAR = 316.227766016838
"""A value so many times another one, 10 to the 2.5th, is rather of another unit than of
another size. It has 15 digits, as programs keep no more of a number in a formula."""
ALIKE, SIBLINGS = 10, 3
"""More units than these, of one size within this factor, tell what is usual."""
_ENDS = ("at_least", "above", "at_most", "below")
_TEMPERATURES = ("degC", "K")


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """Something to mend, or to look at, and how many cells it concerns.

    formula: an expression that is 0 where there is nothing; value: what it gives.
    word: the key of what the line says then.
    """

    formula: str
    value: Callable[[CachedValues], float]
    word: str
    is_doubt: bool = False


def may_slip(p: Parameter) -> bool:
    """Tell whether an amount may have been read in another unit."""
    return not p.is_choice and str(p.unit) not in _TEMPERATURES


def share(shown: CachedValues) -> float | None:
    """Return by what the estimates of the plan are multiplied for this period."""
    days = period_days(shown.submission)
    if days is None or days < 1:
        return None
    return days / covered_days(shown.submission, float(days))


def share_formula(b: Builder, start: str, end: str) -> str:
    """Render `share`; an empty text where there is no period."""
    plan, days = b.cells[PLAN_DAYS].absolute, f"({end}-{start}+1)"
    typed = f"IF(ISNUMBER({plan}),IF({plan}>0,{plan},365),365)"
    whole = f"MAX({typed},MIN({days},365))"
    return (
        f"IF(AND(ISNUMBER({start}),ISNUMBER({end})),"
        f'IF({end}>={start},{days}/{whole},""),"")'
    )


class Points:
    """The points of one parameter at one stage; `share` is the cell that holds it."""

    def __init__(self, b: Builder, stage: str, p: Parameter, share: str) -> None:
        self.b, self.stage, self.p, self.share = b, stage, p, share
        keys = self._keys(stage)
        self.has_months = keys[0].in_month(1) in b.cells and stage == "mrs"
        self.cells = self._range(keys)
        self.copies = self._range(self._copies())
        self.where = "" if p.required_when is None else applies(b, stage, p)

    def _keys(self, stage: str) -> list[Key]:
        key = value_key(stage, self.p.name)
        return self.b.unit_keys(key, self.p.index) if self.p.index else [key]

    def _copies(self) -> list[Key]:
        key = Key(self.stage, "repeat", self.p.name)
        if self.p.index:
            return self.b.unit_keys(key, self.p.index)
        places = (key._replace(at=block) for block in (2, 3, 4, 1))
        return [next(place for place in places if place in self.b.cells)]

    def _range(self, keys: list[Key]) -> str:
        if self.p.index:
            return self.b.input_range(keys, "")
        return self.b.cells[keys[0]].absolute

    def __iter__(self) -> Iterator[CheckPoint]:
        """Yield what is to mend, then what is to be looked at."""
        stage, p = self.stage, self.p
        if p.required_when is not None:
            value = partial(_strays, stage=stage, p=p)
            yield CheckPoint(self._strays(), value, "stray")
        if p.is_choice:
            return
        outside = partial(_outside, stage=stage, p=p, bounds=p.bounds)
        if terms := self._outside(p.bounds, self.cells):
            yield CheckPoint(terms, outside, "range")
        for ends in class_ends(self.b.m, p.name):
            value = partial(_outside, stage=stage, p=p, bounds=ends)
            yield CheckPoint(self._outside(ends, self.cells), value, "no_class")
        if self.has_months:
            yield from self._months()
        if p.index and str(p.unit) == "day/p" and stage == "mrs":
            days = "{1}-{0}+1".format(*(self.b.cells[key].absolute for key in PERIOD))
            many = f'SUM(COUNTIF({self.cells},">"&({days})))'
            if self.where:
                inner = self._inner(stage)
                many = f"SUMPRODUCT({self.where}*ISNUMBER({inner})*({inner}>({days})))"
            yield CheckPoint(_safe(many), partial(_many_days, p=p), "days")
        yield CheckPoint(self._unread(), lambda _: 0.0, "unread")
        yield from self._doubts()

    def _doubts(self) -> Iterator[CheckPoint]:
        stage, p = self.stage, self.p
        if p.plausible is not None and not self.has_months:
            value = partial(_outside, stage=stage, p=p, bounds=p.plausible)
            if terms := self._outside(p.plausible, self.cells):
                yield CheckPoint(terms, value, "look_implausible", is_doubt=True)
        if not may_slip(p):
            return
        if stage == "mrs":
            yield CheckPoint(
                self._slips(), partial(_slips, p=p), "look_slip", is_doubt=True
            )
        if p.index:
            value = partial(_siblings, stage=stage, p=p)
            yield CheckPoint(self._siblings(), value, "look_sibling", is_doubt=True)

    def _outside(self, bounds: Bounds, cells: str) -> str:
        signs = (
            ("<", bounds.at_least), ("<=", bounds.above),
            (">", bounds.at_most), (">=", bounds.below),
        )  # fmt: skip
        if self.where:
            inner = self._inner(self.stage)
            ends = "+".join(
                f"({inner}{sign}{number(limit)})"
                for sign, limit in signs
                if limit is not None
            )
            counted = f"SUMPRODUCT({self.where}*ISNUMBER({inner})*({ends}))"
            return _safe(counted) if ends else ""
        # The number is joined by the program, which writes the mark it will read.
        terms = [
            f'COUNTIF({cells},"{sign}"&{number(limit)})'
            for sign, limit in signs
            if limit is not None
        ]
        if bounds.is_whole:  # a fraction shows the sign that the program writes
            mark = 'MID(1/2&"",2,1)'
            terms.append(
                f'SUMPRODUCT(ISNUMBER({cells})*ISNUMBER(FIND({mark},{cells}&"")))'
            )
        return "+".join(terms)

    def _strays(self) -> str:
        """Count what is typed and no copy takes: texts, unknown choices."""
        if self.p.index:
            # The heading above is the one text that belongs there.
            filled = f"ROWS({self.cells})-COUNTBLANK({self.cells})-1"
            taken = f"COUNT({self.copies})"
            if self.p.is_choice:
                texts = self.b.m.choices(self.p)
                taken = "-".join(f'COUNTIF({self.copies},"{text}")' for text in texts)
            return f"({filled}-{taken})"
        return (
            f"IF(ISERROR({self.cells}),1,IF(LEN({self.cells})>0,"
            f"IF(ISERROR({self.copies}),1,IF(LEN({self.copies})>0,0,1)),0))"
        )

    def _unread(self) -> str:
        """Compare the sum of the copies with that of the cells they should copy."""
        read, typed = f"SUM({self.copies})", f"SUM({self.cells})"
        return _safe(f"IF(ABS({read}-{typed})>0.000000001*(1+ABS({typed})),1,0)")

    def _months(self) -> Iterator[CheckPoint]:
        keys = [key.in_month(k) for key in self._keys("mrs") for k in (1, MONTHS)]
        first, last = self.b.cells[keys[0]], self.b.cells[keys[-1]]
        block = self.b.area(first, last)
        if is_refused_below_zero(self.p):
            notes = self.b.input_range([month_note(k) for k in (1, MONTHS)], "")
            credits_ = _safe(f'SUMPRODUCT(({block}<0)*({notes}=""))')
            yield CheckPoint(credits_, partial(_bare_credits, p=self.p), "credit")
        cells = f"(ROWS({block})-1)*COLUMNS({block})"  # without the headings above
        texts = f"({cells}-COUNTBLANK({block})-COUNT({block}))"
        yield CheckPoint(texts, partial(_month_texts, p=self.p), "stray")
        states = self.b.column_range(
            [Key("monthly", "state", k.name, k.unit) for k in self._keys("mrs")], ""
        )
        if len(self._keys("mrs")) == 1:  # Gnumeric writes E7:E7 as E7
            states = states.partition(":")[0]
        waiting = partial(_waiting_months, p=self.p)
        yield CheckPoint(f'COUNTIF({states},"*!")', waiting, "months")

    def _slips(self) -> str:
        share = self.share if self.p.is_additive else "1"
        there, planned = (self._inner(stage) for stage in ("mrs", "mps"))
        far = (
            f"({there}>={planned}*{share}*{number(NEAR)})"
            f"+({there}<={planned}*{share}/{number(NEAR)})"
        )
        asked = f"{self.where}*" if self.where else ""
        return _safe(f"SUMPRODUCT({asked}({there}>0)*({planned}>0)*({far}))")

    def _inner(self, stage: str) -> str:
        """Return the cells alone, without the ends of their range."""
        if not self.p.index:
            return self.b.cells[value_key(stage, self.p.name)].absolute
        keys = self._keys(stage)
        cells = self.b.input_range(keys, "")
        return f"INDEX({cells},2):INDEX({cells},{len(keys) + 1})"

    def _siblings(self) -> str:
        """Ask of the largest and of the smallest: at most one is out of line."""
        cells, near = self.cells, number(NEAR)
        n, low = f'COUNTIF({cells},">0")', f'COUNTIF({cells},"<=0")'

        def at(place: str) -> str:
            return f"SMALL({cells},{low}+{place})"

        middle = f"INT(({n}-1)/2)"
        largest = (
            f"AND({at(f'{n}-1')}<={ALIKE}*{at('1')},"
            f"{at(n)}>={near}*{at(f'1+{middle}')})"
        )
        smallest = (
            f"AND({at(n)}<={ALIKE}*{at('2')},{at('1')}*{near}<={at(f'2+{middle}')})"
        )
        return _safe(f"IF({n}>{SIBLINGS},IF(OR({largest},{smallest}),1,0),0)")


def class_ends(m: Methodology, name: str) -> Iterator[Bounds]:
    """Yield the ends of each table of classes in which a number is looked up."""
    read = {
        table
        for formula in m.formulas.values()
        for table, key in lookups(formula.tree)
        if isinstance(key, Name) and key.id == name
    }
    for table in (m.tables[each] for each in sorted(read)):
        if table.match != "exact":
            last, end = table.rows[-1], table.rows[-1].end
            first = table.rows[0].start
            if table.match == "points":
                yield Bounds(at_least=first, at_most=last.start)
            elif last.is_closed:
                yield Bounds(at_least=first, at_most=end)
            else:
                yield Bounds(at_least=first, below=end)


def number(value: Decimal | float) -> str:
    """Return a number as a formula writes it: spreadsheets keep 15 digits of it."""
    return f"{float(value):.15g}".upper()


def _safe(formula: str) -> str:
    """Count nothing where a cell cannot be read: that is another line's matter."""
    return f"IF(ISERROR({formula}),0,{formula})"


# -- what the formulas give ------------------------------------------------------------


def _numbers(shown: CachedValues, stage: str, p: Parameter) -> list[float]:
    keys = asked_keys(shown, stage, p)
    return [v for key in keys if type(v := shown.typed(key)) is float]


def asked_keys(shown: CachedValues, stage: str, p: Parameter) -> list[Key]:
    """Return the cells of an input that apply; none while a choice is missing."""
    return applying_keys(shown, stage, p) or []


def applying_keys(shown: CachedValues, stage: str, p: Parameter) -> list[Key] | None:
    """Return the cells of an input that apply; `None` while a choice is missing."""
    keys = list(shown.plan.values(p, stage))
    if p.required_when is None:
        return keys
    for name in names(p.required_when):
        of = shown.plan.methodology.parameters.get(name)
        units = shown.plan.units(of) if of is not None else ()
        if any(shown.quantity(stage, name, u) == "#N/A" for u in units):
            return None
    m, inputs = shown.plan.methodology, shown.inputs[Stage(stage)]
    return [key for key in keys if is_required(m, inputs, p, key.unit)]


def _outside(shown: CachedValues, stage: str, p: Parameter, bounds: Bounds) -> float:
    return float(sum(not bounds.admit(v) for v in _numbers(shown, stage, p)))


def _strays(shown: CachedValues, stage: str, p: Parameter) -> float:
    count = 0
    for unit in shown.plan.units(p):
        value = shown.typed(value_key(stage, p.name, unit))
        quantity = shown.results[Stage(stage)].get(p.name, unit)
        count += value not in (None, "") and (not quantity or quantity.value is None)
    return float(count)


def _many_days(shown: CachedValues, p: Parameter) -> float:
    days = period_days(shown.submission)
    if days is None:
        return 0.0
    return float(sum(v > days for v in _numbers(shown, "mrs", p)))


def _month_values(shown: CachedValues, p: Parameter) -> Iterator[object]:
    for key in shown.plan.values(p, "mrs"):
        for k in range(1, MONTHS + 1):
            yield shown.typed(key.in_month(k))


def _bare_credits(shown: CachedValues, p: Parameter) -> float:
    """Count the negative months beside which no reason stands."""
    months = [k for k in range(1, MONTHS + 1) if shown.is_blank(month_note(k))]
    values = (
        shown.typed(key.in_month(k))
        for key in shown.plan.values(p, "mrs")
        for k in months
    )
    return float(sum(type(v) is float and v < 0 for v in values))


def _month_texts(shown: CachedValues, p: Parameter) -> float:
    values = _month_values(shown, p)
    return float(sum(v not in (None, "") and type(v) is not float for v in values))


def _waiting_months(shown: CachedValues, p: Parameter) -> float:
    keys = shown.plan.values(p, "mrs")
    return float(sum(is_waiting(shown, key) for key in keys))


def is_waiting(shown: CachedValues, key: Key) -> bool:
    """Tell whether some months of a value are typed, but not those of the period.

    One total in their place waits while there are months, too, or it is no number.
    """
    typed = set(months_typed(shown.submission, key))
    due = set(range(1, months_counted(shown.submission) + 1))
    times = month_factor(shown.plan, shown.submission, key)
    if not shown.is_blank(key.month_total):
        is_number = type(shown.typed(key.month_total)) is float
        return bool(typed) or not is_number or times is None
    return bool(typed) and (typed != due or times is None)


def _slips(shown: CachedValues, p: Parameter) -> float:
    part = share(shown) if p.is_additive else 1.0
    if part is None:
        return 0.0
    count = 0
    for key in asked_keys(shown, "mrs", p):
        value, planned = shown.typed(key), shown.typed(key.in_plan())
        if type(value) is float and type(planned) is float and min(value, planned) > 0:
            expected = planned * part
            count += value >= expected * NEAR or value <= expected / NEAR
    return float(count)


def _siblings(shown: CachedValues, stage: str, p: Parameter) -> float:
    typed = (shown.typed(key) for key in shown.plan.values(p, stage))
    values = sorted(v for v in typed if type(v) is float and v > 0)
    if len(values) <= SIBLINGS:
        return 0.0
    middle = math.floor((len(values) - 1) / 2)
    largest = values[-2] <= ALIKE * values[0] and values[-1] >= NEAR * values[middle]
    smallest = (
        values[-1] <= ALIKE * values[1] and values[0] * NEAR <= values[1 + middle]
    )
    return float(largest or smallest)
