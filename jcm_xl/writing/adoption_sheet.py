"""An official workbook beside our definition, in a workbook where a person decides."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from jcm_xl.adopt.adoption import Adoption
from jcm_xl.adopt.items import ComparedItem, Verdict

SHEET = "Comparison"
TAKE = "Take the official one?"
YES = "yes"
FILE, SHA256 = "Official workbook", "SHA-256"
HEADINGS = ("Item", "Verdict", "Ours", "Official", "Where", "Remark",
            "Numbers at which they differ", TAKE)  # fmt: skip
TAKEABLE = (Verdict.DIFFERS, Verdict.ONLY_OFFICIAL)
"""Verdicts on which there is something to decide."""

_CREATED = datetime(2013, 1, 1)
_WIDTHS = (40, 14, 44, 44, 30, 44, 44, 16)
_HELP = (
    "Choose 'yes' where the official number or text is to replace ours; what is the "
    "same needs no answer. Then: jcm-xl adopt OFFICIAL.xlsx --overlay DIR "
    "--confirmed-by NAME --take THIS_FILE.xlsx. A formula is never taken by an overlay."
)
_HEAD_ROW = 5
_ORDER = (Verdict.DIFFERS, Verdict.ONLY_OFFICIAL, Verdict.ONLY_OURS,
          Verdict.NOT_COMPARABLE, Verdict.SAME, Verdict.NOT_PRINTED)  # fmt: skip


def write_adoption_sheet(name: str, sha256: str, found: Adoption) -> bytes:
    """Return the bytes of the workbook: differences first, a link to each cell.

    name: of the official file, which lies beside it when a link is followed.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False,
               "strings_to_formulas": False, "strings_to_urls": False}  # fmt: skip
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": "jcm-xl adopt", "created": _CREATED})
    sheet = book.add_worksheet(SHEET)
    _head(book, sheet, name, sha256, found)
    items = sorted(found.items, key=lambda item: _ORDER.index(item.verdict))
    _rows(book, sheet, name, items)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(items), len(HEADINGS) - 1)
    sheet.protect("", {"format_columns": True, "autofilter": True})
    book.close()
    return buffer.getvalue()


def _head(book: Any, sheet: Any, name: str, sha256: str, found: Adoption) -> None:
    bold = book.add_format({"bold": True})
    m = found.methodology
    sheet.write_string(0, 0, f"{m.key} {m.title}", bold)
    sheet.write_string(1, 0, FILE)
    sheet.write_string(1, 1, name)
    sheet.write_string(2, 0, SHA256)
    sheet.write_string(2, 1, sha256)
    sheet.write_string(3, 0, f"Proof by calculation: {found.proof}")
    sheet.write_string(4, 0, _HELP)


def _rows(book: Any, sheet: Any, name: str, items: list[ComparedItem]) -> None:
    title = book.add_format({"bold": True, "bg_color": "#D9E1F2", "border": 1,
                             "text_wrap": True})  # fmt: skip
    told = {"border": 1, "text_wrap": True, "valign": "top"}
    plain, wrong = book.add_format(told), book.add_format({**told, "bold": True})
    typed = book.add_format({**told, "locked": False, "bg_color": "#FFF2CC"})
    link = book.add_format({**told, "font_color": "#0563C1", "underline": 1})
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(_HEAD_ROW, column, heading, title)
    for row, item in enumerate(items, _HEAD_ROW + 1):
        texts = (item.item, str(item.verdict), item.ours, item.official, item.place,
                 item.reason, item.counterexample)  # fmt: skip
        form = wrong if item.verdict.is_difference else plain
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text[:32_000], form)
        if item.cell:
            at = f"'{item.sheet.replace(chr(39), chr(39) * 2)}'!{item.cell}"
            url = f"external:{name}#{at}"
            if len(url) < 255 and "#" not in name:
                sheet.write_url(row, 4, url, link, item.place)
        if item.verdict in TAKEABLE:
            sheet.write_blank(row, len(texts), None, typed)
            choice = {"validate": "list", "source": [YES]}
            sheet.data_validation(row, len(texts), row, len(texts), choice)
