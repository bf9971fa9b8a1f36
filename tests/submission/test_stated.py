"""A report has begun when it states a result, blank as its inputs are."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from jcm_xl.api import book
from jcm_xl.checks.run import check_file
from jcm_xl.model.finding import Report
from jcm_xl.model.key import PERIOD
from jcm_xl.model.submission import Stage
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.foreign.official import Hand, by_hand
from tests.keys import slot_key
from tests.support import DEFINITIONS, SHAPES, example_book

KEY = "EX_AM901"
PLAN, BLANK = example_book(KEY, "plan")
RESULT, RE_P = (PLAN[slot_key(name)] for name in ("mrs.result", "mrs.quantity:RE_p"))


def judged(folder: Path, data: bytes) -> Report:
    path = folder / "book.xlsx"
    path.write_bytes(data)
    return check_file(path, Settings(today=TODAY, definitions=DEFINITIONS))


def codes(report: Report) -> set[str]:
    return {d.code for d in report.diagnostics}


@pytest.mark.parametrize("key", SHAPES)
def test_a_plan_whose_report_is_blank_is_a_plan(key: str, tmp_path: Path) -> None:
    report = judged(tmp_path, book(*example_book(key, "plan")))
    assert (report.stage, report.exit_code) == ("plan", 0)


def test_the_noughts_of_an_official_blank_are_no_claim(tmp_path: Path) -> None:
    noughts = {slot.key: (f"={slot.formula}", 0.0) for slot in (RESULT, RE_P)}
    report = judged(tmp_path, book(PLAN, BLANK, noughts))
    assert (report.stage, report.exit_code) == ("plan", 0)


@pytest.mark.parametrize("stored", [(RESULT, 500.0), (RE_P, 1500.5), (RESULT, "500")])
def test_a_stored_result_is_a_claim(stored: tuple, tmp_path: Path) -> None:  # type: ignore[type-arg]
    slot, value = stored
    data = book(PLAN, BLANK, {slot.key: (f"={slot.formula}", value)})
    report = judged(tmp_path, data)
    assert (report.stage, report.exit_code) == ("report", 1)
    assert {"JX302", "JX312", "JX401"} & codes(report) >= {"JX312", "JX401"}
    assert slot.key in {d.slot for d in report.diagnostics if d.code == "JX401"}


def test_a_typed_result_is_a_claim(tmp_path: Path) -> None:
    report = judged(tmp_path, book(PLAN, BLANK, {RE_P.key: 1500.5}))
    assert (report.stage, report.exit_code) == ("report", 1)
    assert codes(report) >= {"JX211", "JX312"}


def test_inputs_that_were_taken_out_leave_a_claim(tmp_path: Path) -> None:
    """What a complete report shows, after its inputs and period were deleted."""
    plan, submission = example_book(KEY)
    typed = [k for k in submission.values if k.is_in(Stage.REPORT, "value")]
    emptied = dict.fromkeys((*typed, *PERIOD))
    report = judged(tmp_path, book(plan, submission, emptied))
    assert (report.stage, report.exit_code) == ("report", 1)


def test_a_book_made_by_hand_claims_by_its_table_3(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM903")
    monitored = {
        k: v for k, v in submission.values.items()
        if k not in PERIOD and not k.is_in(Stage.REPORT, "value")
    }  # fmt: skip
    blank = dataclasses.replace(submission, values=monitored)
    for shown, stage in ((19460.0, "report"), (0.0, "plan")):
        hand = Hand(edit={"mrs.result": shown})
        report = judged(tmp_path, by_hand(plan.methodology, blank, hand))
        assert report.stage == stage, shown


def test_a_report_that_was_not_understood_is_no_clean_plan(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM903")
    hand = Hand(own_report=True)
    report = judged(tmp_path, by_hand(plan.methodology, submission, hand))
    assert "JX124" in codes(report)
    assert report.exit_code == 1


def test_a_value_of_the_report_that_was_not_placed_begins_it(tmp_path: Path) -> None:
    """Period and symbols are not what anybody knows: nothing of it was taken."""
    plan, submission = example_book("EX_AM903")
    without = {k: v for k, v in submission.values.items() if k not in PERIOD}
    names = [p.name for p in plan.methodology.inputs if p.is_monitored]
    unknown = {f"mrs.{part}:{n}": "?" for n in names for part in ("symbol", "label")}
    hand = Hand(edit={**unknown, "mrs.result": 0.0})
    blank = dataclasses.replace(submission, values=without)
    report = judged(tmp_path, by_hand(plan.methodology, blank, hand))
    assert report.stage == "report"
    assert "JX113" in codes(report)
