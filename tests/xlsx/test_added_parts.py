"""A sheet and remarks are added to a book in place; nothing else of it changes."""

from __future__ import annotations

import io

import openpyxl
import pytest

from jcm_xl import api
from jcm_xl.xlsx.added_parts import AddedCell, add_notes, add_sheet
from jcm_xl.xlsx.grid import Cell
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.patch import PatchedBook
from jcm_xl.xlsx.read import read_grid
from tests.support import example_book
from tests.xlsx.handmade import book, row, sheet


def small() -> bytes:
    """Return a book of one sheet whose margin notes are still to come."""
    after = '<pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/>'
    return book(sheet(row('<c r="B2"><v>1</v></c>', number=2), after=after))


@pytest.mark.parametrize("data", [small(), api.book(*example_book("TH_AM001@1.0"))])
def test_a_sheet_is_added_behind_the_others(data: bytes) -> None:
    before = read_grid(open_bytes(data))
    changed = PatchedBook(open_bytes(data))
    rows = [[AddedCell("Head", True)], [], [AddedCell(), AddedCell("to B2", link="")]]
    name = before.sheets[0].name
    assert add_sheet(changed, name, (10, 20), rows) == f"{name} 2"
    after = read_grid(open_bytes(changed.saved()))
    assert after.sheets[:-1] == before.sheets
    assert after.sheets[-1].cells == {(1, 1): Cell("Head"), (3, 2): Cell("to B2")}
    assert after.oddities == before.oddities


def test_remarks_stand_at_their_cells() -> None:
    changed = PatchedBook(open_bytes(small()))
    assert add_notes(changed, "S1", {"B2": "Type <the> number\nagain", "D9": "Why?"})
    data = changed.saved()
    assert read_grid(open_bytes(data)).sheets[0].cells == {(2, 2): Cell(1.0)}
    assert read_grid(open_bytes(data)).oddities == ()
    there = openpyxl.load_workbook(io.BytesIO(data))["S1"]
    assert there["B2"].comment.text == "Type <the> number\nagain"
    assert there["D9"].comment.text == "Why?"


def test_a_sheet_that_has_remarks_keeps_its_own_alone() -> None:
    first = PatchedBook(open_bytes(small()))
    add_notes(first, "S1", {"B2": "mine"})
    data = first.saved()
    again = PatchedBook(open_bytes(data))
    assert not add_notes(again, "S1", {"B2": "another"})
    assert again.saved() == data
