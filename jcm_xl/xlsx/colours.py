"""The colours of letters and grounds: only to see whether one hides the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jcm_xl.xlsx.markup import Part

_BLACK, _WHITE = "000000", "FFFFFF"
# The first colours of the usual theme and palette; others are compared as they are.
_NAMED = {
    ("theme", "0"): _WHITE, ("theme", "1"): _BLACK, ("indexed", "0"): _BLACK,
    ("indexed", "1"): _WHITE, ("indexed", "8"): _BLACK, ("indexed", "9"): _WHITE,
    ("indexed", "64"): _BLACK, ("indexed", "65"): _WHITE,
}  # fmt: skip
_RGB = re.compile("[0-9A-F]{6}")
_NEAR = 8  # of 255, in each of red, green and blue


class Colours:
    """Gathers fonts and fills from the style part, and which style uses which."""

    __slots__ = ("_fills", "_fonts", "_styles", "_tags")

    def __init__(self, part: Part) -> None:
        """Start without any."""
        names = ("fonts", "fills", "font", "fill", "color", "fgColor", "patternFill")
        self._tags = {part.tag(name): name for name in names}
        self._fonts: list[str] = []
        self._fills: list[str] = []
        self._styles: list[tuple[str, str]] = []

    def start(self, section: str, name: str, attributes: Mapping[str, str]) -> None:
        """Handle a start tag in a section such as `fonts`."""
        place = (self._tags.get(section), self._tags.get(name))
        if place == ("fonts", "font"):
            self._fonts.append(_BLACK)
        elif place == ("fonts", "color") and self._fonts:
            self._fonts[-1] = _colour(attributes)
        elif place == ("fills", "fill"):
            self._fills.append(_WHITE)
        elif place == ("fills", "patternFill") and self._fills:
            kind = attributes.get("patternType", "none")
            self._fills[-1] = {"none": _WHITE, "solid": _BLACK}.get(kind, "pattern")
        elif place == ("fills", "fgColor") and self._fills[-1:] == [_BLACK]:
            self._fills[-1] = _colour(attributes)

    def style(self, attributes: Mapping[str, str]) -> None:
        """Note which font and fill the next cell style has."""
        self._styles.append(
            (attributes.get("fontId", ""), attributes.get("fillId", ""))
        )

    def invisible(self) -> Iterator[int]:
        """Yield the styles whose letters have the colour of their ground."""
        fonts = {str(n): colour for n, colour in enumerate(self._fonts)}
        fills = {str(n): colour for n, colour in enumerate(self._fills)}
        for number, (font, fill) in enumerate(self._styles):
            if font in fonts and fill in fills and _alike(fonts[font], fills[fill]):
                yield number


def _colour(attributes: Mapping[str, str]) -> str:
    """Return six hexadecimal digits, or another text that names the colour."""
    if "rgb" in attributes:
        return attributes["rgb"].upper()[-6:]
    tint = attributes.get("tint", "0")
    for kind in ("theme", "indexed"):
        if kind in attributes:
            plain = _NAMED.get((kind, attributes[kind]))
            if plain and _number(tint) == 0:
                return plain
            return f"{kind} {attributes[kind]} {tint}"
    return _BLACK


def _number(text: str) -> float:
    """Return a stored number, 0 for what is none."""
    try:
        return float(text)
    except ValueError:
        return 0.0


def _alike(first: str, second: str) -> bool:
    if not (_RGB.fullmatch(first) and _RGB.fullmatch(second)):
        return first == second
    return all(
        abs(int(first[at : at + 2], 16) - int(second[at : at + 2], 16)) <= _NEAR
        for at in (0, 2, 4)
    )
