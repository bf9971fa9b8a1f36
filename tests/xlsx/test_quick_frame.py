"""Merged ranges and harmless rules are read alike by the pattern and by the parser."""

from __future__ import annotations

import dataclasses
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jcm_xl.xlsx.grid import Grid
from jcm_xl.xlsx.package import CannotRead, open_bytes
from jcm_xl.xlsx.quick_frame import without_harmless, without_merges
from jcm_xl.xlsx.read import read_grid
from tests.xlsx.handmade import STYLES, parts, row, sheet, zipped

CHANGES = STYLES.replace(
    "</styleSheet>",
    '<dxfs count="3"><dxf><font><b/></font></dxf>'
    '<dxf><font><color rgb="FFFFFFFF"/></font></dxf><dxf><border/></dxf></dxfs>'
    "</styleSheet>",
)  # the first and the third can hide nothing


def rule(cell: str, number: int = 0, formula: str = "A1&gt;1") -> str:
    return (
        f'<conditionalFormatting sqref="{cell}"><cfRule type="expression" '
        f'dxfId="{number}" priority="{cell[1:]}" stopIfTrue="1">'
        f"<formula>{formula}</formula></cfRule></conditionalFormatting>"
    )


MERGES = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 6))
RULES = "".join(rule(f"C{n}", n % 3) for n in range(1, 9)) + rule("D1") + rule("D2")
AFTER = f'<mergeCells count="5">{MERGES}</mergeCells>{RULES}'
PART = sheet(row('<c r="A1"><v>1</v></c>'), after=AFTER)
PIECES = (
    "<", ">", "&amp;", "&", "<!-- -->", "<![CDATA[1]]>", "<?p q?>", "]]>", "\n", "é",
    rule("E1"), rule("E2", 1), rule("E3", 9), '<mergeCell ref="D1:E2"/>',
    "</mergeCells>", "<mergeCells>", "</conditionalFormatting>",
    "<conditionalFormatting>", "<x/>", "<formula>1</formula>",
    '<phoneticPr fontId="0"/>', "<sheetProtection/>",
    ' operator="between"', ' operator="no"', ' type="dataBar"', ' priority="x"', "0",
    ' sqref="A1"', ' xmlns="urn:x"', "<extLst/>", "<dataValidations/>", "</cfRule>",
    '<cfRule type="cellIs" dxfId="0" priority="3" operator="equal">'
    "<formula>2</formula></cfRule>",
)  # fmt: skip
SEAMS = ("</sheetData>", "<mergeCells", "</mergeCells>", "</w")
EDIT = st.tuples(st.integers(0, 3_000), st.integers(0, 90), st.sampled_from(PIECES))


def outcome(part: str, is_quick: bool) -> object:
    found = {**parts(part), "xl/styles.xml": CHANGES}
    data = open_bytes(zipped(found, zipfile.ZIP_STORED))
    try:
        return told(read_grid(data, is_quick=is_quick))
    except CannotRead as refused:
        return str(refused)


def told(grid: Grid) -> object:
    """Return a grid with what is odd in it: the same fault of a run counts once."""
    sheets = tuple(dataclasses.replace(s, oddities=()) for s in grid.sheets)
    odd = {str(odd) for odd in grid.oddities}
    return dataclasses.replace(grid, sheets=sheets, oddities=()), odd


@settings(max_examples=300, deadline=None)
@given(st.lists(EDIT, max_size=3))
@example([])
@example([(AFTER.index("<mergeCells") + 2_000, 0, "0")])
def test_edited_frames_are_read_alike_both_ways(
    edits: list[tuple[int, int, str]],
) -> None:
    part, start = PART, PART.index("</sheetData>")
    for at, length, piece in edits:
        at = start + at % (len(part) - start)
        part = part[:at] + piece + part[at + length :]
    assert outcome(part, is_quick=True) == outcome(part, is_quick=False)


@pytest.mark.parametrize("place", SEAMS)
@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_at_its_seams_is_read_alike_both_ways(place: str, piece: str) -> None:
    part = PART.replace(place, piece + place, 1)
    assert outcome(part, is_quick=True) == outcome(part, is_quick=False)


def test_one_of_each_run_is_left_to_the_parser() -> None:
    grid = read_grid(open_bytes(zipped({**parts(PART), "xl/styles.xml": CHANGES})))
    data = PART.encode().replace(b'<row r="1"><c r="A1"><v>1</v></c></row>', b"")
    rest, merges = without_merges(data)
    assert (rest.count(b"<mergeCell "), merges) == (
        1,
        [f"A{n}:B{n}" for n in range(1, 5)],
    )
    left = without_harmless(data, grid.styles)
    assert (left.count(b'dxfId="1"'), left.count(b'dxfId="0"')) == (3, 1)
    assert len(grid.sheets[0].merges) == 5
    assert [c.ranges for c in grid.sheets[0].look.conditions] == ["C1", "C4", "C7"]
