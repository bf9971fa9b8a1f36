"""Own sheets that look like official ones, or state another number than Table 3.

Each own sheet is told once, by the plainest of what is odd about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from jcm_xl.checks.base import OpenedBook
from jcm_xl.dataclass import dataclass


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
