"""What is written: the same bytes twice, locks, drop-downs, names, a stamp."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from jcm_xl import api
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import make_plan
from jcm_xl.plan.stamp import read_stamp, stamp_of
from jcm_xl.xlsx.read import read_grid
from tests.books import CORE, example_submission
from tests.keys import keyed, slot_key

KEYS = list(CORE)


@pytest.mark.parametrize("key", KEYS)
def test_a_book_made_twice_is_the_same_bytes(key: str) -> None:
    plan, submission = example_submission(api.load(key))
    assert api.book(plan, submission) == api.book(plan, submission)
    assert api.new(key) == api.new(key)


def test_time_zone_language_hash_seed_and_user_change_no_byte(tmp_path: Path) -> None:
    code = (
        "import hashlib, jcm_xl.api as a;"
        "print(hashlib.sha256(a.new('ID_AM003', monthly=True)).hexdigest())"
    )
    seen = set()
    for zone, seed, user in (("UTC", "1", "a"), ("Asia/Tokyo", "2", "b")):
        env = {
            **os.environ,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "USER": user,
            "LANG": "ja_JP.UTF-8" if seed == "2" else "C",
        }
        run = subprocess.run(
            [sys.executable, "-c", code],
            env=env,
            check=True,
            capture_output=True,
            text=True,
            cwd=tmp_path,
        )
        seen.add(run.stdout)
    assert len(seen) == 1


@pytest.mark.parametrize("key", KEYS)
def test_exactly_the_inputs_are_unlocked_and_every_sheet_is_protected(
    key: str, tmp_path: Path
) -> None:
    plan = make_plan(api.load(key), edition=Edition(monthly=True))
    path = tmp_path / "b.xlsx"
    path.write_bytes(api.new(key, monthly=True))
    grid = read_grid(path)
    unlocked = {
        (sheet.name, *place)
        for sheet in grid.sheets
        for place, cell in sheet.cells.items()
        if not grid.styles.is_locked(cell.style)
    }
    wanted = {
        (s.sheet, s.row, s.column + i)
        for s in plan.inputs
        if s.is_open
        for i in range(s.span)
    }
    assert unlocked == wanted
    assert all(sheet.is_protected for sheet in grid.sheets)


def test_another_program_finds_lists_names_and_page_settings() -> None:
    book = openpyxl.load_workbook(io.BytesIO(api.new("ID_AM002@2.0")))
    sheet = book["MRS(input)"]
    lists = [dv for dv in sheet.data_validations.dataValidation if dv.type == "list"]
    assert [dv.formula1 for dv in lists] == ['"Option B,Option C"']
    assert all(len(dv.prompt) <= 255 for dv in sheet.data_validations.dataValidation)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "A5"
    assert {"mrs_EC_PJ_i_p", "mps_RE_p", "mrs_result"} <= set(book.defined_names)
    assert len(book["Check"]._charts) == 1


def test_the_stamp_says_what_the_book_is(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(api.new("ID_AM003", {"i": 4}, language="ja", monthly=True))
    plan = make_plan(
        api.load("ID_AM003"), {"i": 4}, Edition(language="ja", monthly=True)
    )
    assert read_stamp(read_grid(path).properties) == stamp_of(plan)


@pytest.mark.parametrize("key", ["PH_AM001", "PH_AM004"])
def test_a_draft_says_so_on_every_official_sheet(key: str, tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(api.new(key))
    grid = read_grid(path)
    for name in make_plan(api.load(key)).official:
        sheet = grid.sheet(name)
        assert sheet is not None
        assert str(sheet.cells[1, 2].value).startswith(
            "DRAFT. Not the approved spreadsheet: do not submit; for checking and "
            "training."
        )


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    plan, submission = example_submission(api.load("MM_AM005"))
    typed = {"mss.person:2": "=1+1", "mss.role:2": "{=A1}"}
    values = {**submission.values, **keyed(typed)}
    odd = type(submission)(submission.methodology, submission.version, {}, values)
    path = tmp_path / "b.xlsx"
    path.write_bytes(api.book(plan, odd))
    sheet = read_grid(path).sheet("MSS")
    assert sheet is not None
    slot = plan[slot_key("mss.person:2")]
    cell = sheet.cells[slot.row, slot.column]
    assert (cell.value, cell.formula) == ("=1+1", None)
