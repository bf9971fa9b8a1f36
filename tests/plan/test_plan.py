"""The plan of every methodology: official layout, legal names, one key a cell."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from jcm_xl import api
from jcm_xl.definition.library import entries
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.plan import Plan, RowsError, make_plan

KEYS = [entry.key for entry in entries()]
CELL = re.compile(r"^[A-Za-z]{1,3}\d+$")


@pytest.fixture(params=KEYS)
def plan(request: pytest.FixtureRequest) -> Plan:
    return make_plan(api.load(request.param), monthly=True, meters=True)


def test_the_official_sheets_come_first_and_in_order(plan: Plan) -> None:
    names = list(plan.sheets.values())
    separate = bool(plan.methodology.sets)
    expected = [
        "MPS(input)",
        "MPS(input_separate)",
        "MPS(calc_process)",
        "MSS",
        "MRS(input)",
        "MRS(input_separate)",
        "MRS(calc_process)",
        "Guide",
        "Check",
        "Monthly",
        "Meters",
    ]
    assert names == [n for n in expected if separate or "separate" not in n]


def test_no_two_slots_share_a_cell(plan: Plan) -> None:
    covered = Counter(
        (slot.sheet, slot.row, slot.column + i)
        for slot in plan.slots.values()
        for i in range(slot.span)
    )
    assert [place for place, count in covered.items() if count > 1] == []


def test_names_are_legal_in_excel(plan: Plan) -> None:
    for name in plan.names:
        assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name)
        assert not CELL.match(name)
    assert len({name.casefold() for name in plan.names}) == len(plan.names)


def test_every_input_and_result_has_a_name(plan: Plan) -> None:
    m = plan.methodology
    for stage in ("mps", "mrs"):
        wanted = [p.name for p in m.inputs if p.index or p.is_monitored]
        for name in [*wanted, *m.formulas]:
            assert f"{stage}_{name}" in plan.names


def test_formulas_and_texts_stay_within_excels_limits(plan: Plan) -> None:
    for slot in plan.slots.values():
        assert len(slot.formula) <= 8192
        assert all(len(t) <= 257 for t in re.findall(r'"(?:[^"]|"")*"', slot.formula))
        assert len(expected_text(slot)) <= 32767
    assert all(len(name) <= 31 for name in plan.sheets.values())


def test_headings_are_lettered_as_on_the_official_sheets(plan: Plan) -> None:
    letters = [plan[f"mrs.table1.letter:{i}"].content for i in range(1, 12)]
    assert letters == [f"({c})" for c in "abcdefghijk"]
    assert plan["mps.table1.head:4"].content == "Estimated Values"
    assert plan["mrs.table1.head:1"].content == "Monitoring period"
    assert plan["mrs.table1.head:5"].content == "Monitored Values"


def test_only_inputs_are_open(plan: Plan) -> None:
    roles = {slot.role for slot in plan.inputs}
    assert roles <= {
        "value",
        "option",
        "source",
        "procedure",
        "frequency",
        "comment",
        "reference",
        "period",
        "days",
        "person",
        "role",
        "monthly",
        "meter",
    }


@pytest.mark.parametrize(
    ("rows", "words"),
    [({"j": 3}, "no set 'j'"), ({"i": 0}, "1 to"), ({"i": 10**6}, "1 to")],
)
def test_rows_that_cannot_be_are_refused(rows: dict[str, int], words: str) -> None:
    with pytest.raises(RowsError, match=words):
        make_plan(api.load("ID_AM003"), rows)
