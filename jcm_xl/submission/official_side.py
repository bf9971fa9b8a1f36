"""What the official workbook itself gives for a book's inputs: one more opinion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from jcm_xl.formula.scan import CellPlace
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage
from jcm_xl.model.tolerance import same_number
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.visible import visible
from jcm_xl.xlsx.grid import CellValue, address

if TYPE_CHECKING:
    from jcm_xl.adopt.template import OfficialTemplate


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
    """Fill the official blank with the book's inputs and return its Table 3.

    Nothing without a template, and where a stage has no figure of its own.
    """
    return tuple(
        OfficialFigure(stage, float(own), values.get((stage, "")))
        for stage in context.stages
        if (values := official_values(context))
        and (own := context.results[stage].sheet_credited) is not None
        and (stage, "") in values
    )


def official_values(context: OpenedBook) -> Mapping[tuple[Stage, str], CellValue]:
    """Return what the official workbook gives: (stage, name) -> value; Table 3 is "".

    It is calculated by IronCalc where it is installed and has an opinion, else by our
    own evaluation.
    """
    return context.once(_values) if context.template is not None else {}


def _values(context: OpenedBook) -> Mapping[tuple[Stage, str], CellValue]:
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
    places = dict(_places(context, context.template))
    answers = FilledBook(grid, places.values(), list(typed)).answers(typed)
    values: dict[tuple[Stage, str], CellValue] = {}
    for key, place in places.items():
        values[key] = answers[place].value
        if answers[place].reason:
            by_us = evaluate_cells(with_values(grid, typed), [place])[place]
            values[key] = by_us.value if by_us.obstacle is None else None
    return values


def _places(
    context: OpenedBook, template: OfficialTemplate
) -> Iterator[tuple[tuple[Stage, str], CellPlace]]:
    """Yield the first cell of each main figure of the stages that are judged."""
    results = context.methodology.results
    names = (results.reference, results.project, results.reduction)
    seen = set()
    for stage in context.stages:
        sheets = {template.plan.sheets.get(f"{stage}_calc"): names,
                  template.plan.sheets.get(f"{stage}_input"): ("",)}  # fmt: skip
        for slot in template.plan.slots.values():
            is_result = slot.role == "result"
            name = "" if is_result else slot.name
            is_figure = is_result or slot.role in ("quantity", "default")
            if is_figure and name in sheets.get(slot.sheet, ()):
                if (stage, name) not in seen:
                    yield (stage, name), (slot.sheet, slot.row, slot.column)
                seen.add((stage, name))


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


class ChangedList(NamedTuple):
    """A drop-down list that is not as in the official workbook."""

    sheet: str
    cell: str
    here: tuple[str, ...]
    official: tuple[str, ...]


def changed_lists(context: OpenedBook) -> Iterator[ChangedList]:
    """Yield the lists of input cells that offer something else than the official ones.

    Nothing without a template. A sheet of which lines were moved is left out: its lists
    count other lines.
    """
    if context.template is None:
        return
    from jcm_xl.adopt.lists import offered_at
    from jcm_xl.adopt.places import input_places
    from jcm_xl.submission.alterations import undo

    official = context.template.grid
    found = input_places(official, context.methodology)
    _, alterations = undo(context.grid, context.template.plan)
    seen: set[CellPlace] = set()
    for targets in found.targets.values():
        for target in targets:
            sheet, row, column = target.place
            if target.place in seen or sheet in alterations.moved:
                continue
            seen.add(target.place)
            wanted = offered_at(official, target.place)
            there = alterations.renamed.get(sheet, sheet)
            here = offered_at(context.grid, (there, row, column))
            if wanted and wanted != here:
                yield ChangedList(there, address(row, column), here, wanted)
