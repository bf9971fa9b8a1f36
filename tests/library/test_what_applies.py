"""No figure rests on a value that its choices do not ask for.

`OpenedBook.applies` leaves such a value out of what is judged; were it counted all the
same, Table 3 would hold a number that nobody looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from jcm_xl.definition.examples import example_inputs
from jcm_xl.engine.calculate import calculate, is_required, places
from jcm_xl.model.methodology import Methodology, Parameter
from jcm_xl.model.submission import StageInputs
from tests.library.sweep import sweep
from tests.support import methodology

STRANGE = (-1e6, 0.0, 7e7)


def _options(m: Methodology, p: Parameter) -> tuple[str, ...]:
    if isinstance(p.choices, tuple):
        return p.choices
    return m.tables[p.choices].keys if p.choices else ()


def _with(
    inputs: StageInputs, p: Parameter, row: int | None, value: object
) -> StageInputs:
    if row is None:
        return replace(inputs, values={**inputs.values, p.name: value})  # type: ignore[dict-item]
    column = list(inputs.values.get(p.name) or ())  # type: ignore[arg-type]
    column += [None] * (row - len(column))
    column[row - 1] = value  # type: ignore[call-overload]
    return replace(inputs, values={**inputs.values, p.name: tuple(column)})


def _choices(m: Methodology) -> Iterator[StageInputs]:
    """Yield the inputs of each example, and with each choice of a unit changed once."""
    for example in m.examples:
        inputs = example_inputs(m, example.given)
        yield inputs
        for p in m.inputs:
            for row, _ in places(inputs, p):
                for option in _options(m, p):
                    yield _with(inputs, p, row, option)


@pytest.mark.parametrize("key", sweep())
def test_a_value_that_does_not_apply_moves_no_figure(key: str) -> None:
    m = methodology(key)
    asked = [p for p in m.inputs if p.required_when is not None and not p.is_choice]
    moved = []
    for inputs in _choices(m):
        for p in asked:
            for row, _ in places(inputs, p):
                if is_required(m, inputs, p, row):
                    continue
                without = calculate(m, _with(inputs, p, row, None))
                for value in STRANGE:
                    found = calculate(m, _with(inputs, p, row, value))
                    if found.unrounded != without.unrounded:
                        moved.append((p.name, row, value))
    assert moved == []


def test_the_law_has_something_to_ask() -> None:
    m = methodology("PH_AM004@1.0")
    asked = [p for p in m.inputs if p.required_when is not None]
    assert any(
        not is_required(m, inputs, p, row)
        for inputs in _choices(m)
        for p in asked
        for row, _ in places(inputs, p)
    )
