"""How sheets are printed and first seen, as the written file says it."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from jcm_xl import api
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.writing.pages import zoom
from jcm_xl.xlsx.grid import parse_range
from tests.support import SHAPES, example_book

SCREEN = 1150
"""Pixels for cells on a screen of 1,366, as LibreOffice needs a tenth more."""


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {
            name: file.read(name).decode()
            for name in file.namelist()
            if name.endswith(".xml")
        }


def areas(data: bytes) -> dict[str, list[tuple[int, int, int, int]]]:
    """Return the printed areas by sheet."""
    book = parts(data)["xl/workbook.xml"]
    found: dict[str, list[tuple[int, int, int, int]]] = {}
    for text in re.findall(r'_xlnm.Print_Area"[^>]*>([^<]*)<', book):
        for area in text.split(","):
            sheet, _, place = area.rpartition("!")
            found.setdefault(sheet.strip("'"), []).append(parse_range(place))
    return found


def is_printed(slot: Slot, printed: list[tuple[int, int, int, int]]) -> bool:
    return any(
        top <= slot.row <= bottom and left <= slot.column <= right
        for top, left, bottom, right in printed
    )


def is_ours(plan: Plan, slot: Slot) -> bool:
    """Tell what no official sheet has: notes, completeness, texts of all options."""
    notion = slot.key.notion
    return (
        slot.role == "source_note"
        or slot.key.stage == "period"
        or notion.startswith(("period.", "missing", "complete.", "texts.", "steps."))
    )


@pytest.mark.parametrize("key", SHAPES)
def test_exactly_the_official_sheets_are_printed(key: str) -> None:
    plan, submission = example_book(key)
    printed = areas(api.book(plan, submission))
    header = plan.layout.header_rows
    wrong = [
        f"{slot.key} at {slot.absolute}"
        for slot in plan.slots.values()
        if slot.sheet in plan.official and slot.row > header
        if is_printed(slot, printed[slot.sheet]) == is_ours(plan, slot)
    ]
    assert wrong == []
    assert list(printed) == sorted(printed)
    assert set(printed) == set(plan.sheets.values())


@pytest.mark.parametrize("key", SHAPES)
def test_the_zoom_is_the_largest_that_fits(key: str) -> None:
    plan, submission = example_book(key)
    data = parts(api.book(plan, submission))
    for number, name in enumerate(plan.sheets.values(), 1):
        xml = data[f"xl/worksheets/sheet{number}.xml"]
        found = re.search(r'zoomScale="(\d+)"', xml)
        scale = int(found[1]) if found else 100
        columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', xml)
        wide = sum((int(b) - int(a) + 1) * round(float(w) * 7) for a, b, w in columns)
        assert 70 <= scale <= 100, name
        if scale > 70:
            assert wide * scale / 100 <= SCREEN, name


def test_zoom_between_its_ends() -> None:
    assert [zoom([width]) for width in (10, 230, 1000)] == [100, 71, 70]
