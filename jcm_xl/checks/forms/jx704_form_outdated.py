"""The book was made of another text of the form than today's, or for another project.

Why it matters
    Fields may have been added or dropped since, and what is filled in grey comes from
    the facts of the project.

How to fix it
    Keep what was typed with `jcm-xl form read FILE --to PROJECT`, then make the form
    again with `jcm-xl form new`.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Severity
from jcm_xl.forms.opened import OpenedForm
from jcm_xl.text.phrase import Phrase

_DIGEST = Phrase("forms.digest", "text of the form")
_PROJECT = Phrase("forms.project", "project")


@Check(
    severity=Severity.ERROR,
    person_decides=True,
    basis="A form is judged by the definition it was made with (ours)",
    message="{sheet}: the book is of another {what} ({actual}) than what it is judged "
    "by ({expected}).",
    remedy="Keep what was typed with `jcm-xl form read`, then make the form again with "
    "`jcm-xl form new`.",
)
def form_outdated(form: OpenedForm) -> Iterator[Finding]:
    """Compare the stamp with the form and the project."""
    for what, actual, expected in (
        (_DIGEST, form.stamp.digest[:12], form.form.digest[:12]),
        (_PROJECT, form.stamp.project, form.project.reference),
    ):
        if actual != expected:
            yield Finding(
                sheet=form.placed.name, actual=actual, expected=expected,
                facts={"what": what},
            )  # fmt: skip
