"""There is a newer version of the methodology.

Why it matters
    A project reports by the version it is registered with, so an older version is no
    fault. A new project proposes the newest one.

How to fix it
    Nothing has to be done for a registered project. For a new one take the workbook of
    the newest version.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.definition.library import in_order, newest_version


@Check(
    severity=Severity.NOTE,
    person_decides=True,
    basis="Versions of approved methodologies at https://www.jcm.go.jp",
    message="This is a book of {actual}; the library has the newer version {expected}.",
    remedy="Nothing has to be done for a project that is registered with {actual}.",
)
def version_not_newest(context: OpenedBook) -> Iterator[Finding]:
    """Compare the version with those of the library."""
    m = context.methodology
    newest = newest_version(m.id)
    if newest and in_order(newest) > in_order(m.version):
        yield Finding(actual=m.key, expected=newest)
