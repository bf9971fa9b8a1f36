"""Earlier texts of the shipped definitions: books of that time are judged by them.

A text that a release shipped and that was corrected since stays in the library as
`releases/earlier/<first 16 signs of its digest>/<file name>`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from jcm_xl.definition.kept import load_kept
from jcm_xl.definition.library import overlay_of
from jcm_xl.definition.problems import DefinitionError
from jcm_xl.model.methodology import Methodology
from jcm_xl.places import templates


def as_made(m: Methodology, digest: str) -> Methodology:
    """Return the text that a book of this digest was made from, `m` if it is unknown.

    `m` is the text of today. With an overlay at hand the earlier text is completed by
    it, as today's would be.
    """
    if digest in (m.digest, _base(m)):
        return m
    for text in _earlier(m):
        if digest in (text.digest, _base(text)):
            return text
    return m


def editions(m: Methodology) -> Iterator[Methodology]:
    """Yield the text of today, then the earlier ones that releases shipped."""
    yield m
    yield from _earlier(m)


def _base(m: Methodology) -> str:
    """Return the digest of a definition without its overlay."""
    return m.overlay.base if m.overlay else m.digest


def _earlier(m: Methodology) -> Iterator[Methodology]:
    name = f"{m.id}_ver{m.padded_version}.toml"
    for path in sorted((templates() / "releases" / "earlier").glob(f"*/{name}")):
        overlay = overlay_of(path)
        try:
            yield _amended(path, overlay) if overlay else _loaded(path)
        except DefinitionError:
            continue  # the overlay is one for the text of today


@lru_cache(maxsize=64)
def _loaded(path: Path) -> Methodology:
    return load_kept(path)


def _amended(path: Path, overlay: Path) -> Methodology:
    from jcm_xl.definition.overlay import amended

    return amended(path, overlay)
