"""An earlier report applies another methodology or version.

Why it matters
    A project may change the version of its methodology with the consent of the Joint
    Committee, so another version is a note. Another methodology is another claim: it is
    not compared.

How to fix it
    Another version: nothing, if the change was approved. Another methodology: give the
    reports that apply this one.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.other_books import OtherBook, previous


@Check(
    severity=Severity.ERROR,
    person_decides=True,
    basis="Registration of the project: methodology and version",
    message="The earlier report {file} applies {expected}, this one {actual}.",
    remedy="Give the reports that apply the same methodology; a change of "
    "version needs the consent of the Joint Committee.",
)
def earlier_methodology_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare methodology and version; another version is a note."""
    m = context.methodology
    for book in previous(context):
        if isinstance(book, OtherBook) and book.methodology.key != m.key:
            is_same = book.methodology.id == m.id
            yield Finding(
                actual=m.key,
                expected=book.methodology.key,
                severity=Severity.NOTE if is_same else None,
                facts={"file": book.file},
            )
