"""What in the part of styles two programs could read differently."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import partial

from jcm_xl.xlsx import strict
from jcm_xl.xlsx.cell_styles import BUILT_IN
from jcm_xl.xlsx.excel_limits import FORMAT
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.markup import EXTENSIONS, is_plain, local_name, small_part
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.schema import SchemaJudge

_PREFIXED = re.compile(rb"[<\s](?!x14ac:knownFonts)[A-Za-z_][\w.-]*:[A-Za-z_]")
_AT_THE_END = re.compile(rb"</extLst>\s*</styleSheet>\s*\Z")
_LISTS = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))
_INDEXES = {"cellStyleXfs": _LISTS, "cellXfs": (*_LISTS, ("xfId", "cellStyleXfs"))}
"""Which attributes of the members of a list name the members of another list."""
_NUMBER = re.compile("0|[1-9][0-9]{0,8}")
_NUMBERS = ("numFmtId", "fontId", "fillId")
# Of these numbers each program knows the format by heart; of the others Excel itself
# states those of its language, as of money and of long dates.
_BY_HEART = frozenset((*range(5), *range(9, 14), *range(15, 23), *range(45, 50)))


class StyleJudge:
    """Hears what the reader of styles reads and notes what contradicts itself."""

    __slots__ = (
        "_counts", "_name", "_named", "_odd", "_sections", "_wanted", "schema",
    )  # fmt: skip

    def __init__(self, odd: OddFacts, name: str) -> None:
        """Start a part of this name."""
        self._odd = odd
        self._name = name
        self._sections: set[str] = set()
        self._named: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._wanted: dict[tuple[str, str], int] = {}
        self.schema = SchemaJudge(partial(odd.add, Odd.NOT_IN_SCHEMA, ""))

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
        if len(code) > FORMAT:
            self._odd.add(Odd.TOO_MUCH, "", f"number format of {len(code)} characters")
        self._number("numFmtId", key)
        if key.isdecimal() and int(key[:9]) in _BY_HEART:
            built_in = BUILT_IN.get(int(key[:9]))
            if code.replace("\\", "").lower() != (built_in or "").lower():
                self._odd.add(Odd.TWICE, "", f"built-in number format {key}")

    def numbers(self, attributes: Mapping[str, str]) -> None:
        """Hear the attributes of a cell style."""
        for name in _NUMBERS:
            self._number(name, attributes.get(name, "0"))

    def member(self, section: str, attributes: Mapping[str, str]) -> None:
        """Hear a member of a list, and which members of other lists it names."""
        self._counts[section] += 1
        for name, other in _INDEXES.get(section, ()):
            value = attributes.get(name, "0")
            if _NUMBER.fullmatch(value):
                most = self._wanted.get((name, other), 0)
                self._wanted[name, other] = max(most, int(value))

    def finish(self) -> None:
        """Note what names a member that a list does not have."""
        for (name, other), wanted in self._wanted.items():
            if 0 < self._counts[other] <= wanted:
                said = f"{name} {wanted} of {self._counts[other]} in {self._name}"
                self._odd.add(Odd.NOT_IN_SCHEMA, "", said)

    def truth(self, name: str, value: str) -> None:
        """Hear a setting that is yes or no."""
        if value not in ("0", "1", "false", "true"):
            self._odd.add(Odd.BAD_SETTING, "", f"{name} in {self._name}")

    def _number(self, name: str, value: str) -> None:
        if not _NUMBER.fullmatch(value):
            self._odd.add(Odd.BAD_SETTING, "", f"{name} {value} in {self._name}")
