"""Which own sheets imitate official ones: by name, by number, by copy, by title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from jcm_xl.checks.base import OpenedBook
from jcm_xl.checks.structure.imitations import (
    ImitatedBy,
    Imitation,
    is_known,
    known_numbers,
)
from jcm_xl.foreign.found import Spot
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import folded, folded_name, is_result_heading, table_number
from jcm_xl.model.shown import shown
from jcm_xl.text.readings import number_meant
from jcm_xl.text.signs import seen_as
from jcm_xl.xlsx.grid import Sheet, address

_COPY = re.compile(
    r"^(?:copy of\s+)?(.*?)(?:\s*\(\d{1,3}\)|_\d{1,3}|\s*のコピー(?:\s*\d+)?)?$", re.I
)
_SHAPES = str.maketrans({"l": "i", "1": "i", "|": "i", "0": "o"})
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_LIVE_RESULT = re.compile(r"JCM[._](?:RE|PE|ER|CREDITED)\(")
_BAND_ROWS = 10
_NEAR, _FAR = 4, 60
"""A figure stands so near below its heading; so many rows of figures are looked at."""


def find_imitations(context: OpenedBook, own: Sequence[Sheet]) -> tuple[Imitation, ...]:
    """Return what is odd about own sheets, and about the numbers of the sheet Live."""
    found = (_own_sheet(context, sheet) for sheet in own)
    return (*(odd for odd in found if odd is not None), *_live(context))


def _own_sheet(context: OpenedBook, sheet: Sheet) -> Imitation | None:
    names = {looks(name): name for name in context.plan.sheets.values()}
    if official := names.get(looks(sheet.name)):
        is_official = official in context.plan.official
        return Imitation(ImitatedBy.NAME, sheet.name, official, is_sure=is_official)
    if number := another_number(context, sheet):
        return number
    match = _COPY.match(seen_as(sheet.name))
    if match and (official := names.get(looks(match[1]))):
        return Imitation(ImitatedBy.COPY, sheet.name, official)
    return None if context.foreign else _band(context, sheet)


def looks(name: str) -> str:
    """Return a sheet's name as an eye takes it: no blanks, brackets and accents."""
    plain = unicodedata.normalize("NFKD", seen_as(name))
    return folded_name(plain).translate(_SHAPES)


# -- title bands -----------------------------------------------------------------------


def _band(context: OpenedBook, sheet: Sheet) -> Imitation | None:
    layout = context.plan.layout
    bands = {_words(layout(f"sheets.{key}.title")): key for key in layout.official}
    for (row, column), cell in sheet.cells.items():
        if row <= _BAND_ROWS and isinstance(cell.value, str):
            key = bands.get(_words(cell.value))
            if key and key in context.plan.sheets:
                return Imitation(
                    ImitatedBy.BAND, sheet.name, context.plan.sheets[key],
                    address(row, column), shown(cell.value),
                )  # fmt: skip
    return None


def _words(title: str) -> str:
    return folded(seen_as(_IN_BRACKETS.sub(" ", title)))


# -- numbers ---------------------------------------------------------------------------


def another_number(context: OpenedBook, sheet: Sheet) -> Imitation | None:
    """Return what a sheet states in the words of Table 3, if it is another number."""
    known = known_numbers(context)
    if not known:
        return None
    view = View(sheet)
    table = 0
    for row, spots in view.worded():
        table = _table(spots) or table
        for spot in spots:
            if not _is_heading(context, spot, table == 3):
                continue
            figures = _figures(view, row, spot)
            if not figures or any(is_known(number, known) for _, number in figures):
                continue
            if table != 3 and len(figures) > 1:
                continue  # a table of months or units, not Table 3
            place, number = figures[0]
            is_sure = table == 3 or _is_in_tonnes(view, row, place.row)
            return Imitation(
                ImitatedBy.NUMBER, sheet.name, "", address(place.row, place.column),
                shown(number), is_sure,
            )  # fmt: skip
    return None


def _table(spots: Sequence[Spot]) -> int:
    text = spots[0].cell.value
    return table_number(seen_as(text)) if isinstance(text, str) else 0


def _is_heading(context: OpenedBook, spot: Spot, is_below_title: bool) -> bool:
    text = spot.cell.value
    if not isinstance(text, str) or len(text) > 80 or table_number(seen_as(text)):
        return False
    return is_result_heading(
        context.plan.layout, seen_as(text), is_below_title=is_below_title
    )


def _figures(view: View, row: int, heading: Spot) -> list[tuple[Spot, float]]:
    """Return the numbers below a heading, or the one beside it."""
    columns = range(heading.column, heading.column + view.width(row, heading.column))
    found: list[tuple[Spot, float]] = []
    last = row + _NEAR
    for at in range(row + 1, row + _FAR):
        if at > last:
            break
        spot = view.first(at, columns)
        if spot is not None and (number := _number(spot)) is not None:
            found.append((spot, number))
            last = at + 1
    if found:
        return found
    beside = [s for s in view.row(row) if s.column > heading.column]
    return [(s, number) for s in beside[:3] if (number := _number(s)) is not None][:1]


def _number(spot: Spot) -> float | None:
    value = spot.cell.value
    if isinstance(value, str):
        return number_meant(seen_as(value), "")
    return value if isinstance(value, float) else None


def _is_in_tonnes(view: View, *rows: int) -> bool:
    texts = (
        seen_as(spot.cell.value).casefold().replace(" ", "").replace("-", "")
        for row in rows
        for spot in view.row(row)
        if isinstance(spot.cell.value, str)
    )
    return any("tco2" in text for text in texts)


def _live(context: OpenedBook) -> Iterator[Imitation]:
    """Yield a result of the sheet Live that is stored as another number."""
    known = known_numbers(context)
    for page in context.aid_sheets if known else ():
        for position, slot in page.slots.items():
            cell = page.sheet.cells.get(position)
            if cell is None or not _LIVE_RESULT.search(slot.formula or ""):
                continue
            if isinstance(cell.value, float) and not is_known(cell.value, known):
                sheet, place = page.place(position)
                yield Imitation(ImitatedBy.NUMBER, sheet, "", place, shown(cell.value))
