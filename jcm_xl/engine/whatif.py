"""Other values for some inputs of a calculation, written as a person writes them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.calculate import calculate
from jcm_xl.engine.changed import InputValue, value_at, with_default, with_input
from jcm_xl.engine.quantities import find_quantity
from jcm_xl.errors import JcmError
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.result import Result
from jcm_xl.model.submission import StageInputs
from jcm_xl.text.nearest import nearest
from jcm_xl.text.readings import numbers_meant


@dataclass(frozen=True, slots=True)
class Changed:
    """One value that is taken instead of another."""

    name: str
    row: int | None
    before: InputValue
    after: InputValue


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A calculation before and after some changes."""

    changes: tuple[Changed, ...]
    before: Result
    after: Result


def what_if(m: Methodology, inputs: StageInputs, changes: Iterable[str]) -> WhatIf:
    """Calculate with `EC_PJ_i_p[2]=405`, `EF_grid=0.77`, `Supply_i[1]=grid only`.

    An input or a default value may be changed; in what runs over units the row in
    brackets is one in use. Raises `JcmError` that says what is wrong with a change.
    """
    before = calculate(m, inputs)
    made: list[Changed] = []
    other, given = m, inputs
    for text in changes:
        change = _change(m, inputs, text)
        if any((c.name, c.row) == (change.name, change.row) for c in made):
            raise JcmError(f"'{text}': {change.name} is changed twice; name it once.")
        made.append(change)
        if m.parameters[change.name].is_input:
            given = with_input(given, change.name, change.row, change.after)
        else:
            assert isinstance(change.after, float)
            value = Decimal(repr(change.after))
            other = with_default(other, change.name, value)
    return WhatIf(tuple(made), before, calculate(other, given))


def _change(m: Methodology, inputs: StageInputs, text: str) -> Changed:
    wanted, equals, typed = text.partition("=")
    if not equals or not typed.strip():
        raise JcmError(
            f"'{text}' is no change: write a name, an equals sign and a value, as "
            "EC_PJ_i_p[2]=405."
        )
    name, rows = find_quantity(m, wanted, inputs)
    p = m.parameters.get(name)
    if p is None:
        raise JcmError(
            f"{name} is calculated or a constant; change an input or a default value. "
            f"`jcm-xl show {m.key}` lists them."
        )
    if len(rows) != 1:
        raise JcmError(
            f"{name} has a value in each of {len(rows)} units; name one, as "
            f"{name}[{rows[0]}]={typed.strip()}."
        )
    row = rows[0]
    if p.is_choice:
        return Changed(name, row, value_at(inputs, name, row), _text(m, name, typed))
    number = _number(name, str(p.unit), typed)
    if not p.is_input:
        return Changed(name, None, float(p.value or 0), number)
    return Changed(name, row, value_at(inputs, name, row), number)


def _text(m: Methodology, name: str, typed: str) -> str:
    p = m.parameters[name]
    found = m.choice(p, typed.strip())
    if found is None:
        texts = m.choices(p)
        hint = nearest(typed.strip(), texts)
        raise JcmError(
            f"'{typed.strip()}' is no choice of {name}{hint}; expected one of: "
            f"{', '.join(texts)}."
        )
    return found


def _number(name: str, unit: str, typed: str) -> float:
    found = numbers_meant(typed.strip())
    if len(found) == 1:
        return found[0]
    several = " or ".join(f"{number:.15g}" for number in found)
    means = f"may mean {several}" if found else "is no number"
    raise JcmError(
        f"'{typed.strip()}' {means}; write the value of {name} in {unit} with a "
        "decimal point and no thousands mark, as 1234.5."
    )
