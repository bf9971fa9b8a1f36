"""`make validate`: Microsoft's validator and Excel's limits over all that we write.

A file that was taken once is not asked of again: our files are the same bytes each
time. What was taken stands in `.validated`, so a round that was stopped goes on.
With `--damaged N`: so many books with one change each; the validator takes those that
`check` calls clean.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.validity import limits, sdk
from tests.validity.damaged import damaged
from tests.validity.taken import Taken
from tests.validity.written import Written, everything

_STEP = 100


class Judged(NamedTuple):
    """What both say of a file that we write, and whether they were asked today."""

    written: Written
    faults: list[str]
    is_new: bool


def main() -> int:
    """Print each fault and the figures; return 1 if there is any fault."""
    parser = argparse.ArgumentParser(prog="make validate", description=__doc__)
    parser.add_argument(
        "--only", default="", help="part of the names, such as ID_AM003"
    )
    parser.add_argument("--anew", action="store_true", help="ask of every file")
    parser.add_argument("--damaged", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if reason := sdk.missing():
        print(reason)
        return 2
    if asked.damaged:
        return _damaged(asked.damaged, asked.seed)
    began = time.perf_counter()
    chosen = (written for written in everything() if asked.only in written.name)
    taken = Taken(is_empty=asked.anew)
    counts: Counter[str] = Counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        for one in pool.map(lambda each: _judged(each, Path(folder), taken), chosen):
            counts["files"] += 1
            counts["faulty"] += bool(one.faults)
            counts["asked"] += one.is_new
            for fault in one.faults:
                print(f"{one.written.name}: {fault}", flush=True)
            if counts["files"] % _STEP == 0:
                print(f"... {counts['files']}", file=sys.stderr, flush=True)
    print(
        f"{counts['files']} files, {counts['faulty']} of them with faults; "
        f"{counts['asked']} asked of in {time.perf_counter() - began:.0f} s, the "
        "others taken before. Open XML SDK (Office2019 rules) and Excel's own limits."
    )
    return 1 if counts["faulty"] else 0


def _damaged(count: int, seed: int) -> int:
    codes: Counter[int] = Counter()
    refused = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        for number in range(count):
            if book := damaged(seed, number, path):
                codes[book.exit_code] += 1
                refused += bool(book.faults)
                if book.faults:
                    print(f"{book.name}\n  {book.faults[0]}", flush=True)
    print(
        f"{codes.total()} damaged books of seed {seed}: {codes[0]} clean, of which the "
        f"validator refuses {refused}; {codes[1]} with findings, {codes[2]} refused"
    )
    return 1 if refused else 0


def _judged(written: Written, folder: Path, taken: Taken) -> Judged:
    data = written.make()
    digest = hashlib.sha256(data).hexdigest()
    if digest in taken:
        return Judged(written, [], is_new=False)
    path = folder / f"{digest}{written.ending}"
    path.write_bytes(data)
    try:
        found = faults_of(path, data)
    finally:
        path.unlink(missing_ok=True)
    if not found:
        taken.add(digest)
    return Judged(written, found, is_new=True)


def faults_of(path: Path, data: bytes) -> list[str]:
    """Return what both say against a file."""
    own = [] if path.suffix == ".docx" else limits.faults(data)
    return [*map(str, sdk.faults(path)), *own]


if __name__ == "__main__":
    sys.exit(main())
