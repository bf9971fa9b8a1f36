"""Live functions inside LibreOffice: what a call costs over a native formula."""

from __future__ import annotations

import statistics
import sys
import timeit
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import xlsxwriter

from bench.row import Row
from jcm_xl import api
from jcm_xl.hosts.libreoffice.build import build
from jcm_xl.live.ranges import spoken
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Stage
from jcm_xl.xlsx.grid import column_letters
from tests.hosts.browser import Browser
from tests.hosts.browser import missing as browser_missing
from tests.hosts.cases import cases
from tests.hosts.excel.com_side import as_com, called
from tests.hosts.hosts import live as live_function
from tests.office.harness import Office, missing

KEY = "MM_AM005@1.0"
"""Four inputs without units: a row of cells is a whole project."""

CALLS, FACTOR, A_CALL = 1000, 3, 0.3
"""So many calls take at most FACTOR times the native formulas, and A_CALL ms each."""


def live_rows(folder: Path, rounds: int) -> Iterator[Row]:
    """Measure 1,000 live cells against 1,000 native ones; nothing without office."""
    yield from _overheads(folder, rounds)
    if reason := missing():
        print(f"Not measured: live functions. {reason}", file=sys.stderr)
        return
    with Office() as office:
        yield live_row(office, written(folder), rounds)


def _overheads(folder: Path, rounds: int) -> Iterator[Row]:
    """Tell what one call of ER costs in a host, over the same call in plain Python."""
    case = next(cases([KEY], folder))
    given = case.arguments(Stage.REPORT)
    plain = _seconds(partial(live_function, "ER", KEY, *given), rounds)
    facts = called(("JCM_ER", [KEY, *map(as_com, given)]), rounds=rounds * 20)
    yield _overhead("xlwings", facts["seconds"][0], facts["seconds"][1])
    yield from _of_ours(rounds)
    if reason := browser_missing():
        print(f"Not measured: Pyodide. {reason}", file=sys.stderr)
        return
    job = {"do": "seconds", "name": "ER", "given": [KEY, *given], "rounds": rounds * 20}
    with Browser() as browser:
        yield _overhead("Pyodide", browser.ask(job), plain)


def _of_ours(rounds: int) -> Iterator[Row]:
    """Tell what of a call through xlwings is ours, and what reading ranges costs.

    The same call is timed with a function that only returns, so xlwings is left out;
    its inputs are calculated already, as for the second live cell of a sheet.
    """
    for rows, name in ((12, "a live call"), (2_000, "a cell of the ranges")):
        given = [["EG_i,p", "Connection_i"], *[[1.0, _CHOICE]] * rows]
        table = [["", *given[0]]] + [
            [f"({n})", *row] for n, row in enumerate(given[1:], 1)
        ]
        call = ("JCM_ER", [SOLAR, *["(missing)"] * 4, {"range": table}, "(missing)"])
        facts = called(call, rounds=rounds * 20)
        ours = facts["seconds"][1] * 1e6
        is_call = rows == 12
        figure = ours if is_call else ours / (3 * (rows + 1))
        yield Row(
            promise="live call: ours, xlwings left out" if is_call else name,
            subject=f"{rows} units through xlwings", figure=figure,
            target=100.0 if is_call else 3.0, stretch=None, unit="us",
            ours_ms=ours / 1e3, rounds=rounds * 20,
        )  # fmt: skip


SOLAR = "TH_AM001@1.0"
_CHOICE = "Grid only: directly or by an internal grid without a captive generator"


def _seconds(call: Callable[[], object], rounds: int) -> float:
    call()
    times = timeit.repeat(call, number=1, repeat=rounds * 20)
    return statistics.median(times)


def _overhead(host: str, ours: float, plain: float) -> Row:
    return Row(
        promise="a live call / the plain call", subject=host, figure=ours / plain,
        target=None, stretch=None, ours_ms=ours * 1000, other_ms=plain * 1000,
    )  # fmt: skip


def written(folder: Path) -> dict[str, Path]:
    """Write the extension and the two books."""
    m = api.load(KEY)
    paths = {name: folder / f"{name}.xlsx" for name in ("live", "native")}
    _write(paths["live"], m, _live)
    _write(paths["native"], m, _native)
    paths["extension"] = folder / "jcm.oxt"
    paths["extension"].write_bytes(build([m]))
    return paths


def live_row(office: Office, paths: dict[str, Path], rounds: int) -> Row:
    """Install the functions and measure."""
    office.install(paths["extension"])
    live, native = (office.seconds(paths[n], rounds) for n in ("live", "native"))
    spent, other = (statistics.median(s) * 1000 for s in (live, native))
    allowed = FACTOR * other + A_CALL * CALLS
    return Row(
        promise="live cells / 3 x native + 0.3 ms a call",
        subject=f"{CALLS} in LibreOffice", figure=spent / allowed, target=1.0,
        stretch=0.5, ours_ms=spent, other_ms=other, rounds=rounds,
    )  # fmt: skip


def _write(path: Path, m: Methodology, formula: Callable[..., str]) -> None:
    """Write a table with one project a line, each with other inputs and a result."""
    given = m.examples[0].given
    inputs = sorted(m.inputs, key=lambda p: not p.is_monitored)
    monitored = sum(p.is_monitored for p in inputs)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Projects")
        sheet.write_row(0, 0, [spoken(p.symbol) for p in inputs])
        for row in range(1, CALLS + 1):
            values = [float(str(given[p.name])) * (1 + row / 1e4) for p in inputs]
            sheet.write_row(row, 0, values)
            sheet.write_formula(
                row, len(inputs) + 1, formula(row + 1, monitored, len(inputs)), None, 0
            )


def _live(row: int, monitored: int, count: int) -> str:
    return f"=JCM.ER({','.join([_quoted(KEY), *_ranges(row, monitored, count)])})"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _ranges(row: int, monitored: int, count: int) -> Iterator[str]:
    for first, last in ((1, monitored), (monitored + 1, count)):
        left, right = column_letters(first), column_letters(last)
        yield f"${left}$1:${right}$1"
        yield f"${left}{row}:${right}{row}"


def _native(row: int, monitored: int, count: int) -> str:
    """The same reductions: (supplied - capacity x hours x days) x factor."""
    assert (monitored, count) == (2, 4)
    return f"=(A{row}-C{row}*24*B{row})*D{row}"
