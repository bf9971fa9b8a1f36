"""The plan of every methodology: official layout, legal names, one key a cell."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import pytest

from jcm_xl import api
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.layout import layout
from jcm_xl.plan.plan import Plan, RowsError, make_plan
from tests.keys import slot_key
from tests.library.sweep import of_every_definition
from tests.support import SHAPES, methodology

CELL = re.compile(r"^[A-Za-z]{1,3}\d+$")


@lru_cache(maxsize=len(SHAPES))
def plan_of(key: str) -> Plan:
    return make_plan(methodology(key), edition=Edition(monthly=True, meters=True))


@of_every_definition
def test_the_official_sheets_come_first_and_in_order(key: str) -> None:
    plan = plan_of(key)
    names = list(plan.sheets.values())
    assert tuple(names[: len(plan.official)]) == plan.official
    assert len(set(names)) == len(names)
    wanted = [sheet for sheet in layout()("sheets") if sheet != "live"]
    has_units = bool(plan.methodology.sets)
    assert list(plan.sheets) == [s for s in wanted if has_units or "separate" not in s]


@of_every_definition
def test_no_two_slots_share_a_cell(key: str) -> None:
    plan = plan_of(key)
    covered = Counter(
        (slot.sheet, slot.row, slot.column + i)
        for slot in plan.slots.values()
        for i in range(slot.span)
    )
    assert [place for place, count in covered.items() if count > 1] == []


@of_every_definition
def test_names_are_legal_in_excel(key: str) -> None:
    plan = plan_of(key)
    for name in plan.names:
        assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name)
        assert not CELL.match(name)
    assert len({name.casefold() for name in plan.names}) == len(plan.names)


@of_every_definition
def test_every_input_and_result_has_a_name(key: str) -> None:
    plan = plan_of(key)
    m = plan.methodology
    for stage in ("mps", "mrs"):
        wanted = [p.name for p in m.inputs if p.index or p.is_monitored]
        for name in [*wanted, *m.formulas]:
            assert f"{stage}_{name}" in plan.names


@of_every_definition
def test_formulas_and_texts_stay_within_excels_limits(key: str) -> None:
    plan = plan_of(key)
    for slot in plan.slots.values():
        assert len(slot.formula) <= 8192
        assert all(len(t) <= 257 for t in re.findall(r'"(?:[^"]|"")*"', slot.formula))
        assert len(expected_text(slot)) <= 32767
    assert all(len(name) <= 31 for name in plan.sheets.values())


@of_every_definition
def test_headings_are_lettered_as_on_the_official_sheets(key: str) -> None:
    plan = plan_of(key)
    letters = [plan[slot_key(f"mrs.table1.letter:{i}")].content for i in range(1, 12)]
    assert letters == [f"({c})" for c in "abcdefghijk"]
    assert plan[slot_key("mps.table1.head:4")].content == "Estimated Values"
    assert plan[slot_key("mrs.table1.head:1")].content == "Monitoring period"
    assert plan[slot_key("mrs.table1.head:5")].content == "Monitored Values"


@of_every_definition
def test_only_inputs_are_open(key: str) -> None:
    plan = plan_of(key)
    """A cell is open for all or for none of its kind, and says what may be typed."""
    open_roles = {slot.role for slot in plan.slots.values() if slot.is_input}
    for slot in plan.slots.values():
        assert slot.is_input == bool(slot.rule) == (slot.role in open_roles), slot.key


@pytest.mark.parametrize(
    ("rows", "words"),
    [({"j": 3}, "no set 'j'"), ({"i": 0}, "1 to"), ({"i": 10**6}, "1 to")],
)
def test_rows_that_cannot_be_are_refused(rows: dict[str, int], words: str) -> None:
    with pytest.raises(RowsError, match=words):
        make_plan(api.load("ID_AM003"), rows)
