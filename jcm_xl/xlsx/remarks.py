"""What people write beside cells: notes, comments in threads, texts that are linked.

None of it is a cell, and all of it is read with the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import Drawing, Sheet, parse_address
from jcm_xl.xlsx.markup import small_part
from jcm_xl.xlsx.refusal import Refusal

REMARK = "remark"
"""The kind of a `Drawing` that is a note or comment; it lies over no cell."""
KINDS = ("comments", "threadedComment")
"""The last words of the relations by which a sheet names such parts."""
_OWNERS = ("comment", "threadedComment")
_TEXTS = ("t", "text")
_TOLD_ELSEWHERE = ("broken-xml", "unknown-encoding")
"""What keeps such a part from being read and is told of any part."""
_LINK = late_pattern(r"(?:'((?:[^']|'')+)'|([^'!\[\]]+))!(\$?[A-Z]{1,3}\$?\d{1,7})")


def read_remarks(data: bytes, part: str, sheet: Sheet) -> Iterator[Drawing]:
    """Yield the notes of a part; JX134 tells of one that is broken.

    Raises: Refusal, where there are too many.
    """
    try:
        found = small_part(data, part)
    except Refusal as refusal:
        if refusal.reason.key.endswith(_TOLD_ELSEWHERE):
            return
        raise
    pieces: list[str] = []
    for element in found.elements:
        if element.name in _TEXTS:
            pieces.append(element.text)
        elif element.name in _OWNERS:
            text = " ".join("".join(pieces).split())[: limits.TEXT_CHARACTERS]
            pieces = []
            row, column = _place(element.attributes.get("ref", ""))
            yield Drawing(sheet.name, REMARK, row, column, 0, 0, text, covers=False)


def linked_text(link: str, sheets: Sequence[Sheet]) -> str:
    """Return what a cell holds that a text is linked to: `=Notes!$A$1`."""
    match = _LINK.fullmatch(link.strip().removeprefix("="))
    if match is None:
        return ""
    name = match[1].replace("''", "'") if match[1] else match[2]
    place = _place(match[3].replace("$", ""))
    for sheet in sheets:
        if sheet.name.casefold() == name.casefold():
            cell = sheet.cells.get(place)
            value = cell.value if cell else None
            return "" if value is None else str(value)
    return ""


def _place(address: str) -> tuple[int, int]:
    try:
        return parse_address(address)
    except ValueError:
        return 1, 1
