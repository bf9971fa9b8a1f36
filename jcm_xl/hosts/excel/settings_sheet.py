"""The sheet `xlwings.conf`: what xlwings' macro reads before it starts Python.

Keys stand in column A from the first row without a gap, values beside them; column D
is for people. An interpreter is named only if it was asked for: a blank line there
would hide the one that is set for the whole computer.
"""

from __future__ import annotations

from typing import Any

from jcm_xl.hosts.excel.vba.sources import XLWINGS

NAME = "xlwings.conf"
FUNCTIONS = "jcm_xl.hosts.excel.functions"
INTERPRETER = "Interpreter_Win"
MADE_WITH = "Made with xlwings"
"""A line for `jcm-xl doctor`: the version that the macros load; xlwings ignores it."""
_NOTES = (
    "Settings of the macros in this file, read by xlwings. Column A: names, column B:"
    " values.",
    f"Add a line '{INTERPRETER}' below the last one, with the full path of python.exe,"
    " to use another Python than the computer's.",
    "'jcm-xl doctor' in a command window says whether Python is found and what is"
    " missing.",
    "This sheet does not belong to a submission: the button 'Remove' deletes it.",
)


def settings(interpreter: str = "") -> dict[str, str]:
    """Return the lines of the sheet."""
    lines = {
        "UDF Modules": FUNCTIONS,
        # Else a file jcm_xl.py beside the workbook would be run in place of ours.
        "ADD_WORKBOOK_TO_PYTHONPATH": "false",
        MADE_WITH: XLWINGS,
    }
    if interpreter:
        lines[INTERPRETER] = interpreter
    return lines


def write_settings(book: Any, sheet: Any, interpreter: str = "") -> None:
    """Fill the sheet with XlsxWriter."""
    grey = book.add_format({"font_color": "#7F7F7F", "italic": True})
    for row, (key, value) in enumerate(settings(interpreter).items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    for row, text in enumerate(_NOTES):
        sheet.write_string(row, 3, text, grey)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 40)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
