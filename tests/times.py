"""`python -m tests.times`: where the minutes of the last run went, and what came of it.

Reads what `.ci/test.sh` left, a JUnit file a round and how long it took. The last line
is pytest's own closing line, for both rounds together.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

FOLDER = Path(__file__).parents[1] / ".test-times"
_KINDS = ("failed", "passed", "skipped", "errors")
"""What may come of a test, in the order of pytest's closing line."""
_OUTCOMES = {"failure": "failed", "error": "errors", "skipped": "skipped"}
"""The elements of a JUnit file, and what pytest calls them."""


class Ran(NamedTuple):
    """A test that was run: its group, what came of it, and its seconds."""

    group: str
    outcome: str
    seconds: float


class Run(NamedTuple):
    """A round that was run; `seconds` on the clock, collecting included."""

    name: str
    tests: Sequence[Ran]
    seconds: float


def read(path: Path) -> Run:
    """Return the run of one JUnit file, beside which its seconds stand."""
    tests = [_test(case) for case in ElementTree.parse(path).iter("testcase")]
    seconds = path.with_suffix(".seconds").read_text(encoding="ascii")
    return Run(path.stem, tests, float(seconds))


def _test(case: ElementTree.Element) -> Ran:
    outcomes = (_OUTCOMES[part.tag] for part in case if part.tag in _OUTCOMES)
    outcome = next(outcomes, "passed")
    return Ran(_group(case), outcome, float(case.get("time", "0")))


def _group(case: ElementTree.Element) -> str:
    """Return the folder of a test: `tests/checks`; its file if it lies at the top."""
    top, name, *_ = f"{case.get('classname')}..".split(".")
    return f"{top}/{name}"


def table(runs: Sequence[Run]) -> Iterator[str]:
    """Yield the minutes of the processes by group, a column a round."""
    minutes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    counts: dict[str, int] = defaultdict(int)
    for run in runs:
        for test in run.tests:
            minutes[test.group][run.name] += test.seconds / 60
            counts[test.group] += 1
    names = [run.name for run in runs]
    yield "Minutes of processors by group (some wait for another program)"
    yield _line("", [*names, "tests"])
    for group in sorted(minutes, key=lambda g: -sum(minutes[g].values())):
        yield _line(group, [*_numbers(names, minutes[group]), f"{counts[group]:,}"])
    total = {run.name: sum(test.seconds for test in run.tests) / 60 for run in runs}
    yield _line("together", [*_numbers(names, total), f"{sum(counts.values()):,}"])
    on_clock = {run.name: run.seconds / 60 for run in runs}
    yield _line("on the clock", _numbers(names, on_clock))


def _numbers(names: Iterable[str], minutes: Mapping[str, float]) -> list[str]:
    return [f"{minutes.get(name, 0):.1f}" for name in names]


def _line(first: str, others: Iterable[str]) -> str:
    return f"{first:<28}" + "".join(f"{other:>9}" for other in others)


def closing(runs: Sequence[Run]) -> str:
    """Return pytest's closing line for all runs together."""
    outcomes = [test.outcome for run in runs for test in run.tests]
    counts = {kind: outcomes.count(kind) for kind in _KINDS}
    words = ", ".join(f"{n} {kind}" for kind, n in counts.items() if n) or "no tests"
    seconds = sum(run.seconds for run in runs)
    hours, rest = divmod(int(seconds), 3600)
    clock = f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
    return f" {words} in {seconds:.2f}s ({clock}) ".center(80, "=")


def main(folder: Path = FOLDER) -> int:
    """Print the table and the closing line; 1 where nothing was run."""
    runs = [read(path) for path in sorted(folder.glob("*.xml"), reverse=True)]
    for line in table(runs):
        print(line)
    print()
    print(closing(runs))
    return 0 if runs else 1


if __name__ == "__main__":
    sys.exit(main())
