"""The plan has other unit rows than the registered one.

Why it matters
    Each unit of the project was validated with its own values. A unit that is not in
    the registered plan claims reductions that nobody validated; one that is missing
    leaves a part of the project out.

How to fix it
    Use the rows of the registered plan. Units that were added or taken away need a
    post-registration change request.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import Key
from jcm_xl.submission.other_books import registered_plan, used_units
from jcm_xl.text.phrase import Phrase

_USED = Phrase("compared.used", "in use")
_UNUSED = Phrase("compared.unused", "not in use")


@Check(
    severity=Severity.ERROR,
    basis="Monitoring Plan Sheet of the registered project, values by unit",
    message="Row ({unit}) of {sheet}, {cell}, is {actual} here; in the registered "
    "plan {file} it is {expected}.",
    remedy="Use the rows of the registered plan; other units need a "
    "post-registration change request.",
)
def registered_units_differ(context: OpenedBook) -> Iterator[Finding]:
    """Compare the rows in use; a row less is a warning."""
    book = registered_plan(context)
    if book is None:
        return
    for index in context.plan.rows:
        own = used_units(context.plan, context.submission, index)
        there = book.units(index)
        for unit in sorted(own ^ there):
            slot = context.plan.get(Key("mps", "number", index, unit))
            yield Finding(
                slot,
                sheet="" if slot else context.plan.sheets["mps_separate"],
                actual=_USED if unit in own else _UNUSED,
                expected=_USED if unit in there else _UNUSED,
                severity=None if unit in own else Severity.WARNING,
                facts={"file": book.file, "unit": unit},
            )
