"""A figure of the project is not in the document any more, or is hidden in it.

Why it matters
    A figure that lost its name can be changed without being told, and a section
    without its figure says less than the form asks for.

How to fix it
    Make the document again with `jcm-xl form document`; what is typed is kept in the
    project.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Severity
from jcm_xl.forms.opened import OpenedPaper


@Check(
    severity=Severity.ERROR,
    basis="A number stands once; a document shows the project's (ours)",
    message="{where}: the document does not show {parameter} any more, {expected} in "
    "the project.",
    remedy="Make the document again with `jcm-xl form document`; it shows {expected} "
    "as {parameter} then.",
)
def figure_lost(paper: OpenedPaper) -> Iterator[Finding]:
    """Look for figures that do not stand in the document, or cannot be seen."""
    for cell, expected, shown in paper.expected():
        if not shown:
            yield Finding(
                parameter=cell.name, expected=expected,
                facts={"where": cell.field.section},
            )  # fmt: skip
