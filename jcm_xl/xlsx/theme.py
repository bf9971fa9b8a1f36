"""The theme of a book: twelve colours and two fonts, which styles name by number."""

from __future__ import annotations

from typing import NamedTuple

from jcm_xl.xlsx.markup import elements

_DRAWING = "/drawingml/"
_PLACES = (
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5",
    "accent6", "hlink", "folHlink",
)  # fmt: skip
_SYSTEM = {"window": "FFFFFF", "windowText": "000000"}
"""The paper and the letters of every program, whatever a file remembers of them."""


class Theme(NamedTuple):
    """Colours as six hexadecimal digits, in the order in which styles count them."""

    colours: tuple[str, ...] = (
        "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2",
        "4BACC6", "F79646", "0000FF", "800080",
    )  # fmt: skip
    minor: str = "Calibri"
    major: str = "Cambria"


USUAL = Theme()
"""That of Excel 2007, by which a book without one is shown."""


def read_theme(data: bytes, part: str) -> Theme:
    """Return the theme that a part describes; what it leaves out is as usual."""
    colours = dict(zip(_PLACES, USUAL.colours, strict=True))
    fonts = {"minorFont": USUAL.minor, "majorFont": USUAL.major}
    for element in elements(data, part):
        if _DRAWING not in element.namespace:
            continue
        said = element.attributes
        if element.parent in colours and element.depth == 5:
            if element.name == "srgbClr":
                colours[element.parent] = said.get("val", "").upper()[-6:]
            elif element.name == "sysClr":
                last = said.get("lastClr", "000000").upper()[-6:]
                colours[element.parent] = _SYSTEM.get(said.get("val", ""), last)
        elif element.name == "latin" and element.parent in fonts:
            fonts[element.parent] = said.get("typeface", "")
    minor, major = fonts["minorFont"], fonts["majorFont"]
    return Theme(tuple(colours[place] for place in _PLACES), minor, major)
