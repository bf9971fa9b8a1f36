"""Runs under Debian's own Python, which has ``uno``: one job a line, as JSON.

Usage: ``/usr/bin/python3 worker.py PROFILE_FOLDER PIPE_NAME [keep]``. Starts one
LibreOffice, answers ``{"ready": true}``, then one answer per line of input, and
ends both when the input ends. The profile goes then, too, unless it is to be kept.
"""

import json
import os
import shutil
import subprocess
import sys
import time

import uno
import unohelper
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet.FillDirection import TO_BOTTOM
from com.sun.star.sheet.FormulaResult import ERROR
from com.sun.star.task import XInteractionHandler
from com.sun.star.ucb import XCommandEnvironment

START_SECONDS = 60
FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
    ".pdf": "calc_pdf_Export",
}
# LibreOffice shows these as Err:nnn; the rest already read as in Excel.
EXCEL_ERRORS = {
    502: "#NUM!",  # argument out of range, such as LN(0)
    503: "#NUM!",
    504: "#VALUE!",
    519: "#VALUE!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


def main() -> None:
    profile, pipe, *keep = sys.argv[1:]
    office = start_office(profile, pipe)
    try:
        context = connect(pipe, office)
        answer({"ready": True})
        desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
        for line in sys.stdin:
            answer(reply(context, desktop, json.loads(line)))
        desktop.terminate()
        office.wait(timeout=10)
    finally:
        office.kill()
        if not keep:
            shutil.rmtree(profile, ignore_errors=True)


def start_office(profile, pipe):
    command = [
        "soffice",
        "--headless",
        "--norestore",
        "--nologo",
        "--nofirststartwizard",
        f"-env:UserInstallation={uno.systemPathToFileUrl(profile)}",
        f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
    ]
    environment = dict(
        os.environ, SAL_USE_VCLPLUGIN="svp", HOME=profile, LC_ALL="C.UTF-8"
    )
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment
    )


