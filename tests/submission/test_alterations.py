"""Inserted and deleted lines, renamed sheets: one finding, wherever it happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jcm_xl.api import book
from jcm_xl.checks.run import check_file
from jcm_xl.plan.plan import Plan
from jcm_xl.submission.moved_lines import UNMOVED, find_lines
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.checks.surgery import operate
from tests.keys import slot_key
from tests.rounds import later
from tests.support import DEFINITIONS, example_book

SETTINGS = Settings("report", today=TODAY, definitions=DEFINITIONS)

KEY = "EX_AM901"


def codes(data: bytes, path: Path, operation: dict[str, Any]) -> list[str]:
    path.write_bytes(operate(data, [operation]))
    report = check_file(path, SETTINGS)
    return [d.code for d in report.diagnostics]


def rows(plan: Plan) -> Iterator[tuple[str, int]]:
    for name in plan.official:
        if name != plan.sheets["mss"]:  # its rows are the participant's own
            last = max(slot.row for slot in plan.by_place[name].values())
            yield from ((name, row) for row in range(1, last + 1))


@pytest.mark.parametrize("count", [1, later(4)])
def test_inserted_rows_are_one_finding(count: int, tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    data = book(plan, submission)
    for sheet, at in rows(plan):
        facts = {"do": "insert_rows", "sheet": sheet, "at": at, "count": count}
        assert codes(data, tmp_path / "book.xlsx", facts) == ["JX219"], facts


def test_a_deleted_row_is_one_finding(tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    data = book(plan, submission)
    used = {
        (slot.sheet, slot.row)
        for key, slot in plan.slots.items()
        if key in submission.values and slot.unit
    }
    for sheet, at in rows(plan):
        if (sheet, at) in used:
            continue  # its unit is gone, and the result with it
        facts = {"do": "insert_rows", "sheet": sheet, "at": at, "count": -1}
        assert codes(data, tmp_path / "book.xlsx", facts) == ["JX220"], facts


@pytest.mark.parametrize("count", [1, -1])
def test_inserted_and_deleted_columns_are_one_finding(
    count: int, tmp_path: Path
) -> None:
    plan, submission = example_book(KEY)
    data = book(plan, submission)
    code = "JX219" if count > 0 else "JX220"
    for key in ("mps_input", "mrs_input", "mrs_calc"):
        for at in range(2, 10):
            facts = {
                "do": "insert_columns",
                "sheet": plan.sheets[key],
                "at": at,
                "count": count,
            }
            found = codes(data, tmp_path / "book.xlsx", facts)
            assert found == [code], facts


def test_two_changes_on_one_sheet_are_two_findings(tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    sheet = plan.sheets["mrs_calc"]
    data = operate(
        book(plan, submission),
        [
            {"do": "insert_rows", "sheet": sheet, "at": 26, "count": 2},
            {"do": "insert_rows", "sheet": sheet, "at": 8, "count": -1},
        ],
    )
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    report = check_file(path, SETTINGS)
    found = {(d.code, d.place, d.expected) for d in report.diagnostics}
    assert found == {
        ("JX220", f"'{sheet}'", "8:8"),
        ("JX219", f"'{sheet}'!25:26", ""),
    }


def test_the_place_is_that_of_the_file(tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    slot = plan[slot_key("mrs.unit:EG_i_p")]
    data = book(plan, submission, {slot.key: "kWh/p"})
    operations: list[dict[str, Any]] = [
        {"do": "insert_rows", "sheet": slot.sheet, "at": 5, "count": 3},
        {"do": "rename_sheet", "sheet": slot.sheet, "to": "MRS（input）"},
    ]
    path = tmp_path / "book.xlsx"
    path.write_bytes(operate(data, operations))
    report = check_file(path, SETTINGS)
    found = {d.code: d.place for d in report.diagnostics}
    assert found == {
        "JX202": "'MRS（input）'",
        "JX204": f"'MRS（input）'!{slot.address[0]}{slot.row + 3}",
        "JX219": "'MRS（input）'!5:7",
    }


def test_a_sheet_of_other_texts_is_claimed_to_be_nothing() -> None:
    expected = {n: {2: f"line {n}"} for n in range(1, 30)}
    assert find_lines(expected, {n: {2: "other"} for n in range(1, 30)}) is None
    assert find_lines(expected, expected) == UNMOVED
