"""Cells are changed in place; every other byte of a book stays."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jcm_xl import api
from jcm_xl.xlsx.grid import Cell, CellError, CellValue, Grid, address, parse_address
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.patch import CannotPatch, CellEdit, changed_parts, set_cells
from jcm_xl.xlsx.read import read_grid
from tests.support import example_book
from tests.xlsx.handmade import MAIN, book, row, sheet, types, zipped

SHEET = "xl/worksheets/sheet1.xml"
ROWS = (
    row('<c r="A1" s="1"><v>1</v></c><c r="C1" t="str"><f>A1&amp;""</f><v>1</v></c>')
    + row('<c r="B3" s="2"/>', number=3)
    + '<row r="5" spans="1:2" s="1" customFormat="1"/>'
)
AFTER = '<mergeCells count="1"><mergeCell ref="D1:E2"/></mergeCells>'
BEFORE = (
    '<dimension ref="A1:C5"/><cols><col min="7" max="7" style="2" width="9"/></cols>'
)


def made(rows: str = ROWS, before: str = BEFORE, after: str = AFTER) -> bytes:
    """Return a small book of one sheet `One`."""
    return book(sheet(rows, before, after))


def grid_of(data: bytes) -> Grid:
    """Read a book."""
    return read_grid(open_bytes(data))


def cells_of(data: bytes) -> dict[str, Cell]:
    """Return the cells of its first sheet by address."""
    return {address(*at): cell for at, cell in grid_of(data).sheets[0].cells.items()}


def name_of(data: bytes) -> str:
    """Return the name of its first sheet."""
    return grid_of(data).sheets[0].name


def typed(data: bytes, cells: Mapping[str, object]) -> bytes:
    """Type values into its first sheet."""
    name = name_of(data)
    return set_cells(data, [CellEdit(name, at, v) for at, v in cells.items()])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "value", "expected"),
    [
        ("A1", 2.5, Cell(2.5, None, 1)),
        ("A1", 7, Cell(7.0, None, 1)),
        ("A1", "a <b> & 'c'\n d ", Cell("a <b> & 'c'\n d ", None, 1)),
        ("A1", "_x0041_\r\x02", Cell("_x0041_\r\x02", None, 1)),
        ("A1", True, Cell(True, None, 1)),
        ("A1", CellError("#N/A"), Cell(CellError("#N/A"), None, 1)),
        ("A1", None, Cell(None, None, 1)),
        ("A1", "", Cell(None, None, 1)),
        ("B1", 3, Cell(3.0, None, 0)),
        ("B3", date(2026, 4, 1), Cell(46113.0, None, 2)),
        ("A1", date(2026, 4, 1), Cell("2026-04-01", None, 1)),
        ("B5", 3, Cell(3.0, None, 1)),
        ("G4", 3, Cell(3.0, None, 2)),
        ("G9", date(2026, 4, 1), Cell("2026-04-01", None, 2)),
        ("Z5", 1e-300, Cell(1e-300, None, 1)),
    ],
)
def test_a_cell_is_as_typed_and_the_others_are_as_before(
    at: str, value: object, expected: Cell
) -> None:
    before = cells_of(made())
    after = cells_of(typed(made(), {at: value}))
    assert after == {**before, at: expected}


def test_nothing_is_touched_where_nothing_is_typed() -> None:
    assert changed_parts(made(), typed(made(), {})) == {}
    assert changed_parts(made(), typed(made(), {"H9": None})) == {}
    assert changed_parts(made(), typed(made(), {"A1": 4})) == {SHEET: "changed"}


def test_only_the_bytes_of_the_cell_change() -> None:
    data = made()
    new = open_bytes(typed(data, {"A1": 4})).part(SHEET)
    old = open_bytes(data).part(SHEET)
    assert new == old.replace(b"<v>1</v></c><c", b"<v>4</v></c><c")


def test_the_range_in_use_grows_and_a_hint_goes() -> None:
    part = open_bytes(typed(made(), {"J9": 1, "C5": 2})).part(SHEET)
    assert b'<dimension ref="A1:J9"/>' in part
    assert b"spans" not in part


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (CellEdit("Two", "A1", 1), "no sheet 'Two'; it has 'One'"),
        (CellEdit("One", "A0", 1), "is not a cell address"),
        (CellEdit("One", "E2", 1), "'One'!E2 is not changed: it lies under merged"),
        (CellEdit("One", "A1", float("nan")), "not finite"),
        (CellEdit("One", "A1", "x" * 40_000), "takes no text of 40,000 characters"),
    ],
)
def test_what_cannot_be_typed_is_told(edit: CellEdit, words: str) -> None:
    name = name_of(made())
    edit = edit._replace(sheet=name if edit.sheet == "One" else edit.sheet)
    with pytest.raises(CannotPatch) as refused:
        set_cells(made(), [edit])
    assert words.replace("One", name) in str(refused.value)


def test_a_formula_that_others_are_told_by_is_not_replaced_alone() -> None:
    rows = row(
        '<c r="A1"><f t="shared" ref="A1:B1" si="0">1+1</f><v>2</v></c>'
        '<c r="B1"><f t="shared" si="0"/><v>2</v></c>'
    )
    data = made(rows)
    with pytest.raises(CannotPatch, match="the formula of B1"):
        typed(data, {"A1": 1})
    assert cells_of(typed(data, {"A1": 1, "B1": 2})) == {
        "A1": Cell(1.0), "B1": Cell(2.0)
    }  # fmt: skip


def test_a_formula_keeps_its_text_while_its_result_changes() -> None:
    name = name_of(made())
    new = set_cells(made(), [CellEdit(name, "C1", "x", keeps_formula=True)])
    assert cells_of(new)["C1"] == Cell("x", 'A1&""')
    gone = set_cells(made(), [CellEdit(name, "C1", None, keeps_formula=True)])
    assert cells_of(gone)["C1"] == Cell(None, 'A1&""')
    put = set_cells(made(), [CellEdit(name, "A1", 3, "1+2")])
    assert cells_of(put)["A1"] == Cell(3.0, "1+2", 1)


def test_an_empty_sheet_takes_cells() -> None:
    data = book(sheet("").replace("<sheetData></sheetData>", "<sheetData/>"))
    assert cells_of(typed(data, {"B2": 1, "A1": "x"})) == {
        "A1": Cell("x"), "B2": Cell(1.0)
    }  # fmt: skip


def test_prefixes_and_the_other_encoding_are_read() -> None:
    plain = sheet(row('<c r="A1"><v>1</v></c>'))
    prefixed = plain.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    for tag in ("worksheet", "sheetData", "row", "c", "v"):
        for mark in ("<", "</"):
            for end in (" ", ">"):
                prefixed = prefixed.replace(f"{mark}{tag}{end}", f"{mark}x:{tag}{end}")
    wide = plain.replace('encoding="UTF-8"', 'encoding="UTF-16"')
    for data in (book(prefixed), _with_part(book(plain), wide.encode("utf-16"))):
        assert cells_of(typed(data, {"A1": "é", "B2": 3})) == {
            "A1": Cell("é"), "B2": Cell(3.0)
        }  # fmt: skip


def _with_part(data: bytes, content: bytes) -> bytes:
    """Return a book with another sheet part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, SHEET: content})


