"""Answers beside a book: the forms they come in, and how they are matched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.errors import JcmError
from jcm_xl.model.answer import Answer
from jcm_xl.model.finding import Audience, Diagnostic, Report, Severity
from jcm_xl.submission.answers import FIELDS, answer_all, is_sentence, read_answers
from jcm_xl.submission.settings import Settings
from jcm_xl.text.languages import languages, messages
from tests.checks.surgery import operate
from tests.keys import slot_key
from tests.support import DEFINITIONS, example_book

TOML = """
[[answer]]
code   = "JX307"
at     = "'MPS(input)'!$E$16"
found  = 1.6
reason = "=HYPERLINK(\\"http://a\\") The grid."
by     = "K. Sato"
on     = 2025-02-03
"""
CSV = """\ufeffCode,Cell or parameter,Found,Reason,Answered by,Date
JX307,'MPS(input)'!$E$16,1.6,"=HYPERLINK(""http://a"") The grid.",K. Sato,2025-02-03
,,,,,
"""
ANSWER = Answer(
    "JX307", "'MPS(input)'!$E$16", '=HYPERLINK("http://a") The grid.',
    "1.6", "K. Sato", "2025-02-03",
)  # fmt: skip
WARNING = Diagnostic(
    code="JX307", name="implausible", severity=Severity.WARNING,
    audience=Audience.PARTICIPANT, message="", remedy="", basis="", sheet="MPS(input)",
    cell="E16", slot=slot_key("mps.value:EF_grid"), parameter="EF_grid", found="1.6",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [("a.toml", TOML, "a.toml, answer 1"), ("a.csv", CSV, "a.csv, line 2")],
)
def test_a_file_of_answers(tmp_path: Path, name: str, text: str, place: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert read_answers(path) == (replace(ANSWER, place=place),)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.toml", "[[answer]]\ncode = 1\nwhy = 'x'", "'why' is not known"),
        ("a.toml", "code = 'JX307'", "block [[answer]]"),
        ("a.toml", "answer = [1]", "block [[answer]]"),
        ("a.toml", "[[answer", "no sound TOML"),
        ("a.csv", "code,why\nJX307,x", "the first line must name the columns"),
        ("a.csv", "", "the first line must name the columns"),
        ("a.txt", "", "answers are a .toml, .csv or .xlsx file"),
    ],
)
def test_what_is_no_file_of_answers(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JcmError) as caught:
        read_answers(path)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("at", "is_about"),
    [
        ("'MPS(input)'!$E$16", True), ("mps(input)!e16", True), ("EFgrid", True),
        ("mps.value:EF_grid", True), ("MPS(input)!E1", False), ("E16", False),
        ("MRS(input)!E16", False), ("EF", False), ("", False),
    ],
)  # fmt: skip
def test_a_place_may_be_written_as_people_write_it(at: str, is_about: bool) -> None:
    found, outcome = answer_all([WARNING], [replace(ANSWER, at=at)])
    assert bool(found[0].acknowledged) is is_about
    assert bool(outcome.unmatched) is not is_about


def test_an_answer_without_place_is_to_a_finding_without_place() -> None:
    whole = replace(WARNING, sheet="", cell="", slot="", parameter="", found="")
    found, outcome = answer_all([whole], [replace(ANSWER, at="", found="")])
    assert found[0].acknowledged == ANSWER.statement
    assert outcome.unmatched == ()


def test_an_answer_is_for_what_stood_there() -> None:
    for there, stands in (("1.60", True), (" 1.6 ", True), ("1.61", False)):
        found, _ = answer_all([WARNING], [replace(ANSWER, found=there)])
        assert bool(found[0].acknowledged) is stands


def test_every_language_names_every_column() -> None:
    for language in languages():
        headings = messages(language)("answers.headings")
        assert len(set(headings)) == len(FIELDS)


def test_a_file_beside_the_book_may_name_the_book(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901")
    values = {**submission.values, slot_key("mrs.value:EG_i_p[1]"): 1740.175}
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.book(plan, replace(submission, values=values)))
    answer = replace(ANSWER, code="JX603", at="mrs.result", found="1439.51")
    words = {}
    for name in ("", "book.xlsx", "other.xlsx"):
        settings = Settings(
            definitions=DEFINITIONS, answers=(replace(answer, file=name),)
        )
        report = check_file(path, settings)
        assert report.exit_code == 1
        words[name] = str(report.word)
        warning = next(d for d in report.diagnostics if d.code == "JX603")
        assert warning.acknowledged == (
            "" if name == "other.xlsx" else ANSWER.statement
        )
    assert words == {
        "": "answered", "book.xlsx": "answered", "other.xlsx": "findings"
    }  # fmt: skip


def judged(
    folder: Path, accepted_by: str, *answers: Answer, hidden: str = ""
) -> Report:
    """Judge a book of a large harvest, or one with a hidden row, with answers."""
    plan, submission = example_book("EX_AM901")
    values = {**submission.values, slot_key("mrs.value:EG_i_p[1]"): 1740.175}
    data = api.book(plan, replace(submission, values=values))
    if hidden:
        slot = plan[slot_key(hidden)]
        lines = {"first": slot.row, "last": slot.row}
        data = operate(data, [{"do": "hide_rows", "sheet": slot.sheet, **lines}])
    path = folder / "book.xlsx"
    path.write_bytes(data)
    settings = Settings(
        definitions=DEFINITIONS, answers=answers, accepted_by=accepted_by
    )
    return check_file(path, settings)


_ROW = example_book("EX_AM901")[0][slot_key("mrs.value:EG_i_p[1]")]
LARGE = replace(ANSWER, code="JX603", at="mrs.result", found="")
HIDDEN = replace(
    ANSWER, code="JX206", found="", at=f"'{_ROW.sheet}'!{_ROW.row}:{_ROW.row}"
)


def test_whoever_judges_accepts_doubts_about_size_by_name(tmp_path: Path) -> None:
    asked = judged(tmp_path, "", LARGE)
    assert (str(asked.word), asked.exit_code) == ("answered", 1)
    assert asked.verdict == "ANSWERED (1), report stage"
    accepted = judged(tmp_path, "N. N., verifier", LARGE)
    assert (str(accepted.word), accepted.exit_code) == ("answered", 0)
    assert accepted.verdict == (
        "ANSWERED (1), report stage, accepted by N. N., verifier"
    )
    assert accepted.accepted_by == "N. N., verifier"
    open_ = judged(tmp_path, "N. N., verifier")
    assert (str(open_.word), open_.exit_code) == ("findings", 1)


def test_nobody_accepts_what_is_about_the_tonnes(tmp_path: Path) -> None:
    report = judged(tmp_path, "N. N.", LARGE, HIDDEN, hidden="mrs.value:EG_i_p[1]")
    hidden = next(d for d in report.diagnostics if d.code == "JX206")
    assert (hidden.tonnes, bool(hidden.acknowledged)) == (True, True), hidden
    assert (str(report.word), report.exit_code) == ("answered", 1)
    assert report.verdict == (
        "ANSWERED (2), report stage, accepted by N. N., 1 about the tonnes, which no "
        "flag accepts"
    )


@pytest.mark.parametrize(
    ("text", "is_reason"),
    [
        (".", False), ("", False), ("-- --", False), ("ok", False), ("ok ok", False),
        ("Confirmed", False), ("123 456 789", False), ("Dry year", False),
        ("A dry year.", True), ("Meter EM-2 was replaced.", True),
        ("乾燥年", False), ("乾燥した年でした。", True), ("ปีแล้งมาก", True),
        ("はい", False),
        ("Годовой ремонт котла", True), ("năm khô hạn", True),
    ],
)  # fmt: skip
def test_a_reason_is_a_sentence(text: str, is_reason: bool) -> None:
    assert is_sentence(text) is is_reason
