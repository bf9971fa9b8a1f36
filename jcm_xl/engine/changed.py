"""A methodology and inputs with one number changed, to see what it moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from jcm_xl.engine.calculate import calculate, places
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.result import Result
from jcm_xl.model.submission import StageInputs

InputValue = float | str | None


def with_input(
    inputs: StageInputs, name: str, row: int | None, value: InputValue
) -> StageInputs:
    """Return the inputs with another value of one input; `row` counts from 1."""
    if row is None:
        return replace(inputs, values={**inputs.values, name: value})
    column = inputs.values[name]
    assert isinstance(column, tuple)
    changed = (*column[: row - 1], value, *column[row:])
    return replace(inputs, values={**inputs.values, name: changed})


def value_at(inputs: StageInputs, name: str, row: int | None) -> InputValue:
    """Return what an input has; `row` counts from 1, `None` for one value."""
    value = inputs.values.get(name)
    if isinstance(value, tuple):
        return value[row - 1] if row and row <= len(value) else None
    return value


def with_default(m: Methodology, name: str, value: Decimal) -> Methodology:
    """Return the methodology with another value of one of its default values."""
    changed = replace(m.parameters[name], value=value)
    return replace(m, parameters={**m.parameters, name: changed})


def numbers(
    m: Methodology, inputs: StageInputs
) -> Iterator[tuple[str, int | None, float]]:
    """Yield name, unit row and value of each input that is a number."""
    for p in m.inputs:
        if not p.is_choice:
            for row, value in places(inputs, p):
                if isinstance(value, float):
                    yield p.name, row, value


def reduction(m: Methodology, inputs: StageInputs) -> Fraction | None:
    """Return the reductions before rounding, exactly; `None` where there are none."""
    return exact_reduction(calculate(m, inputs))


def exact_reduction(result: Result) -> Fraction | None:
    """Return the reductions of a result before rounding, exactly."""
    quantity = result.get(result.methodology.results.reduction)
    if result.missing or quantity is None or quantity.exact is None:
        return None
    return Fraction(quantity.exact)
