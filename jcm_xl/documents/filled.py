"""What `fill` says of the book it wrote: the figures, or the cells still missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jcm_xl.documents.calculation import missing_name
from jcm_xl.documents.lines import Line, counted, line, number
from jcm_xl.documents.places import Places
from jcm_xl.model.result import Result
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot

_SHOWN = 12


def filled_lines(
    plan: Plan, submission: Submission, results: Mapping[Stage, Result]
) -> Iterator[Line]:
    """Yield one line a stage, and the cells that are still to be filled."""
    for stage, result in results.items():
        word = stage.word
        if result.sheet_credited is not None:
            unrounded = number(result.unrounded)
            text = (
                f"{word}: {result.sheet_credited} tCO2 (rounded down from {unrounded})"
            )
            yield line(text, "good")
            continue
        count = len(result.missing)
        missing = f"{counted(count, 'cell')} missing" if count else result.status
        yield line(f"{word}: {missing}", "warning")
        places = Places(plan, submission, stage, _as_planned)
        for item in result.missing[:_SHOWN]:
            what = missing_name(plan.methodology, item)
            yield line(f"{places.missing(item)}: {what}", "", 2)
        if count > _SHOWN:
            yield line(f"... and {counted(count - _SHOWN, 'more cell')}", "dim", 2)


def _as_planned(slot: Slot) -> tuple[str, str]:
    return slot.sheet, slot.address
