"""import: a book made by hand becomes one of ours, or says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.foreign.found import Reason
from jcm_xl.model.submission import Stage
from jcm_xl.submission.open import open_book
from tests.books import CORE
from tests.checks.surgery import operate
from tests.cli.conftest import Run
from tests.foreign.official import Hand, by_hand
from tests.support import example_book


def official(folder: Path, key: str, hand: Hand = Hand()) -> Path:  # noqa: B008
    plan, submission = example_book(key)
    path = folder / "official.xlsx"
    path.write_bytes(by_hand(plan.methodology, submission, hand))
    return path


@pytest.mark.parametrize("key", CORE)
def test_a_book_made_by_hand_becomes_ours(key: str, run: Run, tmp_path: Path) -> None:
    old = official(tmp_path, key, Hand(down=2, right=1, wide=True))
    before = old.read_bytes()
    new = tmp_path / "new.xlsx"
    result = run("import", old, "-o", new)
    assert result.exit_code == 0, result.output
    assert "Not taken" not in result.output
    assert old.read_bytes() == before
    first, second = check_file(old), check_file(new)
    assert second.verdict.startswith("CLEAN (report stage), DRAFT")
    assert (second.fingerprint, second.figures) == (first.fingerprint, first.figures)


def test_what_was_not_taken_is_listed(run: Run, tmp_path: Path) -> None:
    edit = {
        "mrs.unit:EG_SUP_p": "kWh/p",
        "mps.symbol:EF_elec": "EFabc",
        "mps.label:EF_elec": "?",
        "mrs.symbol:D_p": "Days",
        "mrs.value:EC_CAP": 0.4,
        "mrs.option:D_p": "Option A",
        "mrs.result": 19461.0,
    }
    old = official(tmp_path, "MM_AM005@1.0", Hand(edit=edit))
    result = run("import", old, "-o", tmp_path / "new.xlsx")
    assert result.exit_code == 1
    assert result.output.splitlines()[1:] == [
        "Read official.xlsx as a book of MM_AM005@1.0, made by hand",
        "Taken: 3 values of the plan, 1 value of the report, 2 cells of MSS, the "
        "monitoring period, the reference number",
        "",
        "Not taken: 2",
        "  'MPS(input)'!D15 0.36: no parameter of the methodology has this symbol",
        "  'MRS(input)'!F8 58000: the unit beside it is another one (kWh/p for MWh/p); "
        "probably 58 MWh/p",
        "",
        "Taken, but please look: 1",
        "  'MRS(input)'!F9 365, taken for D_p: its symbol is not known; number and "
        "description agree",
        "",
        "Otherwise in the new book: 3",
        "  'MRS(input)'!H9 D_p is monitored by Option A; offered is Option C",
        "  'MRS(input)'!D14 EC_CAP is 0.4 in the report; the plan has 0.45",
        "  'MRS(input)'!D19 Table 3 is calculated here; yours 19461, ours not complete",
        "",
        "plan: 1 cell missing",
        "  'MPS(input)'!E15: EF_elec",
        "report: 2 cells missing",
        "  'MRS(input)'!F8: EG_SUP,p",
        "  'MPS(input)'!E15: EF_elec",
    ]


def test_what_is_calculated_here_is_compared(run: Run, tmp_path: Path) -> None:
    old = official(tmp_path, "MM_AM005@1.0", Hand(edit={"mrs.result": 19999.0}))
    calculated = ["EGp", "Net electricity", 54000, "MWh/p"]
    given = ["hours per day", "Hours of a day", 25, "h/day"]
    added = [
        {"do": "add_row", "sheet": sheet, "row": 16, "cells": cells}
        for sheet, cells in (("MRS(input)", calculated), ("MPS(input)", given))
    ]
    old.write_bytes(operate(old.read_bytes(), added))
    result = run("import", old, "-o", tmp_path / "new.xlsx")
    assert result.exit_code == 0, result.output
    said = result.output.splitlines()
    at = said.index("Otherwise in the new book: 3")
    assert said[at + 1 : at + 4] == [
        "  'MPS(input)'!D16 hours_per_day is given by the methodology; yours 25 h/day, "
        "ours 24 h/day",
        "  'MRS(input)'!D16 EG_p is calculated here; yours 54000 MWh/p, ours 54058 "
        "MWh/p",
        "  'MRS(input)'!D19 Table 3 is calculated here; yours 19999, ours 19460",
    ]


def test_nothing_is_written_over(run: Run, tmp_path: Path) -> None:
    old = official(tmp_path, "MM_AM005@1.0")
    before = old.read_bytes()
    assert run("import", old, "-o", old, "--force").exit_code == 2
    there = tmp_path / "there.xlsx"
    there.write_bytes(b"mine")
    assert run("import", old, "-o", there).exit_code == 2
    assert (old.read_bytes(), there.read_bytes()) == (before, b"mine")


@pytest.mark.parametrize(
    ("hand", "words", "says"),
    [
        (Hand(spreadsheet="Monitoring Spreadsheet"), (), "--as ID@VERSION names it"),
        (Hand(), ("--as", "TH_AM001"), "is a book of MM_AM005@1.0, not of TH_AM"),
        (
            Hand(spreadsheet="JCM_MM_AM005_ver07.0"),
            (),
            "version 7.0 is not in the",
        ),
        (Hand(spreadsheet="JCM_MM_AM905_ver01.0"), (), "No definition of MM_AM905 is"),
        (Hand(edit={"mps.value:EC_CAP": "XXX"}), (), "is a public copy"),
    ],
)
def test_a_book_that_cannot_be_imported(
    hand: Hand, words: tuple[str, ...], says: str, run: Run, tmp_path: Path
) -> None:
    old = official(tmp_path, "MM_AM005@1.0", hand)
    result = run("import", old, "-o", tmp_path / "new.xlsx", *words)
    assert result.exit_code == 2
    assert says in result.output
    assert not (tmp_path / "new.xlsx").exists()


def test_a_book_that_does_not_name_its_methodology(run: Run, tmp_path: Path) -> None:
    old = official(tmp_path, "MM_AM005@1.0", Hand(spreadsheet="Sectoral scope: 03"))
    new = tmp_path / "new.xlsx"
    result = run("import", old, "-o", new, "--as", "MM_AM005@1.0")
    assert result.exit_code == 0
    assert check_file(new).verdict.startswith("CLEAN")


def test_our_own_book_is_carried_over_as_well(
    run: Run, books: dict[str, Path], tmp_path: Path
) -> None:
    new = tmp_path / "new.xlsx"
    result = run("import", books["report"], "-o", new, "--lang", "ja")
    assert result.exit_code == 0
    assert "made by jcm_xl" in result.output
    assert check_file(new).fingerprint == check_file(books["report"]).fingerprint


def test_a_registered_book_made_by_hand_gives_the_next_report(
    run: Run, tmp_path: Path
) -> None:
    old = official(tmp_path, "MM_AM005@1.0", Hand(down=3))
    new = tmp_path / "next.xlsx"
    result = run("new", "MM_AM005", "--plan", old, "-o", new)
    assert result.exit_code == 0, result.output
    assert open_book(new, stage="plan").results[Stage.PLAN].credited == 19460


def test_a_choice_that_is_not_offered_and_a_question_more(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "old.xlsx"
    path.write_bytes(api.book(*example_book("MN_AM003@2.0")))
    result = run("import", path, "--as", "MN_AM003@3.0", "-o", tmp_path / "new.xlsx")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[1:3] == [
        "Read old.xlsx as a book of MN_AM003@2.0, made by jcm_xl",
        "Moved to MN_AM003@3.0; what it asks for besides is listed at the end",
    ]
    assert Reason.NOT_OFFERED.value in result.output
    assert "  'MPS(input_separate)'!E10: Connection_i row 1" in lines
