"""The faults of logs as findings of the book that was made of them."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Finding, OpenedBook, Severity
from jcm_xl.submission.readings import readings_of


def faults(context: OpenedBook, code: str) -> Iterator[Finding]:
    """Yield the faults of one code, each at its row of the sheet Readings."""
    kept = readings_of(context)
    if kept is None or kept.evidence is None or context.stage == "plan":
        return
    for fault, cell in zip(kept.evidence.faults, kept.cells, strict=True):
        if fault.code == code:
            facts = {
                "file": fault.file,
                "line": fault.line,
                "meter": fault.meter,
                "readings": fault.readings,
            }
            yield Finding(
                sheet=kept.sheet,
                cell=cell,
                block=cell,  # each is a fault of its own, whatever stands below it
                parameter=_symbol(context, fault.name),
                actual=fault.found,
                expected=fault.expected,
                severity=Severity.NOTE if fault.is_note else None,
                facts=facts,
            )


def _symbol(context: OpenedBook, name: str) -> str:
    item = context.methodology.item(name)
    return item.symbol if item is not None else name
