"""`make validate`: Microsoft's validator and Excel's limits over all that we write."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.validity import limits, sdk
from tests.validity.written import Written, everything


def main() -> int:
    """Print each fault and the figures; return 1 if there is any fault."""
    parser = argparse.ArgumentParser(prog="make validate", description=__doc__)
    parser.add_argument(
        "--only", default="", help="part of the names, such as ID_AM003"
    )
    asked = parser.parse_args()
    if reason := sdk.missing():
        print(reason)
        return 2
    began = time.perf_counter()
    chosen = [written for written in everything() if asked.only in written.name]
    with (
        tempfile.TemporaryDirectory() as folder,
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        found = pool.map(lambda each: _faults(each, Path(folder)), enumerate(chosen))
        counts: Counter[bool] = Counter()
        for written, faults in zip(chosen, found, strict=True):
            counts[bool(faults)] += 1
            for fault in faults:
                print(f"{written.name}: {fault}")
    seconds = time.perf_counter() - began
    print(
        f"{len(chosen)} files, {counts[True]} of them with faults; {seconds:.0f} s. "
        "Open XML SDK (Office2019 rules) and Excel's own limits."
    )
    return 1 if counts[True] else 0


def _faults(numbered: tuple[int, Written], folder: Path) -> list[str]:
    number, written = numbered
    path = folder / f"{number}{written.ending}"
    path.write_bytes(data := written.make())
    try:
        return faults_of(path, data)
    finally:
        path.unlink()


def faults_of(path: Path, data: bytes) -> list[str]:
    """Return what both say against a file."""
    own = [] if path.suffix == ".docx" else limits.faults(data)
    return [*map(str, sdk.faults(path)), *own]


if __name__ == "__main__":
    sys.exit(main())
