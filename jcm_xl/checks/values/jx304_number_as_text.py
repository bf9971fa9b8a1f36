"""A number was typed as a text.

Why it matters
    A text is not calculated with: a unit, a blank, a thousands mark, a decimal comma
    or full-width digits in the cell make the value count as missing. Of 1,234 and 1.234
    nobody can tell whether the mark is one of thousands or of decimals.

How to fix it
    Type the bare number with the decimal mark of your computer; the Check sheet shows
    how it writes 1234.5. Compare the number given here with your record.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.spoken import either
from jcm_xl.checks.values.number_texts import number_texts


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Monitoring Plan and Report Sheets: values are numbers in the unit beside "
    "them",
    message="{cell} on {sheet} holds the text '{actual}' ({kind}), which does not "
    "count as a number. It probably means {expected}.",
    remedy="Type {expected} as a bare number, if that is what your record says.",
)
def number_as_text(context: OpenedBook) -> Iterator[Finding]:
    """Report texts in number cells that can be read as a number."""
    for slot, text, meant, kind in number_texts(context):
        if meant:
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=text,
                expected=either([f"{number:.15g}" for number in meant]),
                facts={"kind": kind},
            )
