"""The short way and the parser give the same grid, whatever the bytes are."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jcm_xl.xlsx.cell_values import CellValues
from jcm_xl.xlsx.fast_path import _TOKEN, quick_cells, quick_texts
from jcm_xl.xlsx.package import CannotRead, open_bytes
from jcm_xl.xlsx.quota import Room
from jcm_xl.xlsx.read import read_grid
from jcm_xl.xlsx.shared import Book
from tests.xlsx.handmade import parts, row, sheet, strings, zipped
from tests.xlsx.made import (
    Maker,
    a_large_sheet,
    dates_of_1904,
    sheets_of_all_states,
    values_of_all_kinds,
)

RICH = (
    row('<c r="A1" s="1"><v>1</v></c>', '<c r="B1" t="s"><v>0</v></c>',
        '<c r="C1" t="str"><f>A1&amp;"x"</f><v>1x</v></c>', '<c r="D1" s="2"/>')
    + '<row r="2" spans="1:3" ht="15" hidden="1" customHeight="1">'
    '<c r="A2" t="b"><v>1</v></c><c r="B2" t="e"><v>#N/A</v></c>'
    '<c r="C2"><f t="shared" ref="C2:C3" si="0">A2*$A$1</f><v>2</v></c></row>'
    + row('<c r="C3"><f t="shared" si="0"/><v>3</v></c>',
          '<c r="D3"><f t="array" ref="D3:D4">A1:A2</f><v>4</v></c>', number=3)
    + row('<c r="D4"><v>5</v></c>', number=4)
)  # fmt: skip
RUNS = '<r><rPr><vertAlign val="subscript"/><i/></rPr><t>2</t></r><r><t>&lt;</t></r>'
TEXTS = strings(
    f"<r><t>CO</t></r>{RUNS}",
    "<t>one</t>",
    '<t xml:space="preserve"> two &lt; </t>',
    "<t>three</t>",
)
FRAGMENTS = (
    "<", ">", "/", '"', "'", "&", "&amp;", "&#65;", "<!-- -->", "<![CDATA[1]]>",
    "]]>", "<?x?>", "<v>7</v>", "<v/>", "<v></v>", "</v>", "</c>", "</row>",
    "<f>A1</f>", "<f/>", '<c r="A1"/>', '<c r="Z9"><v>1</v></c>', '<row r="9">',
    '<row r="9"/>', "</sheetData>", "<sheetData>", "<sheetData/>", ' t="s"',
    ' t="str"', ' t="inlineStr"', ' s="1"', ' s="9"', ' r="A1"', ' hidden="true"',
    ' ht="0"', ' xmlns="urn:x"', "\n", " ", "\t", "\r", "\x01", "\x7f", "é", "１",
    "\uffff", "_", "nan", "-", "_x0041_", "<is><t>x</t></is>", "<x/>",
    "<si><t>n</t></si>", "<si/>", "</si>", "<r><t>x</t></r>", "1e999", "A", "0",
)  # fmt: skip


def outcome(data: bytes, is_quick: bool) -> object:
    try:
        grid = read_grid(open_bytes(data), is_quick=is_quick)
    except CannotRead as refused:
        return str(refused)
    return grid, [list(sheet.cells.items()) for sheet in grid.sheets]


EDIT = st.tuples(st.integers(0, 2000), st.integers(0, 12), st.sampled_from(FRAGMENTS))


FIRST_TEXT = TEXTS.index("<si>")


@settings(max_examples=1500, deadline=None)
@given(st.booleans(), st.lists(EDIT, min_size=1, max_size=3))
@example(False, [(sheet(RICH).index('t="array"'), 0, "1")])
@example(True, [(FIRST_TEXT, 0, "<si/>")])
@example(True, [(FIRST_TEXT + 3, 0, ' t="s"')])
@example(True, [(FIRST_TEXT, 0, "<x/>")])
@example(False, [(200, 0, "\ufffe")])
def test_edited_bytes_give_the_same_both_ways(
    is_text: bool, edits: list[tuple[int, int, str]]
) -> None:
    name = "xl/sharedStrings.xml" if is_text else "xl/worksheets/sheet1.xml"
    found = parts(sheet(RICH), shared=TEXTS)
    part = found[name]
    for at, length, fragment in edits:
        at %= len(part)
        part = part[:at] + fragment + part[at + length :]
    found[name] = part
    data = zipped(found, zipfile.ZIP_STORED)
    assert outcome(data, is_quick=True) == outcome(data, is_quick=False)


BETWEEN_TAGS = (
    "<x/>", "<v>7</v>", "<v/>", "<v></v>", "<!-- -->", "\n", "<?p q?>", "<f>B1</f>",
    "<f/>", '<f t="shared" si="0"/>', '<f t="shared" si="1"/>', '<f aca="false">Q</f>',
    '<f t="array" ref="A1:C3">Z</f>', '<f t="dataTable" ref="A1:A2" r1="B1"/>',
    "<is><t>x</t></is>", '<c r="A1"/>', '<c r="E3" s="1"><v>2</v></c>',
    "<c><v>3</v></c>", '<row r="9"/>', '<row r="2"><c r="A2"/></row>',
    "<row><c><v>1</v></c></row>", "<extLst/>", "<si/>", "<si><t>n</t></si>",
    "<si><r><t>n</t></r></si>", "<t>z</t>", "<rPh><t>p</t></rPh>", "&#65;", "é",
    '<row r="8" hidden="1"><c r="B8" t="str"><v>_x0041_</v></c></row>',
)  # fmt: skip
IN_TAGS = (
    ' t="s"', ' t="str"', ' t="b"', ' t="e"', ' t="d"', ' t="inlineStr"', ' t="n"',
    ' s="1"', ' s="7"', ' s="01"', ' hidden="true"', ' ht="0"', ' ht="0.0"', ' ph="1"',
    ' cm="1"', ' x="y"', ' xml:space="preserve"', ' spans="1:2"', ' r="B2"',
    ' xmlns="urn:x"', ' xmlns:q="urn:q"', "  ",
)  # fmt: skip
SOUND_EDIT = st.tuples(
    st.integers(3, 2000), st.booleans(), st.sampled_from(BETWEEN_TAGS + IN_TAGS)
)


@settings(max_examples=1000, deadline=None)
@given(st.booleans(), st.lists(SOUND_EDIT, min_size=1, max_size=3))
def test_sound_xml_gives_the_same_both_ways(
    is_text: bool, edits: list[tuple[int, bool, str]]
) -> None:
    name = "xl/sharedStrings.xml" if is_text else "xl/worksheets/sheet1.xml"
    found = parts(sheet(RICH), shared=TEXTS)
    part = found[name]
    for nth, is_whole_deleted, new in edits:
        pattern = r"(?<=[^?])(?=/?>)" if new in IN_TAGS else "(?=<)"
        places = [match.start() for match in re.finditer(pattern, part)][2:]
        at = places[nth % len(places)]
        part = part[:at] + new + part[at:]
        if is_whole_deleted:
            part = re.sub("<v>[^<]*</v>", "", part, count=1)
    found[name] = part
    data = zipped(found, zipfile.ZIP_STORED)
    assert outcome(data, is_quick=True) == outcome(data, is_quick=False)


@settings(max_examples=500, deadline=None)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=3))
def test_raw_bytes_give_the_same_both_ways(at: int, new: bytes) -> None:
    found: dict[str, str | bytes] = dict(parts(sheet(RICH), shared=TEXTS))
    name = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")[at % 2]
    part = str(found[name]).encode()
    at %= len(part)
    found[name] = part[:at] + new + part[at + len(new) :]
    data = zipped(found, zipfile.ZIP_STORED)
    assert outcome(data, is_quick=True) == outcome(data, is_quick=False)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=2), st.booleans())
def test_a_damaged_file_is_read_or_refused_but_never_breaks(
    at: int, new: bytes, is_cut: bool
) -> None:
    data = zipped(parts(sheet(RICH), shared=TEXTS), zipfile.ZIP_STORED)
    at %= len(data)
    data = data[:at] + new + (b"" if is_cut else data[at + len(new) :])
    assert outcome(data, is_quick=True) == outcome(data, is_quick=False)


@pytest.mark.parametrize(
    "make", [values_of_all_kinds, sheets_of_all_states, dates_of_1904, a_large_sheet]
)
def test_books_of_xlsxwriter_go_the_short_way(make: Maker, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    make(path)
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    texts = found.get("xl/sharedStrings.xml", TEXTS.encode())
    assert quick_texts(texts) is not None
    book = Book(
        CellValues([""] * 2000, False),
        {str(style): style for style in range(50)},
        Room(),
    )
    sheets = [name for name in found if name.startswith("xl/worksheets/sheet")]
    ways = [quick_cells(found[name], name, book) for name in sheets]
    empty = [b"<sheetData/>" in found[name] for name in sheets]
    assert [way is None for way in ways] == empty


def test_the_hand_made_cells_go_the_short_way() -> None:
    book = Book(CellValues(["a"], False), {"0": 0, "1": 1, "2": 2}, Room())
    way = quick_cells(sheet(RICH).encode(), "x", book)
    assert way is not None
    assert b"<row" not in way.rest
    assert way.hidden_rows == {2}
    found = quick_texts(TEXTS.encode())
    assert found is not None
    assert found[0] == ["CO2<", "one", " two < ", "three"]


def test_what_the_short_way_gave_up_costs_no_room() -> None:
    book = Book(CellValues(["a"], False), {"0": 0, "1": 1, "2": 2}, Room())
    full = book.room.formula_characters
    broken = sheet(RICH + row('<c r="A9"><v>x</v></c>', number=9)).encode()
    assert quick_cells(broken, "x", book) is None
    assert book.room.formula_characters == full


def test_what_the_pattern_does_not_know_is_one_piece_not_many() -> None:
    known = '<row r="1"><c r="A1"/>'
    pieces = _TOKEN.findall(known + "<c junk/>" * 1000)
    assert len(pieces) == 3  # else a hostile part would fill the memory


def test_a_row_too_long_for_a_block_goes_to_the_parser() -> None:
    book = Book(CellValues([], False), {"0": 0}, Room())
    long = row(f'<c r="A1" t="str"><v>{"x" * 60_000}</v></c>' * 70)
    assert quick_cells(sheet(long).encode(), "x", book) is None


@pytest.mark.parametrize(
    ("head", "is_quick"),
    [
        ("", True),
        ("\ufeff", True),
        ('<?xml version="1.0"?>', True),
        ("<?xml version='1.0' encoding='UTF-8'?>\n", True),
        ("<?xml version='1.0' encoding='utf-8' standalone='yes'?>", True),
        ('<?xml version="1.0" encoding="windows-1252"?>', False),
        ('<?xml version="1.1"?>', False),
        ("<!-- x -->", False),
        ("<?y?>", False),
    ],
)
def test_libraries_declare_a_part_in_several_ways_or_not_at_all(
    head: str, is_quick: bool
) -> None:
    part = sheet(row('<c r="A1"><v>1</v></c>', '<c r="B1" t="str"><v>CO2 é</v></c>'))
    data = (head + part[part.index("<worksheet") :]).encode()
    book = Book(CellValues([], False), {"0": 0}, Room())
    assert (quick_cells(data, "s", book) is not None) == is_quick
