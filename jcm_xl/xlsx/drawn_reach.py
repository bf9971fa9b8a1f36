"""How far a drawn object reaches beyond its own box: its text, the parts of a group.

A text that is not cut off runs on over the cells beside its box, and a part of a group
may lie outside of it. Both are estimated, so only a clear excess counts.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from jcm_xl.text.width import width
from jcm_xl.xlsx.markup import Element

_CUT = ("clip", "ellipsis")
_USUAL_POINTS = 11.0
_PIXELS_A_POINT = 96 / 72
_SIGN, _LINE = 0.5, 1.1
"""Width and height of a sign, in parts of the size of the letters; rather too small."""
_MARGINS = 14.0
"""Of a text within its box, left and right together, in pixels."""
_MUCH = 1.3
"""So many times the size of the box is a clear excess."""


class Extent(NamedTuple):
    """How far something reaches, in parts of its box: 0 to 1 is the box itself."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0


class DrawnReach:
    """Gathers what tells how far an object reaches."""

    def __init__(self) -> None:
        """Start with an object that keeps within its box."""
        self._lines: list[str] = []
        self._line: list[str] = []
        self._points = 0.0
        self._wraps, self._is_cut = True, False
        self._offsets: list[tuple[int, int]] = []
        self._sizes: list[tuple[int, int]] = []
        self._group: tuple[int, int, int, int] | None = None
        self._first: dict[str, tuple[int, int]] = {}

    def take(self, element: Element) -> None:
        """Hear an element of the object."""
        name, said = element.name, element.attributes
        if name == "t":
            self._line.append(element.text)
        elif name == "p":
            self._lines.append("".join(self._line))
            self._line = []
        elif name in ("rPr", "endParaRPr", "defRPr"):
            self._points = max(self._points, _whole(said.get("sz", "")) / 100)
        elif name == "bodyPr":
            self._wraps = self._wraps and said.get("wrap") != "none"
            self._is_cut = said.get("vertOverflow") in _CUT
        elif element.parent == "xfrm":
            self._place(name, said.get("x", said.get("cx", "")),
                        said.get("y", said.get("cy", "")))  # fmt: skip

    def _place(self, name: str, across: str, down: str) -> None:
        pair = _whole(across), _whole(down)
        if name in ("chOff", "chExt") and self._group is None:
            self._first[name] = pair
            if len(self._first) == 2:
                self._group = (*self._first["chOff"], *self._first["chExt"])
                self._offsets.clear()
                self._sizes.clear()
        elif name == "off":
            self._offsets.append(pair)
        elif name == "ext":
            self._sizes.append(pair)

    def of_group(self) -> Extent:
        """Return how far the parts of a group reach, if it is one."""
        if self._group is None or min(self._group[2:]) <= 0:
            return Extent()
        x, y, wide, high = self._group
        found = Extent()
        for (left, top), (across, down) in zip(
            self._offsets, self._sizes, strict=False
        ):
            found = Extent(
                min(found.left, (left - x) / wide),
                min(found.top, (top - y) / high),
                max(found.right, (left + across - x) / wide),
                max(found.bottom, (top + down - y) / high),
            )
        return found

    def of_text(self, wide: float, high: float) -> Extent:
        """Return how far the text reaches from a box of so many pixels."""
        if self._is_cut or not any(map(str.strip, self._lines)):
            return Extent()
        size = (self._points or _USUAL_POINTS) * _PIXELS_A_POINT
        widths = [width(line) * size * _SIGN for line in self._lines]
        room = max(wide - _MARGINS, size)
        count = len(widths)
        if self._wraps:
            count = sum(max(1, math.ceil(w / room)) for w in widths)
        across = 0.0 if self._wraps else max(widths) / max(wide, 1.0)
        down = count * size * _LINE / max(high, 1.0)
        aside = (across - 1) / 2 if across > _MUCH else 0.0
        above = (down - 1) / 2 if down > _MUCH else 0.0
        # Where it lies in its box is not asked: it may run on to either side.
        return Extent(-2 * aside, -2 * above, 1 + 2 * aside, 1 + 2 * above)


def _whole(text: str) -> int:
    try:
        return int(text[:12])
    except ValueError:
        return 0
