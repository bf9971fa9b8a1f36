"""`python -m bench [--quick] [--json FILE]`: print every promise and its figure."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from bench.measure import patience
from bench.promises import QUICK_ROUNDS, ROUNDS, command, measured
from bench.row import Row

PATIENCE, QUICK_PATIENCE = 60, 5
_LINE = "{:<37} {:<17} {:>8} {:>13} {:>8} {:>8}  {:<8} {}"


def main() -> int:
    """Measure and print; a miss is told, never an error: this is no test."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--json", metavar="FILE", help="also as JSON ('-': only that)")
    options = parser.parse_args()
    rounds = QUICK_ROUNDS if options.quick else ROUNDS
    patience.left = QUICK_PATIENCE if options.quick else PATIENCE
    out = sys.stderr if options.json == "-" else sys.stdout
    print(f"Machine: {machine()}", file=out)
    print(
        f"Both sides in turn, {rounds} rounds or more; the figure is the median of the "
        "rounds' ratios.\n",
        file=out,
    )
    heads = ("promise", "of", "figure", "middle half", "target", "stretch", "")
    print(_LINE.format(*heads, "for scale"), file=out)
    rows = []
    with tempfile.TemporaryDirectory(prefix="jcm_xl-bench-") as folder:
        for row in measured(Path(folder), rounds):
            rows.append(row)
            print(_printed(row), file=out, flush=True)
    if patience.hurried:
        print(
            f"\nIn {patience.hurried} of {patience.rounds} rounds other programs may "
            "have been running: measure again on an idle machine.",
            file=out,
        )
    if not command():
        print("\nNot measured: there is no command line (jcm_xl.cli) yet.", file=out)
    if options.json:
        _write_json(rows, options.json)
    return 0


def machine() -> str:
    """Return processor, cores, load, Python and the two libraries in one line."""
    libraries = ", ".join(
        f"{name} {version(name)}" for name in ("XlsxWriter", "openpyxl")
    )
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return (
        f"{_processor()}, {os.cpu_count()} cores, load {load}; {platform.system()}, "
        f"Python {platform.python_version()}, {libraries}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if "model name" in line)
    return next(names, platform.machine())


def _printed(row: Row) -> str:
    spread = "-".join(f"{value:.2f}" for value in row.spread) if row.spread else ""
    scale = (
        f"{row.ours_ms:.1f} / {row.other_ms:.1f} ms"
        if row.ours_ms is not None and row.other_ms is not None
        else ""
    )
    return _LINE.format(
        row.promise,
        row.subject,
        _figure(row.figure, row.unit),
        spread,
        _figure(row.target, row.unit) if row.target is not None else "",
        _figure(row.stretch, row.unit) if row.stretch is not None else "",
        row.verdict,
        scale,
    ).rstrip()


def _figure(value: float, unit: str) -> str:
    if unit == "x":
        return f"{value:.3f}x"
    return f"{value:.2f} {unit}" if value < 10 else f"{value:.0f} {unit}"


def _write_json(rows: list[Row], path: str) -> None:
    told = {
        "machine": machine(),
        "hurried_rounds": patience.hurried,
        "rounds": patience.rounds,
        "promises": [{**row._asdict(), "verdict": row.verdict} for row in rows],
    }
    text = json.dumps(told, indent=2) + "\n"
    if path == "-":
        sys.stdout.write(text)
    else:
        Path(path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
