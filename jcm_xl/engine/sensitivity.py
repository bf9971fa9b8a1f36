"""Which input moves the tonnes how much, and how wrong each may be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.changed import numbers
from jcm_xl.engine.moved import Base
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import StageInputs

MATERIALITY = 5.0
"""Per cent of the reductions; the share that is asked about where none is named."""
_STEP = 0.01


@dataclass(frozen=True, slots=True)
class InputEffect:
    """What one input does to the reductions.

    per_cent: change of the reductions, tCO2, for one per cent more of the input.
    reach:    per cent by which the input must be wrong to move the reductions by the
              material share, in proportion; `None` for what moves nothing.
    share:    per cent of the reductions that one per cent of the input moves.
    """

    name: str
    row: int | None
    value: float
    per_cent: float
    reach: float | None
    share: float


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Effects of the meters' accuracy together, as a root of the sum of squares.

    tonnes: of the reductions, tCO2. without: inputs whose accuracy is not known.
    """

    tonnes: float
    per_cent: float
    without: tuple[tuple[str, int | None], ...]


def effects(
    m: Methodology, inputs: StageInputs, materiality: float = MATERIALITY
) -> tuple[InputEffect, ...]:
    """Return the effect of each input that is a number, the largest first.

    Each input is taken one per cent higher, the others as they are. Nothing is
    returned where the reductions cannot be calculated or are zero.
    """
    base = Base(m, inputs)
    if not base.value:
        return ()
    found = []
    for name, row, value in numbers(m, inputs):
        moved = base.moved(name, row, value * (1 + _STEP))
        if moved is not None:
            found.append(_effect(base.value, (name, row, value), moved, materiality))
    return tuple(sorted(found, key=lambda e: -abs(e.per_cent)))


def _effect(
    whole: float, place: tuple[str, int | None, float], moved: float, share: float
) -> InputEffect:
    change = moved - whole
    limit = abs(whole) * share / 100
    reach = limit / abs(change) if change else None
    return InputEffect(*place, change, reach, change / whole * 100)


def combined(
    found: Iterable[InputEffect], accuracy: Mapping[tuple[str, int | None], float]
) -> Uncertainty | None:
    """Return what the accuracy of the meters does together.

    accuracy: per cent, by name and unit row. The errors of different meters are taken
    as independent. `None` where no accuracy is known.
    """
    moving = [e for e in found if e.per_cent]
    known = [e for e in moving if (e.name, e.row) in accuracy]
    if not known:
        return None
    errors = [e.per_cent * accuracy[e.name, e.row] for e in known]
    tonnes = math.sqrt(sum(error * error for error in errors))
    whole = known[0].per_cent / known[0].share * 100
    without = tuple((e.name, e.row) for e in moving if e not in known)
    return Uncertainty(tonnes, tonnes / abs(whole) * 100, without)
