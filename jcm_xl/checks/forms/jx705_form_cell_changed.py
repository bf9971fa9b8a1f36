"""A cell of a form that nobody has to type into is not as the project makes it.

Why it matters
    A number that stands in a book or in the project's facts is taken from there, so
    that every document shows the same. A heading that was changed asks for something
    else than the form does.

How to fix it
    Correct the fact in project.toml, or the figure in its book, and make the form
    again with `jcm-xl form new`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jcm_xl.checks.base import Check, Finding, Severity
from jcm_xl.forms.filled import FormEntry
from jcm_xl.forms.model import EntryValue
from jcm_xl.forms.opened import OpenedForm
from jcm_xl.formula.compare import same_formula
from jcm_xl.model.shown import shown
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import Position

_NOTHING = Phrase("forms.nothing", "nothing")


@Check(
    severity=Severity.ERROR,
    basis="A number stands once; a form takes it from the project and its books (ours)",
    message="{cell} on {sheet} ({parameter}) holds {actual}; the form has {expected} "
    "there.",
    remedy="Put {expected} back, or correct it where it comes from and make the form "
    "again with `jcm-xl form new`.",
)
def form_cell_changed(form: OpenedForm) -> Iterator[Finding]:
    """Compare every text and every grey cell."""
    if form.sheet is None:
        return
    for at, text in form.placed.texts.items():
        found, formula = _stands(form, at)
        if found.strip() != text.strip() or formula:
            yield _finding(
                form, at, "heading", f"={formula}" if formula else found, text
            )
    for cell, entry in form.entries.items():
        if not cell.is_typed and (entry.formula or not _same(entry, cell.value)):
            actual = f"={entry.formula}" if entry.formula else entry.shown
            yield _finding(form, cell.at, cell.name, actual, _text(cell.value))
    for lock in form.placed.locks:
        at = lock.counted_at
        found, formula = _stands(form, at)
        if not same_formula(formula, lock.formula):
            actual = f"={formula}" if formula else found
            yield _finding(
                form, at, "count of open requests", actual, f"={lock.formula}"
            )
    yield from _beside(form)


def _beside(form: OpenedForm) -> Iterator[Finding]:
    """Tell what stands where the form has no cell: it would be printed with it."""
    assert form.sheet is not None
    ours = {*form.places, *form.placed.texts}
    ours |= {lock.counted_at for lock in form.placed.locks}
    rows, columns = form.placed.last
    for at, stored in form.sheet.cells.items():
        is_inside = at[0] <= rows and at[1] <= columns
        if is_inside and at not in ours and shown(stored.value).strip():
            yield _finding(form, at, "empty cell", shown(stored.value), "")


def _stands(form: OpenedForm, at: Position) -> tuple[str, str]:
    stored = form.sheet.cells.get(at) if form.sheet is not None else None
    if stored is None:
        return "", ""
    return shown(stored.value).replace("\r\n", "\n"), stored.formula or ""


def _same(entry: FormEntry, value: EntryValue | None) -> bool:
    if value is None:
        return entry.is_blank
    if isinstance(value, Decimal):
        found = entry.reading.number
        return found is not None and Decimal(f"{found:.15g}") == Decimal(
            f"{value:.15g}"
        )
    if isinstance(value, date):
        return entry.reading.day == value
    return entry.shown.replace("\r\n", "\n").strip() == value.strip()


def _text(value: EntryValue | None) -> str:
    return (
        ""
        if value is None
        else f"{value:f}"
        if isinstance(value, Decimal)
        else str(value)
    )


def _finding(
    form: OpenedForm, at: Position, what: str, actual: str, expected: str
) -> Finding:
    return Finding(
        sheet=form.placed.name, at=at, parameter=what,
        actual=actual or _NOTHING, expected=expected or _NOTHING,
    )  # fmt: skip
