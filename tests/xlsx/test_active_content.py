"""What could run, load or link something is told, and never followed."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.read import read_grid
from tests.xlsx.handmade import (
    MAIN,
    OFFICE,
    book,
    parts,
    relations,
    sheet,
    zipped,
)

RELS = "xl/worksheets/_rels/sheet1.xml.rels"


def told(extra: dict[str, str]) -> list[tuple[Odd, str]]:
    """Return what is told but that the parts themselves are not there."""
    data = book(sheet(""), extra=extra)
    return [
        (odd.kind, str(odd))
        for odd in read_grid(open_bytes(data)).oddities
        if odd.kind is not Odd.BAD_RELATION
    ]


@pytest.mark.parametrize(
    ("relation", "kind", "detail"),
    [
        (("r", "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
          "vba.bin"), Odd.MACROS, "macros (xl/worksheets/vba.bin)"),
        (("r", "externalLink", "../externalLinks/e1.xml"), Odd.EXTERNAL_LINK,
         "link to another workbook (xl/externalLinks/e1.xml)"),
        (("r", "externalLinkPath", "file:///C:/Other.xlsx"), Odd.EXTERNAL_LINK,
         "link to another workbook (file:///C:/Other.xlsx)"),
        (("r", "oleObject", "o.bin"), Odd.OLE_OBJECT,
         "embedded object (xl/worksheets/o.bin)"),
        (("r", "control", "c.xml"), Odd.ACTIVE_X,
         "ActiveX control (xl/worksheets/c.xml)"),
        (("r", "queryTable", "q.xml"), Odd.QUERY, "query (xl/worksheets/q.xml)"),
        (("r", "image", "https://example.org/pixel.png"), Odd.REMOTE_CONTENT,
         "content loaded from elsewhere (https://example.org/pixel.png)"),
    ],
)  # fmt: skip
def test_a_relation_that_acts(
    relation: tuple[str, str, str], kind: Odd, detail: str
) -> None:
    assert told({RELS: relations(relation)}) == [(kind, detail)]


def test_a_link_to_a_web_page_is_nothing_odd() -> None:
    assert told({RELS: relations(("r", "hyperlink", "https://example.org/"))}) == []


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        ("application/vnd.ms-office.vbaProject", Odd.MACROS),
        ("application/vnd.ms-office.vba&#80;roject", Odd.MACROS),
        ("application/vnd.ms-excel.macrosheet+xml", Odd.MACRO_SHEET),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml",
         Odd.CONNECTION),
        ("application/vnd.ms-office.activeX+xml", Odd.ACTIVE_X),
        ("application/vnd.ms-office.webextension+xml", Odd.WEB_EXTENSION),
    ],
)  # fmt: skip
def test_a_type_that_acts(content_type: str, kind: Odd) -> None:
    override = f'<Override PartName="/xl/p" ContentType="{content_type}"/></Types>'
    types = parts(sheet(""))["[Content_Types].xml"].replace("</Types>", override)
    assert told({"[Content_Types].xml": types}) == [(kind, f"{kind.value} (xl/p)")]


@pytest.mark.parametrize("link", ["ddeLink", "oleLink"])
def test_a_live_link_is_told(link: str) -> None:
    part = f'<externalLink xmlns="{MAIN}"><{link}/></externalLink>'
    assert told({"xl/externalLinks/externalLink1.xml": part}) == [
        (Odd.DDE_LINK, "DDE or OLE link (xl/externalLinks/externalLink1.xml)")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_query_of_power_query_is_told(encoding: str) -> None:
    found: dict[str, str | bytes] = dict(parts(sheet("")))
    item = f'<?xml version="1.0" encoding="{encoding}"?><DataMashup xmlns="x"/>'
    found["customXml/item1.xml"] = item.encode(encoding)
    (odd,) = read_grid(open_bytes(zipped(found))).oddities
    assert odd.kind is Odd.QUERY


def test_a_ribbon_and_a_macro_sheet_are_told() -> None:
    found = parts(sheet(""), sheet(""))
    found["_rels/.rels"] = relations(
        ("r1", "officeDocument", "xl/workbook.xml"),
        ("r2", "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
         "customUI/customUI.xml"),
    )  # fmt: skip
    found["xl/_rels/workbook.xml.rels"] = found["xl/_rels/workbook.xml.rels"].replace(
        f'{OFFICE}/worksheet" Target="worksheets/sheet2',
        'http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" '
        'Target="macrosheets/sheet2',
    )
    grid = read_grid(open_bytes(zipped(found)))
    kinds = [odd.kind for odd in grid.oddities]
    assert kinds[:2] == [Odd.CUSTOM_RIBBON, Odd.MACRO_SHEET]
    assert [sheet.kind for sheet in grid.sheets] == ["worksheet", "macrosheet"]


def test_a_real_macro_book_is_read_and_told(tmp_path: Path) -> None:
    macros = tmp_path / "vbaProject.bin"
    macros.write_bytes(b"<!DOCTYPE is nothing in a binary part")
    path = tmp_path / "book.xlsm"
    with xlsxwriter.Workbook(path) as written:
        written.add_worksheet().write("A1", 1)
        written.add_vba_project(str(macros))
    grid = read_grid(path)
    assert grid.sheets[0].cells[1, 1].value == 1
    assert {odd.kind for odd in grid.oddities} == {Odd.MACROS}
