"""`make quality`: measure how often the checker is wrong; write docs/quality.md.

`python -m bench.quality [--minutes N] [--state FILE] [--processes N] [--write]`. Parts
take turns in two processes, or in as many as said; what is done is kept in the state
file, so a run can be continued. What was done with other sources than today's stays in
the file and is not counted.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.quality.measure import PARTS, ROOT, kept, measure, table

PAGE = ROOT / "docs" / "quality.md"


_HOW = """\
Written by `make quality` (`python -m bench.quality --write`). Parts take turns, so a
run that was stopped early has tried less of each than it would in the end. 'Not
measured' is no success."""
_WHAT = """\
Every methodology of the library takes its turn. Chance does not know what is eligible:
of clean fills the findings JX404, JX405, JX501, JX603 and JX622 are left out. Mutants
that mean the same are not counted. An unlocked cell is no mutant: protection guards
against slips only, and the cells themselves are compared. Tampered and touched books
are changed in the package, as with a zip program, in a cell on which tonnes rest; of
each three rows the second is of books that LibreOffice saved, the third of books in the
layouts of many hands, which share no code with our writer. Of some of them LibreOffice
is asked what they show and give; what only Excel would show stands aside. Planted
modules, checks that fail and hostile files are those of the tests. The scheme is judged
with every processor; its seconds stand aside. Mutants of our own code change one
comparison, condition, sign or number each, at every place where there is one. A check
is judged by its own fixture alone, the rest by the tests of that module
(bench/quality/judged.py); some survivors mean the same as the original."""


def main() -> int:
    """Measure, print the table, and write the page if asked to."""
    parser = argparse.ArgumentParser(prog="bench.quality", description=__doc__)
    parser.add_argument("--minutes", type=float, default=240)
    parser.add_argument("--state", type=Path, default=ROOT / ".quality.jsonl")
    parser.add_argument("--only", action="append", choices=sorted(PARTS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    asked = parser.parse_args()
    wanted = PARTS if not asked.only else {n: PARTS[n] for n in asked.only}
    end = time.monotonic() + 60 * asked.minutes
    measure(wanted, asked.state, end, asked.processes)
    text = table(kept(asked.state))
    print(text)
    if asked.write:
        PAGE.write_text(_page(asked.state, text), encoding="utf-8")
    return 0


def _page(state: Path, measured: str) -> str:
    libraries = ", ".join(
        f"{name} {version(name)}" for name in ("openpyxl", "XlsxWriter", "ironcalc")
    )
    today = datetime.now(UTC).date()
    lines = ["# How often the checker is wrong", "", _HOW, "", measured, ""]
    lines += [
        f"Date {today}; Python {platform.python_version()}, {libraries}, {_office()}. "
        "Nothing was run in Excel.", "", _WHAT, "",
    ]  # fmt: skip
    samples = [(n, s) for n, o in kept(state).items() for s in o.samples]
    if samples:
        lines += ["## First of what went wrong", ""]
        lines += [f"* {name}: {sample}" for name, sample in samples]
    return "\n".join(lines).rstrip() + "\n"


def _office() -> str:
    try:
        said = subprocess.run(
            ["soffice", "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return "no LibreOffice"
    return " ".join(said.split()[:2]) or "no LibreOffice"


if __name__ == "__main__":
    sys.exit(main())
