"""A book whose official figures are not at hand: nobody can use it without them."""

from __future__ import annotations

from jcm_xl.model.methodology import Methodology
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.visible import visible

NEEDS = "CANNOT BE JUDGED: it cannot be judged without overlay {overlay}"
"""The verdict on such a book."""
_NO_USE = (
    "{file} was made with the official figures of overlay {overlay}, which are not at "
    "hand; put that overlay file into a folder and name it with --overlays."
)


def without(overlay: str) -> Phrase:
    """Return the verdict on a book that was made with this overlay."""
    key = "checks.overlay-missing.verdict"
    return Phrase(key, NEEDS, overlay=visible(overlay))


def no_use(file: str, overlay: str) -> Phrase:
    """Return why a book cannot be computed with, or compared."""
    facts = {"file": visible(file), "overlay": visible(overlay)}
    return Phrase.of("library.no-overlay", _NO_USE, facts)


def here(m: Methodology) -> Phrase:
    """Return what is at hand in place of the overlay."""
    if m.overlay:
        return Phrase("overlays.this", "overlay {name}", name=str(m.overlay))
    return Phrase("overlays.none", "the definition of {id}", id=m.key)
