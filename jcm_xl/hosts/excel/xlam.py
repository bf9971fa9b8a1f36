"""The add-in for Excel: ribbon, macros and settings in one file, no workbook of theirs.

XlsxWriter writes a macro book; what it does not know, the type of an add-in and the
ribbon, is put into the finished file.
"""

from __future__ import annotations

import io
import re

import xlsxwriter

from jcm_xl.hosts.excel.settings_sheet import NAME, write_settings
from jcm_xl.hosts.excel.vba.build import macro_binary
from jcm_xl.hosts.excel.vba.sources import Carrier
from jcm_xl.places import macros
from jcm_xl.writing.write import CREATED
from jcm_xl.writing.zipped import unzipped, zipped

_BOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_RIBBON_2010 = "http://schemas.microsoft.com/office/2009/07/customui"
_RIBBON_2007 = "http://schemas.microsoft.com/office/2006/01/customui"
_RELATIONS = (
    ("customUI/customUI.xml",
     "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"),
    ("customUI/customUI14.xml",
     "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"),
)  # fmt: skip


def excel_addin(interpreter: str = "") -> bytes:
    """Return the bytes of `jcm.xlam`; the same version gives the same bytes."""
    parts = unzipped(_macro_book(interpreter))
    _replace(parts, "[Content_Types].xml", _BOOK_TYPE, _ADDIN_TYPE)
    _replace(parts, "xl/workbook.xml", "<workbookView ",
             '<workbookView visibility="hidden" ')  # fmt: skip
    ribbon = (macros() / "ribbon.xml").read_text(encoding="utf-8")
    parts["customUI/customUI14.xml"] = ribbon.encode()
    old = re.sub(re.escape(_RIBBON_2010), _RIBBON_2007, ribbon)
    parts["customUI/customUI.xml"] = old.encode()
    links = "".join(
        f'<Relationship Id="rIdJcm{number}" Type="{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(_RELATIONS, 1)
    )
    end = "</Relationships>"
    _replace(parts, "_rels/.rels", end, links + end)
    return zipped(parts.items())


def _macro_book(interpreter: str) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False})
    about = "Buttons and live functions for JCM workbooks"
    book.set_properties(
        {"title": "jcm_xl", "created": CREATED, "author": "", "comments": about}
    )
    sheet = book.add_worksheet(NAME)
    write_settings(book, sheet, interpreter)
    add_macros(book, Carrier.ADDIN)
    book.close()
    return buffer.getvalue()


def add_macros(
    book: xlsxwriter.Workbook, carrier: Carrier, more: tuple[str, ...] = ()
) -> None:
    """Put the macros into a book whose sheets are all there, with their code names.

    more: modules of ours that this book alone carries.
    """
    sheets = book.worksheets()
    book.set_vba_name("ThisWorkbook")
    for number, sheet in enumerate(sheets, 1):
        sheet.set_vba_name(f"Sheet{number}")
    binary = macro_binary(carrier, len(sheets), more)
    book.add_vba_project(io.BytesIO(binary), is_stream=True)


def _replace(parts: dict[str, bytes], name: str, old: str, new: str) -> None:
    text = parts[name].decode()
    if text.count(old) != 1:
        raise AssertionError(f"XlsxWriter writes {name} otherwise than before: {old}")
    parts[name] = text.replace(old, new).encode()
