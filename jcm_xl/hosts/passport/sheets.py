"""The two sheets of the passport, written with XlsxWriter."""

from __future__ import annotations

from typing import Any

from jcm_xl.hosts.passport.rows import (
    ANSWER,
    COLUMNS,
    EXPECTED,
    FACTS,
    FORMULA,
    HERE,
    MACRO_FACTS,
    NUMBER,
    WHAT,
    WHERE,
    PassportPlan,
)
from jcm_xl.hosts.passport.trial import (
    ABSENT,
    DIFFERS,
    EQUAL,
    RESULTS,
    SEEN,
    WAITING,
    Trial,
    ValueBlock,
    answer_formula,
)
from jcm_xl.version import __version__
from jcm_xl.writing.worksheet import ExactWorksheet
from jcm_xl.writing.write import EMPTY_TEXT
from jcm_xl.xlsx.grid import CellError, CellValue, address
from jcm_xl.xlsx.limits import FORMULA_CHARACTERS as LONGEST_FORMULA

MARK = f"Passport of jcm_xl {__version__}"
KINDS = (EQUAL, DIFFERS, ABSENT, SEEN)
_SHOWN = 250
_HINTS = (
    "This book tests the program in which it is open. It reads nothing of this "
    "computer but the program's version, bits, language and signs; no name, no path.",
    "1. Recalculate everything: in Excel Ctrl+Alt+F9, in LibreOffice Ctrl+Shift+F9. "
    "Each line then says 'equal' or 'differs'.",
    "2. Save the book under a new name, and mail it to whoever sent it to you.",
    "They run: jcm-xl passport read FILE",
)
_PRESS = (
    "Press the button first (Enable Content, if asked): it writes what Excel says of "
    "itself and presses each button of jcm_xl. Close each message with OK, choose "
    "no file (Cancel), and answer 'no' where working sheets are to be deleted."
)
_COLOURS = {EQUAL: "#C6E0B4", DIFFERS: "#F8CBAD", ABSENT: "#FFE699"}
_UNTOUCHED = f"{WAITING} yet: recalculate everything"


