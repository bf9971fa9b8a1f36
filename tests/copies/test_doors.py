"""A cell is the same at every door: what `check` calls no number, none takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from jcm_xl import api
from jcm_xl.copies.next_report import carry_over
from jcm_xl.errors import JcmError
from jcm_xl.inputs.problems import InputsError
from jcm_xl.model.submission import DateNumber, Value
from jcm_xl.submission.open import CannotUse, Unusable, open_file, read_file
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY, Case, cases, judge, made
from tests.checks.surgery import operate
from tests.keys import slot_key
from tests.support import DEFINITIONS, example_book, methodology

KEY = "EX_AM901"
SETTINGS = Settings(today=TODAY, definitions=DEFINITIONS)
REPORTED, PLANNED = "mrs.value:EG_i_p[1]", "mps.value:EG_i_p[1]"


def _dated(path: Path, place: str, number: float = 45293.0) -> Path:
    """Write a book with a number that its cell shows as a date."""
    plan, submission = example_book(KEY)
    values = {**submission.values, slot_key(place): number}
    slot = plan[slot_key(place)]
    operation = {"do": "number_format", "sheet": slot.sheet, "cell": slot.address}
    data = api.book(plan, type(submission)(KEY, submission.version, plan.rows, values))
    path.write_bytes(operate(data, [{**operation, "code": "d-mmm"}]))
    return path


def _read_back(data: bytes, path: Path) -> Value:
    path.write_bytes(data)
    return open_file(read_file(path), SETTINGS).submission.get(slot_key(REPORTED))


def test_a_date_is_no_number_for_calc(tmp_path: Path) -> None:
    done = api.calc(_dated(tmp_path / "a.xlsx", REPORTED), definitions=DEFINITIONS)
    assert not done.is_complete
    told = "\n".join(line.text for line in done.lines())
    assert "it holds 2024-01-02, a number that the cell shows as a date" in told


def test_a_date_is_not_imported(tmp_path: Path) -> None:
    path = _dated(tmp_path / "a.xlsx", REPORTED)
    done = api.import_book(path, definitions=DEFINITIONS)
    assert [(u.content, str(u.key)) for u in done.unplaced] == [
        ("2024-01-02", REPORTED)
    ]
    assert slot_key(REPORTED) not in done.submission.values


def test_a_date_is_not_repaired_into_a_number(tmp_path: Path) -> None:
    done = api.repair(_dated(tmp_path / "a.xlsx", REPORTED), SETTINGS)
    assert any("2024-01-02" in s and "the cell is empty" in s for s in done.lost)
    assert _read_back(done.data, tmp_path / "b.xlsx") is None


def test_a_date_stays_one_in_an_annotated_copy(tmp_path: Path) -> None:
    data, _ = api.annotate(_dated(tmp_path / "a.xlsx", REPORTED), SETTINGS)
    dated = DateNumber(45293.0, date(2024, 1, 2))
    assert _read_back(data, tmp_path / "b.xlsx") == dated


def test_a_plan_with_a_date_is_not_carried_over(tmp_path: Path) -> None:
    path = _dated(tmp_path / "a.xlsx", PLANNED)
    with pytest.raises(CannotUse, match="2024-01-02") as failure:
        carry_over(path, methodology(KEY))
    assert failure.value.code is Unusable.NO_VALUE


def test_an_empty_plan_is_not_carried_over(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(api.new(methodology(KEY)))
    with pytest.raises(CannotUse, match="nothing to carry over"):
        carry_over(path, methodology(KEY))


def test_a_date_in_a_table_of_inputs_is_no_number(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["parameter", "unit", "stage", "value"])
    sheet.append(["EG_i_p", 1, "plan", 45293])
    sheet["D2"].number_format = "d-mmm"
    path = tmp_path / "inputs.xlsx"
    book.save(path)
    with pytest.raises(InputsError, match="the date 2024-01-02; expected a number"):
        api.fill(methodology(KEY), path)


def test_a_date_in_a_frame_is_no_number() -> None:
    import pandas

    frame = pandas.DataFrame(
        {"parameter": ["EG_i_p"], "unit": [1], "stage": ["plan"],
         "value": [pandas.Timestamp(2024, 1, 2)]}
    )  # fmt: skip
    with pytest.raises(InputsError, match="expected a number"):
        api.fill(methodology(KEY), frame)


def _values() -> list[Case]:
    """Return the cases in which a number or a day of a cell cannot be taken."""
    fired = [c for c in cases() if c.check in ("JX304", "JX305", "JX313") and c.fires]
    return [c for c in fired if "hand" not in c.data and not c.data.get("monthly")]


def _told_by_import(path: Path) -> set[str]:
    done = api.import_book(path, definitions=DEFINITIONS)
    assert not any(isinstance(v, DateNumber) for v in done.submission.values.values())
    return {str(item.key) for item in done.unplaced}


@pytest.mark.parametrize("case", _values(), ids=str)
def test_what_check_calls_no_value_is_listed_by_import(
    case: Case, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(made(case)[1])
    report = judge(case, path)
    told = {str(d.slot) for d in report.diagnostics if d.code == case.check}
    # A Buddhist or an early day is a day; the check of the new book tells it.
    days = {str(d.slot) for d in report.diagnostics if d.found[:4].isdecimal()}
    assert told - _told_by_import(path) <= days


DOORS: dict[str, Callable[[Path], Any]] = {
    "calc": lambda path: list(api.calc(path, definitions=DEFINITIONS).lines()),
    "explain": lambda path: api.explain(path, definitions=DEFINITIONS),
    "import": lambda path: api.import_book(path, definitions=DEFINITIONS),
    "repair": lambda path: api.repair(path, SETTINGS),
    "next": lambda path: carry_over(path, methodology(KEY)),
    "annotate": lambda path: api.annotate(path, SETTINGS),
}


@pytest.mark.slow
@pytest.mark.parametrize("door", DOORS)
def test_no_case_of_a_value_breaks_a_door(door: str, tmp_path: Path) -> None:
    for number, case in enumerate(c for c in cases() if c.check.startswith("JX3")):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(made(case)[1])
        try:
            DOORS[door](path)
        except JcmError:
            continue
