"""The passport as a book: a filled example, and the sheets on which it tests itself.

Results are stored as words that no program would give, so that a book that was never
recalculated says so. The same version makes the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from jcm_xl.definition import library
from jcm_xl.hosts.excel.macro_book import add_live_parts
from jcm_xl.hosts.excel.vba.sources import Carrier, own_text
from jcm_xl.hosts.excel.xlam import add_macros
from jcm_xl.hosts.passport.edges import edge_trials
from jcm_xl.hosts.passport.live_trials import VERSION, SampleBook, live_trials
from jcm_xl.hosts.passport.rows import PassportPlan, laid_out
from jcm_xl.hosts.passport.shapes import formula_trials
from jcm_xl.hosts.passport.sheets import PassportSheets
from jcm_xl.hosts.passport.trial import RESULTS, VALUES
from jcm_xl.inputs.example import example_inputs
from jcm_xl.inputs.read import read_inputs
from jcm_xl.model.submission import Submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.stage import calculate_stages
from jcm_xl.writing.write import Finish, write
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.read import read_grid

SAMPLE = "ID_AM003@1.0"
"""The filled book within the passport: units, a choice, a table, both input sheets."""
MODULE, RUN = "JcmPassport", "JcmPassportRun"
HOSTS = {True: "excel", False: "libreoffice"}
"""Whose live functions a passport calls, with macros and without."""


def passport(keys: Iterable[str] | None = None, *, has_macros: bool) -> bytes:
    """Return the bytes of a passport.

    keys: the definitions whose formulas are tried, all of the library if not told.
    """
    return written(*planned(keys, has_macros=has_macros), has_macros=has_macros)


def planned(
    keys: Iterable[str] | None = None, *, has_macros: bool
) -> tuple[PassportPlan, Plan, Submission]:
    """Return what a passport tries and where, with the book within it."""
    if keys is None:
        keys = [entry.key for entry in library.entries()]
    m = library.load(SAMPLE)
    submission = read_inputs(example_inputs(m), m).submission
    host = HOSTS[has_macros]
    plan = make_plan(m, submission.rows, Edition(live=host))
    submission = replace(submission, rows=plan.rows)
    grid = read_grid(open_bytes(_book(plan, submission)))
    trials = (
        *edge_trials(),
        *live_trials(SampleBook(plan, grid), host),
        *formula_trials(keys),
    )
    rows = laid_out(trials, buttons() if has_macros else ()).settled()
    return rows, plan, submission


def written(
    rows: PassportPlan, plan: Plan, submission: Submission, *, has_macros: bool
) -> bytes:
    """Return the bytes of a passport that is planned."""
    return _book(plan, submission, partial(_finish, rows, has_macros))


def _book(plan: Plan, submission: Submission, finish: Finish | None = None) -> bytes:
    return write(plan, submission, *calculate_stages(plan, submission), finish=finish)


def buttons() -> tuple[str, ...]:
    """Return the macros of the buttons, out of their text."""
    return tuple(re.findall(r"Public Sub (Jcm\w+)\(\)", own_text("JcmTools")))


def action_of(macro: str) -> str:
    """Return the action of a button: `check` of `JcmCheck`."""
    text = own_text("JcmTools")
    found = re.search(rf'Public Sub {macro}\(\)\s+JcmRun "(\w+)"', text)
    assert found, macro
    return found[1]


def _finish(
    rows: PassportPlan, has_macros: bool, book: Any, plan: Plan,
    sheets: Mapping[str, Any],
) -> None:  # fmt: skip
    if has_macros:
        add_live_parts(book, plan, sheets)
    pages = PassportSheets(book, rows, VERSION)
    pages.write(RUN if has_macros else "")
    pages.values(VALUES)
    if has_macros:
        add_macros(book, Carrier.BOOK, (MODULE,))
    assert pages.name == RESULTS
