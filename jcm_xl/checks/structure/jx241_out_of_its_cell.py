"""What a cell holds does not fit into it, or is repeated until it is full.

Why it matters
    A number that is too wide is shown as ####, or without the digits that matter; an
    indent of 200 steps pushes it out of sight; letters that shrink to fit into a
    narrow column become a line; and "fill" shows 343 as 343343343.

How to fix it
    Widen the column (double-click on the edge of its head), and set the alignment of
    the cell to General, without indent, rotation or shrinking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.disguises import Disguise, of_digits
from jcm_xl.checks.structure.seen import Seen, file_sheet, seen_cells
from jcm_xl.model.shown import shown
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.official_sheets import OfficialSheet
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.width import width
from jcm_xl.xlsx.cell_styles import is_date_format
from jcm_xl.xlsx.grid import Cell, Position, Sheet, parse_range
from jcm_xl.xlsx.looks import LEAST_POINTS, PLAIN, Look
from jcm_xl.xlsx.number_format import shown_number
from jcm_xl.xlsx.sheet_look import DIGIT, USUAL_LOOK, digits

_NARROW = Phrase("fits.narrow", "is too narrow for it")
_PUSHED = Phrase("fits.pushed", "has it pushed out of sight by an indent")
_SHRUNK = Phrase("fits.shrunk", "shrinks it until nobody can read it")
_REPEATED = Phrase("fits.repeated", "repeats it until it is full")
_TURNED = Phrase("fits.turned", "is too low for what is turned in it")
_LOW = Phrase("fits.low", "is lower than its letters")
_STEP = 9 / 7
"""An indent's step in digits."""
_TIGHT = 0.9
"""A column is looked at closely that has less than this share of the template's."""
_READ = 0.5
"""So much of a text is enough to know it."""
_DAY, _WORD = 8, 4
"""The digits of a short day, and of a line of a text that can still be read."""
_FEW, _LARGE = 3, 16.0
"""Steps of an indent, and points of letters, that honest cells have."""
_NARROW_BY_HAND = 14.0
_MANY = 10_000
_CUT = 0.6
"""Digits of which a row shows less than this share of their size are cut."""


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="{cell} on {sheet} holds '{actual}', but the cell {how}.",
    remedy="Widen the column, and set the alignment of {cell} to General.",
)
def out_of_its_cell(context: OpenedBook) -> Iterator[Finding]:
    """Look at cells that lie in another way, and at columns that are narrow."""
    looks = context.grid.styles.looks
    odd = {n for n, look in enumerate(looks) if _is_odd(look)}
    for page in context.official_sheets:
        sheet = file_sheet(context, page)
        narrow, low = _narrow(context, page, sheet), _low(sheet)
        if not (odd or narrow or low):
            continue
        spans = _spans(sheet)
        for seen in seen_cells((page,), _wanted(odd, narrow or low)):
            row, column = seen.at
            is_odd = seen.cell.style in odd or column in narrow or row in low
            if not is_odd:
                continue
            columns = range(column, spans.get((row, column), column) + 1)
            room = digits(sum(map(sheet.look.width, columns)))
            height = sheet.look.heights.get(row)
            if type(seen.cell.value) is float and height is None:
                height = sheet.look.default_height
            if room and (how := _fault(context, seen, room, height)):
                severity = None if how is _REPEATED else Severity.WARNING
                yield seen.finding(context, shown(seen.cell.value), severity, how=how)


def _is_odd(look: Look) -> bool:
    """Tell whether what stands in a cell lies in it otherwise than usual."""
    return bool(
        look.alignment == "fill"
        or look.indent > _FEW
        or look.rotation
        or look.is_shrunk
        or look.points > _LARGE
    )


def _wanted(
    odd: set[int], lines: frozenset[int]
) -> Callable[[Cell, Slot | None], object]:
    return lambda cell, _: lines or cell.style in odd


def _low(sheet: Sheet) -> frozenset[int]:
    """Return the rows in which letters may be cut; JX206 tells of still lower ones."""
    heights = sheet.look.heights.items()
    return frozenset(n for n, high in heights if LEAST_POINTS <= high < _CUT * _LARGE)


def _narrow(context: OpenedBook, page: OfficialSheet, sheet: Sheet) -> frozenset[int]:
    """Return the columns, as the file counts, that are narrower than they were made."""
    look = sheet.look
    if not page.is_ours:
        columns = {column for _, column in sheet.cells}
        return frozenset(c for c in columns if look.width(c) < _NARROW_BY_HAND)
    layout = context.plan.layout
    key = next(k for k, name in context.plan.sheets.items() if name == page.name)
    made, usual = layout.widths(key), layout.width(key, USUAL_LOOK.default_width)
    found = set()
    for column in {column for _, column in page.slots}:
        there = page.column(column)
        wanted = made[column - 1] if column <= len(made) else usual
        if look.width(there) < _TIGHT * wanted:
            found.add(there)
    return frozenset(found)


def _spans(sheet: Sheet) -> Mapping[Position, int]:
    """Return the last column of the merged cells, by their first cell."""
    found = {}
    for reference in sheet.merges[:_MANY]:
        try:
            top, left, _, right = parse_range(reference)
        except ValueError:
            continue
        found[top, left] = right
    return found


def _fault(
    context: OpenedBook, seen: Seen, room: float, height: float | None
) -> Phrase | None:
    """Return what keeps a cell from being read; `room` is in digits."""
    value, styles = seen.cell.value, context.grid.styles
    look, code = styles.look(seen.cell.style), styles.number_format(seen.cell.style)
    is_number = isinstance(value, float)
    text = _written(value, code)
    scale = look.points / PLAIN.points
    needed = width(text) * scale
    if look.alignment == "fill":
        return _REPEATED
    if look.rotation:
        tall = needed * DIGIT * 72 / 96
        return _TURNED if height is not None and height < _READ * tall else None
    if is_number and height is not None and 0 < height < _CUT * look.points:
        return _LOW
    if look.is_shrunk:
        small = look.points * min(1.0, room / needed) if needed else look.points
        return _SHRUNK if small < LEAST_POINTS else None
    push = look.indent * _STEP
    if look.indent > _FEW and push + (needed if is_number else _READ * needed) > room:
        return _PUSHED
    if isinstance(value, float):
        return _NARROW if _is_cut(value, code, text, room / scale) else None
    if not (seen.page.is_ours and seen.bears_tonnes) or room >= _READ * needed:
        return None  # texts made by hand run over into the next cell
    return None if look.wraps and room >= _WORD * scale else _NARROW


def _written(value: object, code: str) -> str:
    if type(value) is not float:
        return shown(value)
    if is_date_format(code):
        return "0" * _DAY
    return shown_number(code, value).text or f"{value:.10g}"


def _is_cut(value: float, code: str, text: str, room: float) -> bool:
    """Tell whether so many digits are too few for a number."""
    if is_date_format(code) or code not in ("General", "@"):
        return width(text) > room + 1
    return of_digits(value, _in_general(value, room)) > Disguise.ROUNDED


def _in_general(value: float, room: float) -> float:
    """Return what the format General shows of a number in so many digits.

    Decimals are left out, then the number is shown as 2.75E+08, at last as ###.
    """
    whole, signs = len(f"{abs(value):.0f}"), int(room + 0.6)  # a minus is narrow
    if whole <= signs:
        return round(value, max(0, signs - whole - 1))
    decimals = signs - len("2.E+08")
    return float(f"{value:.{decimals}e}") if decimals >= 0 else 0.0
