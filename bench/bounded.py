"""The largest books: processor time, memory and reports of a single check."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from bench.measure import Process, run
from bench.row import Row
from tests.hostile import large

SECONDS, REFUSED_SECONDS, PEAK_MB, REPORT_MB = 3.0, 0.5, 256, 5
_ROUNDS = 3
_ENDINGS = ("txt", "json", "sarif", "md", "html", "xlsx")

JUDGED: Mapping[str, Callable[[], bytes]] = {
    "100,000 texts pasted": partial(large.pasted, 100_000, large.text, columns=1),
    "248,000 numbers pasted": partial(large.pasted, 248_000, large.number),
    "248,000 texts pasted": partial(large.pasted, 248_000, large.text),
    "35,040 x 15 own data": large.own_data,
}
REFUSED: Mapping[str, Callable[[], bytes]] = {
    "900,000 numbers pasted": partial(large.pasted, 900_000, large.number),
}


def bounded_rows(folder: Path, command: Sequence[str]) -> Iterator[Row]:
    """Measure each book: of the times and peaks the middle one counts."""
    for name, make in JUDGED.items():
        path = _written(folder, name, make)
        done = _checked(command, path)
        yield _seconds("check of a large book", name, done, SECONDS)
        peak = statistics.median(one.peak for one in done) / 1e6
        yield Row("peak memory of it", name, peak, PEAK_MB, None, "MB")
        yield Row("its longest report", name, _longest(command, path), REPORT_MB, None,
                  "MB")  # fmt: skip
    for name, make in REFUSED.items():
        done = _checked(command, _written(folder, name, make))
        yield _seconds("refusal of a larger book", name, done, REFUSED_SECONDS)


def _written(folder: Path, name: str, make: Callable[[], bytes]) -> Path:
    path = folder / f"{name}.xlsx"
    path.write_bytes(make())
    return path


def _checked(command: Sequence[str], path: Path) -> list[Process]:
    return [run([*command, "check", str(path)], (0, 1, 2)) for _ in range(_ROUNDS)]


def _seconds(promise: str, name: str, done: Sequence[Process], target: float) -> Row:
    seconds = statistics.median(one.processor for one in done)
    return Row(promise, name, seconds, target, None, "s")


def _longest(command: Sequence[str], path: Path) -> float:
    """Return the length of the longest form of report, the copy included, in MB."""
    sizes = []
    for ending in _ENDINGS:
        report = path.with_name(f"report.{ending}")
        option = "--annotate" if ending == "xlsx" else "-o"
        run([*command, "check", str(path), option, str(report), "--force"], (0, 1, 2))
        sizes.append(report.stat().st_size)
    return max(sizes) / 1e6
