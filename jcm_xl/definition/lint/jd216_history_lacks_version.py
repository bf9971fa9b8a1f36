"""The history has no line for the version of the definition.

Why it matters
    The history is the last section of the official document and tells what each
    approved version changed.

How to fix it
    Add a [[history]] block for the version, or correct its number.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.WARNING,
    message="The history tells of {found}, not of version {version}.",
)
def history_lacks_version(draft: Draft) -> Iterator[Fault]:
    """Look for the version among the lines of the history."""
    m = draft.methodology
    if not m.history:
        return
    versions = [change.version for change in m.history]
    if m.version not in (version.lstrip("0") for version in versions):
        facts = {"found": ", ".join(versions), "version": m.padded_version}
        yield Fault(("history", len(versions) - 1, "version"), facts)
