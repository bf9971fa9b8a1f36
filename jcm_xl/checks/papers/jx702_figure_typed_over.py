"""A figure of a document is not that of the project.

Why it matters
    Each number stands once, in a book or in the project's facts, and every document
    shows that one. One that was typed over, or is of an earlier state of the book,
    makes two numbers of it.

How to fix it
    Correct it where it stands, then make the document again with
    `jcm-xl form document`.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Severity
from jcm_xl.forms.opened import OpenedPaper


@Check(
    severity=Severity.ERROR,
    basis="A number stands once; a document shows the project's (ours)",
    message="{where}, {parameter}: the document reads {actual}; the project and its "
    "books have {expected}.",
    remedy="Correct {expected} where it stands, or make the document again with "
    "`jcm-xl form document`; {parameter} then has it.",
)
def figure_typed_over(paper: OpenedPaper) -> Iterator[Finding]:
    """Compare each figure that stands in the document with that of today."""
    for cell, expected, shown in paper.expected():
        for found in dict.fromkeys(" ".join(text.split()) for text in shown):
            if found != " ".join(expected.split()):
                yield Finding(
                    parameter=cell.name, actual=found or "-", expected=expected,
                    facts={"where": cell.field.section},
                )  # fmt: skip
