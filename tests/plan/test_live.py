"""The sheet Live without its functions: what it asks, and that nothing needs it."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from jcm_xl import api
from jcm_xl.checks.run import check_grid
from jcm_xl.cli import main
from jcm_xl.errors import JcmError
from jcm_xl.live.functions import FUNCTIONS
from jcm_xl.model.submission import Submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.sheets.live import DIALECTS
from jcm_xl.plan.stamp import read_stamp
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.dump import dump
from jcm_xl.xlsx.grid import CellError, Grid
from jcm_xl.xlsx.read import read_grid
from tests.books import CORE
from tests.keys import slot_key
from tests.support import example_book

LIVE = "Live"
_CALL = re.compile(r"^((?:_xldudf_)?JCM[._])([A-Z]+)\((.*)\)$")
_ARGUMENTS = re.compile(r"(?:'[^']*'|\"[^\"]*\"|[^,'\"])+|(?<=,)(?=,|$)")


def live_book(key: str, host: str) -> tuple[Plan, Submission]:
    plan, submission = example_book(key)
    return make_plan(plan.methodology, plan.rows, Edition(live=host)), submission


def read(data: bytes, folder: Path) -> Grid:
    path = folder / "book.xlsx"
    path.write_bytes(data)
    return read_grid(path)


@pytest.mark.parametrize("host", DIALECTS)
@pytest.mark.parametrize("key", CORE)
def test_every_call_is_one_of_the_registry_with_all_it_needs(
    key: str, host: str
) -> None:
    plan, _ = live_book(key, host)
    calls = [s for s in plan.slots.values() if s.role in ("live", "live_array")]
    assert len(calls) == 1 + 2 * 6
    for slot in calls:
        found = _CALL.match(slot.formula)
        assert found is not None
        assert found[1] == DIALECTS[host].prefix
        function = FUNCTIONS[found[2]]
        given = len(_ARGUMENTS.findall(found[3]))
        assert function.required <= given <= len(function.arguments), slot.formula


def test_libreoffice_gets_each_range_named_or_left_empty() -> None:
    plan, _ = live_book("MM_AM005@1.0", "libreoffice")
    assert plan[slot_key("live.value:mps.ER")].formula.endswith(",,)")
    plan, _ = live_book("MM_AM005@1.0", "excel")
    assert not plan[slot_key("live.value:mps.ER")].formula.endswith(",)")


@pytest.mark.parametrize("key", CORE)
def test_all_other_sheets_are_as_without_it(key: str, tmp_path: Path) -> None:
    plan, submission = live_book(key, "libreoffice")
    plain, _ = example_book(key)
    lines = dump(read(api.book(plan, submission), tmp_path)).splitlines()
    others = [line for line in lines if not line.startswith(f"{LIVE}!")]
    assert others == dump(read(api.book(plain, submission), tmp_path)).splitlines()


@pytest.mark.parametrize("key", CORE)
def test_the_check_is_clean_with_the_sheet_and_after_its_deletion(
    key: str, tmp_path: Path
) -> None:
    plan, submission = live_book(key, "libreoffice")
    grid = read(api.book(plan, submission), tmp_path)
    stamp = read_stamp(grid.properties)
    assert stamp is not None
    assert stamp.live == "libreoffice"
    plain, _ = example_book(key)
    expected = codes(read(api.book(plain, submission), tmp_path))
    assert codes(grid) == expected
    others = type(grid.sheets)(s for s in grid.sheets if s.name != LIVE)
    assert codes(dataclasses.replace(grid, sheets=others)) == expected


def codes(grid: Grid) -> list[str]:
    report = check_grid(grid, "book.xlsx", Settings())
    assert report.exit_code == 0
    return [d.code for d in report.diagnostics]


def test_no_number_stands_where_no_function_was_called(tmp_path: Path) -> None:
    plan, submission = live_book("ID_AM002@2.0", "excel")
    grid = read(api.book(plan, submission), tmp_path)
    sheet = grid.sheet(LIVE)
    assert sheet is not None
    for slot in plan.slots.values():
        if slot.role in ("live", "live_array"):
            value = sheet.cells[slot.row, slot.column].value
            assert value in (CellError("#NAME?"), "#NAME?")
        if slot.role in ("live_word", "live_verdict"):
            assert sheet.cells[slot.row, slot.column].value == ""


@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_blank_book_has_the_sheet_in_its_language(
    language: str, tmp_path: Path
) -> None:
    target = tmp_path / "live.xlsx"
    words = ["new", "TH_AM001@1.0", "-o", str(target), "--live=libreoffice"]
    done = CliRunner().invoke(main, [*words, "--lang", language])
    assert (done.exit_code, done.exception) == (0, None)
    sheet = read_grid(target).sheet(LIVE)
    assert sheet is not None
    plan = make_plan(
        api.load("TH_AM001@1.0"), edition=Edition(language=language, live="libreoffice")
    )
    title = plan[slot_key("live.title")].content
    assert title in {cell.value for cell in sheet.cells.values()}


def test_a_program_without_live_functions_is_refused() -> None:
    with pytest.raises(JcmError, match="no live functions for 'numbers'"):
        make_plan(api.load("TH_AM001@1.0"), edition=Edition(live="numbers"))
