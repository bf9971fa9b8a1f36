"""A grey field of a form could not be filled, as the project does not hold its value.

Why it matters
    Such a field stays empty. Nothing is guessed in its place, and nobody may type it.

How to fix it
    Add the fact to project.toml, or the book to `books`, and make the form again with
    `jcm-xl form new`.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Severity
from jcm_xl.forms.opened import OpenedForm


@Check(
    severity=Severity.ERROR,
    person_decides=True,
    basis="A number stands once; a form takes it from the project and its books (ours)",
    message="{cell} on {sheet} ({parameter}) could not be filled: {expected}",
    remedy="Add it where it belongs and make the form again with `jcm-xl form new`.",
)
def form_source_missing(form: OpenedForm) -> Iterator[Finding]:
    """Tell which fields have no source at hand."""
    for field in form.form.fields:
        if field.source in form.lacking:
            cell = form.placed.of(field.id)[0]
            yield Finding(
                sheet=form.placed.name, at=cell.at, parameter=field.id,
                expected=form.lacking[field.source],
            )  # fmt: skip