class PassportSheets:
    """Writes the rows of a plan."""

    name = RESULTS

    def __init__(self, book: Any, rows: PassportPlan, version: str) -> None:
        """Take the book of XlsxWriter; `version` is the function that tells it."""
        self._book, self._rows = book, rows
        self._formats: dict[str, Any] = {}
        self._sheet = book.add_worksheet(RESULTS, ExactWorksheet)
        row = next(r for r, t in rows.trials.items() if t.what == version)
        self._version = address(row, HERE)

    def write(self, macro: str) -> None:
        """Write the results; `macro` is called by the button, if there is one."""
        sheet = self._sheet
        for column, width in enumerate(COLUMNS):
            sheet.set_column(column, column, width)
        self._text(1, NUMBER, MARK, "title")
        for row, text in enumerate((*_HINTS, _PRESS if macro else ""), 2):
            self._text(row, NUMBER, text, "note")
        for row, text in self._rows.headings.items():
            for column in range(NUMBER, ANSWER + 1):
                self._text(row, column, text if column == NUMBER else "", "head")
        self._facts()
        self._totals()
        for number, (row, trial) in enumerate(self._rows.trials.items(), 1):
            self._trial(number, row, trial)
        for block, (place, row, column) in self._rows.places.items():
            if place == RESULTS:
                self._block(sheet, block.block, row, column)
        if macro:
            sheet.insert_button(0, HERE - 1, {"macro": macro, "caption": "Run all",
                                              "width": 150, "height": 28})  # fmt: skip
        self._look()

    def values(self, name: str) -> None:
        """Write the other sheet: cells that formulas read from elsewhere."""
        sheet = self._book.add_worksheet(name, ExactWorksheet)
        sheet.write_string(0, 0, "Cells that formulas of the passport read")
        for block, (place, row, column) in self._rows.places.items():
            if place == name:
                self._block(sheet, block.block, row, column)

    # -- parts -----------------------------------------------------------------------

    def _facts(self) -> None:
        for name, row in self._rows.facts.items():
            words, formula = FACTS[name]
            self._text(row, WHAT, words)
            self._text(row, FORMULA, formula, "code")
            style = "moment" if name == "calculated" else ""
            self._formula(row, HERE, formula, WAITING, style)
        for name, row in self._rows.macro_facts.items():
            self._text(row, NUMBER, name, "small")
            self._text(row, WHAT, MACRO_FACTS[name])
        for name, row in self._rows.buttons.items():
            self._text(row, NUMBER, name, "small")
            self._text(row, WHAT, f"Button {name.removeprefix('Jcm')}")

    def _totals(self) -> None:
        for totals, row in self._rows.totals.items():
            self._text(row, WHAT, totals.section)
            area = f"{address(totals.first, ANSWER)}:{address(totals.last, ANSWER)}"
            counts = {kind: f'COUNTIF({area},"{kind}")' for kind in KINDS}
            words = [f'{count}&" {kind}"' for kind, count in counts.items()]
            self._formula(row, WHERE, '&", "&'.join(words), _UNTOUCHED)
            told = f'"{EQUAL}"'
            for kind, count in ((ABSENT, f"={totals.count}"), (DIFFERS, ">0")):
                told = f'IF({counts[kind]}{count},"{kind}",{told})'
            is_whole = f"{'+'.join(counts.values())}={totals.count}"
            self._formula(row, ANSWER, f'IF({is_whole},{told},"{WAITING}")', WAITING)

    def _trial(self, number: int, row: int, trial: Trial) -> None:
        formula = self._rows.formula(trial)
        assert len(formula) <= LONGEST_FORMULA, trial.where
        self._text(row, NUMBER, f"{number}", "small")
        self._text(row, WHAT, trial.what)
        self._text(row, WHERE, trial.where, "small")
        cut = formula if len(formula) <= _SHOWN else f"{formula[:_SHOWN]} ..."
        self._text(row, FORMULA, cut, "code")
        self._put(self._sheet, row, EXPECTED, trial.expected)
        if trial.is_array:
            at = (row - 1, HERE - 1) * 2
            self._sheet.write_array_formula(*at, f"{{={formula}}}", None, WAITING)
        else:
            self._formula(row, HERE, formula, WAITING)
        cells = address(row, EXPECTED), address(row, HERE)
        told = answer_formula(trial, *cells, self._version)
        self._formula(row, ANSWER, told, WAITING)

    def _block(self, sheet: Any, block: ValueBlock, row: int, column: int) -> None:
        for down, values in enumerate(block):
            for right, value in enumerate(values):
                self._put(sheet, row + down, column + right, value)

    def _look(self) -> None:
        sheet = self._sheet
        last = max(self._rows.trials)
        for word, colour in _COLOURS.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"',
                    "format": self._book.add_format({"bg_color": colour})}  # fmt: skip
            sheet.conditional_format(0, ANSWER - 1, last, ANSWER - 1, rule)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.activate()
        sheet.set_first_sheet()

    # -- cells -----------------------------------------------------------------------

    def _put(self, sheet: Any, row: int, column: int, value: CellValue) -> None:
        at = row - 1, column - 1
        if value is None:
            return
        if isinstance(value, CellError):
            sheet.write_formula(*at, f"={value.code}", None, value.code)
        elif isinstance(value, bool):
            sheet.write_boolean(*at, value)
        elif value == "":
            sheet.write_formula(*at, '=""', None, EMPTY_TEXT)
        elif isinstance(value, str):
            sheet.write_string(*at, value)
        else:
            sheet.write_number(*at, float(value))

    def _text(self, row: int, column: int, text: str, style: str = "") -> None:
        if text or style == "head":
            self._sheet.write_string(row - 1, column - 1, text, self._format(style))

    def _formula(
        self, row: int, column: int, formula: str, value: str, style: str = ""
    ) -> None:
        form = self._format(style)
        self._sheet.write_formula(row - 1, column - 1, f"={formula}", form, value)

    def _format(self, style: str) -> Any:
        if style not in self._formats:
            self._formats[style] = self._book.add_format(_STYLES[style])
        return self._formats[style]


_GREY = {"font_color": "#7F7F7F"}
_STYLES: dict[str, dict[str, object]] = {
    "": {},
    "title": {"bold": True, "font_size": 14},
    "note": {"italic": True},
    "head": {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF"},
    "small": {**_GREY, "font_size": 8},
    "code": {**_GREY, "font_name": "Consolas", "font_size": 8},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
}
