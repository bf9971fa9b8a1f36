"""The main figures by three hands: our engine, the sheet's own formulas, the file."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from jcm_xl.formula.no_opinion import because
from jcm_xl.formula.scan import CellPlace
from jcm_xl.formula.second_engine import EngineAnswer, engine_name, evaluate
from jcm_xl.model.finding import Opinion
from jcm_xl.model.submission import CellError, Stage
from jcm_xl.model.tolerance import is_near_whole, same_number
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.evaluated import formula_places
from jcm_xl.submission.figures import figures_of
from jcm_xl.submission.official_side import official_values
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.topics import Topic
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import CellValue, address, parse_address

CREDITED = "Table 3"
_CALCULATED = (
    Topic.FORMULA, Topic.VALUE, Topic.EMPTIED, Topic.DEFAULT, Topic.FIXED, Topic.RESULT
)  # fmt: skip


def opinions(context: OpenedBook) -> tuple[Opinion, ...]:
    """Return the main figures by three hands; none where that is not wanted."""
    return context.once(_opinions) if context.settings.second_opinion else ()


def _opinions(context: OpenedBook) -> tuple[Opinion, ...]:
    return tuple(_asked(context))


def _asked(context: OpenedBook) -> Iterator[Opinion]:
    """Yield RE, PE, ER and what Table 3 shows, of each stage that is judged."""
    grid = context.file.grid
    figures = [
        (stage, slot, own)
        for stage in context.stages
        for slot, own in figures_of(context, stage)
        if not context.is_gone(slot) and _is_there(context, slot)
    ]
    places = [_place(context, slot) for _, slot, _ in figures]
    answers = evaluate(grid, places, _given(context))
    for (stage, slot, own), place in zip(figures, places, strict=True):
        yield _opinion(context, stage, slot, own, answers[place])


def _given(context: OpenedBook) -> dict[CellPlace, CellValue]:
    """Return what input formulas give, for those that the engine is not handed."""
    return {
        place: answer.value
        for key, place in formula_places(context).items()
        if (answer := context.evaluated.get(key)) and answer.obstacle is None
    }


def of_stage(context: OpenedBook, stage: Stage) -> tuple[Opinion, ...]:
    """Return the opinions on the figures of one stage."""
    return tuple(o for o in opinions(context) if o.stage == stage.word)


def _is_there(context: OpenedBook, slot: Slot) -> bool:
    """Tell whether a figure has a cell; in a book made by hand it may have none."""
    return context.foreign is None or context.cell(slot) is not None


def _place(context: OpenedBook, slot: Slot) -> CellPlace:
    sheet, cell = context.place(slot)
    return (sheet, *parse_address(cell))


def _opinion(
    context: OpenedBook,
    stage: Stage,
    slot: Slot,
    own: float | str | None,
    second: EngineAnswer,
) -> Opinion:
    sheet, cell = context.place(slot)
    stored = _plain(c.value) if (c := context.cell(slot)) else None
    value, result = _plain(second.value), context.results[stage]
    distances = _distances(own, (value, stored))
    difference = max(distances, default=None)
    share = _share(difference, result.unrounded)
    return Opinion(
        stage=stage.word,
        name=context.subject(slot) or CREDITED,
        slot=slot.key,
        sheet=sheet,
        cell=cell,
        own=own,
        second=value,
        stored=stored,
        reason=_reason(second),
        difference=difference,
        share=share,
        materiality=_class(share, context.settings.materiality),
        is_edge=slot.role == "result" and _is_on_edge(result.unrounded),
        official=_plain(_official(context, stage, slot)),
    )


def _official(context: OpenedBook, stage: Stage, slot: Slot) -> CellValue:
    """Return what the official workbook gives, nothing without one."""
    name = "" if slot.role == "result" else slot.name
    return official_values(context).get((stage, name))


def _is_on_edge(number: float | None) -> bool:
    """Include an exact whole number: a sum in another order ends a digit below it."""
    return number is not None and is_near_whole(number)


def _plain(value: object) -> float | str | None:
    if isinstance(value, CellError):
        return value.code
    if value is None or isinstance(value, float | str):
        return value
    return str(value).upper()  # TRUE and FALSE


def _distances(own: object, others: Sequence[object]) -> Iterator[float]:
    """Yield how far the others are away; nothing for texts and errors."""
    for other in others:
        if isinstance(own, float) and isinstance(other, float):
            yield 0.0 if same_number(own, other) else abs(own - other)


def _share(difference: float | None, reductions: float | None) -> float | None:
    if not difference or not reductions:
        return 0.0 if difference == 0 else None
    share = 100 * difference / abs(reductions)
    return share if math.isfinite(share) else None


def _class(share: float | None, thresholds: Sequence[float]) -> float | None:
    if not share:
        return None
    return max((step for step in thresholds if share >= step), default=0.0)


def _reason(answer: EngineAnswer) -> str:
    if not answer.reason or answer.place is None:
        return answer.reason
    sheet, row, column = answer.place
    place = f"'{sheet}'!{address(row, column)}"
    return because("at", reason=answer.reason, place=place)


def differs(first: float | str | None, second: float | str | None) -> bool:
    """Tell whether two values of a figure are not the same."""
    if isinstance(first, float) and isinstance(second, float):
        return not same_number(first, second)
    return ("" if first is None else first) != ("" if second is None else second)


def is_disputed(opinion: Opinion) -> bool:
    """Tell whether the sheet's formulas give another figure than the definition.

    Where the inputs are incomplete there is no figure to compare with; on the edge
    between two tonnes either is honest.
    """
    if opinion.reason or not isinstance(opinion.own, float):
        return False
    return differs(opinion.own, opinion.second) and not is_split(opinion)


def is_split(opinion: Opinion) -> bool:
    """Tell whether two programs round a figure on an edge to different tonnes."""
    own, second = opinion.own, opinion.second
    if not (isinstance(own, float) and isinstance(second, float)):
        return False
    return opinion.is_edge and 0 < abs(own - second) <= 1


def is_changed(context: OpenedBook, stage: Stage) -> bool:
    """Tell whether a stage's calculation is not the template's, as other checks say."""
    if context.alterations and context.foreign is None:
        return True
    return any(d.slot.key.side == stage for d in context.changes(*_CALCULATED))


def summary(found: Sequence[Opinion]) -> Phrase:
    """Return in a sentence what came of the second opinion."""
    if not found:
        return Phrase("second.not-asked", "No second opinion was asked for.")
    reasons = [o.reason for o in found if o.reason]
    given = sum(isinstance(o.own, float) and not o.reason for o in found)
    off = sum(is_disputed(o) or is_split(o) for o in found)
    facts = {"engine": engine_name(), "given": given, "off": off, "count": len(found)}
    if not given and not reasons:
        return Phrase("second.incomplete", _INCOMPLETE)
    if not given:
        return Phrase("second.none", "No second opinion: {reason}.", reason=reasons[0])
    told = (
        Phrase.of("second.differs", _DIFFERS, facts)
        if off
        else Phrase.of("second.agrees", _AGREES, facts)
    )
    if not reasons:
        return told
    return Phrase(
        "second.partly", "{told} No second opinion on {without} of {count} figures: "
        "{reason}.", told=told, without=len(reasons), count=len(found),
        reason=reasons[0],
    )  # fmt: skip


_INCOMPLETE = "No second opinion: inputs are missing, so there is no figure to compare."
_OWN = "The sheet's own formulas, evaluated by {engine}: "
_AGREES = f"{_OWN}none of {{given}} figures differs from the definition's."
_DIFFERS = f"{_OWN}{{off}} of {{given}} figures differ from the definition's."
