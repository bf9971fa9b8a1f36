"""The book was made with official figures that are not at hand here.

Why it matters
    An overlay completes a definition with the figures of the approved document.
    Without the same overlay the book is compared with other numbers, and what
    differs may be right.

How to fix it
    Ask the sender for the overlay file, put it into a folder and check again with
    `--overlays` and that folder.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Severity
from jcm_xl.text.phrase import Phrase


@Check(
    severity=Severity.WARNING,
    tonnes=True,
    audience=Audience.VERIFIER,
    basis="Our own books: custom property jcm_xl.overlay",
    message="The book was made with the official figures of overlay {actual}; it is "
    "judged by {expected}.",
    remedy="Ask the sender for that overlay file and check again with --overlays and "
    "its folder.",
)
def overlay_missing(context: OpenedBook) -> Iterator[Finding]:
    """Compare the overlay in the stamp with the one at hand."""
    stamp, m = context.identity.stamp, context.methodology
    if stamp is not None and context.lacks_overlay:
        here = (
            Phrase("overlays.this", "overlay {name}", name=str(m.overlay))
            if m.overlay
            else Phrase("overlays.none", "the definition of {id}", id=m.key)
        )
        yield Finding(actual=stamp.overlay, expected=here)
