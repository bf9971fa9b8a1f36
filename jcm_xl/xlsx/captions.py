"""Texts of a sheet that stand in no cell, and the small charts that lie in cells."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.markup import local_name
from jcm_xl.xlsx.sheet_look import FILTER, SCENARIO, Caption

ELEMENTS = (
    "Header", "Footer", "sparkline", "sqref", "hyperlink", "inputCells", "autoFilter",
    "filterColumn", "customSheetView",
)  # fmt: skip
"""How the names of the elements end that are heard here."""
_PAGES = frozenset(
    f"{which}{end}" for which in ("odd", "even", "first") for end in ELEMENTS[:2]
)
_LOOKS = late_pattern(
    r"&(?:\"[^\"]*\"|K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|\d{1,3}\s?|[BIUSEXYOH])",
    re.IGNORECASE,
)
"""Codes of fonts, sizes and colours: what stands around them is one word."""
_PAGES_NUMBER = late_pattern(r"&[PN](?:[+-]\d+)?", re.IGNORECASE)
"""A number of pages may begin with any number; it is read as the first page."""
_PLACES = late_pattern("&[LCR]", re.IGNORECASE)
_CODES = late_pattern(r"&[A-Z&]", re.IGNORECASE)


class Captions:
    """Receives the elements around the cells that hold such texts."""

    def __init__(self) -> None:
        """Start without any."""
        self.found: list[Caption] = []
        self.charts: list[str] = []
        self.on_call: list[Caption] = []
        self._filtered = ""
        self._is_own_view = False
        self._is_chart = False

    def prompt(self, said: Mapping[str, str]) -> None:
        """Take the texts of a rule for inputs, shown beside its cells."""
        names = ("promptTitle", "prompt", "errorTitle", "error")
        text = " ".join(said[name] for name in names if name in said)
        if text:
            self.found.append(Caption("prompt", text, said.get("sqref", "")))

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """Hear a start tag."""
        if said.get("tooltip"):
            self.found.append(Caption("tip", said["tooltip"], said.get("ref", "")))
        local = local_name(name)
        self._is_chart = self._is_chart or local == "sparkline"
        if local == "customSheetView":  # whose filter is told with it
            self._is_own_view = True
        elif local == "autoFilter":
            self._filtered = said.get("ref", "")
        elif local == "filterColumn" and not self._is_own_view:
            kept = Caption(FILTER, f"filter of {self._filtered}", self._filtered)
            self._keep(kept)
        elif local == "inputCells" and said.get("deleted") not in ("1", "true"):
            self._keep(Caption(SCENARIO, said.get("val", ""), said.get("r", "")))

    def _keep(self, kept: Caption) -> None:
        if kept not in self.on_call[-1:] and len(self.on_call) < limits.ROWS:
            self.on_call.append(kept)

    def end(self, name: str, text: str) -> None:
        """Hear an end tag with the text before it."""
        local = local_name(name)
        if local == "customSheetView":
            self._is_own_view = False
        elif local in _PAGES:
            plain = _PAGES_NUMBER.sub("1", _LOOKS.sub("", text))
            plain = _CODES.sub(" ", _PLACES.sub(" | ", plain))
            plain = " ".join(plain.split()).strip(" |")
            if plain:
                self.found.append(Caption("page", plain))
        elif local == "sparkline":
            self._is_chart = False
        elif self._is_chart and local == "sqref":
            self.charts.append(text.strip()[: limits.TEXT_CHARACTERS])
