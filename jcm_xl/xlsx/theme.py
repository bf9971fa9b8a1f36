"""The theme of a book: twelve colours and two fonts, which styles name by number."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from jcm_xl.xlsx import limits
from jcm_xl.xlsx.markup import Part

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


class _Done(Exception):
    """Colours and fonts are read; what follows describes lines and effects."""


@lru_cache(maxsize=4)
def read_theme(data: bytes, name: str) -> Theme:
    """Return the theme that a part describes; what it leaves out is as usual."""
    part = Part(data, name, with_full_names=True)
    reader = _ThemeReader(part)
    part.parser.StartElementHandler = reader.start
    part.parser.EndElementHandler = reader.end
    with suppress(_Done):
        part.parse()
    colours = (reader.colours[place] for place in _PLACES)
    return Theme(tuple(colours), reader.fonts["minorFont"], reader.fonts["majorFont"])


class _ThemeReader:
    """Receives the elements of a theme, as far as the end of its fonts."""

    def __init__(self, part: Part) -> None:
        self.colours = dict(zip(_PLACES, USUAL.colours, strict=True))
        self.fonts = {"minorFont": USUAL.minor, "majorFont": USUAL.major}
        self._part = part
        self._open: list[str] = []

    def start(self, name: str, said: Mapping[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        parent = self._open[-1] if self._open else ""
        self._open.append(local)
        if len(self._open) > limits.XML_DEPTH:
            raise self._part.too_deep()
        if _DRAWING not in space:
            return
        if parent in self.colours and len(self._open) == 5:
            if local == "srgbClr":
                self.colours[parent] = said.get("val", "").upper()[-6:]
            elif local == "sysClr":
                last = said.get("lastClr", "000000").upper()[-6:]
                self.colours[parent] = _SYSTEM.get(said.get("val", ""), last)
        elif local == "latin" and parent in self.fonts:
            self.fonts[parent] = said.get("typeface", "")

    def end(self, _: str) -> None:
        if self._open.pop() == "fontScheme":
            raise _Done
