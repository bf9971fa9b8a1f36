"""What the official workbook itself gives for a book's inputs: one more opinion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jcm_xl.formula.scan import CellPlace
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage
from jcm_xl.model.tolerance import same_number
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.visible import visible
from jcm_xl.xlsx.grid import CellValue


class OfficialFigure(NamedTuple):
    """Table 3 of a stage: by our engine, and by the official workbook's formulas."""

    stage: Stage
    own: float | None
    official: CellValue

    @property
    def agrees(self) -> bool:
        """Tell whether both give the same."""
        if self.own is None or not isinstance(self.official, float):
            return False
        return same_number(self.own, self.official)


def official_figures(context: OpenedBook) -> tuple[OfficialFigure, ...]:
    """Fill the official blank with the book's inputs and calculate its formulas.

    By IronCalc where it is installed and has an opinion, else by our own evaluation.
    Nothing without a template, and where a stage has no figure of its own.
    """
    return tuple(_figures(context)) if context.template is not None else ()


def _figures(context: OpenedBook) -> Iterator[OfficialFigure]:
    from jcm_xl.adopt.places import input_places
    from jcm_xl.adopt.rows import with_values
    from jcm_xl.formula.evaluation.book import evaluate_cells
    from jcm_xl.formula.second_engine import FilledBook

    assert context.template is not None
    grid = context.template.grid
    found = input_places(grid, context.methodology)
    typed: dict[CellPlace, CellValue] = {
        target.place: value
        for key, value in context.submission.values.items()
        if key.notion in ("value", "option") and isinstance(value, float | str | bool)
        for target in found.targets.get(key, ())
    }
    slots = context.template.plan.slots.values()
    results = {slot.sheet: slot for slot in slots if slot.role == "result"}
    for stage in context.stages:
        own = context.results[stage].sheet_credited
        slot = results.get(context.template.plan.sheets.get(f"{stage}_input", ""))
        if own is None or slot is None:
            continue
        place = (slot.sheet, slot.row, slot.column)
        answer = FilledBook(grid, [place], list(typed)).answers(typed)[place]
        value: CellValue = answer.value
        if answer.reason:
            by_us = evaluate_cells(with_values(grid, typed), [place])[place]
            value = by_us.value if by_us.obstacle is None else None
        yield OfficialFigure(stage, float(own), value)


def official_opinion(context: OpenedBook) -> Phrase | None:
    """Return what the official workbook gives for these inputs, in a sentence."""
    figures = official_figures(context)
    if not figures:
        return None
    numbers = "; ".join(map(_said, figures))
    if all(figure.agrees for figure in figures):
        return Phrase("compared.official-agrees", _AGREES, numbers=numbers)
    return Phrase("compared.official-differs", _DIFFERS, numbers=numbers)


def _said(figure: OfficialFigure) -> str:
    sheets = "MPS" if figure.stage is Stage.PLAN else "MRS"
    official = visible(shown(figure.official)) or "-"
    ours = "" if figure.agrees else f" (definition {shown(figure.own)})"
    return f"{sheets} {official}{ours}"


_FILLED = "The official workbook, filled with these inputs and calculated, gives "
_AGREES = f"{_FILLED}the same Table 3 as the definition: {{numbers}}."
_DIFFERS = f"{_FILLED}another Table 3: {{numbers}}."
