"""The judgement as a whole: verdicts, exit codes, what was left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.api import book
from jcm_xl.checks.run import check_file
from jcm_xl.checks.verdict import unknown
from jcm_xl.model.finding import Report, Severity
from jcm_xl.model.submission import Submission
from jcm_xl.submission.settings import Settings
from jcm_xl.text.languages import messages
from tests.checks.cases import TODAY
from tests.checks.surgery import operate
from tests.keys import slot_key
from tests.support import DEFINITIONS, example_book


def judged(data: bytes, folder: Path, **more: object) -> Report:
    path = folder / "book.xlsx"
    path.write_bytes(data)
    options = {"today": TODAY, "definitions": DEFINITIONS, **more}
    return check_file(path, Settings(**options))  # type: ignore[arg-type]


def faulty(**values: object) -> bytes:
    plan, submission = example_book("EX_AM901")
    return book(plan, submission, {k.replace("__", "."): v for k, v in values.items()})


def test_a_sound_book(tmp_path: Path) -> None:
    report = judged(faulty(), tmp_path)
    assert (report.verdict, report.exit_code) == ("CLEAN (report stage)", 0)
    assert report.figures["report"] == {
        "status": "complete",
        "reference": 1151.601,
        "project": 0.0,
        "unrounded": 1151.601,
        "sheet_credited": 1151,
        "credited": 1151,
    }
    assert report.methodology == "EX_AM901@1.0"
    assert len(report.sha256) == 64


def test_errors_come_first_and_are_counted(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901")
    values = {**submission.values, slot_key("mss.person:2"): "Accountant"}
    edited = dataclasses.replace(submission, values=values)
    data = book(plan, edited, {"mrs.unit:EG_i_p": "kWh/p"})
    report = judged(data, tmp_path)
    assert [d.code for d in report.diagnostics] == ["JX204", "JX321"]
    assert report.verdict == "FINDINGS: 1 error and 1 warning"
    assert report.exit_code == 1
    assert report.count(Severity.ERROR) == 1


def test_warnings_alone_are_findings(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901", "plan")
    values = {
        k: v for k, v in submission.values.items() if k != slot_key("reference_number")
    }
    report = judged(
        book(plan, dataclasses.replace(submission, values=values)), tmp_path
    )
    assert (report.verdict, report.exit_code) == ("FINDINGS: 1 warning", 1)


def test_an_unclear_identity_stops_and_says_so(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901")
    printed = "Monitoring Spreadsheet: JCM_EX_AM901_ver02.0"
    data = book(plan, submission, {"mss.id": printed, "mrs.unit:EG_i_p": "kWh/p"})
    report = judged(data, tmp_path)
    assert [d.code for d in report.diagnostics] == ["JX103"]
    assert report.skipped == (
        "structure", "values", "arithmetic", "eligibility", "plan report",
    )  # fmt: skip


def test_a_public_copy_is_no_submission(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901")
    report = judged(book(plan, submission, {"mps.value:EG_i_p[1]": "XXX"}), tmp_path)
    assert report.exit_code == 2
    assert report.verdict.startswith("PUBLIC COPY")
    assert "values" in report.skipped
    assert report.figures == {}


def test_what_a_check_left_out_is_said(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901")
    data = book(plan, submission, {"mrs.quantity:ER_p": ("=G11", 1151.601)})
    report = judged(data, tmp_path)
    assert report.skipped == (
        "JX401: stored results up to MRS(calc_process), except Table 3, as formulas or "
        "defaults were changed there",
    )


def test_the_stage_follows_from_what_is_typed(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901", "plan")
    assert judged(book(plan, submission), tmp_path).stage == "plan"
    values = {**submission.values, slot_key("period.start"): date(2021, 1, 1)}
    edited = dataclasses.replace(submission, values=values)
    assert judged(book(plan, edited), tmp_path).stage == "report"
    assert judged(book(plan, edited), tmp_path, stage="plan").exit_code == 0


def test_what_cannot_be_judged_is_said_in_one_sentence(tmp_path: Path) -> None:
    report = judged(b"PK\x03\x04 no workbook", tmp_path)
    assert report.exit_code == 2
    assert report.verdict.startswith("CANNOT BE JUDGED")
    plan, submission = example_book("EX_AM901")
    unknown = judged(book(plan, submission), tmp_path, definitions=None)
    assert unknown.exit_code == 2
    assert "EX_AM901" in unknown.verdict


def test_the_same_inputs_have_the_same_fingerprint(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901")
    data = book(plan, submission)
    lost = operate(data, [{"do": "drop_properties"}])
    first, second = judged(data, tmp_path), judged(lost, tmp_path)
    assert first.sha256 != second.sha256
    assert first.fingerprint == second.fingerprint
    other = {**submission.values, slot_key("mrs.value:EG_i_p[1]"): 1200.5}
    edited = Submission(submission.methodology, submission.version, plan.rows, other)
    assert judged(book(plan, edited), tmp_path).fingerprint != first.fingerprint


@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_unconfirmed_expectation_is_said_to_be_one(
    language: str, tmp_path: Path
) -> None:
    plan, submission = example_book("EX_AM903", number=1)
    data = book(plan, submission, {"mps.default:EF_captive": 0.9})
    texts = messages(language)
    own = judged(data, tmp_path)
    lost = operate(data, [{"do": "drop_properties"}])
    foreign = judged(lost, tmp_path)
    (first,) = (d for d in own.diagnostics if d.code == "JX213")
    (second,) = (d for d in foreign.diagnostics if d.code == "JX213")
    word = "unconfirmed value" if language == "en" else "未確認の値"
    assert (first.severity, word in texts.say(first.message)) == (Severity.ERROR, False)
    assert (second.severity, word in texts.say(second.message)) == (
        Severity.ERROR,
        True,
    )
    assert "{" not in texts.say(second.message)


def test_long_texts_are_cut_around_their_difference(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM903")
    slot = plan[slot_key("mps.texts.procedure:EG_p.C")]
    text = str(slot.content).replace("once a month", "once a year")
    report = judged(book(plan, submission, {slot.key: text}), tmp_path)
    (d,) = (d for d in report.diagnostics if d.code == "JX208")
    assert d.found == text
    assert "once a year" in d.message
    assert "once a month" in d.message
    assert len(d.message) < 500


def test_a_blank_book_has_no_emissions_yet(tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    path.write_bytes(api.new("ID_AM003"))
    (plan,) = check_file(path, Settings(today=TODAY)).figures.values()
    assert isinstance(plan, Mapping)
    assert plan["status"] == "incomplete"
    assert (plan["reference"], plan["project"]) == (None, None)


def test_a_verdict_is_one_line_whatever_an_overlay_says() -> None:
    told = unknown("XX_AM001@1.0", "2 problems in the overlay:\n  a:1: one\n  a:2: two")
    assert (
        str(told)
        == "It names XX_AM001@1.0. 2 problems in the overlay: a:1: one; a:2: two"
    )
