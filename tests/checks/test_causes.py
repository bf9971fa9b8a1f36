"""Which finding is told as a consequence of which, by what the formulas read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jcm_xl.api import book
from jcm_xl.checks.run import check_file
from jcm_xl.plan.plan import Plan
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.checks.surgery import operate
from tests.keys import keyed, slot_key
from tests.support import DEFINITIONS, example_book

KEY = "EX_AM901"


def told(
    folder: Path,
    key: str = KEY,
    values: dict[str, object] | None = None,
    overrides: dict[str, object] | None = None,
    stored: dict[str, str] | None = None,
    has_second: bool = False,
) -> list[tuple[str, str]]:
    """Return the slots in the order of the report, each with that of its cause."""
    plan, submission = example_book(key)
    changed = {**submission.values, **keyed(values or {})}
    data = book(plan, replace(submission, values=changed), overrides or {})  # type: ignore[arg-type]
    path = folder / "book.xlsx"
    path.write_bytes(
        operate(data, [_store(plan, *item) for item in (stored or {}).items()])
    )
    settings = Settings(
        "report", today=TODAY, definitions=DEFINITIONS, second_opinion=has_second
    )
    report = check_file(path, settings)
    slots = {d.key: str(d.slot or "") for d in report.diagnostics}
    return [
        (str(d.slot or ""), slots.get(d.follows, ""))
        for d in report.diagnostics
        if d.code != "JX104"
    ]


def _store(plan: Plan, key: str, value: str) -> dict[str, object]:
    slot = plan[slot_key(key)]
    return {"do": "store", "sheet": slot.sheet, "cell": slot.address, "value": value}


def test_a_result_follows_from_the_formula_that_was_changed(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        overrides={"mrs.quantity:EF_RE_i[1]": 0.6},
        stored={"mrs.result": "1232"},
    )
    assert found == [
        ("mrs.quantity:EF_RE_i[1]", ""),
        ("mrs.result", "mrs.quantity:EF_RE_i[1]"),
    ]


def test_another_engine_s_figure_follows_from_the_formula_it_reads(
    tmp_path: Path,
) -> None:
    changed = {"mrs.quantity:EF_RE_i[1]": 0.6}
    found = told(tmp_path, overrides=changed, has_second=True)
    assert found[0] == ("mrs.quantity:EF_RE_i[1]", "")
    assert len(found) > 1
    assert {cause for _, cause in found[1:]} == {"mrs.quantity:EF_RE_i[1]"}


def test_what_was_not_recalculated_follows_from_the_first_such_cell(
    tmp_path: Path,
) -> None:
    found = told(tmp_path, stored={"mrs.value:EG_i_p[1]": "1201"})
    first = "mrs.repeat:EG_i_p[1]"
    assert found == [
        ("mrs.total:EG_i_p", ""),
        (first, ""),
        ("mrs.result", first),
        ("mrs.quantity:ER_p", first),
        ("mrs.quantity:RE_p", first),
        ("mrs.quantity:RE_i_p[1]", first),
    ]


def test_a_reduction_out_of_proportion_follows_from_the_slip_of_a_unit(
    tmp_path: Path,
) -> None:
    found = told(tmp_path, values={"mrs.value:EG_i_p[1]": 1_200_000.0})
    assert found == [
        ("mrs.value:EG_i_p[1]", ""),
        ("mrs.result", "mrs.value:EG_i_p[1]"),
    ]


def test_a_slip_follows_from_the_unit_that_was_changed(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        values={"mrs.value:EG_i_p[1]": 1_200_000.0},
        overrides={"mrs.unit:EG_i_p": "kWh/p"},
    )
    assert found == [
        ("mrs.unit:EG_i_p", ""),
        ("mrs.value:EG_i_p[1]", "mrs.unit:EG_i_p"),
        ("mrs.result", "mrs.unit:EG_i_p"),
    ]


def test_the_plan_is_no_cause_of_the_report_s_own_figures(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        overrides={"mps.quantity:EF_RE_i[1]": 0.6},
        stored={"mrs.quantity:RE_p": "1152.601"},
    )
    assert sorted(found) == [("mps.quantity:EF_RE_i[1]", ""), ("mrs.quantity:RE_p", "")]


def test_one_unit_is_no_cause_for_another(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        stored={"mrs.repeat:EG_i_p[1]": "1201", "mrs.quantity:RE_i_p[2]": "1"},
    )
    assert found == [("mrs.repeat:EG_i_p[1]", ""), ("mrs.quantity:RE_i_p[2]", "")]
