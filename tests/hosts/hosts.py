"""One function for each host: a book in, the figures of plan and report out."""

from __future__ import annotations

from typing import Any

import ironcalc

from jcm_xl import api
from jcm_xl.addin.functions import call
from jcm_xl.definition import library
from jcm_xl.model.submission import Stage
from tests.hosts.browser import Browser
from tests.hosts.cases import NAMES, Case, Figures
from tests.office.harness import Office


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


def native_in_libreoffice(office: Office, case: Case) -> Figures:
    """The formulas of the sheets, recalculated by LibreOffice."""
    book = office.recalculate(case.path)
    return {figure: book[slot.sheet].get(slot.address) for figure, slot in case.cells()}


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
    key = case.methodology.key
    jobs: list[Any] = [
        {"do": "function", "name": name, "given": [key, *case.arguments(stage)]}
        for stage in Stage
        for name in NAMES
    ]
    answers = (running.ask(job) for job in jobs)
    figures = [(stage, name) for stage in Stage for name in NAMES]
    return dict(zip(figures, answers, strict=True))
