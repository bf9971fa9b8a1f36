"""One function for each host: a book in, the figures of plan and report out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import ironcalc

from jcm_xl import api
from jcm_xl.definition import library
from jcm_xl.live.functions import call
from jcm_xl.model.as_json import to_json
from jcm_xl.model.submission import Stage
from jcm_xl.plan.slot import Slot
from tests.hosts.browser import Browser
from tests.hosts.cases import NAMES, Case, Figures
from tests.hosts.excel.com_side import as_com, called
from tests.hosts.table import Host
from tests.office.harness import Book, Office

Places: TypeAlias = Iterable[tuple[tuple[Stage, str], Slot]]


def plain_python(case: Case) -> Figures:
    """The engine, from what was typed: what `calc` and `check` report."""
    results = api.calculate_stages(case.plan, case.submission)[1]
    names = case.methodology.results
    found: dict[tuple[Stage, str], object] = {}
    for stage, result in results.items():
        quantities = (names.reference, names.project, names.reduction)
        for name, quantity in zip(NAMES, quantities, strict=False):
            found[stage, name] = result.quantities[quantity, None].value
        found[stage, "CREDITED"] = result.sheet_credited
    return found


def functions(case: Case) -> Figures:
    """The live functions, called by Python with the ranges of the sheets."""
    key = case.methodology.key
    return {
        (stage, name): live(name, key, *case.arguments(stage))
        for stage in Stage
        for name in NAMES
    }


def live(name: str, *given: object) -> object:
    """Call a live function of the library."""
    return call(library.load, name, *given)


class LibreOffice:
    """One LibreOffice with our add-in installed, as a user has it."""

    def __init__(self, office: Office, extension: Path) -> None:
        office.install(extension)
        self._office = office
        self._last: tuple[Path, Book] | None = None

    def native(self, case: Case) -> Figures:
        """The formulas of the sheets, recalculated."""
        return self._read(case, case.cells())

    def live(self, case: Case) -> Figures:
        """The live functions in the cells of the sheet Live."""
        return self._read(case, case.live_cells())

    def _read(self, case: Case, places: Places) -> Figures:
        if self._last is None or self._last[0] != case.path:
            self._last = case.path, self._office.recalculate(case.path)
        book = self._last[1]
        return {f: book[slot.sheet].get(slot.address) for f, slot in places}


def in_xlwings(found: Sequence[Case]) -> Host:
    """The live functions through xlwings' own COM side, all books in one process."""
    figures = [(stage, name) for stage in Stage for name in NAMES]
    calls = [
        (f"JCM_{name}", [case.methodology.key, *map(as_com, case.arguments(stage))])
        for case in found
        for stage, name in figures
    ]
    answers = iter(called(*calls)["answers"])
    known = {case.name: {f: next(answers) for f in figures} for case in found}
    return lambda case: known[case.name]


def native_in_ironcalc(case: Case) -> Figures:
    """The formulas of the sheets, recalculated by an independent engine."""
    model = ironcalc.load_from_xlsx(str(case.path), "en", "UTC", "en")
    model.evaluate()
    numbers = {sheet.name: n for n, sheet in enumerate(case.grid.sheets)}
    return {
        figure: model.get_cell_value(numbers[slot.sheet], slot.row, slot.column)
        for figure, slot in case.cells()
    }


def in_browser(running: Browser, case: Case) -> Figures:
    """The live functions in the browser's Python."""
    m, key = case.methodology, case.methodology.key
    carried = {"definition": to_json(m)} if m.status == "example" else {}
    jobs: list[Any] = [
        {"do": "function", "name": name, "given": [key, *case.arguments(stage)]}
        | carried
        for stage in Stage
        for name in NAMES
    ]
    answers = (running.ask(job) for job in jobs)
    figures = [(stage, name) for stage in Stage for name in NAMES]
    return dict(zip(figures, answers, strict=True))