def connect(pipe, office):
    """The context of the new LibreOffice, as soon as it listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            return resolver.resolve(address)
        except NoConnectException:
            if office.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)


def answer(message) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def reply(context, desktop, job):
    try:
        if "extension" in job:
            install(context, job["extension"])
            return {}
        if "shown" in job:
            return {"texts": texts(desktop, job)}
        if "cells" in job:
            return {"cells": looked_at(desktop, job)}
        if "rounds" in job:
            return {"seconds": timed(desktop, job)}
        if "macros" in job:
            return macros(desktop, job)
        if "hands" in job:
            return {"sheets": handled(context, desktop, job)}
        return {"sheets": run(desktop, job)}
    except Exception as error:  # one bad file must not end the session
        return {"error": f"{type(error).__name__}: {error}"}


class Consent(unohelper.Base, XCommandEnvironment, XInteractionHandler):
    """Says yes to whatever the installation of an extension asks."""

    def getInteractionHandler(self):
        return self

    def getProgressHandler(self):
        return None

    def handle(self, request):
        approve = uno.getTypeByName("com.sun.star.task.XInteractionApprove")
        for choice in request.getContinuations():
            if choice.queryInterface(approve) is not None:
                choice.select()
                return


def install(context, path) -> None:
    """Install an extension for this profile; its functions are there at once."""
    manager = context.getValueByName(
        "/singletons/com.sun.star.deployment.ExtensionManager"
    )
    url, channel = uno.systemPathToFileUrl(path), manager.createAbortChannel()
    manager.addExtension(url, (), "user", channel, Consent())


def run(desktop, job):
    document = open_hidden(desktop, job["path"])
    try:
        document.enableAutomaticCalculation(job["typing"])
        for edit in job["edits"]:
            type_in(document.Sheets.getByName(edit["sheet"]), edit)
        document.enableAutomaticCalculation(True)
        if not job["typing"]:
            document.calculateAll()
        sheets = {sheet.Name: cells(sheet) for sheet in document.Sheets}
        for target in job["targets"]:
            ending = os.path.splitext(target)[1]
            options = properties(FilterName=FILTERS[ending])
            document.storeToURL(uno.systemPathToFileUrl(target), options)
        return sheets
    finally:
        document.close(True)


def looked_at(desktop, job):
    """Text and value of some cells as loaded, and their values after a calculation."""
    document = open_hidden(desktop, job["path"])
    try:
        there = document.Sheets
        cells = [
            there.getByName(sheet).getCellRangeByName(address)
            if there.hasByName(sheet)
            else None
            for sheet, address in job["cells"]
        ]
        loaded = [cell and [cell.String, content(cell)] for cell in cells]
        document.calculateAll()
        return [
            cell and [*before, content(cell)]
            for cell, before in zip(cells, loaded, strict=True)
        ]
    finally:
        document.close(True)


def content(cell):
    """A number, or what is no number as a text."""
    if cell.getError():
        return EXCEL_ERRORS.get(cell.getError(), cell.String)
    (value,) = cell.getDataArray()[0]
    return value


def texts(desktop, job):
    """What each cell shows, as it is drawn on the screen and on the page."""
    document = open_hidden(desktop, job["path"])
    try:
        return {sheet.Name: drawn(sheet) for sheet in document.Sheets}
    finally:
        document.close(True)


def drawn(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress
    return {
        f"{column_name(column)}{row + 1}": text
        for row in range(last.EndRow + 1)
        for column in range(last.EndColumn + 1)
        if (text := sheet.getCellByPosition(column, row).String)
    }


def macros(desktop, job):
    """Name the VBA modules of a book, then call functions of them."""
    document = open_hidden(desktop, job["path"], ALWAYS_RUN)
    try:
        names = document.BasicLibraries.getByName("VBAProject").ElementNames
        provider = document.getScriptProvider()
        results = []
        for macro, arguments in job["macros"]:
            place = f"vnd.sun.star.script:VBAProject.{macro}"
            script = provider.getScript(f"{place}?language=Basic&location=document")
            results.append(script.invoke(tuple(arguments), (), ())[0])
        return {"modules": list(names), "results": results}
    finally:
        document.close(True)


def handled(context, desktop, job):
    """Do what a hand does to cells, one after the other; read and save the book."""
    document = open_hidden(desktop, job["path"])
    dispatcher = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.DispatchHelper", context
    )
    try:
        for hand in job["hands"]:
            handle(document, dispatcher, **hand)
        document.calculateAll()
        options = properties(FilterName=FILTERS[".xlsx"])
        url = uno.systemPathToFileUrl(job["save_as"])
        document.storeToURL(url, options)
        return {sheet.Name: cells(sheet) for sheet in document.Sheets}
    finally:
        document.close(True)


def handle(document, dispatcher, do, sheet, source, target=""):
    """Drag, cut, copy, fill, sort, empty, undo or type, as a hand does."""
    page = document.Sheets.getByName(sheet)
    area = page.getCellRangeByName(source)
    there = page.getCellRangeByName(target) if do in COMMANDS and target else None
    for name, values in COMMANDS.get(do, ()):
        is_last = name != "Cut" and name != "Copy"
        document.CurrentController.select(there if there and is_last else area)
        frame = document.CurrentController.Frame
        dispatcher.executeDispatch(frame, f".uno:{name}", "", 0, properties(**values))
    if do == "drag":
        corner = page.getCellRangeByName(target).getCellByPosition(0, 0)
        page.moveRange(corner.CellAddress, area.RangeAddress)
    elif do == "series":
        area.fillAuto(TO_BOTTOM, 1)
    elif do == "sort":
        area.sort(properties(IsSortColumns=False, ContainsHeader=False))
    elif do == "undo" and document.UndoManager.isUndoPossible():
        document.UndoManager.undo()
    elif do == "type":
        area.getCellByPosition(0, 0).setFormula(target)


COMMANDS = {
    "cut": (("Cut", {}), ("Paste", {})),
    "copy": (("Copy", {}), ("Paste", {})),
    "values": (("Copy", {}), ("InsertContents", {"Flags": "SVD"})),
    "fill": (("FillDown", {}),),
    "empty": (("Delete", {"Flags": "SVDFN"}),),
}
"""What a hand does by commands of the menu: they respect the protection."""


NEVER_RUN, ALWAYS_RUN = 0, 4


def timed(desktop, job):
    """How long everything takes to be recalculated, once a round."""
    document = open_hidden(desktop, job["path"])
    seconds = []
    try:
        for _ in range(job["rounds"]):
            begin = time.perf_counter()
            document.calculateAll()
            seconds.append(time.perf_counter() - begin)
    finally:
        document.close(True)
    return seconds


def open_hidden(desktop, path, macros=NEVER_RUN):
    # Macros do not run unless that is asked for, links are never followed.
    options = properties(Hidden=True, MacroExecutionMode=macros, UpdateDocMode=0)
    url = uno.systemPathToFileUrl(path)
    document = desktop.loadComponentFromURL(url, "_blank", 0, options)
    if document is None or not hasattr(document, "Sheets"):
        raise ValueError(f"LibreOffice cannot open {path} as a workbook")
    return document


def properties(**values):
    return tuple(
        PropertyValue(Name=name, Value=value) for name, value in values.items()
    )


def type_in(sheet, edit) -> None:
    """Set one cell; a text is read as typed: a number, a formula or a text."""
    cell = sheet.getCellRangeByName(edit["cell"])
    if sheet.isProtected() and cell.CellProtection.IsLocked:
        raise ValueError(f"{sheet.Name}!{edit['cell']} is locked")
    value = edit["value"]
    if value is None:
        cell.setFormula("")
    elif isinstance(value, str):
        cell.setFormula(value)
    else:
        cell.setValue(value)


def cells(sheet):
    """Every cell that is not empty: a number, a text, or an error as text."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    area = sheet.getCellRangeByPosition(
        0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow
    )
    found = {
        f"{column_name(column)}{row + 1}": value
        for row, values in enumerate(area.getDataArray())
        for column, value in enumerate(values)
        if value not in (None, "")
    }
    return found | errors(area)


def errors(area):
    found = {}
    for cell in area.queryFormulaCells(ERROR).Cells:
        address = cell.CellAddress
        name = f"{column_name(address.Column)}{address.Row + 1}"
        found[name] = EXCEL_ERRORS.get(cell.getError(), cell.getString())
    return found


def column_name(index) -> str:
    name = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


main()
