"""Five jobs from a blank book to a clean report, as a participant does them.

Each step is a command, or a visit to the open book in which cells are typed. The slips
are those of a trial with 0.1.0: an amount with its unit, a point between thousands, a
percentage in a list. docs/steps.md gives the counts of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl

from jcm_xl import api
from jcm_xl.model.key import PERIOD_END, PERIOD_START, REFERENCE_NUMBER, Key
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import Plan, make_plan
from tests.cli.conftest import Run


class Count(NamedTuple):
    """What a job took: calls of jcm-xl, visits to the book, cells typed or chosen."""

    commands: int = 0
    visits: int = 0
    cells: int = 0


class Job:
    """A person at work in a folder: counts what is done."""

    def __init__(self, run: Run, folder: Path, book: str, plan: Plan) -> None:
        self.run, self.folder, self.plan = run, folder, plan
        self.book = folder / book
        self.count = Count()

    def command(self, *words: object, code: int = 0) -> str:
        """Call jcm-xl; it ends with this code."""
        result = self.run(*words)
        assert result.exit_code == code, result.output
        self.count = self.count._replace(commands=self.count.commands + 1)
        return result.output

    def type(self, values: Mapping[Key, Any]) -> None:
        """Open the book, type into its cells, save it."""
        book = openpyxl.load_workbook(self.book)
        for key, value in values.items():
            slot = self.plan[key]
            assert slot.is_open, f"{key} is locked"
            book[slot.sheet][slot.address] = value
        book.save(self.book)
        count = self.count
        visits, cells = count.visits + 1, count.cells + len(values)
        self.count = count._replace(visits=visits, cells=cells)


def _column(stage: str, name: str, *values: Any) -> dict[Key, Any]:
    return {Key(stage, "value", name, u): v for u, v in enumerate(values, 1)}


def _one(stage: str, name: str, value: Any) -> dict[Key, Any]:
    return {Key(stage, "value", name): value}


def _head(number: str) -> dict[Key, Any]:
    person, role = (Key("mss", r, unit=1) for r in ("person", "role"))
    return {REFERENCE_NUMBER: number, person: "Manager", role: _ROLE}


_ROLE = "Responsible for monitoring, archiving and approval"
_YEAR = {PERIOD_START: date(2024, 1, 1), PERIOD_END: date(2024, 12, 31)}


def solar(run: Run, folder: Path) -> Count:
    """TH_AM001: three systems on the grid, plan, then a report by months."""
    m = api.load("TH_AM001")
    edition = Edition(monthly=True)
    job = Job(run, folder, "plan.xlsx", make_plan(m, {"i": 3}, edition))
    grid = m.choices(m.parameters["connection_i"])[0]
    job.command("new", "TH_AM001", "-o", job.book, "--rows", "i=3", "--monthly")
    plan = {
        **_head("TH101"),
        **_column("mps", "EG_i_p", "1,130,000 kWh", 890, 640),
        **_column("mps", "connection_i", *[grid] * 3),
        **_one("mps", "EF_grid", 0.319),
    }
    job.type(plan)
    assert "1130" in job.command("check", job.book, code=1)
    job.type({Key("mps", "value", "EG_i_p", 1): 1130})
    job.command("check", job.book)
    registered, job.book = job.book, folder / "report.xlsx"
    job.command("new", "--plan", registered, "-o", job.book, "--monthly")
    months = {
        Key("monthly", "value", "EG_i_p", u).in_month(k): round(total / 12, 1)
        for u, total in enumerate((1130, 890, 640), 1)
        for k in range(1, 13)
    }
    slip = Key("monthly", "value", "EG_i_p", 1).in_month(3)
    job.type({**_YEAR, **months, slip: "94,200 kWh"})
    assert "94.2" in job.command("check", job.book, code=1)
    job.type({slip: 94.2})
    job.command("check", job.book, "--plan", registered)
    return job.count


def chillers(run: Run, folder: Path) -> Count:
    """ID_AM002: four chillers, plan and report in one book."""
    plan = make_plan(api.load("ID_AM002"), {"i": 4}, Edition())
    job = Job(run, folder, "book.xlsx", plan)
    job.command("new", "ID_AM002", "-o", job.book, "--rows", "i=4")
    slip = Key("mrs", "value", "EC_PJ_i_p", 2)
    values = {
        **_head("ID102"), **_YEAR,
        **_one("mps", "supply", "grid only"), **_one("mps", "EF_grid", 0.814),
        **_column("mps", "EC_PJ_i_p", 980, 1040, 1010, 1300),
        **_column("mps", "COP_PJ_i", 5.9, 6.0, 6.1, 6.3),
        **_column("mps", "COP_RE_i", 4.92, 5.33, 5.59, 5.85),
        **_column("mps", "T_cooling_out_i", 37, 37, 37, 37),
        **_column("mps", "T_chilled_out_i", 7, 7, 7, 7),
        **_column("mrs", "EC_PJ_i_p", 975, 1.040, 1005, 1290),
    }  # fmt: skip
    job.type(values)
    assert "1040" in job.command("check", job.book, code=1)
    job.type({slip: 1040})
    job.command("check", job.book)
    return job.count


def building(run: Run, folder: Path) -> Count:
    """VN_AM003: two machines of a hospital, no lighting, no auxiliary equipment."""
    plan = make_plan(api.load("VN_AM003"), {}, Edition())
    job = Job(run, folder, "book.xlsx", plan)
    job.command("new", "VN_AM003", "-o", job.book, "--draft")
    values = {
        **_head("VN103"), **_YEAR,
        **_column("mps", "energy_i", "electricity", "electricity"),
        **_column("mps", "kind_i", *["named in criterion 1"] * 2),
        **_column("mps", "eta_PJ_i", 5.6, 5.9), **_column("mps", "eta_RE_i", 4.2, 4.2),
        **_one("mps", "EF_elec", 0.6766),
        **_column("mps", "EC_PJ_i_p", 410, 395),
        **_column("mrs", "EC_PJ_i_p", 402, 388),
    }  # fmt: skip
    job.type(values)
    job.command("check", job.book)
    return job.count


def rice(run: Run, folder: Path) -> Count:
    """PH_AM004: three fields, measured factors by season."""
    plan = make_plan(api.load("PH_AM004"), {}, Edition())
    job = Job(run, folder, "book.xlsx", plan)
    job.command("new", "PH_AM004", "-o", job.book)
    values = {**_head("PH104"), **_YEAR}
    values |= _one("mps", "approach", "direct measurement per season")
    values |= _one("mps", "method_N2O", "direct measurement")
    values |= _one("mps", "interval", "every 3 years") | _one("mps", "EF_fuel", 74.1)
    values |= _column("mps", "water_R_s", *["continuously flooded"] * 3)
    values |= _column("mps", "water_P_s", *["multiple drainage"] * 3)
    for stage in ("mps", "mrs"):
        values |= _column(stage, "EF_CH4_R_s", 210, 220, 205)
        values |= _column(stage, "EF_CH4_P_s", 120, 118, 121)
        values |= _column(stage, "A_s", 400, 350, 500)
        values |= _column(stage, "EF_N2O_R_s", 0.5, 0.5, 0.5)
        values |= _column(stage, "EF_N2O_P_s", 0.7, 0.7, 0.7)
        for name, tera in (("QF_R_p", 0.5), ("QF_P_p", 0.4)):
            values |= _one(stage, name, tera)
            values[Key(stage, "option", name)] = "Option B"
    job.type(values)
    job.command("check", job.book)
    return job.count


_LIST = """\
parameter;unit;stage;value;option;source;comment
reference_number;;;MN105
heat_method_i;1;fixed;measured
heat_method_i;2;fixed;rated output and operating hours
CAP_i;1;fixed;0,7
CAP_i;2;fixed;1,4
eta_PJ_i;1;fixed;80%
eta_PJ_i;2;fixed;0,81
RP_i;1;fixed;7,5
RP_i;2;fixed;15
EF_grid;;fixed;0,859
PH_meas_i_p;1;ex_ante;9500
h_i_p;1;ex_ante;4300
h_i_p;2;ex_ante;4300
PH_meas_i_p;1;ex_post;9420
h_i_p;1;ex_post;4280
h_i_p;2;ex_post;4310
period_start;;;2024-01-01
period_end;;;2024-12-31
structure;;;Manager;;;Responsible for monitoring, archiving and approval
"""


def boilers(run: Run, folder: Path) -> Count:
    """MN_AM002: two boilers from a list with `;` and decimal commas."""
    job = Job(run, folder, "book.xlsx", make_plan(api.load("MN_AM002"), {}, Edition()))
    figures = folder / "figures.csv"
    figures.write_text(_LIST, encoding="utf-8")
    make = ("fill", "MN_AM002", "--inputs", figures, "-o", job.book)
    assert "0.8" in job.command(*make, code=2)
    figures.write_text(_LIST.replace("80%", "0,8"), encoding="utf-8")
    job.command(*make)
    job.command("check", job.book)
    return job.count._replace(cells=_LIST.count("\n"))  # 19 rows, and one again


JOBS = {
    "TH_AM001": solar, "ID_AM002": chillers, "VN_AM003": building, "PH_AM004": rice,
    "MN_AM002": boilers,
}  # fmt: skip


def counted(page: str) -> Iterator[tuple[str, Count]]:
    """Yield the counts of today that a page gives, by methodology."""
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in JOBS:
            yield cells[0], Count(*(int(cell) for cell in cells[-3:]))
