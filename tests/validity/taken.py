"""Which files the validator has taken: digests, one a line, added as they come."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.validity import limits, sdk

ROOT = Path(__file__).parents[2]


class Taken:
    """The digests of files that were taken by this validator and these limits."""

    def __init__(self, path: Path = ROOT / ".validated", *, is_empty: bool) -> None:
        """Read what is known, unless each file is to be asked of anew."""
        self._path = path
        self._by = _judges()
        lines = path.read_text("ascii").splitlines() if path.exists() else []
        known = [line.partition(" ") for line in lines if not is_empty]
        self._found = {digest for by, _, digest in known if by == self._by}

    def __contains__(self, digest: str) -> bool:
        """Tell whether a file of this digest was taken."""
        return digest in self._found

    def add(self, digest: str) -> None:
        """Keep that it was taken, at once: a round may be stopped."""
        self._found.add(digest)
        with self._path.open("a", encoding="ascii") as file:
            file.write(f"{self._by} {digest}\n")


def _judges() -> str:
    """Return a short name of the judges: another of them has taken nothing yet."""
    program = sdk.program()
    parts = [str(program.stat().st_size).encode()] if program.exists() else []
    parts += [Path(module.__file__).read_bytes() for module in (limits, sdk)]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]
