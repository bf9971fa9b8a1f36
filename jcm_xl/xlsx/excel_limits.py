"""What Excel takes at most, and what it takes no name of: no schema says all of it.

After ECMA-376 part 1 (18.2.5, 18.2.19, 18.3.1) and Microsoft, "Excel specifications and
limits". Lengths count UTF-16 units, as Excel does.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jcm_xl.xlsx.grid import parse_address, parse_range
from jcm_xl.xlsx.limits import COLUMNS

SHEET_NAME, DEFINED_NAME, CELL_TEXT, FORMULA = 31, 255, 32_767, 8_192
FORMAT = 255
ROW_HEIGHT, COLUMN_WIDTH = 409.5, 255.0
_RULE_TEXTS = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
_SHEET_NUMBERS = range(1, 65_535)
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]|\A'|'\Z")
_NAME = re.compile(r"[^\W\d]|[\\_]")
_NOT_IN_NAMES = re.compile(r"[\s!\"#$%&'()*+,/:;<=>@\[\]^`{|}~-]")
_LIKE_A_CELL = re.compile(r"(?:\$?[A-Za-z]{1,3}\$?[0-9]{1,7}|[Rr][0-9]*[Cc][0-9]*)\Z")
_PRINT = "_xlnm."
_AREA = re.compile(r"([A-Z]{1,3}[1-9][0-9]{0,6})(?::[A-Z]{1,3}[1-9][0-9]{0,6})?")
_LINES = re.compile(r"[A-Z]{1,3}:[A-Z]{1,3}|[1-9][0-9]{0,6}:[1-9][0-9]{0,6}")
"""Whole columns or rows."""
AREAS = {
    "dimension": "ref", "hyperlink": "ref", "autoFilter": "ref", "selection": "sqref",
    "conditionalFormatting": "sqref", "dataValidation": "sqref",
    "ignoredError": "sqref", "protectedRange": "sqref",
}  # fmt: skip
"""Elements of a sheet that state ranges, and in which attribute."""


def size(text: str) -> int:
    """Return how many characters Excel counts."""
    return (
        len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2
    )


def sheet_name_faults(name: str, number: str) -> Iterator[str]:
    """Yield what Excel does not take of the name and the number of a sheet."""
    if size(name) > SHEET_NAME:
        yield f"sheet name of {size(name)} characters: {name}"
    elif name and _NOT_IN_SHEET_NAMES.search(name):
        yield f"sheet name {name}"
    if number.isdecimal() and int(number[:9]) not in _SHEET_NUMBERS:
        yield f"number {number} of sheet {name}"


def name_faults(name: str) -> Iterator[str]:
    """Yield what Excel does not take of a defined name."""
    plain = name.removeprefix(_PRINT)
    if not plain:
        yield "a name without letters"
    if size(name) > DEFINED_NAME:
        yield f"name of {size(name)} characters: {name}"
    elif plain and (
        not _NAME.match(plain) or _NOT_IN_NAMES.search(plain)
        or _LIKE_A_CELL.match(plain)
    ):  # fmt: skip
        yield f"name {name}"


def rule_faults(attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield what is too long of the texts of a data validation."""
    for key, most in _RULE_TEXTS.items():
        text = attributes.get(key, "")
        if len(text) > most // 2 and size(text) > most:
            yield f"{key} of {size(text)} characters"


def is_area(text: str) -> bool:
    """Tell whether a text is a cell or a range of cells, from its upper left corner."""
    found = _AREA.fullmatch(text)
    if not found:
        return False
    try:
        top, left, bottom, right = parse_range(text)
    except ValueError:
        return False
    first = parse_address(found[1])
    return (top, left) == first and (bottom >= top and right >= left)


def area_faults(element: str, stated: Iterable[str]) -> Iterator[str]:
    """Yield what is no range of cells of the ranges that an element states."""
    for area in stated:
        is_line = element != "mergeCell" and _LINES.fullmatch(area)
        if area and not (is_line or is_area(area)):
            yield f"range {area} of {element}"


def column_faults(attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the first and the last column of a stretch."""
    first, last = attributes.get("min", ""), attributes.get("max", "")
    if not (first.isdecimal() and last.isdecimal()):
        return
    if not 1 <= int(first[:9]) <= int(last[:9]) <= COLUMNS:
        yield f"columns {first} to {last}"


def overlap(merges: Sequence[str]) -> str:
    """Return two merged ranges that overlap, nothing if none do."""
    areas = []
    for text in merges:
        try:
            areas.append((*parse_range(text), text))
        except ValueError:
            continue
    ends: list[tuple[int, int, int, str]] = []  # open ones: left, right, bottom, text
    for top, left, bottom, right, text in sorted(areas):
        at = bisect_left(ends, (left,))
        start = max(0, at - 1)
        while start < len(ends) and ends[start][0] <= right:
            _, other_right, other_bottom, other = ends[start]
            if other_bottom < top:
                del ends[start]
            elif other_right >= left:
                return f"{other} and {text}"
            else:
                start += 1
        ends.insert(bisect_left(ends, (left,)), (left, right, bottom, text))
    return ""
