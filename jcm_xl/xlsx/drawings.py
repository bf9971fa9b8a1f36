"""Where pictures, shapes and charts lie over the cells of a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import Drawing
from jcm_xl.xlsx.markup import elements

_KINDS = {
    "pic": "picture", "graphicFrame": "chart", "sp": "shape", "cxnSp": "line",
    "grpSp": "group of shapes", "AlternateContent": "control",
}  # fmt: skip


def read_drawings(data: bytes, part: str, sheet: str) -> Iterator[Drawing]:
    """Yield each object of a drawing part with the cells between its corners.

    An object that names one corner only is taken to lie on that cell.
    """
    corners: dict[str, int] = {}
    kind = ""
    for element in elements(data, part):
        if element.depth == 4 and element.parent in ("from", "to"):
            if element.name in ("row", "col"):
                corners[f"{element.parent} {element.name}"] = _line(element.text)
        elif element.depth == 3:
            kind = _KINDS.get(element.name, kind)
        elif element.depth == 2 and element.name.endswith("Anchor"):
            if kind and "from row" in corners:
                yield _drawing(sheet, kind, corners)
            corners, kind = {}, ""


def _drawing(sheet: str, kind: str, corners: dict[str, int]) -> Drawing:
    top, left = corners["from row"], corners.get("from col", 1)
    bottom, right = corners.get("to row", top), corners.get("to col", left)
    return Drawing(sheet, kind, top, left, max(top, bottom), max(left, right))


def _line(text: str) -> int:
    """Return the number of a row or column, which drawings count from 0."""
    stored = text.strip()
    if not (stored.isascii() and stored.isdecimal()):
        return 1
    return min(int(stored[:8]), limits.ROWS) + 1
