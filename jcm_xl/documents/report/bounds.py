"""Reports that stay short: a document of one book has at most five megabytes.

A book can be wrong in as many ways as it has cells. The gravest findings are listed;
what is left out is counted, and the document says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from jcm_xl.model.finding import Report

if TYPE_CHECKING:
    from jcm_xl.documents.report.forms import ReportDocument

BYTES = 5_000_000
"""So long may a document be for each book."""
LISTED = 5_000
"""So many findings of a book are listed where nobody counts bytes: on the screen."""
_STEPS = ((2_000, True), (500, True), (500, False), (100, False), (20, False))
"""How many findings the next shorter document lists, and whether it draws sheets."""


def bounded(document: ReportDocument, write: Callable[[ReportDocument], str]) -> str:
    """Return a document in the form that `write` gives, as long as it may be."""
    text = write(document)
    for limit, is_drawn in _STEPS:
        if _size(text) <= BYTES * max(1, len(document.reports)):
            break
        shorter = replace(document, reports=shortened(document.reports, limit))
        text = write(shorter if is_drawn else replace(shorter, books=()))
    return text


def shortened(reports: Sequence[Report], limit: int = LISTED) -> list[Report]:
    """Return reports that list so many findings each, the gravest, and count all."""
    return [_shortened(report, limit) for report in reports]


def _shortened(report: Report, limit: int) -> Report:
    every = report.diagnostics
    if len(every) <= limit:
        return report
    return replace(report, diagnostics=every[:limit], unlisted=every[limit:])


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))
