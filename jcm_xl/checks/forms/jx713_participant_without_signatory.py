"""A participant of the project has no contact and signatory in the statement.

Why it matters
    The Modalities of Communication Statement binds every participant: each of them
    names who signs for it.

How to fix it
    Add a row in section 5 with the participant's name as project.toml has it, and its
    signatory. The focal point, if it is a participant, is named in section 2.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Severity
from jcm_xl.forms.model import table_rows
from jcm_xl.forms.opened import OpenedForm

_FORM, _TABLE = "MoC", "contacts"


@Check(
    severity=Severity.ERROR,
    basis="Modalities of Communication Statement Form, sections 4 to 6: contacts and "
    "signature of each participant",
    message="{expected} is a participant, but section 5 of {sheet} names no signatory "
    "of it.",
    remedy="Add a row for {expected} in the table at {cell}, or make it the focal "
    "point.",
)
def participant_without_signatory(form: OpenedForm) -> Iterator[Finding]:
    """Compare the participants with those that have a signatory."""
    if form.form.code != _FORM:
        return
    named = set()
    if form.values.get("focal_point_is_participant") == "yes":
        named.add(_folded(form.values.get("focal_point", "")))
    for row in table_rows(form.values, _TABLE):
        named.add(_folded(row.get("participant", "")))
    for each in form.project.participants:
        if _folded(each.name) not in named:
            yield Finding(
                sheet=form.placed.name, at=form.placed.of(_TABLE)[0].at,
                parameter=_TABLE, expected=each.name,
            )  # fmt: skip


def _folded(name: object) -> str:
    return " ".join(str(name).split()).casefold()
