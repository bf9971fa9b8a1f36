"""A field that is required is empty, or a table in which something must stand.

Why it matters
    The secretariat's check of completeness sends a form back that lacks it.

How to fix it
    Fill the yellow cell. A field that applies only where another one says so is asked
    for only then.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Severity
from jcm_xl.forms.opened import OpenedForm
from jcm_xl.forms.place import FormCell
from jcm_xl.text.phrase import Phrase

_NOTHING = Phrase("forms.nothing", "nothing")


@Check(
    severity=Severity.ERROR,
    basis="Completeness check of a request: what the form asks for is there",
    message="{cell} on {sheet}: '{expected}' ({parameter}) is empty.",
    remedy="Fill {cell}: {expected}.",
)
def form_field_empty(form: OpenedForm) -> Iterator[Finding]:
    """Look for empty cells that are required."""
    for cell, entry in form.typed():
        if entry.is_blank and _is_asked(form, cell):
            yield Finding(
                sheet=form.placed.name, at=cell.at, parameter=cell.name,
                actual=_NOTHING, expected=cell.label,
            )  # fmt: skip


def _is_asked(form: OpenedForm, cell: FormCell) -> bool:
    if cell.part is None:
        return cell.is_required
    if form.begun(cell):
        return cell.is_required
    return cell.field.is_required and cell.number == 1 and cell.is_required
