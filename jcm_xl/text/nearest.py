"""The known word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from jcm_xl.text.phrase import Phrase


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ` (did you mean 'x'?)`, or nothing where no known word is near."""
    candidates = list(known)
    folded = {k.casefold(): k for k in candidates}
    from difflib import get_close_matches

    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    if not close:
        return ""
    english = " (did you mean '{word}'?)"
    return Phrase("words.did-you-mean", english, word=folded[close[0]])
