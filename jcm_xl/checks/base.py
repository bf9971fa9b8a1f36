"""What a check is: a generator of findings with its place in the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from enum import Enum
from typing import Any

from jcm_xl.dataclass import dataclass
from jcm_xl.model.finding import Audience, MendedBy, Phase, Severity
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.xlsx.grid import Position

__all__ = [
    "Audience",
    "Check",
    "Finding",
    "Judges",
    "MendedBy",
    "OpenedBook",
    "Phase",
    "Severity",
    "changed",
    "registered",
]


class Judges(Enum):
    """What a check looks at; by it a finding can be a consequence of another one."""

    CELL = "a cell as it stands"
    LINES = "whole sheets, rows or columns"
    AMOUNT = "a number as an amount in its unit"
    CALCULATED = "what follows from the inputs"
    STORED = "a result as the book stores it"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place, with the facts that the message names.

    `severity` and `mended_by` are given only where they differ from the check's own;
    `facts` fill
    further placeholders of message and remedy. `is_unconfirmed`: what is expected
    rests on no official document, which the message then says. A `Phrase` among the
    facts is said in the language of the report. `verdict`: what the whole report says
    because of it, as that of a check. `tonnes`: where it differs from the check's own.
    `at`: row and column in the file, which stands for `cell` where there is no slot.
    `block` and `count`: all cells it is about and how many, `cell` being the first.
    """

    slot: Slot | None = None
    parameter: str = ""
    actual: str = ""
    expected: str = ""
    severity: Severity | None = None
    sheet: str = ""
    cell: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    is_unconfirmed: bool = False
    verdict: str = ""
    mended_by: MendedBy | None = None
    tonnes: bool | None = None
    at: Position | None = None
    block: str = ""
    count: int = 1


def _nothing(_: OpenedBook) -> Iterator[Finding]:
    return iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """An entry of the catalogue; it decorates the function that looks for the fault.

    `code`, `name` and phase are said by the name of its file and folder alone:
    `structure/jx204_unit_changed.py`. `own_phase`: where it is not that of the folder.
    `page`: its page of the manual, the docstring of the function's module.
    `verdict`: what the whole report says once this check finds something; the book
    is then not judged any further, and the exit code is 2.
    `needs_template`: whether a check of the structure has nothing to look at in a
    book that was not made by jcm_xl. `guards_official`: it has, where an official
    workbook stands in for the template.
    `tonnes`: whether a finding says that Table 3 may be another number, or none:
    calculated, stored or shown (decision 0011). No flag accepts such a finding; doubts
    about the size of an input are none of them.
    `person_decides`: no edit is its remedy that a test could make; of every other check
    one is made, and the finding is gone (tests/checks/test_remedies.py).
    """

    severity: Severity
    basis: str
    message: str
    remedy: str
    audience: Audience = Audience.PARTICIPANT
    own_phase: Phase | None = None
    code: str = ""
    name: str = ""
    folder: str = ""
    run: Callable[[Any], Iterator[Finding]] = _nothing
    page: str = ""
    verdict: str = ""
    judges: Judges = Judges.CELL
    needs_template: bool = True
    guards_official: bool = False
    mended_by: MendedBy = MendedBy.NOTHING
    tonnes: bool = False
    person_decides: bool = False

    def __call__(self, run: Callable[[Any], Iterator[Finding]]) -> Check:
        """Enter the check into the catalogue; it takes a book, or a form, opened."""
        *_, folder, module = run.__module__.split(".")
        code, _, name = module.partition("_")
        entry = replace(
            self, run=run, code=code.upper(), name=name.replace("_", "-"),
            folder=folder, page=sys.modules[run.__module__].__doc__ or "",
        )  # fmt: skip
        if entry.code in _REGISTRY:
            raise AssertionError(f"two checks are called {entry.code}")
        _REGISTRY[entry.code] = entry
        return entry

    @property
    def phase(self) -> Phase:
        """Return when it is run."""
        return self.own_phase or _PHASES[self.folder]

    @property
    def is_of_template(self) -> bool:
        """Tell whether it compares with our template, which not every book has."""
        return self.phase is Phase.STRUCTURE and self.needs_template


_REGISTRY: dict[str, Check] = {}
_PHASES = {
    "file": Phase.IDENTITY,
    "structure": Phase.STRUCTURE,
    "values": Phase.VALUES,
    "arithmetic": Phase.ARITHMETIC,
    "eligibility": Phase.ELIGIBILITY,
    "compared": Phase.PLAN_REPORT,
    "others": Phase.PLAN_REPORT,
    "by_hand": Phase.VALUES,
    "meters": Phase.VALUES,
    "readings": Phase.VALUES,
    "forms": Phase.VALUES,
    "papers": Phase.VALUES,
    "answers": Phase.ANSWERS,
}
"""The phase of the checks in a folder."""


def registered() -> Mapping[str, Check]:
    """Return the checks that were imported so far."""
    return _REGISTRY


def changed(
    context: OpenedBook, slot: Slot, actual: str, expected: str, **facts: object
) -> Finding:
    """Return the finding on a cell that is not as the definition has it.

    It says so where no document confirms what is expected, and neither does the book's
    own template.
    """
    return Finding(
        slot,
        parameter=context.subject(slot),
        actual=actual,
        expected=expected,
        severity=context.severity(slot),
        facts=facts,
        is_unconfirmed=context.is_unconfirmed(slot),
    )
