"""The opinion is positive while a request is open, or an item of the overview is not.

Why it matters
    A third-party entity gives a positive opinion only when no corrective action request
    and no clarification request remains, in any item.

How to fix it
    Close the requests and say so in the overview, or give another opinion.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Severity
from jcm_xl.forms.model import table_rows
from jcm_xl.forms.opened import OpenedForm
from jcm_xl.forms.place import ASKING, ChoiceLock
from jcm_xl.text.phrase import Phrase

_ITEMS = "items"


@Check(
    severity=Severity.ERROR,
    basis="Validation and Verification Report Forms, A.2 and A.3: a positive opinion "
    "where no CAR or CL remains",
    message="{cell} on {sheet}: the opinion is '{actual}', but {expected}.",
    remedy="Close what is open and say so in the overview, or choose another opinion "
    "than '{actual}'.",
)
def opinion_too_early(form: OpenedForm) -> Iterator[Finding]:
    """Compare a positive opinion with requests and items."""
    for lock in form.placed.locks:
        positive = lock.cell.choices[0]
        if form.values.get(lock.cell.field.id) != positive:
            continue
        for why in _why_not(form, lock):
            yield Finding(
                sheet=form.placed.name, at=lock.cell.at, parameter=lock.cell.name,
                actual=positive, expected=why,
            )  # fmt: skip


def _why_not(form: OpenedForm, lock: ChoiceLock) -> Iterator[Phrase]:
    for row in table_rows(form.values, lock.cell.field.lock):
        if row.get("kind") in ASKING and row.get("status") != "closed":
            number = row.get("number", row.get("kind"))
            yield Phrase("forms.request-open", "{number} is open", number=number)
    for row in table_rows(form.values, _ITEMS):
        if row.get("closed") == "no":
            item = row.get("item")
            yield Phrase("forms.item-open", "'{item}' has open ones", item=item)
