"""What in the part of styles two programs could read differently."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jcm_xl.xlsx import strict
from jcm_xl.xlsx.cell_styles import BUILT_IN
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.markup import EXTENSIONS, is_plain, local_name, small_part
from jcm_xl.xlsx.odd_facts import OddFacts

_PREFIXED = re.compile(rb"[<\s](?!x14ac:knownFonts)[A-Za-z_][\w.-]*:[A-Za-z_]")
_AT_THE_END = re.compile(rb"</extLst>\s*</styleSheet>\s*\Z")
_NUMBER = re.compile("0|[1-9][0-9]{0,8}")
_NUMBERS = ("numFmtId", "fontId", "fillId")
# Of these numbers each program knows the format by heart; of the others Excel itself
# states those of its language, as of money and of long dates.
_BY_HEART = frozenset((*range(5), *range(9, 14), *range(15, 23), *range(45, 50)))


class StyleJudge:
    """Hears what the reader of styles reads and notes what contradicts itself."""

    __slots__ = ("_name", "_named", "_odd", "_sections")

    def __init__(self, odd: OddFacts, name: str) -> None:
        """Start a part of this name."""
        self._odd = odd
        self._name = name
        self._sections: set[str] = set()
        self._named: set[str] = set()

    def names(self, data: bytes) -> None:
        """Look for names of other name spaces; most parts have none to look at."""
        if is_plain(data):
            if b"xmlns:" not in data:
                return
            start = data.find(b">", data.find(b"<styleSheet")) + 1
            end = len(data)
            if data.count(EXTENSIONS.encode()) == 2 and _AT_THE_END.search(data):
                end = data.find(EXTENSIONS.encode())
            if not _PREFIXED.search(data, start, end):
                return
        for kind, text in strict.note(small_part(data, self._name), strict.STYLES):
            self._odd.add(kind, "", text)

    def section(self, name: str) -> None:
        """Hear the name of a list right below the root."""
        if name in self._sections:
            self._odd.add(Odd.TWICE, "", f"{local_name(name)} in {self._name}")
        self._sections.add(name)

    def code(self, key: str, code: str) -> None:
        """Hear the code of a number format."""
        if key in self._named:
            self._odd.add(Odd.TWICE, "", f"number format {key} in {self._name}")
        self._named.add(key)
        self._number("numFmtId", key)
        if key.isdecimal() and int(key[:9]) in _BY_HEART:
            built_in = BUILT_IN.get(int(key[:9]))
            if code.replace("\\", "").lower() != (built_in or "").lower():
                self._odd.add(Odd.TWICE, "", f"built-in number format {key}")

    def numbers(self, attributes: Mapping[str, str]) -> None:
        """Hear the attributes of a cell style."""
        for name in _NUMBERS:
            self._number(name, attributes.get(name, "0"))

    def truth(self, name: str, value: str) -> None:
        """Hear a setting that is yes or no."""
        if value not in ("0", "1", "false", "true"):
            self._odd.add(Odd.BAD_SETTING, "", f"{name} in {self._name}")

    def _number(self, name: str, value: str) -> None:
        if not _NUMBER.fullmatch(value):
            self._odd.add(Odd.BAD_SETTING, "", f"{name} {value} in {self._name}")