def test_the_order_of_calculation_names_no_cell_without_a_formula() -> None:
    chain = (
        f'<calcChain xmlns="{MAIN}"><c r="C1" i="1" l="1"/><c r="B1"/><c r="A1"/>'
        "</calcChain>"
    )
    rows = row(*(f'<c r="{at}1"><f>1</f><v>1</v></c>' for at in "ABC"))
    data = _chained(made(rows), chain)
    left = open_bytes(typed(data, {"C1": 1})).part("xl/calcChain.xml")
    assert left.endswith(b'><c r="B1" i="1"/><c r="A1"/></calcChain>')
    none = typed(data, dict.fromkeys(("A1", "B1", "C1"), 5))
    assert changed_parts(data, none)["xl/calcChain.xml"] == "gone"
    assert grid_of(none).oddities == ()


def _chained(data: bytes, chain: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {
            name: archive.read(name).decode() for name in archive.namelist()
        }
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = rels.replace(
        "</Relationships>",
        f'<Relationship Id="rId77" Type="{kind}/calcChain" Target="calcChain.xml"/>'
        "</Relationships>",
    )
    stated = str(parts["[Content_Types].xml"])
    entry = types(("xl/calcChain.xml", "calcChain"))
    entry = entry[entry.index('<Override PartName="/xl/calcChain') :]
    parts["[Content_Types].xml"] = stated.replace(
        "</Types>", entry[: entry.index("/>") + 2] + "</Types>"
    )
    return zipped({**parts, "xl/calcChain.xml": chain})


def test_a_book_is_calculated_on_opening_where_asked() -> None:
    for data in (made(), api.book(*example_book("TH_AM001@1.0"))):
        new = set_cells(data, [], calculates_on_opening=True)
        grid = grid_of(new)
        assert grid.calculation["fullCalcOnLoad"] == "1"
        assert changed_parts(data, new) in ({}, {"xl/workbook.xml": "changed"})
        assert grid.sheets == grid_of(data).sheets


values = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
    st.booleans(),
)
places = st.tuples(st.integers(1, 40), st.integers(1, 12)).map(lambda p: address(*p))


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(places, values, max_size=12))
def test_what_is_read_is_what_was_typed(cells: dict[str, CellValue]) -> None:
    data = api_book()
    before = grid_of(data).sheets[0]
    hidden = {
        at for at in cells
        if any(_is_under(parse_address(at), text) for text in before.merges)
    }  # fmt: skip
    cells = {at: value for at, value in cells.items() if at not in hidden}
    after = grid_of(typed(data, cells)).sheets[0]
    expected = dict(before.cells)
    for at, value in cells.items():
        place = parse_address(at)
        style = after.cells[place].style
        expected[place] = Cell(value, None, style)
    assert after.cells == expected
    assert [after.merges, after.look, after.oddities] == [
        before.merges, before.look, before.oddities
    ]  # fmt: skip


@lru_cache
def api_book() -> bytes:
    """Return a filled book of ours."""
    return api.book(*example_book("TH_AM001@1.0"))


def _is_under(place: tuple[int, int], merged: str) -> bool:
    first, last = (parse_address(text) for text in merged.split(":"))
    inside = first[0] <= place[0] <= last[0] and first[1] <= place[1] <= last[1]
    return inside and place != first
