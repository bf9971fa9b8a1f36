"""What stands around the cells of a sheet, where programs could read it differently.

Alternatives are honest where Excel keeps controls and embedded objects in two forms;
elsewhere one program takes the first form and another program the second.
"""

import re
from collections.abc import Mapping

from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.markup import (
    ALTERNATIVE,
    COMPATIBILITY,
    EXTENSIONS,
    Part,
    local_name,
)
from jcm_xl.xlsx.odd_facts import OddFacts
from jcm_xl.xlsx.strict import UNDERSTOOD

TRUTHS = (None, "0", "1", "false", "true")
ONCE = frozenset({
    "dimension", "sheetViews", "sheetFormatPr", "sheetProtection", "mergeCells",
    "dataValidations", "pageSetup", "printOptions", "pageMargins", "headerFooter",
    "drawing", "legacyDrawing", "autoFilter", "sheetPr",
})  # fmt: skip
_DEEPEST = 3
_READ = frozenset({
    *ONCE, "worksheet", "sheetData", "cols", "col", "mergeCell", "dataValidation",
    "sheetView", "conditionalFormatting", "row", "c", "v", "f", "is",
})  # fmt: skip
_WITH_ALTERNATIVES = frozenset({
    "worksheet", "controls", "control", "oleObjects", "oleObject",
})  # fmt: skip
_CELL_ATTRIBUTES = frozenset({
    "r", "s", "t", "cm", "vm", "ht", "hidden", "ref", "si", "r1", "r2", "dt2D", "dtr",
})  # fmt: skip
_CELL_ELEMENTS = frozenset({"row", "c", "v", "f", "is", "t", "r"})
_DECLARED = re.compile(rb"xmlns:([^\s=]+)")
_PREFIXED = re.compile(rb"\s(?!xml:)[\w.-]+:(?!dyDescent\b)[\w.-]+\s*=")


class SheetFrame:
    """Hears every tag outside of ``sheetData`` and notes what has a foreign name."""

    __slots__ = (
        "_alternative", "_ignorable", "_odd", "_parents", "_part", "_silent",
        "_spaces",
    )  # fmt: skip

    def __init__(self, part: Part, odd: OddFacts) -> None:
        """Start before the root."""
        self._part = part
        self._odd = odd
        self._spaces: dict[str, str] = {}
        self._ignorable: frozenset[str] = frozenset()
        self._parents: list[str] = [""] * (_DEEPEST + 1)
        self._silent = self._alternative = 0
        if part.prefix:
            part.parser.StartNamespaceDeclHandler = self._space

    def _space(self, prefix: str | None, uri: str | None) -> None:
        self._spaces.setdefault(prefix or "", uri or "")

    def start(self, name: str, depth: int, attributes: Mapping[str, str]) -> None:
        """Hear a start tag; ``depth`` is 1 for the root."""
        if self._silent:
            return
        local = local_name(name)
        is_foreign = self._part.is_foreign(name)
        if depth == 1:
            self._declare(attributes)
        if is_foreign and local == ALTERNATIVE:
            self._alternatives(depth)
        elif self._alternative:
            if not is_foreign and local in _READ:
                self._odd.add(Odd.ALTERNATIVE, "", local)
        elif is_foreign and depth <= _DEEPEST:
            self._foreign(name, local)
        elif depth <= _DEEPEST:
            self._own(local, depth, attributes)

    def end(self, depth: int) -> None:
        """Hear an end tag."""
        if depth == self._silent:
            self._silent = 0
        if depth == self._alternative:
            self._alternative = 0

    def _own(self, local: str, depth: int, attributes: Mapping[str, str]) -> None:
        self._parents[depth] = local
        if depth == 2 and local == EXTENSIONS:
            self._silent = depth
        for key in attributes:
            if ":" in key or " " in key:
                self.attribute(key, attributes, local)

    def _alternatives(self, depth: int) -> None:
        if self._alternative:
            return
        self._alternative = depth
        if depth <= _DEEPEST and self._parents[depth - 1] not in _WITH_ALTERNATIVES:
            self._odd.add(Odd.ALTERNATIVE, "", f"in {self._parents[depth - 1]}")

    def _foreign(self, name: str, local: str) -> None:
        if local in _READ:
            self._odd.add(Odd.FOREIGN_NAME, "", local)
        elif not self._is_known(name, {}):
            self._odd.add(Odd.UNDECLARED, "", local)

    def attribute(
        self, key: str, attributes: Mapping[str, str], element: str, cell: str = ""
    ) -> None:
        """Hear an attribute with a prefix, of a cell or of what stands around them."""
        if key.startswith("xmlns"):
            return
        local = local_name(key)
        where = f"{local} of {element}"
        if local in attributes or (cell and local in _CELL_ATTRIBUTES):
            self._odd.add(Odd.FOREIGN_NAME, cell, where)
        elif local in ("ProcessContent", "MustUnderstand"):
            self._odd.add(Odd.ALTERNATIVE, cell, where)
        elif not self._is_known(key, attributes):
            self._odd.add(Odd.UNDECLARED, cell, where)

    def _is_known(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Tell whether a name space is understood by all or declared ignorable."""
        if " " in name:
            space = name.rpartition(" ")[0]
        else:
            prefix = name.partition(":")[0]
            if prefix in self._ignorable or prefix == "xml":
                return True
            here = attributes.get(f"xmlns:{prefix}")  # as openpyxl declares it
            space = here or self._spaces.get(prefix, "")
        return space in UNDERSTOOD or space in self._ignorable

    def _declare(self, attributes: Mapping[str, str]) -> None:
        """Keep which name spaces the root declares, and which as ignorable."""
        for key, value in attributes.items():
            if key.startswith("xmlns:"):
                self._spaces[key[6:]] = value
        for key, value in attributes.items():
            if key in (f"{COMPATIBILITY} Ignorable",) or key.endswith(":Ignorable"):
                prefixes = value.split()
                spaces = (self._spaces.get(prefix, "") for prefix in prefixes)
                self._ignorable = frozenset((*prefixes, *spaces)) - {""}


def element_among_cells(name: str, is_foreign: bool) -> Odd:
    """Return what an unknown element among the cells is."""
    local = local_name(name)
    if is_foreign and local == ALTERNATIVE:
        return Odd.ALTERNATIVE
    is_like_ours = is_foreign and local in _CELL_ELEMENTS
    return Odd.FOREIGN_NAME if is_like_ours else Odd.FOREIGN_ELEMENT


def has_foreign_names(part: Part, data: bytes) -> bool:
    """Tell whether a name of another name space could stand around the cells.

    The part that jcm_xl and most libraries write has one such name: that of relations.
    """
    if part.prefix:
        return True
    prefixes = set(_DECLARED.findall(data))
    if not prefixes:
        return False
    return (
        prefixes != {b"r"}
        or b"<r:" in data
        or data.count(b" r:") != data.count(b" r:id=")
    )


def has_prefixed_attributes(data: bytes) -> bool:
    """Tell whether a cell or row could have an attribute of another name space."""
    start, end = data.find(b"sheetData"), data.rfind(b"sheetData")
    return start < 0 or _PREFIXED.search(data, start, end) is not None
