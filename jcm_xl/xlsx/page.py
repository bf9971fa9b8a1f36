"""The printed page of a sheet: how large it is, and how small the cells become."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_PAPERS = {
    "1": (612, 792), "3": (792, 1224), "4": (1224, 792), "5": (612, 1008),
    "8": (842, 1191), "9": (595, 842), "11": (420, 595), "12": (729, 1032),
    "13": (516, 729),
}  # fmt: skip
"""Width and height in points by number: Letter, Tabloid, Ledger, Legal, A3, A4, A5, B4
and B5 of Japan (ECMA-376 part 1, 18.3.1.63)."""
_A4 = _PAPERS["9"]
_LEAST, _WHOLE = 10.0, 100.0
"""Per cent; Excel makes no page smaller."""
_TRUE = ("1", "true")
_SIDES = {"left": 0.7, "right": 0.7, "top": 0.75, "bottom": 0.75}


class PrintedPage(NamedTuple):
    """How a sheet is printed.

    scale:  in per cent, where it is not fitted.
    fit:    so many pages wide and high it is fitted to, 0 for as many as it takes;
            `None` where it is not.
    width, height: of what may be printed on, in points.
    """

    scale: float = _WHOLE
    fit: tuple[int, int] | None = None
    width: float = _A4[0] - 72 * 1.4
    height: float = _A4[1] - 72 * 1.5

    def printed_at(self, width: float, height: float) -> float:
        """Return the per cent that so many points are printed at."""
        if self.fit is None:
            return self.scale
        wide, high = self.fit
        shares = [_WHOLE]
        if wide and width:
            shares.append(_WHOLE * self.width * wide / width)
        if high and height:
            shares.append(_WHOLE * self.height * high / height)
        return max(_LEAST, min(shares))


USUAL_PAGE = PrintedPage()


class PageReader:
    """Gathers what a sheet says of its page."""

    def __init__(self) -> None:
        """Start with nothing said."""
        self._said: Mapping[str, str] = {}
        self._margins: Mapping[str, str] = {}
        self._is_fitted = False

    def setup(self, said: Mapping[str, str]) -> None:
        """Hear `pageSetup`."""
        self._said = said

    def margins(self, said: Mapping[str, str]) -> None:
        """Hear `pageMargins`, in inches."""
        self._margins = said

    def properties(self, said: Mapping[str, str]) -> None:
        """Hear `pageSetUpPr`."""
        self._is_fitted = said.get("fitToPage") in _TRUE

    def page(self) -> PrintedPage:
        """Return the page."""
        if not (self._said or self._margins or self._is_fitted):
            return USUAL_PAGE
        said = self._said
        width, height = _PAPERS.get(said.get("paperSize", ""), _A4)
        if said.get("orientation") == "landscape":
            width, height = height, width
        left, right, top, bottom = (
            72 * _number(self._margins, side, usual) for side, usual in _SIDES.items()
        )
        fit = int(_number(said, "fitToWidth", 1)), int(_number(said, "fitToHeight", 1))
        return PrintedPage(
            _number(said, "scale", _WHOLE) or _WHOLE,
            fit if self._is_fitted else None,
            width - left - right,
            height - top - bottom,
        )


def _number(said: Mapping[str, str], name: str, usual: float) -> float:
    """Return a stored size, the usual one where there is none or it is impossible."""
    try:
        number = float(said.get(name, usual))
    except ValueError:
        return usual
    return number if 0 <= number < 100_000 else usual
