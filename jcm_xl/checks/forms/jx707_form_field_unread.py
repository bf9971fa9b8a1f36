"""A cell of a form holds something that it cannot mean.

Why it matters
    A word that is none of the choices, a text where a number belongs or an amount with
    decimals where whole tonnes are counted is read by nobody in the same way.

How to fix it
    Type what the cell asks for: one of the choices, a number, a day such as 2026-04-01.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Severity
from jcm_xl.forms.model import FieldType
from jcm_xl.forms.opened import OpenedForm
from jcm_xl.forms.place import FormCell
from jcm_xl.text.phrase import Phrase

_WANTED = {
    FieldType.NUMBER: Phrase("forms.number", "a number"),
    FieldType.DATE: Phrase("forms.day", "a day such as 2026-04-01"),
}
_TEXT = Phrase("forms.text", "a text")
_WHOLE = Phrase("forms.whole", "a whole number")


@Check(
    severity=Severity.ERROR,
    basis="A form's field takes what it asks for (ours)",
    message="{cell} on {sheet} ({parameter}) holds {actual}; expected is {expected}.",
    remedy="Type {expected} into {cell}.",
)
def form_field_unread(form: OpenedForm) -> Iterator[Finding]:
    """Look for entries that their cells cannot hold, formulas among them."""
    for cell, entry in form.typed():
        if not entry.is_read or entry.formula:
            actual = f"={entry.formula}" if entry.formula else entry.shown
            yield Finding(
                sheet=form.placed.name, at=cell.at, parameter=cell.name,
                actual=actual, expected=_wanted(cell),
            )  # fmt: skip


def _wanted(cell: FormCell) -> str:
    if cell.choices:
        choices = ", ".join(cell.choices)
        return Phrase("forms.one-of", "one of: {choices}", choices=choices)
    if cell.part is not None and cell.part.is_whole:
        return _WHOLE
    return _WANTED.get(cell.type, _TEXT)
