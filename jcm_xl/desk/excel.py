"""What the buttons in Excel call: judge, recalculate and explain the open workbook.

Excel writes a copy of the book (SaveCopyAs) and the copy is read by our own reader:
the participant's file is never saved or changed by us. What comes of it is written on
marked sheets of our own; the one action that fills input cells is the example, into an
empty book and after a question.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from jcm_xl.copies.marks import (
    ADOPTION,
    BRIDGE,
    FINDINGS,
    SENSITIVITY,
    WHAT_IF,
    YEARS,
)
from jcm_xl.desk import own_sheets
from jcm_xl.desk.pages import (
    adoption_page,
    explanation_page,
    findings_page,
    lines_page,
    recalculation_page,
)
from jcm_xl.desk.passport import note_in_passport
from jcm_xl.documents.lines import counted
from jcm_xl.errors import JcmError

if TYPE_CHECKING:
    from xlwings import Book

    from jcm_xl.documents.explanation import Explained
    from jcm_xl.documents.lines import Line
    from jcm_xl.model.finding import Diagnostic, Report
    from jcm_xl.plan.slot import Slot
    from jcm_xl.submission.opened import OpenedBook
    from jcm_xl.text.languages import Messages

TITLE = "jcm_xl"
_NO_NAME, _WINDOW = "--wb=", "--hwnd="
WORKING_SHEETS = ("Live", "xlwings.conf")
"""Sheets of a macro book that do not belong to a submission."""


class Answered(Protocol):
    """What a question of the commands is answered with."""

    def lines(self) -> Iterator[Line]:
        """Yield the lines that the command prints."""


class CannotDo(JcmError):
    """An action that the open workbook does not allow."""


def run(action: str, book: Book | None = None) -> None:
    """Do what a button asks; whatever comes of it is said in one message."""
    if book is None:
        book = _open_book()
    try:
        message = ACTIONS[action](book)
    except Exception as error:  # the process ends here: nobody else could tell it
        message, mode = _sentence(error), "critical"
    else:
        mode = "info"
    note_in_passport(book, action, message)
    book.app.alert(message, TITLE, mode=mode)


def _open_book() -> Book:
    """Return the workbook whose button was pressed, or the active one.

    The add-in does not send its name: on a command line it would be read as more.
    """
    import xlwings

    window = [word[len(_WINDOW) :] for word in sys.argv if word.startswith(_WINDOW)]
    if _NO_NAME not in sys.argv or not window:
        return xlwings.Book.caller()
    # As Book.caller does: this Excel, not another one that runs as well.
    part: Any = xlwings
    excel = part.App(impl=part._xlwindows.App(xl=int(window[0])))
    active: Book = excel.books.active
    return active


def _sentence(error: Exception) -> str:
    if isinstance(error, JcmError):
        return str(error)
    return (
        f"jcm_xl met an internal error ({type(error).__name__}: {error}). No input "
        "cell was changed. Please save the book and report what 'jcm-xl check' says "
        "of the file with --debug."
    )


@contextmanager
def copy_of(book: Book) -> Iterator[Path]:
    """Let Excel write the book as it stands, saved or not, into a folder of ours."""
    ending = Path(book.name).suffix or ".xlsx"
    with tempfile.TemporaryDirectory(prefix="jcm_xl-") as folder:
        path = Path(folder) / f"copy{ending}"
        book.api.SaveCopyAs(str(path))
        yield path


def _opened(path: Path) -> OpenedBook:
    from jcm_xl.submission.open import open_book

    return open_book(path)


# -- actions ---------------------------------------------------------------------------


def check(book: Book, official: Path | None = None) -> str:
    """Write every finding on a sheet, with a note at each cell.

    official: the workbook by which a book made by hand is guarded.
    """
    report, w = _judged(book, official)
    verdict = w.say(report.verdict)
    if not report.methodology:
        raise CannotDo(verdict)
    with book.app.properties(screen_updating=False):
        own_sheets.write_page(book, findings_page(report, w))
        failed = own_sheets.write_notes(
            book,
            ((d.sheet, d.cell, _note(d, w)) for d in report.diagnostics if d.cell),
        )
    text = f"{verdict}\n\nSee the sheet '{FINDINGS}'."
    if failed:
        text += (
            f" No note at {counted(failed, 'cell')}: there is one already, or the "
            "sheet is protected."
        )
    return text


def template(book: Book) -> str:
    """Judge the book by the official workbook that the user chooses."""
    chosen = book.app.api.GetOpenFilename(
        "Excel workbooks (*.xlsx;*.xlsm),*.xlsx;*.xlsm", 1,
        "Choose the official workbook of the methodology",
    )  # fmt: skip
    if not isinstance(chosen, str):
        return "No official workbook was chosen; nothing was judged."
    return check(book, Path(chosen))


def adopt(book: Book) -> str:
    """Write each item of an official workbook beside our definition, with its cell."""
    from jcm_xl import api

    with copy_of(book) as path:
        _, found = api.adopt(path)
    with book.app.properties(screen_updating=False):
        own_sheets.write_page(book, adoption_page(found, book.name))
    count = counted(len(found.differences), "difference")
    return (
        f"{count} from the definition of {found.methodology.key}; filled and "
        f"calculated: {found.proof}.\n\nSee the sheet '{ADOPTION}'."
    )


def _note(d: Diagnostic, w: Messages) -> str:
    return f"{d.severity.name} {d.code}. {w.say(d.message)} {w.say(d.remedy)}"


def _judged(book: Book, official: Path | None = None) -> tuple[Report, Messages]:
    """Return the report, and the texts of the language that the book is written in."""
    from jcm_xl.checks.run import check_grid
    from jcm_xl.plan.identity import identify
    from jcm_xl.submission.open import read_file
    from jcm_xl.submission.settings import Settings
    from jcm_xl.text.languages import FIRST, languages, messages

    with copy_of(book) as path:
        grid = read_file(path).grid
    stamp = identify(grid).stamp
    language = stamp.language if stamp and stamp.language in languages() else FIRST
    name = f"{book.name} (a copy of the open book)"
    report = check_grid(grid, name, Settings(template=official))
    return report, messages(language)


def recalculate(book: Book) -> str:
    """Write what the sheets show and what Python gives side by side."""
    with copy_of(book) as path:
        page, differing = recalculation_page(_opened(path), book.name)
    with book.app.properties(screen_updating=False):
        own_sheets.write_page(book, page)
    outcome = (
        f"{counted(differing, 'cell')} not as recalculated."
        if differing
        else "Every calculated cell agrees with the recalculation."
    )
    return f"{outcome}\n\nSee the sheet '{page.name}'."


def explain(book: Book) -> str:
    """Write where the figure in the selected cell comes from."""
    from jcm_xl import api

    selected = book.selection
    if selected is None:
        raise CannotDo("Select a cell with a figure first.")
    sheet, place = selected.sheet.name, (selected.row, selected.column)
    with copy_of(book) as path:
        slot = slot_at(_opened(path), sheet, place)
        if slot is None or not slot.name:
            raise CannotDo(
                f"{selected.get_address(False, False)} on {sheet} shows no quantity of "
                "the methodology. Select a value, for example in Table 1 of the input "
                "sheet or in a block of the calculation sheet."
            )
        stage = "report" if slot.key.side == "mrs" else "plan"
        name = slot.name + (f"[{slot.unit}]" if slot.unit else "")
        explained = _of_file(api.explain(path, name, stage=stage), book.name)
        page = explanation_page(explained, book.name)
    with book.app.properties(screen_updating=False):
        own_sheets.write_page(book, page)
    return f"{name} is explained on the sheet '{page.name}'."


def what_if(book: Book) -> str:
    """Ask for changes and write the figures before and after."""
    from jcm_xl import api

    typed = book.app.api.InputBox(
        "Changes, separated by blanks, as EC_PJ_i_p[2]=405 EF_elec=0.77", TITLE
    )
    if not isinstance(typed, str) or not typed.strip():
        return "No change was typed; nothing was calculated."
    return _asked(book, WHAT_IF, lambda path: api.what_if(path, typed.split()))


def sensitivity(book: Book) -> str:
    """Write which input moves the tonnes how much."""
    from jcm_xl import api

    return _asked(book, SENSITIVITY, api.sensitivity)


def bridge(book: Book) -> str:
    """Write what leads from the plan's figure to the report's."""
    from jcm_xl import api

    return _asked(book, BRIDGE, api.bridge)


def years(book: Book) -> str:
    """Write the reductions by calendar year: from months where the book has them."""
    from jcm_xl import api

    return _asked(book, YEARS, api.vintages)


def _asked(book: Book, name: str, ask: Callable[[Path], Answered]) -> str:
    """Ask of a copy what the command asks, and write its lines on a sheet of ours."""
    with copy_of(book) as path:
        lines = list(ask(path).lines())
    with book.app.properties(screen_updating=False):
        own_sheets.write_page(book, lines_page(name, f"{name} of {book.name}", lines))
    return f"See the sheet '{name}'."


def _of_file(explained: Explained, name: str) -> Explained:
    """Return it with the name of the book in place of that of its copy."""
    calculation = explained.calculation
    facts = replace(calculation.facts, file=name)
    return replace(explained, calculation=replace(calculation, facts=facts))


def slot_at(context: OpenedBook, sheet: str, place: tuple[int, int]) -> Slot | None:
    """Return what stands there, also where sheets were renamed or lines moved."""
    from jcm_xl.xlsx.grid import address

    wanted = (sheet, address(*place))
    slots = context.plan.slots.values()
    return next((s for s in slots if s.row and context.place(s) == wanted), None)


def export(book: Book) -> str:
    """Write the report as a page beside the workbook."""
    from jcm_xl.api import save
    from jcm_xl.documents.report.forms import ReportDocument, written
    from jcm_xl.documents.report.ours import is_ours

    report, w = _judged(book)
    path = _beside(book) / f"{Path(book.name).stem}_report.html"
    if path.exists() and not is_ours(path):
        raise JcmError(f"{path} exists already and is no report of jcm_xl; move it.")
    page = written("html", ReportDocument([report], languages=[w.language]))
    save(page.encode("utf-8", "backslashreplace"), path)
    return f"{w.say(report.verdict)}\n\nThe report is {path}."


def _beside(book: Book) -> Path:
    """Return the folder of the book; of one in the cloud or never saved, the home."""
    try:
        name = str(book.fullname)
    except Exception:  # of a library of SharePoint that is not on this computer
        return Path.home()
    folder = Path(name).parent
    is_local = "://" not in name and folder.is_absolute() and folder.is_dir()
    return folder if is_local else Path.home()


def example(book: Book) -> str:
    """Fill the definition's example into an empty book, after a question."""
    from jcm_xl.inputs.example import example_inputs
    from jcm_xl.inputs.read import read_inputs

    with copy_of(book) as path:
        context = _opened(path)
    m = context.methodology
    typed = [context.plan[key] for key in context.submission.values]
    if typed:
        sheet, cell = context.place(typed[0])
        raise CannotDo(
            f"This book is not empty: {cell} on {sheet} is filled, and {len(typed)} "
            "cells in all. The example goes into an empty book only."
        )
    values = read_inputs(example_inputs(m), m).submission.values
    places = {key: context.place(s) for key in values if (s := context.plan.get(key))}
    if missing := [key for key in values if key not in places]:
        raise CannotDo(
            f"The example needs more rows than this book has (for {missing[0]}). Make "
            f"a blank with more: jcm-xl new {m.id} --rows."
        )
    answer = book.app.alert(
        f"Fill {len(values)} cells with the example of {m.key}? These are no figures "
        "of a real project.", TITLE, buttons="yes_no",
    )  # fmt: skip
    if answer != "yes":
        return "Nothing was filled."
    for key, value in values.items():
        sheet, cell = places[key]
        book.sheets[sheet].range(cell).value = _typed(value)
    return f"{len(values)} cells were filled with the example of {m.key}."


