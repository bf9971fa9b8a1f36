"""`read(write(x)) == x`: what is typed into a book is what is read from it.

Two things read as absent by design: an empty text, and a text equal to the one that
the template has in that cell. Dates are for date cells; numbers have 15 digits, as
Excel keeps them of what is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jcm_xl import api
from jcm_xl.inputs.numbers import LARGEST, quantised
from jcm_xl.model.key import Key
from jcm_xl.model.submission import DateNumber, Submission, Value
from jcm_xl.plan.cells import expected_text, read_submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.identity import identify, plan_of
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.slot import Slot
from jcm_xl.text.days import day_of
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.read import read_grid
from tests.books import CORE
from tests.keys import keyed

KEYS = list(CORE)
FEW = settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
LAYOUTS = st.tuples(st.integers(1, 4), st.sampled_from(["en", "ja"]), st.booleans())

NUMBERS = (
    st.floats(
        allow_nan=False, allow_infinity=False, allow_subnormal=False,
        min_value=-float(LARGEST), max_value=float(LARGEST),
    )
    .map(quantised)
    .filter(lambda x: x is not None)
)  # fmt: skip
TEXTS = st.one_of(
    st.text(min_size=1, max_size=40),
    st.sampled_from(
        [
            "=1+1", "+1", "-1", "@SUM(A1)", "{=A1}", "'", "''", "1,234.5", "１２",
            "TRUE", "#N/A", "<r></r>", "<r><t>x</t></r>", "<r>\n</r>", " leading",
            "trailing ", "two\nlines", "cr\rlf\r\n", "\ttab", " ",
            "_x0041_", "_x000D_", "<b>&amp;</b>", "]]>", "\ufeffmark", "日本語",
            "𠮷野家", "e\u0301", "\u202eabc", "https://example.org", "internal:A1",
            "mailto:a@b", "0" * 400, "long " * 6_000, "\x01\x1f", "\x7f\x85", "\ufffe",
        ]
    ),
)  # fmt: skip
DATES = st.dates(date(1900, 3, 1), date(9999, 12, 31))


def _moment(number: float) -> DateNumber:
    typed = float(f"{number:.15g}")
    return DateNumber(typed, day_of(typed))


MOMENTS = st.floats(61, 2_958_465).map(_moment).filter(
    lambda moment: moment.number != int(moment.number)
)  # fmt: skip


def _is_no_day(number: float) -> bool:
    return number != int(number) and day_of(number) is None


def plan_for(key: str, rows: int, language: str, monthly: bool) -> Plan:
    m = api.load(key)
    counts = dict.fromkeys(m.sets, rows)
    is_metered = monthly  # both sheets, or none
    return make_plan(
        m, counts, Edition(language=language, monthly=monthly, meters=is_metered)
    )


def read(data: bytes) -> tuple[Plan, Submission]:
    grid = read_grid(open_bytes(data))
    identity = identify(grid)
    plan = plan_of(grid, identity, api.load(identity.key))
    return plan, read_submission(grid, plan)


def admissible(slot: Slot, plan: Plan) -> st.SearchStrategy[Any]:
    """What a participant is asked for in a cell."""
    p = plan.methodology.parameters.get(slot.name)
    if slot.rule == "date":
        return DATES
    if slot.rule == "choice" and p:
        return st.sampled_from(plan.methodology.choices(p))
    if slot.rule == "option" and p:
        return st.sampled_from([f"Option {option}" for option in p.options])
    return NUMBERS if slot.rule == "number" else TEXTS


def odd(slot: Slot, plan: Plan) -> st.SearchStrategy[Any]:
    """Whatever may end up in a cell: another kind than asked for."""
    kinds = [TEXTS, st.booleans()]
    if slot.rule == "date":  # a number there is a date, or one with a time
        times = NUMBERS.filter(_is_no_day).map(DateNumber)
        return st.one_of(*kinds, DATES, MOMENTS, times)
    return st.one_of(*kinds, NUMBERS)


def drawn(
    data: st.DataObject, plan: Plan, of: Callable[[Slot, Plan], st.SearchStrategy[Any]]
) -> dict[Key, Value]:
    slots = data.draw(st.lists(st.sampled_from(plan.inputs), max_size=12, unique=True))
    values: dict[Key, Value] = {}
    for slot in slots:
        value = data.draw(of(slot, plan))
        if slot.content is None or slot.formula or value != expected_text(slot):
            values[slot.key] = value
    return values


def assert_round_trip(plan: Plan, values: dict[Key, Value]) -> None:
    m = plan.methodology
    typed = Submission(m.id, m.version, dict(plan.rows), values)
    read_plan, found = read(api.book(plan, typed))
    assert read_plan is plan
    assert found == typed
    kinds = {key: type(value) for key, value in typed.values.items()}
    assert {key: type(value) for key, value in found.values.items()} == kinds


@pytest.mark.parametrize("key", KEYS)
@FEW
@given(data=st.data(), layout=LAYOUTS)
def test_what_is_asked_for_is_read_back(
    key: str, data: st.DataObject, layout: tuple[int, str, bool]
) -> None:
    plan = plan_for(key, *layout)
    assert_round_trip(plan, drawn(data, plan, admissible))


@pytest.mark.parametrize("key", KEYS)
@FEW
@given(data=st.data(), layout=LAYOUTS)
def test_odd_values_are_read_back(
    key: str, data: st.DataObject, layout: tuple[int, str, bool]
) -> None:
    plan = plan_for(key, *layout)
    assert_round_trip(plan, drawn(data, plan, odd))


@settings(FEW, max_examples=80)
@given(text=TEXTS)
@example(text="x" * 32_767)
@example(text="_x005F_")
@example(text="\x1f\x08 shown again by a formula on every sheet")
@example(text="<r><t>markup of XlsxWriter's own</t></r>")
@example(text="\U0010ffff")
def test_every_text_is_read_back(text: str) -> None:
    plan = plan_for("MM_AM005@1.0", 1, "en", False)
    keys = ("reference_number", "mps.comment:EG_SUP_p", "mps.value:EG_SUP_p")
    assert_round_trip(plan, keyed(dict.fromkeys(keys, text)))


@settings(FEW, max_examples=80)
@given(number=NUMBERS)
@example(number=0.1)
@example(number=2.22507385850721e-308)
@example(number=float(LARGEST))
def test_every_number_of_fifteen_digits_is_read_back(number: float) -> None:
    plan = plan_for("MM_AM005@1.0", 1, "en", False)
    values = {"mps.value:EG_SUP_p": number, "plan.days": number}
    assert_round_trip(plan, keyed(values))


@pytest.mark.parametrize("key", KEYS)
def test_the_text_of_the_template_reads_as_absent(key: str) -> None:
    plan = plan_for(key, 1, "en", False)
    texts = {
        slot.key: expected_text(slot)
        for slot in plan.inputs
        if isinstance(slot.content, str) and slot.content and not slot.formula
    }
    m = plan.methodology
    typed = Submission(m.id, m.version, dict(plan.rows), texts)
    assert read(api.book(plan, typed))[1].values == {}
