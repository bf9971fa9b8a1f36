"""The book was made with official figures that are not at hand here.

Why it matters
    An overlay completes a definition with the figures of the approved document.
    Without the same overlay the book would be compared with other numbers: nobody can
    say which of its differences are right. So it is not judged at all.

How to fix it
    Ask the sender for the overlay file, put it into a folder and check again with
    `--overlays` and that folder.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Severity
from jcm_xl.submission.overlays import NEEDS, here, without


@Check(
    severity=Severity.ERROR,
    person_decides=True,
    tonnes=True,
    audience=Audience.VERIFIER,
    basis="Our own books: custom property jcm_xl.overlay",
    message="The book was made with the official figures of overlay {actual}; here is "
    "{expected}.",
    remedy="Ask the sender for that overlay file and check again with --overlays and "
    "its folder.",
    verdict=NEEDS,
)
def overlay_missing(context: OpenedBook) -> Iterator[Finding]:
    """Compare the overlay in the stamp with the one at hand."""
    stamp = context.identity.stamp
    if stamp is not None and context.lacks_overlay:
        yield Finding(
            actual=stamp.overlay,
            expected=here(context.methodology),
            verdict=without(stamp.overlay),
        )
