"""Eligible inputs exist for which reference emissions exceed business as usual.

Why it matters
    The JCM credits nothing above what would have been emitted anyway. An example
    proves one case. A thousand random ones look for another: near the examples and
    within the ranges of the inputs; those that fail a calculated criterion are left
    out.

How to fix it
    Tighten the criterion or the range that lets the case in, lower the reference
    emissions, or correct `usual` in [net_reduction].
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import isfinite

from jcm_xl.definition.examples import example_inputs
from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint
from jcm_xl.engine.calculate import judge_criteria
from jcm_xl.engine.net import net_of
from jcm_xl.model.methodology import Bounds, Methodology, Parameter
from jcm_xl.model.tolerance import REL_TOL

_TRIES = 1000


@lint(
    severity=Severity.WARNING,
    message="With {inputs} reference emissions are {reference} tCO2/p, above the "
    "business-as-usual emissions of {usual} tCO2/p.",
)
def reference_above_usual_somewhere(draft: Draft) -> Iterator[Fault]:
    """Try a thousand eligible inputs of one unit; the first case is told."""
    m = draft.methodology
    if m.net.usual is None:
        return
    chance = random.Random(m.key)
    for _ in range(_TRIES):
        given = {p.name: _typed(m, p, chance) for p in m.inputs}
        inputs = example_inputs(m, given)
        if not all(holds for _, _, holds in judge_criteria(m, inputs)):
            continue
        net = net_of(m, inputs)
        usual, reference = net.usual, net.reference
        if usual is None or reference is None or not isfinite(usual + reference):
            continue
        if reference - usual > REL_TOL * max(1.0, abs(usual)):
            facts = {"inputs": _said(given), "reference": f"{reference:.6g}"}
            yield Fault(("net_reduction", "usual"), {**facts, "usual": f"{usual:.6g}"})
            return


def _typed(m: Methodology, p: Parameter, chance: random.Random) -> object:
    value: object = _number(m, p, chance)
    if isinstance(p.choices, tuple):
        value = chance.choice(p.choices)
    elif p.choices is not None:
        value = chance.choice(m.tables[p.choices].keys)
    return [value] if p.index else value


def _number(m: Methodology, p: Parameter, chance: random.Random) -> float:
    """Return a number near that of an example, a tenth to tenfold, within limits."""
    plausible = p.plausible or Bounds()
    low = _first(plausible.at_least, plausible.above, p.bounds.at_least, p.bounds.above)
    high = _first(plausible.at_most, plausible.below, p.bounds.at_most, p.bounds.below)
    near = _example(m, p, chance) * 10 ** chance.uniform(-1, 1)
    found = min(max(near, low if low is not None else near), high or near)
    return found if p.bounds.admit(found) else near


def _example(m: Methodology, p: Parameter, chance: random.Random) -> float:
    given = [example.given.get(p.name) for example in m.examples]
    numbers = [
        float(number)
        for value in given
        for number in (value if isinstance(value, list | tuple) else [value])
        if isinstance(number, int | float | Decimal) and number
    ]
    return chance.choice(numbers) if numbers else 1.0


def _first(*limits: object) -> float | None:
    return next((float(str(n)) for n in limits if n is not None), None)


def _said(given: Mapping[str, object]) -> str:
    parts = []
    for name, value in given.items():
        one = value[0] if isinstance(value, list) else value
        parts.append(
            f"{name} = {one:.6g}" if isinstance(one, float) else f"{name} = {one}"
        )
    return ", ".join(parts)