def _typed(value: object) -> object:
    """Return a value as one types it: a date as its number, a text never a formula."""
    from jcm_xl.text.days import serial

    if isinstance(value, date):
        return float(serial(value))
    if isinstance(value, Decimal | int | float):
        return float(value)
    text = str(value)
    return own_sheets.as_text(text) if not text[:1].isalpha() else text


def remove(book: Book) -> str:
    """Remove our sheets and notes, and of a macro book its working sheets, too."""
    notes = own_sheets.remove_notes(book)
    sheets = own_sheets.ours(book)
    names = [sheet.name for sheet in sheets]
    for sheet in sheets:
        sheet.delete()
    text = f"Removed {counted(len(names), 'sheet')} and {counted(notes, 'note')}."
    if Path(book.name).suffix.lower() != ".xlsm":
        return text
    working = [sheet for sheet in book.sheets if sheet.name in WORKING_SHEETS]
    if working and _is_agreed(book, [sheet.name for sheet in working]):
        for sheet in working:
            sheet.delete()
    return (
        f"{text} This is a macro book, for working only: now choose File, Save As and "
        "the type 'Excel Workbook (*.xlsx)', and submit that file."
    )


def _is_agreed(book: Book, names: list[str]) -> bool:
    return book.app.alert(
        f"Delete the working sheets {' and '.join(names)}, too? The live functions and "
        "these buttons then end in this book.", TITLE, buttons="yes_no",
    ) == "yes"  # fmt: skip


ACTIONS: Mapping[str, Callable[[Book], str]] = {
    "check": check,
    "recalculate": recalculate,
    "explain": explain,
    "whatif": what_if,
    "sensitivity": sensitivity,
    "bridge": bridge,
    "years": years,
    "template": template,
    "adopt": adopt,
    "export": export,
    "example": example,
    "remove": remove,
}
