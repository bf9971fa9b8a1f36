"""From a registered plan to the next report book, and books that cannot be used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.copies.next_report import carry_over
from jcm_xl.inputs.example import example_inputs
from jcm_xl.model.key import PERIOD_END, PERIOD_START
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import RowsError, make_plan
from jcm_xl.submission.open import CannotUse, open_book
from jcm_xl.xlsx.refusal import CannotRead
from tests.books import example_submission
from tests.keys import keyed, slot_key

KEY = "ID_AM003@1.0"


@pytest.fixture
def registered(tmp_path: Path) -> Path:
    """A book that already holds a report, with texts of its own, rows and months."""
    m = api.load(KEY)
    plan, submission = example_submission(
        m, 1, language="ja", monthly=True, meters=True, rows={"i": 5}
    )
    values = dict(submission.values) | keyed({
        "mps.source:EC_PJ_i_p": "Meter E1",
        "mrs.source:EC_PJ_i_p": "Meter E2",
        "monthly.value:EC_PJ_i_p[1]@3": 5.0,
        "meters.certificate:1": "C-1",
        "plan.days": 366.0,
    })  # fmt: skip
    path = tmp_path / "registered.xlsx"
    path.write_bytes(api.book(plan, Submission(m.id, m.version, plan.rows, values)))
    return path


def test_the_plan_is_carried_over_and_the_report_is_empty(registered: Path) -> None:
    before = open_book(registered).submission.values
    plan, submission = carry_over(registered, api.load(KEY))
    first = {PERIOD_START: date(2022, 1, 1)}  # the period was 2021
    assert submission.values == first | {
        key: value
        for key, value in before.items()
        if key.stage not in ("mrs", "period", "monthly")
    }
    assert submission.values[slot_key("mps.source:EC_PJ_i_p")] == "Meter E1"
    assert submission.values[slot_key("plan.days")] == 366.0
    assert submission.values[slot_key("mss.person:1")] == "Project manager"
    assert submission.values[slot_key("meters.certificate:1")] == "C-1"
    assert (plan.rows, plan.messages.language) == ({"i": 5}, "ja")
    assert (plan.monthly, plan.meters) == (True, True)


def test_the_next_book_can_be_read_again(registered: Path, tmp_path: Path) -> None:
    path = tmp_path / "next.xlsx"
    path.write_bytes(api.new(KEY, plan=registered, reference_number="ID009"))
    calculation = api.calc(path)
    assert calculation.submission.values[slot_key("reference_number")] == "ID009"
    assert calculation.results[Stage.PLAN].status == "complete"
    assert calculation.results[Stage.REPORT].status == "incomplete"


def test_language_and_rows_may_be_asked_for(registered: Path) -> None:
    plan, _ = carry_over(registered, api.load(KEY), {"i": 8}, Edition())
    assert (plan.rows, plan.messages.language) == ({"i": 8}, "en")
    plan, _ = carry_over(registered, api.load(KEY), {"i": 2})
    assert plan.rows == {"i": 5}  # no unit of the registered plan gets lost
    with pytest.raises(RowsError, match="no set 'k'"):
        carry_over(registered, api.load(KEY), {"k": 8})


def test_a_plan_of_another_methodology_is_refused(registered: Path) -> None:
    with pytest.raises(CannotUse, match=r"a book of ID_AM003@1.0; ID_AM002@2.0 is ask"):
        api.new("ID_AM002", plan=registered)


def test_what_is_no_book_of_ours_is_refused(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(CannotUse, match=r"other.xlsx is not a JCM monitoring"):
        open_book(path)
    with pytest.raises(CannotRead, match="there is no such file"):
        open_book(tmp_path / "none.xlsx")


def test_values_beside_the_wrong_symbol_are_not_read(tmp_path: Path) -> None:
    m = api.load("ID_AM002")
    plan, submission = api.filled(m, example_inputs(m, 2))
    path = tmp_path / "book.xlsx"
    first, second = "mps.symbol:EI_grid_p", "mps.symbol:h_gen_p"
    swapped = {first: "h_gen,p", second: "EI_grid,p"}
    path.write_bytes(api.book(plan, submission, swapped))
    with pytest.raises(CannotUse, match=r"'MPS\(input\)'!C9 should name EI_\{grid,p\}"):
        open_book(path)


def test_a_symbol_may_be_spelled_without_its_low_parts(tmp_path: Path) -> None:
    m = api.load("ID_AM002")
    plan, submission = api.filled(m, example_inputs(m, 2))
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.book(plan, submission, {"mps.symbol:EI_grid_p": "EI grid, p"}))
    assert open_book(path).submission == submission


def test_a_blank_book_is_a_plan_and_a_stage_can_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.new(KEY))
    assert open_book(path).stage == "plan"
    assert open_book(path, stage="report").stage == "report"


def test_the_plan_of_the_registered_book_stays_as_it_was(registered: Path) -> None:
    before = registered.read_bytes()
    api.new(KEY, plan=registered)
    assert registered.read_bytes() == before


def test_rows_of_a_set_that_the_plan_does_not_have() -> None:
    with pytest.raises(RowsError):
        make_plan(api.load(KEY), {"i": 101})


def test_the_first_day_is_the_one_after_the_period(tmp_path: Path) -> None:
    plan, submission = example_submission(api.load(KEY), 1)
    ends = {PERIOD_START: date(2024, 1, 1), PERIOD_END: date(2024, 12, 31)}
    values = {**submission.values, **ends}
    path = tmp_path / "r1.xlsx"
    path.write_bytes(api.book(plan, replace(submission, values=values)))
    _, following = carry_over(path)
    assert following.get(PERIOD_START) == date(2025, 1, 1)
    assert following.get(PERIOD_END) is None
    del values[PERIOD_END]
    path.write_bytes(api.book(plan, replace(submission, values=values)))
    assert carry_over(path)[1].get(PERIOD_START) is None
