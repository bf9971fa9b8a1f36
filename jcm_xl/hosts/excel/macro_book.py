"""What makes the working copy for Excel of a book: macros, settings sheet, buttons.

All of it stands on sheets that no other sheet refers to: without `Live` and
`xlwings.conf`, saved as .xlsx, the book is the plain submission.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jcm_xl.hosts.excel.settings_sheet import NAME, write_settings
from jcm_xl.hosts.excel.vba.sources import Carrier
from jcm_xl.hosts.excel.xlam import add_macros
from jcm_xl.plan.plan import Plan

BUTTONS = {
    "check": "JcmCheck",
    "recalculate": "JcmRecalculate",
    "explain": "JcmExplain",
    "export": "JcmExport",
    "remove": "JcmRemove",
}
"""Buttons of the sheet Live with the macro that each one calls."""

_ROW, _COLUMN = 6, 1  # the two lines between the state of the functions and the table
_WIDTH, _HEIGHT, _GAP = 168, 30, 8


def add_working_parts(book: Any, plan: Plan, sheets: Mapping[str, Any]) -> None:
    """Add macros, settings and buttons to a book of XlsxWriter before it is closed."""
    add_live_parts(book, plan, sheets)
    add_macros(book, Carrier.BOOK)


def add_live_parts(book: Any, plan: Plan, sheets: Mapping[str, Any]) -> None:
    """Add the buttons and the settings; macros come when all sheets are there."""
    live = sheets[plan.sheets["live"]]
    for number, (word, macro) in enumerate(BUTTONS.items()):
        live.insert_button(
            _ROW, _COLUMN,
            {
                "macro": macro,
                "caption": plan.messages(f"live.buttons.{word}"),
                "width": _WIDTH,
                "height": _HEIGHT,
                "x_offset": number * (_WIDTH + _GAP),
                "y_offset": 4,
            },
        )  # fmt: skip
    settings = book.add_worksheet(NAME)
    write_settings(book, settings)
