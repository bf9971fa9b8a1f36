"""The main figures of a hand-made book by its own formulas, evaluated by ourselves.

A book of our template has the formulas that the tests prove, or a finding at each that
was changed. A book made by hand has its own: where the second engine gives no opinion
on them, or was not asked, they are evaluated here, so that Table 3 is known by them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jcm_xl.checks.arithmetic.opinions import differs, of_stage
from jcm_xl.formula.scan import CellPlace
from jcm_xl.model.submission import Stage
from jcm_xl.model.tolerance import is_near_whole
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.figures import figures_of
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.xlsx.grid import CellError, CellValue, parse_address


class OwnFigure(NamedTuple):
    """A figure by the definition and by the book's formulas.

    reason: why the formulas give no value, and `at` which cell.
    """

    slot: Slot
    own: float
    value: float | str | None
    reason: str = ""
    at: CellPlace | None = None


def disputed(context: OpenedBook) -> Iterator[OwnFigure]:
    """Yield of each stage the claim, or the first figure, that differs."""
    for stage in context.stages:
        found = [f for f in _figures(context, stage) if _differs(context, stage, f)]
        claims = [f for f in found if f.slot.role == "result"]
        yield from (claims or found)[:1]


def not_followed(context: OpenedBook) -> Iterator[OwnFigure]:
    """Yield of each stage the first figure that cannot be evaluated."""
    for stage in context.stages:
        yield from [f for f in _figures(context, stage) if f.reason][:1]


def _differs(context: OpenedBook, stage: Stage, figure: OwnFigure) -> bool:
    if figure.reason or not differs(figure.own, figure.value):
        return False
    if figure.slot.key in context.changed:
        return False  # told at that cell as what it is
    unrounded = context.results[stage].unrounded
    is_edge = unrounded is not None and is_near_whole(unrounded)
    is_result = figure.slot.role == "result" and isinstance(figure.value, float)
    return not (
        is_result and is_edge and abs(figure.own - float(figure.value or 0)) <= 1
    )


def _figures(context: OpenedBook, stage: Stage) -> tuple[OwnFigure, ...]:
    return dict(context.once(_of_stages))[stage]


def _of_stages(
    context: OpenedBook,
) -> tuple[tuple[Stage, tuple[OwnFigure, ...]], ...]:
    return tuple((stage, tuple(_evaluated(context, stage))) for stage in context.stages)


def _evaluated(context: OpenedBook, stage: Stage) -> Iterator[OwnFigure]:
    """Yield the figures on which the second engine has no opinion."""
    if context.foreign is None or context.results[stage].missing:
        return
    told = {o.slot for o in of_stage(context, stage) if not o.reason}
    wanted = [
        (slot, own, _place(context, slot))
        for slot, own in figures_of(context, stage)
        if isinstance(own, float) and slot.key not in told and context.cell(slot)
    ]
    if not wanted:
        return
    from jcm_xl.formula.evaluation.book import evaluate_cells

    answers = evaluate_cells(context.file.grid, [place for *_, place in wanted])
    for slot, own, place in wanted:
        answer = answers[place]
        if answer.obstacle is not None:
            yield OwnFigure(slot, own, None, answer.reason, answer.place)
        else:
            yield OwnFigure(slot, own, _plain(answer.value))


def _place(context: OpenedBook, slot: Slot) -> CellPlace:
    sheet, cell = context.place(slot)
    return (sheet, *parse_address(cell))


def _plain(value: CellValue) -> float | str | None:
    if isinstance(value, CellError):
        return value.code
    if value is None or isinstance(value, float | str):
        return value
    return str(value).upper()
