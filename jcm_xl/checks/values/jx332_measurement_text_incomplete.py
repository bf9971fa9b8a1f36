"""A text on own measurement leaves out the meter, its readings or its calibration.

Why it matters
    Option C is own measurement. Published sheets say three things of it: which meter,
    how its readings are recorded, and when it is calibrated. The verifier asks for it.

How to fix it
    Add the missing sentence, or list the meter on the sheet Meters. Texts in languages
    it does not know are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.values.meters import meter_rows
from jcm_xl.checks.values.notions import lacks, named
from jcm_xl.checks.values.options import chosen, texts_of, typed_texts

_NOTIONS = ("equipment", "recording", "calibration")


@Check(
    severity=Severity.WARNING,
    basis="Monitoring Report Sheet of project ID009, column Measurement "
    "methods and procedures",
    message="The text in {cell} on {sheet} says nothing of {actual}, though "
    "{parameter} is measured (Option C).",
    remedy="Say in {cell} which meter it is, how it is read and recorded, "
    "and when it is calibrated.",
)
def measurement_text_incomplete(context: OpenedBook) -> Iterator[Finding]:
    """Look into the procedures that were typed, and the texts beside them."""
    for slot, p, stage in typed_texts(context, "procedure"):
        if chosen(context, p, stage) != {"C"}:
            continue
        if any(row.point(context) == p for row in meter_rows(context)):
            continue
        for notion in lacks(texts_of(context, p, stage), _NOTIONS):
            yield Finding(slot, parameter=p.symbol, actual=named(notion))
