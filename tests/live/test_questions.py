"""The functions that answer what the sheets cannot, and calls without ranges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from jcm_xl import api
from jcm_xl.definition import library
from jcm_xl.live.arguments import FunctionError, PlacedCell
from jcm_xl.live.functions import REGISTRY, call
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Stage
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import make_plan
from jcm_xl.xlsx.grid import Grid
from jcm_xl.xlsx.read import read_grid
from tests.books import CORE
from tests.live.grid_book import GridBook
from tests.live.hosts import ranges, written
from tests.support import example_book

KEY, DAYS = "ID_AM003@1.0", ("2021-01-01", "2021-12-31")
NEW = ("WHATIF", "SENSITIVITY", "BRIDGE", "VINTAGE", "ELIGIBLE", "BAU", "EXPLAIN")


def live(name: str, *given: object, book: Any = None) -> Any:
    return call(library.load, name, *given, book=book)


def refused(name: str, *given: object, book: Any = None) -> str:
    with pytest.raises(FunctionError) as failure:
        live(name, *given, book=book)
    return str(failure.value)


class Made:
    """An example with the ranges of both stages."""

    def __init__(self, key: str, folder: Path, host: str = "") -> None:
        self.plan, self.submission = example_book(key)
        m = self.plan.methodology
        if host:
            self.plan = make_plan(m, self.plan.rows, Edition(live=host))
        self.grid: Grid = written(self.plan, self.submission, folder)
        self.path = folder / "book.xlsx"
        of = {stage: ranges(self.grid, self.plan, stage) for stage in Stage}
        self.of_plan, self.report = of[Stage.PLAN], of[Stage.REPORT]
        self.inputs, self.results = api.calculate_stages(self.plan, self.submission)

    def question(self, name: str) -> tuple[object, ...]:
        """Return a call of a function with everything written out."""
        key, report = self.plan.methodology.key, self.report
        first = {"WHATIF": self.change(), "VINTAGE": 2021.0, "ELIGIBLE": 1.0,
                 "EXPLAIN": self.plan.methodology.results.reduction}  # fmt: skip
        if name == "BRIDGE":
            return key, *self.of_plan[:4], *report, 365.0, 366.0
        more = DAYS if name == "VINTAGE" else ()
        return (*((first[name],) if name in first else ()), key, *report, *more)

    def change(self) -> str:
        inputs = self.inputs[Stage.REPORT]
        for p in self.plan.methodology.inputs:
            value = inputs.values[p.name]
            units = inputs.used.get(p.index or "", ())
            number = value[units[0] - 1] if isinstance(value, tuple) else value
            if p.is_monitored and isinstance(number, float):
                row = f"[{units[0]}]" if p.index else ""
                return f"{p.name}{row}={number * 1.1!r}"
        raise AssertionError("every methodology monitors a number")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(KEY, tmp_path)


@pytest.mark.parametrize("key", CORE)
def test_the_answers_are_those_of_the_commands(key: str, tmp_path: Path) -> None:
    made = Made(key, tmp_path)
    asked = api.what_if(made.path, [made.change()], stage="report")
    rows = live("WHATIF", *made.question("WHATIF"))
    figures = [(before, after) for _, before, after in asked.figures()]
    assert [row[1:3] for row in rows] == figures
    effects = api.sensitivity(made.path, stage="report").effects
    found = live("SENSITIVITY", *made.question("SENSITIVITY"))
    assert [row[3] for row in found] == [e.per_cent for e in effects]
    bridge = api.bridge(made.path)
    length = float((_period(made)[1] - _period(made)[0]).days + 1)
    steps = live("BRIDGE", made.plan.methodology.key, *made.of_plan[:4], *made.report,
                 365.0, length)  # fmt: skip
    assert steps[0][3] == bridge.bridge.first
    assert steps[-1][3] == bridge.bridge.last
    assert [row[3] for row in steps[1:-1]] == [
        float(s.amount) for s in bridge.bridge.steps
    ]
    year = float(_period(made)[0].year)
    tonnes = live(
        "VINTAGE", year, made.plan.methodology.key, *made.report, *_period(made)
    )
    assert tonnes == api.vintages(made.path, stage="report").vintages.years[0].tonnes


def _period(made: Made) -> tuple[date, date]:
    from jcm_xl.model.key import PERIOD

    first, last = (made.submission.get(key) for key in PERIOD)
    assert isinstance(first, date)
    assert isinstance(last, date)
    return first, last


def test_a_bridge_sums_to_the_difference_and_says_what_changed(made: Made) -> None:
    other = list(made.report)
    other[4] = tuple(
        tuple(140.0 if cell == 135.0 else cell for cell in row)
        for row in other[4] or ()
    )
    rows = live("BRIDGE", KEY, *made.of_plan[:4], *other)
    amounts = [row[3] for row in rows]
    assert (rows[0][0], rows[-1][0]) == ("plan", "report")
    assert sum(amounts[:-1]) == pytest.approx(amounts[-1], abs=1e-9)
    assert rows[1][:3] == ("ECPJ,i,p (1)", 135.0, 140.0)
    assert "The days of the plan is blank" in refused(
        "BRIDGE", KEY, *made.of_plan[:4], *other, None, 365.0
    )


def test_a_change_that_cannot_be_made_is_refused_in_words(made: Made) -> None:
    for change, words in (
        (None, "There is no change; write one, as EC_PJ_i_p[2]=405."),
        (405.0, "A change holds 405; write EC_PJ_i_p[2]=405."),
        ("#N/A", "A change holds the error #N/A; write"),
        ("EC_PJ_i_p[1]", "is no change: write a name, an equals sign and a value"),
        ("EC_PJ_i_p[7]=1", "has no row 7"),
        ("EC_PJ_i_p[1]=1,234", "may mean 1234 or 1.234"),
        ("ER_p=1", "is calculated or a constant"),
    ):
        assert words in refused("WHATIF", change, KEY, *made.report)
    both = live("WHATIF", (("EC_PJ_i_p[1]=140",), (None,), ("EF_elec=0.9",)), KEY,
                *made.report)  # fmt: skip
    assert both[3][0] == "Table 3"


@pytest.mark.parametrize("name", NEW)
def test_what_is_no_number_is_never_a_zero(name: str, made: Made) -> None:
    given = made.question(name)
    spots = [i for i, one in enumerate(given) if one is made.report[4]]
    for wrong, words in ((None, "is blank"), ("abc", "the text 'abc'"),
                         ("#DIV/0!", "#DIV/0!"), (True, "TRUE")):  # fmt: skip
        table = tuple(
            tuple(wrong if cell == 135.0 else cell for cell in row)
            for row in made.report[4] or ()
        )
        asked = [table if i in spots else one for i, one in enumerate(given)]
        if name == "EXPLAIN":
            assert "has no value" in live(name, *asked)
        elif name == "ELIGIBLE":
            assert live(name, *asked) == live(name, *given), "asks of no such input"
        elif name != "BAU":
            assert words in refused(name, *asked)
        else:
            assert refused(name, *asked)
    short = [one[:-1] if i in spots and isinstance(one, tuple) else one
             for i, one in enumerate(given)]  # fmt: skip
    assert len(short) == len(given)
    at = next(i for i, one in enumerate(given) if one is made.report[2])
    wrong_range = [("XY",) if i == at else one for i, one in enumerate(given)]
    answer = live(name, *wrong_range) if name == "EXPLAIN" else None
    assert "names2" in (answer or refused(name, *wrong_range))


def test_a_year_is_that_of_the_period(made: Made) -> None:
    days = (date(2021, 7, 1), date(2022, 6, 30))
    found = [
        live("VINTAGE", year, KEY, *made.report, *days) for year in (2021.0, 2022.0)
    ]
    assert sum(found) <= made.results[Stage.REPORT].sheet_credited
    for first in (44378.0, "2021-07-01", datetime(2021, 7, 1)):
        assert live("VINTAGE", 2021.0, KEY, *made.report, first, days[1]) == found[0]
    wrongs: tuple[tuple[Any, Any, str], ...] = (
        (2020.0, days[0], "2020 has no day of the period, 2021-07-01 to 2022-06-30."),
        ("2021", days[0], "The year holds the text '2021'"),
        (None, days[0], "The year is blank"),
        (2021.0, None, "The first day is blank; a date is expected, as 2024-04-01."),
        (2021.0, "soon", "The first day holds the text 'soon'"),
        (2021.0, 12.0, "The first day holds 12"),
        (2021.0, "2023-01-01", "lies after the last day"),
    )
    for year, begin, words in wrongs:
        assert words in refused("VINTAGE", year, KEY, *made.report, begin, days[1])


def test_a_criterion_is_met_or_not_or_for_a_person(made: Made) -> None:
    def with_cop(value: object) -> tuple[object, ...]:
        table = tuple(
            tuple(value if cell == 1.63 else cell for cell in row)
            for row in made.report[4] or ()
        )
        return "EC2", KEY, *made.report[:4], table, made.report[5]

    assert live("ELIGIBLE", *with_cop(1.63)).startswith("met")
    assert live("ELIGIBLE", *with_cop(0.5)).startswith(
        "not met by unit (1): COPPJ,i > COPRE,i"
    )
    for wrong in (None, "abc", "#N/A"):
        assert refused("ELIGIBLE", *with_cop(wrong)) == (
            "An input of unit (1) that criterion EC2 asks of is missing or unusable."
        )
    assert live("ELIGIBLE", 1.0, KEY, *made.report).startswith(
        "to be judged by a person"
    )
    others: tuple[tuple[Any, str], ...]
    others = ((99.0, "holds 99"), (None, "is blank"), ("#N/A", "#N/A"))
    for one, words in others:
        assert refused("ELIGIBLE", one, KEY, *made.report).startswith(
            f"The criterion {'holds the error ' if one == '#N/A' else ''}{words}; "
            "ID_AM003@1.0 has: EC1"
        )


def test_business_as_usual_is_never_invented(made: Made) -> None:
    assert "knows no business as usual" in refused("BAU", KEY, *made.report)
    m = library.load(KEY)
    net = replace(m.net, usual=m.formulas[m.results.reference].tree)
    known = replace(m, net=net)
    reference = live("RE", KEY, *made.report)
    assert call(lambda _: known, "BAU", KEY, *made.report) == reference


@pytest.mark.parametrize(
    ("sheet", "row", "column", "begins"),
    [
        ("MRS(input_separate)", 10, 3, "ECPJ,i,p (1) = 135 MWh/p: Table 1"),
        ("MRS(input)", 15, 6, "EFelec = 0.814 tCO2/MWh: Table 2"),
        ("MRS(calc_process)", 12, 7, "REp = 135.6975 tCO2/p: Σ REi,p. REi,p (1) ="),
        ("MRS(calc_process)", 26, 8, "PEi,p (1) = 109.89 tCO2/p: ECPJ,i,p × EFelec"),
        ("MRS(input)", 8, 6, "ECPJ,i,p runs over units; point at the cell of one"),
        ("MRS(input)", 2, 2, "No symbol of the methodology stands in the row"),
    ],
)
def test_a_cell_is_explained_by_what_stands_around_it(
    sheet: str, row: int, column: int, begins: str, made: Made
) -> None:
    there = made.grid.sheet(sheet)
    assert there is not None
    wide = max(c for _, c in there.cells)
    rows = GridBook(made.grid, made.plan).cells(sheet, 1, 1, row, wide)
    said = live(
        "EXPLAIN", PlacedCell(tuple(map(tuple, rows)), column), KEY, *made.report
    )
    assert said.startswith(begins)


# -- without ranges --------------------------------------------------------------------


@pytest.mark.parametrize("key", CORE)
def test_a_book_of_ours_and_a_sheet_live_answer_as_the_ranges_do(
    key: str, tmp_path: Path
) -> None:
    made = Made(key, tmp_path, host="excel")
    ours, any_book = GridBook(made.grid, made.plan), GridBook(made.grid, None)
    for name in ("RE", "PE", "ER", "CREDITED", "SENSITIVITY"):
        long = live(name, key, *made.report)
        assert live(name, book=ours) == long
        assert live(name, "report", book=any_book) == long
        of_plan = live(name, key, *made.of_plan)
        assert live(name, "plan", book=ours) == of_plan
        assert live(name, "Plan ", book=any_book) == of_plan
    assert live("CHECK", "report", None, book=ours) == "ok"
    year = float(_period(made)[0].year)
    days = (year, key, *made.report, *_period(made))
    assert live("VINTAGE", year, book=ours) == live("VINTAGE", *days)
    length = float((_period(made)[1] - _period(made)[0]).days + 1)
    whole = live("BRIDGE", key, *made.of_plan[:4], *made.report, 365.0, length)
    assert live("BRIDGE", book=ours) == whole


def test_without_a_book_or_a_place_a_call_without_ranges_is_refused(made: Made) -> None:
    assert "this program passes no workbook" in refused("CREDITED")
    foreign = GridBook(made.grid, None)
    assert "has no sheet Live" in refused("CREDITED", book=foreign)
    ours = GridBook(made.grid, made.plan)
    assert refused("ER", "XX", book=ours).startswith(
        "The first argument holds the text"
    )
    assert "not among the names" in refused("ER", "PH_AM004@1.0", book=ours)


def test_years_are_not_divided_by_days_where_the_book_has_months(
    tmp_path: Path,
) -> None:
    plan, submission = example_book(KEY)
    plan = make_plan(plan.methodology, plan.rows, Edition(monthly=True))
    path = tmp_path / "monthly.xlsx"
    path.write_bytes(api.book(plan, submission))
    book = GridBook(read_grid(path), plan)

    class TwoYears(GridBook):
        def cells(self, *area: Any) -> Any:
            is_end = area[1:3] == (4, 8)
            return [["2022-06-30"]] if is_end else super().cells(*area)

    words = refused("VINTAGE", 2021.0, book=TwoYears(book.grid, plan))
    assert words.startswith("The years of this book come from the months")


def test_every_new_function_stands_in_the_one_registry() -> None:
    assert {*NEW} <= {entry.name for entry in REGISTRY}
    assert isinstance(library.load(KEY), Methodology)
