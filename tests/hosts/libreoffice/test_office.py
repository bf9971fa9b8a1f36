"""The live functions inside LibreOffice: installed, typed at, saved, started again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from jcm_xl import api
from jcm_xl.definition import library
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import Plan, make_plan
from tests.books import CORE, example_values
from tests.keys import slot_key
from tests.office.harness import Book, Cells, Edit, Office
from tests.support import example_book

pytestmark = pytest.mark.office

LIVE = "Live"
FUNCTIONS = ("RE", "PE", "ER", "CREDITED")
ERROR = "#NUM!"
"""What the harness calls Err:502; a saved .xlsx has #VALUE! there."""

REFUSED = "#VALUE!"


def live_book(key: str, folder: Path, number: int = 0) -> tuple[Plan, Path]:
    """Write an example with the sheet Live."""
    plan, submission = example_book(key, number=number)
    plan = make_plan(plan.methodology, plan.rows, Edition(live="libreoffice"))
    path = folder / f"{key}-{number}.xlsx"
    path.write_bytes(api.book(plan, submission))
    return plan, path


def shown(plan: Plan, cells: Cells, what: str, stage: Stage) -> list[object]:
    """Return a column of the table for one stage; empty cells are `None`."""
    return [
        cells.get(plan[slot_key(f"live.{what}:{stage}.{f}")].address) for f in FUNCTIONS
    ]


def disagreements(plan: Plan, book: Book) -> list[str]:
    """List the figures whose two results are not one number, said to be so."""
    found = []
    for stage in Stage:
        columns = [shown(plan, book[LIVE], w, stage) for w in ("native", "value")]
        verdicts = shown(plan, book[LIVE], "verdict", stage)
        for name, native, live, verdict in zip(
            FUNCTIONS, *columns, verdicts, strict=True
        ):
            both = isinstance(native, float) and isinstance(live, float)
            near = both and abs(native - live) <= 1e-9 * max(1.0, abs(native))
            if not near or verdict != "agreed":
                found.append(f"{stage} {name}: {native!r} {live!r} {verdict!r}")
    return found


def typed(plan: Plan, values: Mapping[str, Any]) -> list[Edit]:
    """Return the edits of somebody who types these values into the cells."""
    slots = [(plan[key], value) for key, value in values.items()]
    return [
        (s.sheet, s.address, v if isinstance(v, float | str) else v.isoformat())
        for s, v in slots
    ]


@pytest.mark.parametrize("key", CORE)
def test_typing_moves_native_and_live_results_alike(
    key: str, live_office: Office, tmp_path: Path
) -> None:
    m = library.load(key)
    plan = make_plan(m, {name: 3 for name in m.sets}, Edition(live="libreoffice"))
    path = tmp_path / "blank.xlsx"
    path.write_bytes(api.book(plan, Submission(m.id, m.version, plan.rows)))
    blank = live_office.recalculate(path, typing=True)[LIVE]
    for stage in Stage:
        verdicts = shown(plan, blank, "verdict", stage)
        assert verdicts == ["incomplete: see the line below"] * 4
        assert shown(plan, blank, "value", stage)[2:] == [ERROR, ERROR]
        assert str(blank[plan[slot_key(f"live.reason:{stage}")].address]).endswith(".")
    values = example_values(m, m.examples[0])
    edits = typed(plan, values)
    first = live_office.recalculate(path, edits, typing=True)
    assert disagreements(plan, first) == []
    moved = next(
        key
        for key, value in values.items()
        if key.is_in("mrs", "value") and isinstance(value, float) and value
    )
    again = [*edits, *typed(plan, {moved: float(values[moved]) * 1.5})]
    second = live_office.recalculate(path, again, typing=True)
    assert disagreements(plan, second) == []
    before, after = (
        shown(plan, b[LIVE], "value", Stage.REPORT) for b in (first, second)
    )
    assert before != after
    plans = (shown(plan, b[LIVE], "value", Stage.PLAN) for b in (first, second))
    assert len({tuple(map(str, p)) for p in plans}) == 1


