"""The add-in itself, run by LibreOffice's own Python, never imported by ours.

It stands at the top of the .oxt; the core lies in `pythonpath/` beside it, the
definitions in `definitions/`. This file alone must be read by an old Python too, so
that a user is told and not left with an empty cell.
"""

import json
import sys
from pathlib import Path

import uno
import unohelper
from com.sun.star.lang import IllegalArgumentException
from com.sun.star.sheet import XVolatileResult
from com.sun.star.util import XModifyListener
from org.jcmxl import XJcmFunctions

HERE = Path(__file__).resolve().parent
NEEDED = (3, 10)
KINDS = json.loads((HERE / "functions.json").read_text(encoding="utf-8"))
ERROR = "#ERROR!"
TABLES = ("BRIDGE", "SENSITIVITY", "TRACE", "WHATIF")
"""What gives rows and columns; Calc takes nothing else from these."""
TOLD_AS_TEXT = ("CHECK", "VERSION")
"""What shows the reason itself where nothing can be calculated."""


def _start():
    """Return how to call a function by name, or raise the reason why not."""
    if sys.version_info < NEEDED:
        raise ValueError(
            "The JCM functions need Python {}.{}; this LibreOffice carries {}.{}. "
            "Install a newer LibreOffice.".format(*NEEDED, *sys.version_info)
        )
    path = str(HERE / "pythonpath")
    if path not in sys.path:
        sys.path.insert(0, path)
    import jcm_older_python

    jcm_older_python.complete()
    from jcm_xl.live.arguments import FunctionError, PlacedCell
    from jcm_xl.live.as_json import CarriedDefinitions
    from jcm_xl.live.functions import call

    CalledBook.refusal, CalledBook.placed = FunctionError, PlacedCell
    find = CarriedDefinitions(HERE / "definitions")
    return lambda name, arguments, book: call(find, name, *arguments, book=book)


class CalledBook:
    """The open book as the functions ask of it: live.of_book.HostBook."""

    refusal = ValueError
    placed = tuple
    known = None

    def __init__(self, document):
        self.document = document
        self.areas = []

    def properties(self):
        """Return the custom properties of the book."""
        found = self.document.DocumentProperties.UserDefinedProperties
        names = [one.Name for one in found.PropertySetInfo.Properties]
        return {name: str(found.getPropertyValue(name)) for name in names}

    def places(self, properties):
        """Return where a book of the carried layout has its inputs."""
        if CalledBook.known is None:
            CalledBook.known = json.loads(
                (HERE / "places.json").read_text(encoding="utf-8")
            )
        key = "{}@{}".format(
            properties.get("jcm_xl.methodology"), properties.get("jcm_xl.version")
        )
        there = CalledBook.known.get(key)
        facts = ("layout", "shape", "definition")
        if there is None or any(
            properties.get("jcm_xl." + f) != there[f] for f in facts
        ):
            return None
        rows = [part.split("=")[1] for part in properties["jcm_xl.rows"].split()]
        return {s: _with_rows(there[s], rows) for s in ("plan", "report")}

    def cells(self, sheet, top, left, bottom, right):
        """Return cells, counted from 1, and keep which they were."""
        if not self.document.Sheets.hasByName(sheet):
            raise self.refusal("The book has no sheet {}.".format(sheet))
        area = self.document.Sheets.getByName(sheet).getCellRangeByPosition(
            left - 1, top - 1, right - 1, bottom - 1
        )
        self.areas.append(area)
        return _cells(area)

    def formulas(self, sheet):
        """Yield the formulas of a sheet, row by row."""
        if self.document.Sheets.hasByName(sheet):
            cursor = self.document.Sheets.getByName(sheet).createCursor()
            cursor.gotoEndOfUsedArea(False)
            cursor.gotoStartOfUsedArea(True)
            for row in cursor.getFormulaArray():
                yield from (text for text in row if text.startswith("="))


def _with_rows(places, rows):
    """Return places with as many rows in each set as this book has."""
    sets, lower = [], 0
    for (own, columns), count in zip(places["sets"], rows):
        moved = [[name, [s, row + lower, c]] for name, (s, row, c) in columns]
        sets.append([int(count), moved])
        lower += int(count) - own
    return dict(places, sets=sets)


