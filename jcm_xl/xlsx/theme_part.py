"""The part of the theme: its colours and fonts, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from jcm_xl.text.known import known_part
from jcm_xl.xlsx import strict
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.markup import small_part
from jcm_xl.xlsx.strict import THEME_COLOURS, OddFact
from jcm_xl.xlsx.theme import USUAL, Theme

_COLOUR = 5
"""The level of the elements at which a colour of the theme stands."""
_SYSTEM = {"window": "FFFFFF", "windowText": "000000"}
"""The paper and the letters of every program, whatever a file remembers of them."""


class ReadTheme(NamedTuple):
    """A theme with what programs could read differently in its part."""

    theme: Theme
    odd: tuple[OddFact, ...] = ()


@known_part
def read_theme(data: bytes, name: str) -> ReadTheme:
    """Return the theme that a part describes; what it leaves out is as usual."""
    part = small_part(data, name)
    colours = dict(zip(THEME_COLOURS, USUAL.colours, strict=True))
    fonts = {"minorFont": USUAL.minor, "majorFont": USUAL.major}
    odd = list(strict.note(part, strict.THEME))
    for element in part.elements:
        if element.namespace not in strict.THEME.spaces or element.inside:
            continue
        parent, said = element.parent, element.attributes
        if parent in colours and element.depth == _COLOUR:
            if element.name in strict.THEME.read:
                colours[parent] = _colour(element.name, said)
            else:
                odd.append((Odd.BAD_SETTING, f"{parent} in {name}"))
        elif element.depth == _COLOUR + 1 and parent in ("srgbClr", "sysClr"):
            odd.append((Odd.BAD_SETTING, f"{element.name} of {parent} in {name}"))
        elif element.name == "latin" and parent in fonts:
            fonts[parent] = said.get("typeface", "")
    theme = Theme(tuple(colours.values()), fonts["minorFont"], fonts["majorFont"])
    return ReadTheme(theme, tuple(odd))


def _colour(kind: str, said: Mapping[str, str]) -> str:
    if kind == "srgbClr":
        return said.get("val", "").upper()[-6:]
    last = said.get("lastClr", "000000").upper()[-6:]
    return _SYSTEM.get(said.get("val", ""), last)
