"""The book is a public copy: values are masked with XXX.

Why it matters
    With confidential data two versions are filed, one complete and one masked for
    publication. A masked book cannot be calculated or verified; the masks are no
    mistakes.

How to fix it
    Check the complete version. The public copy needs no check of its own: make it
    from the complete version after that one is clean.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.masks import masked


@Check(
    severity=Severity.NOTE,
    person_decides=True,
    basis="Submission rule for confidential data, https://www.jcm.go.jp/vn-jp/contact",
    message="{cell} on {sheet} is masked ('{actual}'): this is a public copy.",
    remedy="Check the complete version of this book instead.",
    verdict="PUBLIC COPY: values are masked with XXX; this is not a submission",
)
def public_copy(context: OpenedBook) -> Iterator[Finding]:
    """Look for cells that hold nothing but XXX."""
    for slot, text in masked(context):
        yield Finding(slot, actual=text)
