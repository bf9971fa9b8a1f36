"""Colours as styles state them, resolved to what is seen, and how far two differ."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from jcm_xl.xlsx.theme import USUAL, Theme

BLACK, WHITE = "000000", "FFFFFF"
LEAST_CONTRAST = 1.5
"""The contrast of letters and ground, as WCAG 2 counts it, below which nobody reads:
1 is none, 21 is black on white; grey (BFBFBF) on white has 1.8, white on the green of
Table 3 has 1.4."""

_RGB = re.compile("[0-9A-F]{6}")
_BASIC = (
    "000000",
    "FFFFFF",
    "FF0000",
    "00FF00",
    "0000FF",
    "FFFF00",
    "FF00FF",
    "00FFFF",
)
_INDEXED = (
    *_BASIC, *_BASIC,
    "800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080",
    "9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF",
    "000080", "FF00FF", "FFFF00", "00FFFF", "800080", "800000", "008080", "0000FF",
    "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF", "FFCC99",
    "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696",
    "003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333",
    BLACK, WHITE,
)  # fmt: skip
"""The palette of Excel 97; the last two are letters and paper."""

_DENSITIES = {
    "darkGray": 0.75, "mediumGray": 0.5, "lightGray": 0.25, "gray125": 0.125,
    "gray0625": 0.0625,
    **dict.fromkeys(("lightHorizontal", "lightVertical", "lightDown", "lightUp"), 0.25),
    "lightGrid": 0.4, "lightTrellis": 0.4, "darkGrid": 0.6, "darkTrellis": 0.75,
}  # fmt: skip
_COLOURS = 4_096
"""Colours that a palette keeps, as many as honest books have."""
_DENSE = 0.5
"""From such a share on letters in the colour of the lines are lost among them."""
_NAMED = {
    "black": BLACK, "white": WHITE, "red": "FF0000", "green": "00FF00",
    "blue": "0000FF", "yellow": "FFFF00", "magenta": "FF00FF", "cyan": "00FFFF",
}  # fmt: skip


class Palette:
    """The colours that numbers stand for in one book."""

    def __init__(self, theme: Theme = USUAL, indexed: Sequence[str] = ()) -> None:
        """Take the theme and, where the book has them, its own indexed colours."""
        self._theme = theme.colours
        self._indexed = (*indexed, *_INDEXED[len(indexed) :])
        self._found: dict[tuple[tuple[str, str], ...], str] = {}

    def colour(self, stated: Mapping[str, str], otherwise: str = BLACK) -> str:
        """Return six hexadecimal digits for the attributes of a colour."""
        key = tuple(stated.items())
        found = self._found.get(key)
        if found is None:
            found = self._resolved(stated)
            if len(self._found) < _COLOURS:
                self._found[key] = found
        return found or otherwise

    def _resolved(self, stated: Mapping[str, str]) -> str:
        plain = ""
        if "theme" in stated:
            plain = _entry(self._theme, stated["theme"])
        elif "rgb" in stated:
            plain = stated["rgb"].upper()[-6:]
        elif "indexed" in stated:
            plain = _entry(self._indexed, stated["indexed"])
        if not _RGB.fullmatch(plain):
            return ""
        return tinted(plain, _number(stated.get("tint", "0")))


def tinted(colour: str, tint: float) -> str:
    """Return a colour made darker (to -1) or lighter (to 1)."""
    if not tint:
        return colour
    red, green, blue = (part / 255 for part in _parts(colour))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    tint = max(-1.0, min(1.0, tint))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    mixed = colorsys.hls_to_rgb(hue, light, strength)
    return "".join(f"{round(255 * part):02X}" for part in mixed)


def patterned(above: str, below: str, pattern: str) -> tuple[str, ...]:
    """Return the grounds that a pattern of two colours makes.

    From afar it is one colour, which LibreOffice shows; Excel draws lines, and dots so
    fine that they are a grey.
    """
    share = _DENSITIES.get(pattern, _DENSE)
    pairs = zip(_parts(above), _parts(below), strict=True)
    mixed = "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)
    has_lines = share >= _DENSE and not pattern.endswith("Gray")
    return (mixed, above) if has_lines else (mixed,)


def is_legible(colour: str, grounds: Iterable[str]) -> bool:
    """Tell whether letters of a colour can be read on each of the grounds."""
    return all(contrast(colour, ground) >= LEAST_CONTRAST for ground in grounds)


@lru_cache(maxsize=1024)
def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def named_colour(name: str) -> str:
    """Return the colour that a number format names: `Red`, `Color 3`."""
    word = name.casefold()
    if word in _NAMED:
        return _NAMED[word]
    number = word.removeprefix("color").strip()
    return _INDEXED[int(number) + 7] if number.isdecimal() and int(number) < 57 else ""


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


def _entry(colours: Sequence[str], number: str) -> str:
    if not (number.isascii() and number.isdecimal() and len(number) < 4):
        return ""
    return colours[int(number)] if int(number) < len(colours) else ""


def _number(text: str) -> float:
    """Return a stored number, 0 for what is none."""
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if -10 < number < 10 else 0.0