class Watched(unohelper.Base, XVolatileResult, XModifyListener):
    """An answer that is calculated anew when a cell that was read changes.

    Calc knows on what a call depends by its arguments; a call without ranges has none.
    """

    def __init__(self, answer):
        self.answer, self.listeners, self.areas = answer, [], ()
        self.now = self._told()

    def _told(self):
        for area in self.areas:
            area.removeModifyListener(self)
        value, self.areas = self.answer()
        for area in self.areas:
            area.addModifyListener(self)
        return value

    def addResultListener(self, listener):
        """Begin to tell Calc, with the answer of now."""
        self.listeners.append(listener)
        self._tell(listener)

    def removeResultListener(self, listener):
        """Tell that listener no more."""
        self.listeners.remove(listener)

    def modified(self, _):
        """Ask again: a cell that was read has changed."""
        self.now = self._told()
        for listener in list(self.listeners):
            self._tell(listener)

    def disposing(self, _):
        """Forget the cells of a book that is closed."""
        self.areas = ()

    def _tell(self, listener):
        event = uno.createUnoStruct("com.sun.star.sheet.ResultEvent")
        event.Value = self.now
        listener.modified(event)


try:
    CALL, REASON = _start(), ""
except Exception as failure:
    CALL, REASON = None, str(failure)


def _plain(raw, kind):
    """Return an argument as the functions expect it.

    A single blank cell that is handed over by value is 0 already. A name or a key is
    never a number zero; where a column is expected, 0 may be either and is refused.
    """
    if raw is None or isinstance(raw, tuple):
        return raw
    if not isinstance(raw, (float, str)):
        return _placed(raw) if kind == "place" else _cells(raw)
    if raw == 0:
        if kind == "scalar":
            return None
        raise ValueError(
            "A single cell holds 0 or nothing; LibreOffice does not tell which. "
            "Write it as a range, such as E8:E8."
        )
    return raw


def _placed(reference):
    """Return a cell with the rows of its sheet down to it; a range as it is."""
    at = reference.RangeAddress
    if (at.StartRow, at.StartColumn) != (at.EndRow, at.EndColumn):
        return _cells(reference)
    cursor = reference.Spreadsheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = max(cursor.RangeAddress.EndColumn, at.EndColumn)
    area = reference.Spreadsheet.getCellRangeByPosition(0, 0, last, at.EndRow)
    return CalledBook.placed(tuple(map(tuple, _cells(area))), at.EndColumn + 1)


def _cells(reference):
    """Return what a range holds: `""` for a blank cell, a sign for an error."""
    return [
        [ERROR if cell is None else cell for cell in row]
        for row in reference.getDataArray()
    ]


def _answer(component, name, arguments):
    reason = REASON
    if CALL is not None:
        try:
            return _called(name, arguments)
        except ValueError as failure:
            reason = str(failure)
        except Exception as failure:
            reason = "{}: {}".format(type(failure).__name__, failure)
    if name in TOLD_AS_TEXT and CALL is None:
        return reason
    raise IllegalArgumentException(reason, component, 0)


def _called(name, arguments):
    """Call a function; the open book comes first where it takes one."""
    kinds, document = KINDS[name], None
    if len(arguments) > len(kinds):
        document, *arguments = arguments
    given = [_plain(*pair) for pair in zip(arguments, kinds)]
    book = CalledBook(document) if document is not None else None
    try:
        answer = CALL(name, given, book)
    except ValueError:
        # What was read may be mended: the cell has to hear of it.
        if book is None or not book.areas or name in TABLES:
            raise
        answer = None
    if book is None or not book.areas:
        return _warned(name, given, answer)
    if isinstance(answer, tuple):
        raise ValueError(
            "A table would not follow the inputs without its ranges in LibreOffice; "
            "write them."
        )

    def again():
        fresh = CalledBook(document)
        try:
            return CALL(name, given, fresh), fresh.areas
        except ValueError:
            return None, fresh.areas

    return Watched(again)


def _warned(name, given, answer):
    """Let CHECK tell of an error that is not needed: Calc refuses the others for it."""
    if name == "CHECK" and answer == "ok":
        for part in given:
            if isinstance(part, list) and any(ERROR in row for row in part):
                return (
                    "A cell of the ranges holds an error. It is not needed, but "
                    "LibreOffice calls no function with it: empty or mend it."
                )
    return answer


def _method(name):
    def run(self, *arguments):
        return _answer(self, name, arguments)

    return run


class JcmFunctions(unohelper.Base, XJcmFunctions):
    """One method for each function of the registry; Calc finds them by name."""

    def __init__(self, context):
        self.context = context


for _name in KINDS:
    setattr(JcmFunctions, _name, _method(_name))

g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(
    JcmFunctions, "JCM", ("com.sun.star.sheet.AddIn",)
)
