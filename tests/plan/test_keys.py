"""The keys of slots: values inside the program, texts outside of it."""

from __future__ import annotations

import pickle

import pytest

from jcm_xl import api
from jcm_xl.definition.library import entries
from jcm_xl.model.key import (
    PERIOD,
    PLAN_DAYS,
    REFERENCE_NUMBER,
    Key,
    option_key,
    value_key,
)
from jcm_xl.model.submission import Stage
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import make_plan

TEXTS = {
    value_key(Stage.PLAN, "EG_i_p", 2): "mps.value:EG_i_p[2]",
    option_key("mrs", "EF"): "mrs.option:EF",
    value_key("mrs", "X", 1).in_month(3): "monthly.value:X[1]@3",
    value_key("mrs", "X").in_month(12): "monthly.value:X@12",
    REFERENCE_NUMBER: "reference_number",
    PERIOD[0]: "period.start",
    PERIOD[1]: "period.end",
    PLAN_DAYS: "plan.days",
    Key("mss", "person", unit=1): "mss.person:1",
    Key("meters", "meter", unit=20): "meters.meter:20",
    Key("mps", "quantity", "ER_p").beside("unit"): "mps.quantity:ER_p.unit",
    Key("mps", "table", "EF", 0, part="key"): "mps.table:EF[0].key",
    Key("mps", "repeat", "EF", at=2, part="label"): "mps.repeat:EF@2.label",
    Key("mps", "table1.head", unit=3): "mps.table1.head:3",
    Key("mps_input", "title"): "mps_input.title",
}


@pytest.mark.parametrize("key", TEXTS, ids=TEXTS.values())
def test_a_key_is_written_as_reports_and_answers_have_it(key: Key) -> None:
    assert str(key) == f"{key}" == TEXTS[key]
    assert Key.parse(TEXTS[key]) == key


def test_every_key_of_every_plan_is_read_back_and_no_two_are_alike() -> None:
    for entry in entries():
        live = "excel" if entry.key.startswith("TH_AM001") else ""
        plan = make_plan(api.load(entry.key), edition=Edition("en", True, True, live))
        texts = [str(slot.key) for slot in plan.slots.values()]
        assert [Key.parse(text) for text in texts] == list(plan.slots)
        assert len({Key.parse(text) for text in texts}) == len(texts)


def test_a_key_leads_to_its_neighbours() -> None:
    key = value_key(Stage.REPORT, "EG_i_p", 2)
    assert key.in_plan() == value_key("mps", "EG_i_p", 2)
    assert key.in_plan().in_report() == key
    assert key.of("option") == option_key("mrs", "EG_i_p", 2)
    assert key.with_unit(None) == value_key("mrs", "EG_i_p")
    assert key.is_in("mrs")
    assert key.is_in("mrs", "value")
    assert not key.is_in("mps")
    assert Key("mps_input", "title").side == key.in_plan().side == "mps"
    assert PERIOD[0].in_plan() == PERIOD[0].in_report() == PERIOD[0]


def test_a_key_goes_between_processes() -> None:
    key = value_key(Stage.REPORT, "EG_i_p", 2).in_month(3)
    again = pickle.loads(pickle.dumps(key))
    assert again == key
    assert type(again) is Key
    assert hash(again) == hash(key)
    assert {key: 1}[Key("monthly", "value", "EG_i_p", 2, 3)] == 1


def test_a_text_that_is_no_key_of_a_plan_is_one_that_no_plan_has() -> None:
    for text in ("", ":", "mps.value:X[2", "mps.value:X]2[", "a:b:c", "JX204"):
        plan = make_plan(api.load("TH_AM001"))
        assert plan.get(Key.parse(text)) is None
