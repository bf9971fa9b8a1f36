"""Own sheets that look like official ones, or state another number than Table 3.

Each own sheet is told once, by the plainest of what is odd about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from jcm_xl.checks.base import OpenedBook
from jcm_xl.dataclass import dataclass
from jcm_xl.model.tolerance import same_number


class ImitatedBy(Enum):
    """What is odd about an own sheet."""

    NAME = "its name looks like that of a sheet of the template"
    NUMBER = "it states another number as Table 3"
    COPY = "it is a copy of a sheet of the template"
    BAND = "it carries the title band of an official sheet"


@dataclass(frozen=True, slots=True)
class Imitation:
    """An own sheet that could be taken for an official one.

    official: the sheet of the template that it looks like, if it is one.
    cell:     where the number or the title band stands, and `text` what it says.
    is_sure:  whether it can be nothing else.
    """

    kind: ImitatedBy
    sheet: str
    official: str = ""
    cell: str = ""
    text: str = ""
    is_sure: bool = True


def imitations(context: OpenedBook, kind: ImitatedBy) -> Iterator[Imitation]:
    """Yield the own sheets that are odd in this way."""
    for found in context.once(_imitations):
        if found.kind is kind:
            yield found


def known_numbers(context: OpenedBook) -> tuple[float, ...]:
    """Return the numbers of both stages; none while what is judged is incomplete."""
    return context.once(_known)


def is_known(number: float, known: Sequence[float]) -> bool:
    """Tell whether a number is a result, or one that was rounded."""
    return any(
        same_number(number, own) or any(number == round(own, d) for d in (1, 2, 3))
        for own in known
    )


def _known(context: OpenedBook) -> tuple[float, ...]:
    results = [context.results[stage] for stage in context.stages]
    if any(result.sheet_credited is None for result in results):
        return ()
    numbers: list[float] = []
    for result in context.results.values():
        numbers += [
            float(number)
            for number in (result.sheet_credited, result.credited, result.unrounded)
            if number is not None
        ]
        numbers += [
            quantity.value
            for quantity in result.quantities.values()
            if isinstance(quantity.value, float)
        ]
    return tuple(numbers)


def _imitations(context: OpenedBook) -> tuple[Imitation, ...]:
    """Look closer only at a book that has sheets beside the official ones."""
    pages = (*context.official_sheets, *context.aid_sheets)
    ours = {page.there for page in pages}
    own = tuple(
        sheet
        for sheet in context.file.grid.sheets
        if sheet.name not in ours and sheet.kind == "worksheet"
    )
    if not own and not context.plan.live:
        return ()
    from jcm_xl.checks.structure.imitated import find_imitations

    return find_imitations(context, own)
