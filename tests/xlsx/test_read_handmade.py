"""What no library writes but a file may hold, read by the parser or the short way."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from jcm_xl.text.known import forget
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import Cell, CellError, CellValue, Grid, Odd
from jcm_xl.xlsx.package import CannotRead, open_bytes
from jcm_xl.xlsx.read import read_grid
from tests.xlsx.handmade import (
    DECLARATION,
    MAIN,
    OFFICE,
    STYLES,
    book,
    parts,
    relations,
    row,
    sheet,
    strings,
    zipped,
)
from tests.xlsx.oracle import ours, theirs


def read(data: bytes) -> Grid:
    """Read both ways, which must agree."""
    package = open_bytes(data)
    quick, parsed = read_grid(package), read_grid(package, is_quick=False)
    assert quick == parsed
    assert [str(odd) for odd in quick.oddities] == [str(odd) for odd in parsed.oddities]
    return quick


def value_of(cell: str, shared: str = "") -> CellValue:
    grid = read(book(sheet(row(cell)), shared=shared))
    return grid.sheets[0].cells[1, 1].value


def kinds(grid: Grid) -> list[tuple[Odd, str]]:
    return [(odd.kind, odd.cell) for odd in grid.oddities]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>1.5</v></c>', 1.5),
        ('<c r="A1" t="n"><v> 7 </v></c>', 7.0),
        ('<c r="A1"><v>-1.5E-3</v></c>', -0.0015),
        ('<c r="A1"><v/></c>', None),
        ('<c r="A1"><v></v></c>', None),
        ('<c r="A1" s="1"/>', None),
        ('<c r="A1"></c>', None),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>false</v></c>', False),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', CellError("#DIV/0!")),
        ('<c r="A1" t="str"><v>a &amp; b&#33;</v></c>', "a & b!"),
        ('<c r="A1" t="str"><v></v></c>', ""),
        ('<c r="A1" t="str"><v/></c>', ""),
        ('<c r="A1" t="str"><v>_x0041__x005F_x0042_</v></c>', "A_x0042_"),
        ('<c r="A1" t="str"><v>_xD83D__xDE00_</v></c>', "\U0001f600"),
        ('<c r="A1" t="d"><v>2021-06-01T12:00:00Z</v></c>', 44348.5),
        ('<c r="A1" t="d"><v>1900-01-01</v></c>', 1.0),
        ('<c r="A1" t="d"><v>06:00:00</v></c>', 0.25),
        ('<c r="A1" t="inlineStr"><is><t> in </t></is></c>', " in "),
        ('<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r>'
         "</is></c>", "ab"),
        ('<c r="A1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t>'
         "</rPh></is></c>", "東京"),
        ('<c r="A1" t="inlineStr"><is/></c>', ""),
    ],
)  # fmt: skip
def test_a_value(cell: str, value: CellValue) -> None:
    found = value_of(cell)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<t>plain</t>", "plain"),
        ('<t xml:space="preserve"> kept </t>', " kept "),
        ("<t> kept too </t>", " kept too "),
        ("<t/>", ""),
        ("", ""),
        ("<r><t>CO</t></r><r><rPr><vertAlign val='subscript'/></rPr><t>2</t></r>",
         "CO2"),
        ("<t>電力</t><rPh sb='0' eb='2'><t>デンリョク</t></rPh><phoneticPr/>", "電力"),
        ("<t>one</t><x><t>two</t></x>", "one"),
        ("<t>a_x000D_b&lt;&#169;</t>", "a\rb<©"),
        ("\n  <t>indented</t>\n", "indented"),
        ("</si><t>stray</t><si><t>x</t></si><si>", ""),
    ],
)  # fmt: skip
def test_a_shared_text(item: str, text: str) -> None:
    assert value_of('<c r="A1" t="s"><v>0</v></c>', strings(item)) == text


def test_a_comment_inside_a_value_joins_its_text_and_is_told() -> None:
    grid = read(book(sheet(row('<c r="E8"><v>1<!-- -->38.241</v></c>', number=8))))
    assert grid.sheets[0].cells[8, 5].value == 138.241
    assert kinds(grid) == [(Odd.COMMENT, "E8")]
    assert str(grid.oddities[0]) == "S1!E8: comment inside a value"
    assert grid.oddities == grid.sheets[0].oddities


def test_a_cdata_section_and_an_instruction_are_told() -> None:
    grid = read(book(sheet(row('<c r="A1"><v><![CDATA[12]]><?x y?>3</v></c>'))))
    assert grid.sheets[0].cells[1, 1].value == 123
    assert kinds(grid) == [(Odd.CDATA, "A1"), (Odd.INSTRUCTION, "A1")]


def test_a_comment_inside_a_shared_text_is_told() -> None:
    shared = strings("<t>a<!-- x -->b</t>")
    grid = read(book(sheet(row('<c r="A1" t="s"><v>0</v></c>')), shared=shared))
    assert grid.sheets[0].cells[1, 1].value == "ab"
    assert kinds(grid) == [(Odd.COMMENT, "")]


def test_a_comment_elsewhere_is_nobodys_business() -> None:
    grid = read(book(sheet(row('<c r="A1"><v>1</v></c>'), "<!-- made by hand -->")))
    assert grid.oddities == ()


def test_a_fake_cell_area_in_a_comment_is_not_read() -> None:
    fake = "<!--<sheetData><row r='1'><c r='A1'><v>9</v></c></row></sheetData>-->"
    grid = read(book(sheet(row('<c r="A1"><v>1</v></c>'), fake)))
    assert grid.sheets[0].cells[1, 1].value == 1


def test_of_a_cell_stored_twice_the_last_one_counts_and_it_is_told() -> None:
    twice = row('<c r="A1"><v>1</v></c>', '<c r="B1"/>', '<c r="A1"><v>2</v></c>')
    grid = read(book(sheet(twice)))
    assert grid.sheets[0].cells[1, 1].value == 2
    assert grid.sheets[0].duplicates == ((1, 1),)
    assert kinds(grid) == [(Odd.DUPLICATE_CELL, "A1")]


def test_cells_without_addresses_follow_each_other() -> None:
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row>"
        '<row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c/></row>'
    )
    cells = read(book(sheet(rows))).sheets[0].cells
    assert {place: cell.value for place, cell in cells.items()} == {
        (1, 1): 1, (1, 2): 2, (5, 3): 3, (5, 4): 4, (6, 1): None,
    }  # fmt: skip


def test_a_cell_in_another_row_is_told() -> None:
    grid = read(book(sheet(row('<c r="A9"><v>1</v></c>'))))
    assert list(grid.sheets[0].cells) == [(9, 1)]
    assert kinds(grid) == [(Odd.MISPLACED_CELL, "A9")]


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ('<c r="A1"><v>1</v><v>2</v></c>', Odd.SECOND_VALUE, 2.0),
        ('<c r="A1"><f>A2</f><f>A3</f><v>2</v></c>', Odd.SECOND_VALUE, 2.0),
        ('<c r="A1"><v>1_000</v></c>', Odd.BAD_VALUE, "1_000"),
        ('<c r="A1"><v>１２</v></c>', Odd.BAD_VALUE, "１２"),
        ('<c r="A1"><v>nan</v></c>', Odd.BAD_VALUE, "nan"),
        ('<c r="A1"><v>1e999</v></c>', Odd.BAD_VALUE, "1e999"),
        ('<c r="A1"><v>12,5</v></c>', Odd.BAD_VALUE, "12,5"),
        ('<c r="A1" t="b"><v>yes</v></c>', Odd.BAD_VALUE, "yes"),
        ('<c r="A1" t="d"><v>yesterday</v></c>', Odd.BAD_VALUE, "yesterday"),
        ('<c r="A1" t="zz"><v>1</v></c>', Odd.BAD_VALUE, "1"),
        ('<c r="A1"><is><t>x</t></is></c>', Odd.BAD_VALUE, None),
        ('<c r="A1" s="99"><v>1</v></c>', Odd.BAD_STYLE, 1.0),
        ('<c r="A1"><foo><v>2</v></foo><v>1</v></c>', Odd.FOREIGN_ELEMENT, 1.0),
        ('<c r="A1"><f t="shared" si="3"/><v>1</v></c>', Odd.SHARED_FORMULA, 1.0),
        ('<c r="A1"><f t="dataTable" ref="A1:A3" r1="B1"/><v>1</v></c>',
         Odd.DATA_TABLE, 1.0),
    ],
)  # fmt: skip
def test_an_odd_cell_is_told(cell: str, kind: Odd, value: CellValue) -> None:
    grid = read(book(sheet(row(cell))))
    assert kinds(grid) == [(kind, "A1")]
    assert grid.sheets[0].cells[1, 1].value == value


def test_an_extension_list_in_a_cell_is_nothing_odd() -> None:
    cell = '<c r="A1"><v>1</v><extLst><ext uri="x"><v>2</v></ext></extLst></c>'
    grid = read(book(sheet(row(cell))))
    assert (grid.sheets[0].cells[1, 1].value, grid.oddities) == (1, ())


def test_the_same_oddity_many_times_does_not_flood_the_list() -> None:
    many = limits.ODDITIES_OF_A_KIND + 7
    grid = read(book(sheet(row(*['<c r="A1"><v>1</v></c>'] * (many + 1)))))
    assert len(grid.oddities) == limits.ODDITIES_OF_A_KIND + 1
    assert str(grid.oddities[-1]) == "S1: more of the same (cell stored twice: 7 more)"


# --- formulas


def formulas(rows: str) -> dict[tuple[int, int], str | None]:
    cells = read(book(sheet(rows))).sheets[0].cells
    return {place: cell.formula for place, cell in cells.items()}


def test_a_shared_formula_is_written_out_for_every_cell(tmp_path: Path) -> None:
    master = '<f t="shared" ref="B1:B3" si="0">A1*$A$1+SUM(A1:A$3)&amp;"A1"</f>'
    rows = (
        row(f'<c r="B1">{master}<v>1</v></c>')
        + row('<c r="B2"><f t="shared" si="0"/><v>2</v></c>', number=2)
        + row('<c r="B3"><f t="shared" si="0"></f><v>3</v></c>', number=3)
    )
    assert formulas(rows) == {
        (1, 2): 'A1*$A$1+SUM(A1:A$3)&"A1"',
        (2, 2): 'A2*$A$1+SUM(A2:A$3)&"A1"',
        (3, 2): 'A3*$A$1+SUM(A3:A$3)&"A1"',
    }
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(sheet(rows)))
    assert ours(read_grid(path)) == theirs(path)


def test_a_shared_formula_may_come_before_its_text() -> None:
    rows = row('<c r="B1"><f t="shared" si="0"/><v>1</v></c>') + row(
        '<c r="B2"><f t="shared" ref="B1:B2" si="0">A2</f><v>1</v></c>', number=2
    )
    assert formulas(rows) == {(1, 2): "A1", (2, 2): "A2"}


def test_a_shared_formula_with_another_text_is_told() -> None:
    rows = row('<c r="B1"><f t="shared" ref="B1:B2" si="0">A1</f></c>') + row(
        '<c r="B2"><f t="shared" si="0">A2*2</f></c>', number=2
    )
    grid = read(book(sheet(rows)))
    assert grid.sheets[0].cells[2, 2].formula == "A2"
    assert kinds(grid) == [(Odd.SHARED_FORMULA, "B2")]


@pytest.mark.parametrize(
    ("stored", "formula"),
    [
        ("<f/>", None),
        ("<f></f>", None),
        ('<f ca="1"/>', None),
        ("<f>=A2</f>", "A2"),
        ('<f aca="false">A2</f>', "A2"),
        ("<f>A2&lt;&quot;&amp;&quot;</f>", 'A2<"&"'),
        ("<f>A2&#60;1</f>", "A2<1"),
        ('<f t="array" ref="A1">SUM(B1:B2*2)</f>', "SUM(B1:B2*2)"),
        ('<f t="dataTable" ref="A1:A3" r1="B1"/>', "TABLE(B1,)"),
    ],
)
def test_a_formula(stored: str, formula: str | None) -> None:
    assert formulas(row(f'<c r="A1">{stored}<v>1</v></c>')) == {(1, 1): formula}


def test_an_array_formula_reaches_the_stored_cells_of_its_range() -> None:
    rows = row('<c r="A1"><f t="array" ref="A1:B9">X</f></c>', '<c r="B1"/>') + row(
        '<c r="A2"><f>own</f></c>', '<c r="C2"/>', number=2
    )
    assert formulas(rows) == {(1, 1): "X", (1, 2): "X", (2, 1): "own", (2, 3): None}


# --- name spaces, places, order


STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def rewritten(change: Callable[[str], str]) -> Grid:
    shared = strings("<t>text</t>")
    rows = row('<c r="A1" s="1" t="s"><v>0</v></c>', '<c r="B1"><f>A1</f><v>2</v></c>')
    merged = "<mergeCells><mergeCell ref='C1:D1'/></mergeCells>"
    found = parts(sheet(rows, after=merged), shared=shared)
    return read(zipped({
        name: part if name.startswith("[") else change(part)
        for name, part in found.items()
    }))  # fmt: skip


def prefixed(part: str) -> str:
    """Give every SpreadsheetML element a prefix, as the Open XML SDK does."""
    if MAIN not in part:
        return part
    head, body = part.removeprefix(DECLARATION).replace("</", "</x:"), ""
    body = head.replace("<", "<x:").replace("<x:/x:", "</x:")
    return DECLARATION + body.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')


@pytest.mark.parametrize(
    "change",
    [
        lambda part: part,
        prefixed,
        lambda part: part.replace(MAIN, STRICT).replace(OFFICE, STRICT_OFFICE),
        lambda part: part.replace("?>\n", "?>\r\n"),
        lambda part: part.replace(DECLARATION, ""),
        lambda part: "\ufeff" + part,
        lambda part: part.replace("><", ">\n  <"),
        lambda part: part.replace(f'"{MAIN}"', f"'{MAIN}'"),
        lambda part: part.replace("<c ", "<c\n"),
    ],
    ids=["as is", "prefix", "strict", "crlf", "no declaration", "bom", "indented",
         "single quotes", "line breaks in tags"],
)  # fmt: skip
def test_the_spelling_of_the_xml_does_not_matter(change: Callable[[str], str]) -> None:
    grid = rewritten(change)
    assert dict(grid.sheets[0].cells) == {
        (1, 1): Cell("text", None, 1),
        (1, 2): Cell(2.0, "A1", 0),
    }
    assert grid.sheets[0].merges == ("C1:D1",)
    assert not grid.styles.is_locked(1)
    assert {odd.kind for odd in grid.oddities} <= {Odd.STRICT}


def test_only_the_strict_format_is_told() -> None:
    strict = rewritten(
        lambda part: part.replace(MAIN, STRICT).replace(OFFICE, STRICT_OFFICE)
    )
    assert [odd.kind for odd in strict.oddities] == [Odd.STRICT]
    assert rewritten(prefixed).oddities == ()


def test_other_encodings_are_read() -> None:
    found: dict[str, str | bytes] = dict(parts(sheet(row(
        '<c r="A1" t="str"><v>é</v></c>'
    ))))  # fmt: skip
    part = str(found["xl/worksheets/sheet1.xml"])
    for encoding in ("UTF-16", "ISO-8859-1", "windows-1252"):
        found["xl/worksheets/sheet1.xml"] = part.replace("UTF-8", encoding).encode(
            encoding
        )
        assert read(zipped(found)).sheets[0].cells[1, 1].value == "é"


def test_an_element_of_another_name_space_is_no_cell() -> None:
    rows = row('<c xmlns="urn:x" r="A1"><v>9</v></c>', '<c r="B1"><v>1</v></c>')
    grid = read(book(sheet(rows)))
    assert dict(grid.sheets[0].cells) == {(1, 2): Cell(1.0)}
    assert [odd.kind for odd in grid.oddities] == [Odd.FOREIGN_NAME]


def test_targets_may_be_absolute_and_names_in_other_capitals() -> None:
    found = parts(
        sheet(row('<c r="A1" t="s"><v>0</v></c>')), shared=strings("<t>x</t>")
    )
    found["xl/_rels/workbook.xml.rels"] = relations(
        ("rId1", "worksheet", "/xl/Worksheets/odd%20name.xml"),
        ("rId2", "styles", "./styles.xml"),
        ("rId3", "sharedStrings", "../xl/sharedStrings.xml"),
    )
    found["xl/worksheets/odd name.xml"] = found.pop("xl/worksheets/sheet1.xml")
    found["xl/SharedStrings.xml"] = found.pop("xl/sharedStrings.xml")
    assert read(zipped(found)).sheets[0].cells[1, 1].value == "x"


def test_the_workbook_part_may_have_any_name() -> None:
    found = parts(sheet(row('<c r="A1"><v>1</v></c>')))
    found["_rels/.rels"] = relations(("rId1", "officeDocument", "/xl/book7.xml"))
    found["xl/book7.xml"] = found.pop("xl/workbook.xml")
    found["xl/_rels/book7.xml.rels"] = found.pop("xl/_rels/workbook.xml.rels")
    assert read(zipped(found)).sheets[0].cells[1, 1].value == 1


def test_the_stated_dimension_is_not_believed() -> None:
    lie = '<dimension ref="A1:XFD1048576"/>'
    grid = read(book(sheet(row('<c r="A1"><v>1</v></c>'), lie)))
    assert list(grid.sheets[0].cells) == [(1, 1)]


def test_rows_and_columns_of_no_size_are_hidden() -> None:
    before = (
        '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>'
        '<cols><col min="2" max="3" width="0"/>'
        '<col min="5" max="99999" hidden="true"/></cols>'
    )
    rows = (
        '<row r="1" ht="0" customHeight="1"/><row r="2" hidden="1"></row><row r="3"/>'
    )
    grid = read(book(sheet(rows, before)))
    assert grid.sheets[0].hidden_rows == {1, 2}
    assert grid.sheets[0].hidden_columns == {2, 3, *range(5, limits.COLUMNS + 1)}
    assert kinds(grid) == [(Odd.ZERO_HEIGHT, ""), (Odd.TOO_MUCH, "")]


def test_the_lists_of_excel_2010_are_read_too() -> None:
    after = (
        '<extLst><ext uri="u" xmlns:x14="urn:x14" xmlns:xm="urn:xm">'
        '<x14:dataValidations><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>Lists!$A$1:$A$3</xm:f></x14:formula1>"
        "<xm:sqref>B2 B4</xm:sqref></x14:dataValidation></x14:dataValidations>"
        "</ext></extLst>"
    )
    (rule,) = read(book(sheet("", after=after))).sheets[0].validations
    assert (rule.sqref, rule.type, rule.formula1) == (
        "B2 B4",
        "list",
        "Lists!$A$1:$A$3",
    )


def test_protection_of_sheet_and_structure() -> None:
    found = parts(sheet("", after='<sheetProtection sheet="true"/>'),
                  sheet("", after='<sheetProtection objects="1"/>'))  # fmt: skip
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace(
        "<sheets>", '<workbookProtection lockStructure="1"/><sheets>'
    )
    grid = read(zipped(found))
    assert [part.is_protected for part in grid.sheets] == [True, False]
    assert grid.is_structure_protected


def test_two_sheets_of_one_name_are_told() -> None:
    found = parts(sheet(""), sheet(""))
    found["xl/workbook.xml"] = found["xl/workbook.xml"].replace('"S2"', '"s1"')
    assert [odd.kind for odd in read(zipped(found)).oddities] == [Odd.SAME_SHEET_NAME]


# --- refusals inside of parts


def refusal(data: bytes) -> str:
    """Return the sentence, the same by both ways."""
    said = set()
    for is_quick in (True, False):
        with pytest.raises(CannotRead) as caught:
            read_grid(open_bytes(data, "X.xlsx"), is_quick=is_quick)
        said.add(str(caught.value))
    (sentence,) = said
    assert sentence.startswith("X.xlsx cannot be read: ")
    assert sentence.endswith(".")
    return sentence.removeprefix("X.xlsx cannot be read: ")


DEEP = "<a>" * limits.XML_DEPTH + "</a>" * limits.XML_DEPTH
DEEPER_BY_ONE = "<a>" * (limits.XML_DEPTH - 3) + "</a>" * (limits.XML_DEPTH - 3)
SHEET = "its part 'xl/worksheets/sheet1.xml' "
TEXTS = "its part 'xl/sharedStrings.xml' "


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("<c r='A1'/>", SHEET + "is damaged: a cell stands outside of a row."),
        ("<row><row/></row>", SHEET + "is damaged: a row stands in a row."),
        ("<row><c r='A1'><c r='B1'/></c></row>",
         SHEET + "is damaged: a cell stands outside of a row."),
        ("<row><v>1</v></row>",
         SHEET + "is damaged: a value stands outside of a cell."),
        ("<row><c><v>1<v>2</v></v></c></row>",
         SHEET + "is damaged: a value stands outside of a cell."),
        ("<row><c><v>1<b/></v></c></row>",
         SHEET + "is damaged: an element stands inside a value."),
        ("<row><c><v><f>1</f></v></c></row>",
         SHEET + "is damaged: a formula stands outside of a cell."),
        ("<row r='0'/>", SHEET + "is damaged: a row has an impossible number."),
        ("<row r='1048577'/>", SHEET + "is damaged: a row has an impossible number."),
        ("<row r='x'/>", SHEET + "is damaged: a row has an impossible number."),
        ("<row r='1'><c r='XFE1'/></row>",
         SHEET + "is damaged: a cell has an impossible address."),
        ("<row r='1'><c r='A0'/></row>",
         SHEET + "is damaged: a cell has an impossible address."),
        ("<row r='1'><c r='1A'/></row>",
         SHEET + "is damaged: a cell has an impossible address."),
        ("<row r='1'><c r='XFD1'/><c/></row>",
         SHEET + "is damaged: a row is too long."),
        ("<row><c t='s'><v>0</v></c></row>",
         "a cell points at a shared text that does not exist."),
        ("<row><c t='s'><v>-1</v></c></row>",
         "a cell points at a shared text that does not exist."),
        ("<row><c><f t='array'>A1</f></c></row>",
         SHEET + "is damaged: an array formula has no range."),
        ("</sheetData><sheetData>", SHEET + "is damaged: it has two cell areas."),
        ("<row>", SHEET + "is broken XML."),
        ("<row r='1' r='1'/>", SHEET + "is broken XML."),
        ("<row><c r='A1'><v>\x01</v></c></row>", SHEET + "is broken XML."),
        ("<row><c r='A1'><v>&x;</v></c></row>", SHEET + "is broken XML."),
        (f"<row><c>{DEEP}</c></row>", SHEET + "nests elements deeper than 200 levels."),
        (f"<row><c>{DEEPER_BY_ONE}</c></row>",
         SHEET + "nests elements deeper than 200 levels."),
        (f"<row><c><is>{DEEP}</is></c></row>",
         SHEET + "nests elements deeper than 200 levels."),
        (f"</sheetData>{DEEP}<x>", SHEET + "nests elements deeper than 200 levels."),
        ("<row><c><v>" + "1" * limits.XML_RUN_BYTES + "</v></c></row>",
         SHEET + "holds a text longer than 256 KB."),
        ("<row><c a='" + "1" * limits.XML_RUN_BYTES + "'/></row>",
         SHEET + "holds a text longer than 256 KB."),
        ("<row><c t='str'><v>" + "x" * (limits.TEXT_CHARACTERS + 1) + "</v></c></row>",
         SHEET + "is damaged: the text of row 1 is too long."),
        ("<row><c t='inlineStr'><is><t>" + "x" * (limits.TEXT_CHARACTERS + 1)
         + "</t></is></c></row>", SHEET + "is damaged: a text is too long."),
    ],
)  # fmt: skip
def test_a_damaged_sheet(rows: str, reason: str) -> None:
    assert refusal(book(sheet(rows))).startswith(reason)


def changed(name: str, old: str, new: str) -> bytes:
    found = parts(sheet(row('<c r="A1"/>')), shared=strings("<t>x</t>"))
    assert old in found[name]
    return zipped(found | {name: found[name].replace(old, new)})


def without(name: str) -> bytes:
    found = parts(sheet(""))
    del found[name]
    return zipped(found)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (without("_rels/.rels"), "it does not say which of its parts is the workbook."),
        (without("xl/workbook.xml"), "its part 'xl/workbook.xml' is missing."),
        (without("xl/styles.xml"), "its part 'xl/styles.xml' is missing."),
        (without("xl/_rels/workbook.xml.rels"), "its sheet 'S1' has no part."),
        (without("xl/worksheets/sheet1.xml"),
         "its part 'xl/worksheets/sheet1.xml' is missing."),
        (changed("xl/workbook.xml", 'r:id="rId1"', ""), "its sheet 'S1' has no part."),
        (changed("xl/workbook.xml", "sheets", "shoots"), "it has no sheets."),
        (changed("xl/worksheets/sheet1.xml", "worksheet", "chartsheet"),
         SHEET + "is damaged: it is not a worksheet."),
        (changed("xl/worksheets/sheet1.xml", "sheetData", "cellData"),
         SHEET + "is damaged: it has no cell area."),
        (changed("xl/worksheets/sheet1.xml", MAIN, "urn:x"),
         SHEET + "is damaged: it is not a worksheet."),
        (changed("xl/styles.xml", "</fonts>", DEEP + "</fonts>"),
         "its part 'xl/styles.xml' nests elements deeper than 200 levels."),
        (changed("xl/sharedStrings.xml", "<t>", DEEP + "<t>"),
         "its part 'xl/sharedStrings.xml' nests elements deeper than 200 levels."),
        (changed("xl/sharedStrings.xml", "<t>x</t>", "<t>" * 300 + "</t>" * 300),
         TEXTS + "is damaged: an element stands inside a text."),
        (changed("xl/sharedStrings.xml", "<t>x</t>", "<t>a<b/>x</t>"),
         TEXTS + "is damaged: an element stands inside a text."),
        (changed("xl/sharedStrings.xml", "<t>x</t>", "<r><si/></r>"),
         TEXTS + "is damaged: a text stands inside of another."),
        (changed("xl/workbook.xml", "<sheets>", DEEP + "<sheets>"),
         "its part 'xl/workbook.xml' nests elements deeper than 200 levels."),
        (changed("xl/workbook.xml", "</workbook>", ""),
         "its part 'xl/workbook.xml' is broken XML."),
        (changed("xl/styles.xml", "UTF-8", "Klingon"),
         "its part 'xl/styles.xml' has an unknown encoding."),
    ],
)  # fmt: skip
def test_a_damaged_package(data: bytes, reason: str) -> None:
    assert refusal(data).startswith(reason)


def test_a_part_cannot_serve_two_sheets() -> None:
    found = parts(sheet(""), sheet(""))
    found["xl/_rels/workbook.xml.rels"] = found["xl/_rels/workbook.xml.rels"].replace(
        "sheet2.xml", "SHEET1.xml"
    )
    assert refusal(zipped(found)).startswith("its sheet 'S2' shares its part")


@pytest.mark.parametrize(
    "name",
    ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml", "_rels/.rels",
     "[Content_Types].xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml"],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_in_any_part_is_refused(name: str, encoding: str) -> None:
    found: dict[str, str | bytes] = dict(
        parts(sheet(row('<c r="A1"/>')), shared=strings("<t>x</t>"))
    )
    part = str(found.get(name, f"{DECLARATION}<theme/>")).replace(
        DECLARATION,
        DECLARATION.replace("UTF-8", encoding) + '<!DOCTYPE x [<!ENTITY a "b">]>',
    )
    found[name] = part.encode(encoding)
    reason = f"its part '{name}' declares a DOCTYPE, which no workbook may have."
    assert refusal(zipped(found)).startswith(reason)


# --- limits over the whole book


@pytest.mark.parametrize(("cells", "is_read"), [(9, True), (10, True), (11, False)])
def test_the_limit_of_cells(
    cells: int, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CELLS", 10)
    one = sheet("".join(row(f'<c r="A{n}"/>', number=n) for n in range(1, 6)))
    two = sheet("".join(row(f'<c r="A{n}"/>', number=n) for n in range(1, cells - 4)))
    if is_read:
        assert sum(len(s.cells) for s in read(book(one, two)).sheets) == cells
    else:
        assert refusal(book(one, two)).startswith("it holds more than 10 cells.")


@pytest.mark.parametrize(("cells", "is_read"), [(10, True), (11, False)])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_the_limit_of_cells_that_are_filled_in(
    cells: int, is_read: bool, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FORM_CELLS", 10)
    rows = "".join(row(f'<c r="A{n}"/>', number=n) for n in range(1, cells + 1))
    data = sheet(rows + row("<c/>", number=99), before="<cols><col min='1'/></cols>")
    if prefix:
        data = re.sub(r"<(/?)(?=[a-z])", rf"<\1{prefix}", data)
        data = data.replace("xmlns=", "xmlns:x=")
    package = open_bytes(book(data, data))
    read_grid(package)  # no sheet of the book is filled in
    read_grid(package, is_form=lambda name: name == "Other")
    if is_read:
        monkeypatch.setattr(limits, "FORM_CELLS", 2 * cells + 2)
        read_grid(package, is_form=lambda _: True)
        return
    with pytest.raises(CannotRead) as refused:
        read_grid(package, is_form=lambda _: True)
    assert str(refused.value).startswith(
        "the workbook cannot be read: the sheets that are filled in hold 24 cells, "
        "more than 10, most of them on 'S1'. Delete what was pasted"
    )


@pytest.mark.parametrize(("length", "is_read"), [(19, True), (20, True), (21, False)])
def test_the_limit_of_shared_formulas(
    length: int, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXPANDED_FORMULA_CHARACTERS", 20)
    master = "A1+" + "1" * (length - 13)  # the second cell has ten characters
    rows = row('<c r="B1"><f t="shared" ref="B1" si="0">' + master + "</f></c>") + row(
        '<c r="B2"><f t="shared" si="0"/></c>', number=2
    )
    one = row('<c r="B1"><f t="shared" ref="B1" si="0">A1+1234567</f></c>') + row(
        '<c r="B2"><f t="shared" si="0"/></c>', number=2
    )
    data = book(sheet(one), sheet(rows))
    if is_read:
        read(data)
    else:
        assert refusal(data).startswith("its shared formulas are too long")


@pytest.mark.parametrize(("room", "is_read"), [(7, True), (6, True), (5, False)])
def test_the_limit_of_array_formulas(
    room: int, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ARRAY_CELLS", room)
    array = '<f t="array" ref="A1:XFD1048576">1</f>'
    other = '<f t="array" ref="A1:C1">1</f>'
    data = book(sheet(row(f'<c r="A1">{array}</c>', f'<c r="B1">{other}</c>', "<c/>")))
    if is_read:
        read(data)
    else:
        assert refusal(data).startswith("its array formulas cover too many cells.")


@pytest.mark.parametrize(
    ("limit", "data", "reason"),
    [
        ("SHARED_TEXTS", book(sheet(""), shared=strings("", "<t>a</t>", "<t>b</t>")),
         "its part 'xl/sharedStrings.xml' is damaged: it has too many texts."),
        ("STYLES", book(sheet("")),
         "its part 'xl/styles.xml' is damaged: it has too many cell styles."),
        ("RULES_OF_A_SHEET",
         book(sheet("", after="<m>" + "<mergeCell/>" * 3 + "</m>")),
         SHEET + "is damaged: it has too many merged ranges."),
        ("RULES_OF_A_SHEET",
         book(sheet("", after="<m>" + "<dataValidation/>" * 4 + "</m>")),
         SHEET + "is damaged: it has too many data validations."),
    ],
)  # fmt: skip
def test_other_limits(
    limit: str, data: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, limit, 3)
    read(data)
    forget()  # what was read within the limit before
    monkeypatch.setattr(limits, limit, 2)
    assert refusal(data).startswith(reason)


def test_the_limit_of_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book(sheet(""))
    monkeypatch.setattr(limits, "ELEMENTS_OF_A_SMALL_PART", 6)
    read(data)
    forget()
    monkeypatch.setattr(limits, "ELEMENTS_OF_A_SMALL_PART", 5)
    assert "it has too many elements" in refusal(data)


def test_what_just_fits_is_read() -> None:
    deep = limits.XML_DEPTH - 2
    grid = read(book(sheet(row(
        f"<c t='str'><v>{'x' * limits.TEXT_CHARACTERS}</v></c>",
        f"<c>{'<a>' * (limits.XML_DEPTH - 4)}{'</a>' * (limits.XML_DEPTH - 4)}</c>",
        '<c r="XFD1"/>',
    ) + '<row r="1048576"/>', "<b>" * deep + "</b>" * deep)))  # fmt: skip
    assert len(str(grid.sheets[0].cells[1, 1].value)) == limits.TEXT_CHARACTERS


def test_the_styles_of_the_hand_made_book() -> None:
    styles = read(book(sheet(""))).styles
    assert [styles.is_locked(n) for n in range(4)] == [True, False, True, True]
    assert [styles.number_format(n) for n in range(4)] == [
        "General", "0.00", "yyyy\\-mm\\-dd", "General",
    ]  # fmt: skip
    assert [styles.is_date(n) for n in range(4)] == [False, False, True, False]
    assert styles.hidden_formulas == {2}
    assert "protection" in STYLES
