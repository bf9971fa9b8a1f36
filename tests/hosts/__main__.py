"""Print methodology x host with the number each gives; any difference fails.

Usage: python -m tests.hosts [KEY ...]   (without a key: the whole library)
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from jcm_xl import api
from jcm_xl.definition.library import entries
from jcm_xl.hosts.libreoffice.build import build
from tests.hosts import browser, hosts, questions
from tests.hosts import engines as measured
from tests.hosts.cases import Case, cases
from tests.hosts.questions import Asking
from tests.hosts.table import Host, rows, shown
from tests.office import harness

IS_REQUIRED = os.environ.get("JCM_XL_REQUIRE_OFFICE") == "1"


def present(
    stack: ExitStack, found: Sequence[Case], folder: Path, asking: dict[str, Asking]
) -> Iterator[tuple[str, Host]]:
    """Yield the hosts of this machine; tell which are not there.

    `asking` gets those that carry our functions, too.
    """
    asking["functions"] = questions.by_python
    yield "plain Python", hosts.plain_python
    yield "functions", hosts.functions
    yield "ironcalc", hosts.native_in_ironcalc
    if reason := harness.missing():
        left_out(reason)
    else:
        office = stack.enter_context(harness.Office())
        calc = hosts.LibreOffice(office, extension(folder))
        yield "Calc, native", calc.native
        yield "Calc, live", calc.live
        asking["Calc"] = questions.in_calc(office, folder)
    yield "xlwings", hosts.in_xlwings(found)
    asking["xlwings"] = questions.in_xlwings(found)
    if reason := browser.missing():
        left_out(reason)
    else:
        running = stack.enter_context(browser.Browser())
        yield "Pyodide", partial(hosts.in_browser, running)
        asking["Pyodide"] = questions.in_browser(running)
    yield from engines()


def engines() -> Iterator[tuple[str, Host]]:
    """Yield the engines that are asked where they are at hand; none is required."""
    for name, reason, host in (
        ("Gnumeric", measured.without_gnumeric(), measured.in_gnumeric),
        ("HyperFormula", measured.without_hyperformula(), measured.in_hyperformula),
    ):
        if reason:
            print(f"Left out: {reason}")
        else:
            yield name, host


def extension(folder: Path) -> Path:
    """Build the add-in for LibreOffice with the whole library."""
    path = folder / "jcm.oxt"
    path.write_bytes(build(api.load(entry.key) for entry in entries()))
    return path


def left_out(reason: str) -> None:
    """Say which host cannot be asked; where all are required that is the end."""
    print(f"Left out: {reason}")
    if IS_REQUIRED:
        raise SystemExit(1)


def main(keys: Sequence[str]) -> int:
    """Print the table and return the exit code."""
    wanted = [api.load(key).key for key in keys] or [e.key for e in entries()]
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        found = list(cases(wanted, Path(folder)))
        asking: dict[str, Asking] = {}
        asked = dict(present(stack, found, Path(folder), asking))
        print("Emission reductions of the report, tCO2/p, before rounding")
        print(line("book", asked))
        different = 0
        for row in rows(found, asked):
            print(line(row.case.name, map(shown, row.reductions.values())), flush=True)
            for difference in row.differences:
                print(f"    {difference}")
            different += bool(row.differences)
        wrong = list(questions.differences(found, asking))
        print("\n".join(wrong), end="\n" if wrong else "")
        count = sum(1 for case in found for _ in questions.questions(case))
        print(f"{count:,} questions, {len(asking)} hosts: {len(wrong)} differ")
        different += bool(wrong)
    figures = len(found) * len(asked) * 8
    print(f"{len(found)} books, {len(asked)} hosts, {figures:,} figures: ", end="")
    print(f"{different} books differ" if different else "no difference")
    return 1 if different else 0


def line(name: str, columns: Iterable[str]) -> str:
    """Return one line of the table."""
    return f"{name[:44]:<44}" + "".join(f"{column[:19]:>20}" for column in columns)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
