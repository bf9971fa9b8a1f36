"""The examples of a definition: inputs that must give the numbers they state."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jcm_xl.definition.lines import KeyPath
from jcm_xl.definition.problems import Collector
from jcm_xl.engine.calculate import calculate
from jcm_xl.model.methodology import Example, Methodology, Parameter
from jcm_xl.model.result import Result
from jcm_xl.model.submission import StageInputs
from jcm_xl.text.nearest import nearest


def example_inputs(m: Methodology, given: Mapping[str, Any]) -> StageInputs:
    """Turn the `given` table of an example into inputs for the engine."""
    values: dict[str, Any] = {}
    lengths: dict[str, int] = {}
    for p in m.inputs:
        value = given.get(p.name)
        if p.index is None:
            values[p.name] = _plain(value)
        else:
            items = value if isinstance(value, list | tuple) else (value,)
            column = tuple(_plain(item) for item in (items if value else ()))
            values[p.name] = column
            lengths[p.index] = max(lengths.get(p.index, 0), len(column))
    lengths |= {s.name: s.max_rows for s in m.sets.values() if s.is_fixed}
    used = {name: tuple(range(1, n + 1)) for name, n in lengths.items()}
    return StageInputs(values, used)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, str | float):
        return None
    return None if value == "" else value


def check_examples(m: Methodology, problems: Collector) -> None:
    """Calculate every example; add a problem wherever it does not hold."""
    for position, example in enumerate(m.examples):
        path: KeyPath = ("examples", position)
        if _given_is_sound(m, example, path, problems):
            _compare(m, example, path, problems)


def _given_is_sound(
    m: Methodology, example: Example, path: KeyPath, problems: Collector
) -> bool:
    before = len(problems.problems)
    known = {p.name: p for p in m.inputs}
    lengths: dict[str, set[int]] = {}
    for name, value in example.given.items():
        place = (*path, "given", name)
        p = known.get(name)
        if p is None:
            problems.add(place, f"'{name}' is no input{nearest(name, known)}")
            continue
        if isinstance(value, list) != (p.index is not None):
            wanted = "a list, one value a unit" if p.index else "one value"
            problems.add(place, f"expected {wanted}")
            continue
        items = value if isinstance(value, list) else [value]
        if p.index:
            lengths.setdefault(p.index, set()).add(len(items))
        for item in items:
            _value_is_sound(m, p, item, place, problems)
    for name, found in lengths.items():
        if len(found) > 1:
            problems.add((*path, "given"), f"lists over {name} differ in length")
        elif m.sets[name].is_fixed and found != {m.sets[name].max_rows}:
            reason = f"a list over {name} has {m.sets[name].max_rows} values, one a row"
            problems.add((*path, "given"), f"{reason}; found {found.pop()}")
    return len(problems.problems) == before


def _value_is_sound(
    m: Methodology, p: Parameter, item: Any, path: KeyPath, problems: Collector
) -> None:
    if item == "":
        return
    if p.is_choice:
        if item not in m.choices(p):
            problems.add(path, f"'{item}' is not one of {', '.join(m.choices(p))}")
    elif isinstance(item, bool) or not isinstance(item, int | Decimal):
        problems.add(path, f"expected a number, found {item!r}")
    elif not p.bounds.admit(Decimal(item)):
        problems.add(path, f"{item} is not {p.bounds}")


def _compare(
    m: Methodology, example: Example, path: KeyPath, problems: Collector
) -> None:
    result = calculate(m, example_inputs(m, example.given))
    for missing in result.missing:
        problems.add((*path, "given"), f"'{missing.name}' is not given")
    if result.missing:
        return
    for name, expected in example.expect.items():
        if name not in m.formulas:
            hint = nearest(name, m.formulas)
            problems.add((*path, "expect", name), f"'{name}' is no formula{hint}")
            continue
        _compare_quantity(result, name, expected, example.rel_tol, path, problems)
    credited = example.credited
    if credited is not None and credited not in {
        result.credited,
        result.sheet_credited,
    }:
        reason = f"expected {credited} whole tonnes, calculated {result.credited}"
        problems.add((*path, "credited"), reason)


def _compare_quantity(
    result: Result,
    name: str,
    expected: Any,
    tolerance: float,
    path: KeyPath,
    problems: Collector,
) -> None:
    is_list = isinstance(expected, list)
    pairs = list(enumerate(expected, 1)) if is_list else [(None, expected)]
    for row, value in pairs:
        quantity = result.get(name, row)
        unit = f"[{row}]" if row else ""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            reason = f"{name}{unit}: expected a number, found {value!r}"
            problems.add((*path, "expect", name), reason)
            continue
        if quantity is None or not isinstance(quantity.value, float):
            reason = quantity.reason if quantity else "there is no such unit"
            problems.add((*path, "expect", name), f"{name}{unit}: {reason}")
        elif abs(quantity.value - float(value)) > tolerance * max(1, abs(float(value))):
            reason = f"{name}{unit}: expected {value}, calculated {quantity.value!r}"
            problems.add((*path, "expect", name), reason)