def test_the_book_is_calculated_as_soon_as_it_is_opened(
    live_office: Office, tmp_path: Path
) -> None:
    plan, path = live_book("TH_AM001@1.0", tmp_path)
    cells = live_office.recalculate(path, typing=True)[LIVE]
    assert disagreements(plan, {LIVE: cells}) == []
    assert cells[plan[slot_key("live.definition")].address] == plan.messages(
        "live.same"
    )


def test_without_the_functions_the_sheet_says_so(
    office: Office, tmp_path: Path
) -> None:
    plan, path = live_book("TH_AM001@1.0", tmp_path)
    book = office.recalculate(path, typing=True)
    absent = plan.messages("live.absent")
    for stage in Stage:
        assert shown(plan, book[LIVE], "verdict", stage) == [absent] * 4
        assert shown(plan, book[LIVE], "value", stage) == ["#NAME?"] * 4
        assert shown(plan, book[LIVE], "native", stage) == [382.8, 0.0, 382.8, 382.0]
    errors = [n for n, cells in book.items() if "#NAME?" in map(str, cells.values())]
    assert errors == [LIVE]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "EGi,p of unit (1) is blank."),
        ("abc", "EGi,p of unit (1) holds the text 'abc'; a number is expected."),
        ("'12", "EGi,p of unit (1) holds the text '12'; a number is expected."),
        ("=1/0", "EGi,p of unit (1) holds an error."),
        ("=NA()", "EGi,p of unit (1) holds an error."),
        ('=""', "EGi,p of unit (1) is blank."),
    ],
)
def test_an_input_that_is_no_number_is_an_error_with_its_reason(
    value: str | None, words: str, live_office: Office, tmp_path: Path
) -> None:
    plan, path = live_book("TH_AM001@1.0", tmp_path)
    slot = plan[slot_key("mrs.value:EG_i_p[1]")]
    edits = [(slot.sheet, slot.address, value)]
    cells = live_office.recalculate(path, edits, typing=True)[LIVE]
    values = shown(plan, cells, "value", Stage.REPORT)
    if "error" in words:
        assert values == [REFUSED] * 4, "Calc itself refuses a range with an error"
    else:
        assert values == [ERROR, 0.0, ERROR, ERROR], "PE is 0 here, whatever is typed"
    assert cells[plan[slot_key("live.reason:mrs")].address] == words
    assert shown(plan, cells, "value", Stage.PLAN) == [382.8, 0.0, 382.8, 382.0]


def test_an_error_that_is_not_needed_is_told_as_it_stops_calc(
    live_office: Office, tmp_path: Path
) -> None:
    plan, path = live_book("TH_AM001@1.0", tmp_path)
    slot = plan[slot_key("mrs.comment:i[1]")]
    edits = [(slot.sheet, slot.address, "=1/0")]
    cells = live_office.recalculate(path, edits, typing=True)[LIVE]
    assert shown(plan, cells, "value", Stage.REPORT) == [REFUSED] * 4
    assert shown(plan, cells, "verdict", Stage.REPORT) == ["differs"] * 4
    reason = str(cells[plan[slot_key("live.reason:mrs")].address])
    assert reason.startswith("A cell of the ranges holds an error. It is not needed")


def test_the_trace_stands_in_lines_and_columns(
    live_office: Office, tmp_path: Path
) -> None:
    plan, path = live_book("TH_AM001@1.0", tmp_path)
    cells = live_office.recalculate(path, typing=True)[LIVE]
    row = plan[slot_key("live.trace:mrs")].row
    lines = [[cells.get(f"{column}{row + i}") for column in "DEFG"] for i in range(5)]
    assert lines == [
        ["ERp", 382.8, "tCO2/p", "REp - PEp"],
        ["REp", 382.8, "tCO2/p", "Σ REi,p"],
        ["PEp", 0.0, "tCO2/p", "0"],
        ["REi,p (1)", 382.8, "tCO2/p", "EGi,p × EFRE,i"],
        ["EGi,p (1)", 1200.0, "MWh/p", "Table 1 (monitored)"],
    ]


