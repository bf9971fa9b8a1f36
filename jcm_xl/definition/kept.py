"""Definitions of the library, resolved once and kept in the user's cache.

A kept one is read without TOML, expressions and rules. It was made of the same file by
the same code: size and time of each module and list that takes part are in its digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from jcm_xl.kept import kept
from jcm_xl.model.as_json import from_json, to_json
from jcm_xl.model.methodology import Methodology
from jcm_xl.places import templates
from jcm_xl.plain_file import DEFINITION_BYTES, read_plain

_PACKAGE = Path(__file__).parents[1]
_CODE = ("definition", "expr", "model", "text")


def load_kept(path: Path) -> Methodology:
    """Load a definition whose examples were proved; raises `DefinitionError`."""
    try:
        content = hashlib.sha256(read_plain(path, DEFINITION_BYTES)).digest()
    except OSError:
        return _made(path)  # which says what the matter is
    digest = hashlib.sha256(_code() + content + _facts_beside(path)).hexdigest()
    return kept(path, digest, lambda: _made(path), to_json, from_json)


def _facts_beside(path: Path) -> bytes:
    """Return the facts that an earlier text has beside it, where it has some."""
    try:
        return path.with_name("facts.toml").read_bytes()
    except FileNotFoundError:
        return b""


def _made(path: Path) -> Methodology:
    from jcm_xl.definition.load import load_file

    return load_file(path, with_examples=False)


@lru_cache(maxsize=1)
def _code() -> bytes:
    """Return a digest of everything but the definition that a load depends on."""
    digest = hashlib.sha256()
    for path in _takes_part():
        status = path.stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.digest()


def _takes_part() -> Iterator[Path]:
    for folder in _CODE:
        yield from sorted((_PACKAGE / folder).glob("*.py"))
    yield from sorted((templates() / "register").iterdir())
    yield from sorted((templates() / "facts").iterdir())
    yield templates() / "shapes.toml"
