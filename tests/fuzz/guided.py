"""`python -m tests.fuzz.guided CORPUS`: damaged parts led by the code they reach.

Needs the extra `fuzz` (atheris). The first byte of an input says which part of which
sound book the rest replaces, or that the rest is a whole file; so checksums of the zip
archive do not stop the search. Options after the folder go to libFuzzer:
`-max_total_time=600 -rss_limit_mb=512 -timeout=5`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(
    include=["jcm_xl.xlsx", "jcm_xl.formula", "jcm_xl.plan", "jcm_xl.submission"]
):
    from tests.fuzz.books import bases
    from tests.fuzz.judge import judge

from tests.xlsx.handmade import zipped

_BASES = [parts for _, parts in sorted(bases().items())]
_UNREAD = ("docProps/app.xml", "docProps/core.xml", "xl/theme/theme1.xml")
_PLACES = [
    (parts, name) for parts in _BASES for name in sorted(parts) if name not in _UNREAD
]
_WHOLE = 255
_FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))


def book_of(data: bytes) -> bytes:
    """Return the file that an input stands for."""
    if not data or data[0] == _WHOLE:
        return data[1:]
    parts, name = _PLACES[data[0] % len(_PLACES)]
    return zipped({**parts, name: data[1:]}, method=0)


def write_corpus(folder: Path) -> None:
    """Write the sound parts and books to begin with."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (parts, name) in enumerate(_PLACES):
        (folder / f"part{number}").write_bytes(bytes([number]) + parts[name])
    for number, parts in enumerate(_BASES):
        (folder / f"book{number}").write_bytes(bytes([_WHOLE]) + zipped(parts))


def judge_one(data: bytes) -> None:
    """Judge one input; what it raises is a find."""
    judge(book_of(data), _FOLDER)


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]))
    atheris.Setup([sys.argv[0], *sys.argv[1:]], judge_one)
    atheris.Fuzz()
