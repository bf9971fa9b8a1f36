"""The file is of schema 1, in which `document` means less than it says.

Why it matters
    Schema 1, of jcm_xl 0.1.0, called official pages and project documents `document`,
    too, and asked for no clause and no day. Books made from such a file say that it is
    not the approved spreadsheet, whatever it claims.

How to fix it
    Write `schema = 2`, and grade anew: `document` with the section, what it says, the
    day it was read and the version; `summary` for an official page in words.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.WARNING,
    message="The file says schema = {schema}: none of its documents counts as read.",
)
def first_schema(draft: Draft) -> Iterator[Fault]:
    """Look at the first line of the format."""
    schema = draft.content.get("schema")
    if schema == 1:
        yield Fault(("schema",), {"schema": schema})