GRID = "Grid only: directly or by an internal grid without a captive generator"
CALLS = {
    'JCM.ER("TH_AM001@1.0",D1,E1,,,A1:C3,)': 382.8,
    'JCM.CREDITED("TH_AM001@1.0",D1:D1,E1:E1,,,A1:C3,)': 382.0,
    'JCM.ER("TH_AM001@1.0",D1,E1,,,A1:C3)': 382.8,
    'JCM.ER("TH_AM001@1.0",D1,Z1,,,A1:C3)': ERROR,
    'JCM.ER("TH_AM001@1.0",D1,Z1:Z1,,,A1:C3)': 382.8,
    'JCM.ER("TH_AM001@9.9",D1,E1,,,A1:C3,)': ERROR,
    "JCM.ER(Z1,D1,E1,,,A1:C3,)": ERROR,
    'JCM.ER("TH_AM001@1.0",A1,E1,,,A1:C3,)': ERROR,
    'JCM.CHECK("TH_AM001@1.0",,A1,E1,,,A1:C3,)': "'x' in names1 is no input of "
    "TH_AM001@1.0; its inputs are: EGi,p, Connectioni.",
    'JCM.QUANTITY("TH_AM001@1.0","EF_RE,i",D1,E1,,,A1:C3,,1)': 0.319,
    'JCM.QUANTITY("TH_AM001@1.0","EF_RE,i",D1,E1,,,A1:C3,,Z1)': ERROR,
    'JCM.DEFAULT("TH_AM001@1.0","EF_RE_by_connection",C2)': 0.319,
    'JCM.DEFAULT("TH_AM001@1.0","EF_RE_by_connection",Z1)': ERROR,
    'JCM.DEFAULT("ID_AM003@1.0","COP_RE_by_type",Z1)': ERROR,
    'JCM.CONVERT(B2,"kWh","MWh")': 1.2,
    'JCM.CONVERT(Z1,"kWh","MWh")': ERROR,
    'JCM.CONVERT(A2,"kWh","MWh")': ERROR,
    'JCM.CONVERT(E2,"kWh","MWh")': ERROR,
    'SUM(JCM.CONVERT(Z1,"kWh","MWh"),1)': ERROR,
    'ISNUMBER(JCM.ER("TH_AM001@1.0",D1,E1,,,A1:C3,))': 1.0,
}
"""Formulas as users write them, with a blank Z1 and an error in E2."""


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    path = tmp_path / "calls.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Own")
        sheet.write_row("A1", ["x", "EGi,p", "Connectioni", "EGi,p", "see"])
        sheet.write_row("A2", ["(1)", 1200, GRID])
        sheet.write_row("A3", ["(2)"])
        sheet.write_formula("E2", "=1/0", None, 5)
        for row, formula in enumerate(CALLS):
            # A false value in store: nothing of it may be left.
            sheet.write_formula(row, 6, f"={formula}", None, 999999)
    return path


def test_calls_as_users_write_them(live_office: Office, calls: Path) -> None:
    cells = live_office.recalculate(calls)["Own"]
    assert {f: cells.get(f"G{n}") for n, f in enumerate(CALLS, 1)} == CALLS


def test_a_saved_book_and_a_second_start_give_the_same(
    extension: Path, office: Office, calls: Path, tmp_path: Path
) -> None:
    assert office is not None
    profile, saved = tmp_path / "profile", tmp_path / "saved.xlsx"
    plan, path = live_book("ID_AM003@1.0", tmp_path)
    with Office(profile) as first:
        first.install(extension)
        shown_first = first.recalculate(path, save_as=saved)
    assert disagreements(plan, shown_first) == []
    with Office(profile) as second:
        assert second.recalculate(saved) == shown_first
        cells = second.recalculate(calls)["Own"]
    assert cells["G1"] == 382.8
    assert [d for d in api.check(saved).diagnostics if d.sheet == LIVE] == []


@pytest.mark.library
def test_every_definition_gives_the_same_natively_and_live(
    live_office: Office, tmp_path: Path
) -> None:
    """One example each; all examples go through every host by `make hosts`."""
    found = {}
    for entry in library.entries():
        plan, path = live_book(entry.key, tmp_path)
        book = live_office.recalculate(path, typing=True)
        if wrong := disagreements(plan, book):
            found[entry.key] = wrong
        path.unlink()
    assert found == {}
