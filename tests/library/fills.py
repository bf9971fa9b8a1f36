"""Random admissible fills of a methodology, boundaries and extremes included."""

from __future__ import annotations

import random
from collections.abc import Iterator

from jcm_xl.expr.nodes import Call, Expr, Name, children
from jcm_xl.model.methodology import Bounds, Methodology, Parameter
from jcm_xl.model.submission import Submission, Value
from jcm_xl.plan.plan import Plan
from tests.books import PERIOD
from tests.keys import keyed

_EXTREMES = (0.0, 1e-6, 1.0, 0.3, 1e6, 123456789.0)


def random_fill(plan: Plan, chance: random.Random) -> Submission:
    """Return a complete submission of both stages with random admissible values."""
    m = plan.methodology
    values: dict[str, Value] = {"period.start": PERIOD[0], "period.end": PERIOD[1]}
    used = {
        name: sorted(chance.sample(range(1, n + 1), chance.randint(1, min(n, 4))))
        for name, n in plan.rows.items()
    }
    for p in m.inputs:
        units = [f"[{u}]" for u in used[p.index]] if p.index else [""]
        for stage in ("mps", "mrs") if p.is_monitored else ("mps",):
            for unit in units:
                values[f"{stage}.value:{p.name}{unit}"] = _value(m, p, chance)
                if len(p.options) > 1:
                    option = f"Option {chance.choice(p.options)}"
                    values[f"{stage}.option:{p.name}{unit}"] = option
    return Submission(m.id, m.version, plan.rows, keyed(values))


def _value(m: Methodology, p: Parameter, chance: random.Random) -> Value:
    if p.is_choice:
        return chance.choice(m.choices(p))
    kind = chance.random()
    limits = list(boundaries(m, p))
    if limits and kind < 0.8:
        low, high = min(limits), max(limits)
        return chance.choice([*limits, _typed(chance.uniform(low, high))])
    if kind < 0.3:
        sound = [x for x in _EXTREMES if p.bounds.admit(x)]
        if sound:
            return chance.choice(sound)
    return within(p.bounds, chance)


def within(bounds: Bounds, chance: random.Random) -> float:
    low = bounds.at_least if bounds.at_least is not None else bounds.above
    high = bounds.at_most if bounds.at_most is not None else bounds.below
    if low is not None and high is not None:
        return _typed(chance.uniform(float(low), float(high)))
    for _ in range(50):
        number = _typed(10 ** chance.uniform(-3, 5) * chance.choice((1, 1, 1, -1)))
        if bounds.admit(number):
            return number
    return float(high if high is not None else low or 0)


def _typed(number: float) -> float:
    return float(f"{number:.15g}")  # what a keyboard and Excel can hold


def boundaries(m: Methodology, p: Parameter) -> Iterator[float]:
    """Yield the limits of every class table that is asked with this parameter."""
    for formula in m.formulas.values():
        for call in _lookups(formula.tree):
            table, key = call.arguments
            if key == Name(p.name) and isinstance(table, Name):
                for row in m.tables[table.id].rows:
                    if row.start is not None and row.end is not None:
                        yield float(row.start)
                        if row.is_closed:
                            yield float(row.end)


def _lookups(tree: Expr) -> Iterator[Call]:
    if isinstance(tree, Call) and tree.function == "lookup":
        yield tree
    for child in children(tree):
        yield from _lookups(child)
