"""What is found in hand-made books: the same inputs, whatever the layout."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jcm_xl.foreign.book import ForeignBook, read
from jcm_xl.foreign.found import Reason, Why
from jcm_xl.model.key import PERIOD_START
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Submission
from jcm_xl.plan.identity import identify
from jcm_xl.plan.plan import make_plan
from jcm_xl.xlsx.read import read_grid
from tests.books import CORE
from tests.foreign.official import Hand, by_hand
from tests.keys import slot_key
from tests.library.fills import random_fill
from tests.support import example_book, methodology

HANDS = {
    "plain": Hand(),
    "shifted": Hand(down=4, right=3),
    "merged heads": Hand(wide=True),
    "rows and a column inserted": Hand(gaps=1, extra="label", down=2),
    "Japanese habits": Hand(
        full_width=True,
        period="{0:%Y年%m月%d日}～{1:%Y年%m月%d日}",
        names={"mps": "MPS（input）", "mrs": "MRS (input) ", "mss": "ＭＳＳ"},
        reference="Reference No.：{number}",
    ),
    "symbols with the number of the unit": Hand(units="symbol"),
    "a sheet for the units": Hand(units="separate", letters=False),
    "no titles, no column of the period": Hand(titles=False, column=False),
    "headings in other words, letters right": Hand(
        heading={"value": "Data entered", "unit": "Dimension"},
        period="from {0:%B} {0.day}, {0.year} to {1:%B} {1.day}, {1.year}",
    ),
    "wrapped headings": Hand(
        heading={"value": "Estimated\nValue", "point": "Monitoring\npoint No"},
        period="{0:%Y/%m/%d} - {1:%Y/%m/%d}",
        spreadsheet="{id}",
    ),
}


def book_of(m: Methodology, data: bytes, folder: Path) -> ForeignBook:
    path = folder / "book.xlsx"
    path.write_bytes(data)
    grid = read_grid(path)
    assert identify(grid).key == m.key
    return read(grid, m)


@pytest.mark.parametrize("hand", HANDS.values(), ids=HANDS)
@pytest.mark.parametrize("key", CORE)
def test_every_layout_gives_the_same_inputs(
    key: str, hand: Hand, tmp_path: Path
) -> None:
    plan, submission = example_book(key)
    book = book_of(plan.methodology, by_hand(plan.methodology, submission, hand),
                   tmp_path)  # fmt: skip
    assert dict(book.submission.values) == dict(submission.values)
    assert book.unplaced == ()
    letters = {Why.BY_LETTER} if hand.heading.get("value") == "Data entered" else set()
    assert {remark.why for remark in book.remarks} == letters


def test_rows_of_one_name_are_counted_and_that_is_said(tmp_path: Path) -> None:
    m = methodology("PH_AM004@1.0")
    plan = make_plan(m, {"s": 4})
    submission = random_fill(plan, random.Random(3))
    units = sorted({k.unit for k in submission.values if k.name == "A_s"})
    book = book_of(m, by_hand(m, submission, Hand(units="repeat")), tmp_path)
    counted = {r.why for r in book.remarks}
    assert counted == ({Why.BY_ORDER} if len(units) > 1 else set())
    found = [book.submission.values[slot_key(f"mps.value:A_s[{u}]")]
             for u in range(1, len(units) + 1)]  # fmt: skip
    assert found == [submission.values[slot_key(f"mps.value:A_s[{u}]")] for u in units]


FAULTS: Mapping[str, tuple[Mapping[str, object], list[tuple[str, str, Reason]]]] = {
    "kWh beside the value": (
        {"mrs.unit:EG_SUP_p": "kWh/p"},
        [("mrs.value:EG_SUP_p", "kWh/p", Reason.OTHER_UNIT)],
    ),
    "a symbol nobody knows": (
        {"mps.symbol:EF_elec": "EFabc", "mps.label:EF_elec": "something else"},
        [("", "", Reason.UNKNOWN_SYMBOL)],
    ),
    "no symbol at all": (
        {"mps.symbol:EC_CAP": "", "mps.label:EC_CAP": "?"},
        [("", "", Reason.NO_SYMBOL)],
    ),
    "a parameter in the wrong table": (
        {"mrs.symbol:EF_elec": "Dp"},
        [("", "", Reason.OTHER_TABLE)],
    ),
    "a quantity that is calculated": (
        {"mps.symbol:EF_elec": "EGp", "mps.value:EF_elec": "as calculated"},
        [("", "", Reason.NOT_ASKED)],
    ),
    "a formula without result": (
        {"mps.value:EC_CAP": ("=1/0", "")},
        [("mps.value:EC_CAP", "", Reason.NO_RESULT)],  # the report repeats the plan
    ),
    "a period in words": (
        {"mrs.period:EG_SUP_p": "first half of 2021"},
        [("period.start", "", Reason.NO_PERIOD)],
    ),
    "another period in one row": (
        {"mrs.period:EG_SUP_p": "2020/1/1-2020/12/31"},
        [("period.start", "", Reason.PERIODS_DIFFER)],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_placed_is_named_with_its_reason(
    name: str, tmp_path: Path
) -> None:
    edit, expected = FAULTS[name]
    plan, submission = example_book("MM_AM005@1.0")
    m = plan.methodology
    book = book_of(m, by_hand(m, submission, Hand(edit=edit)), tmp_path)
    assert [(str(u.key or ""), u.unit, u.reason) for u in book.unplaced] == expected
    refused = {u.key for u in book.unplaced if u.key not in (None, PERIOD_START)}
    assert not refused & book.submission.values.keys()
    assert all(u.sheet and u.cell and u.content for u in book.unplaced)


def test_an_unknown_symbol_is_found_by_number_and_description(tmp_path: Path) -> None:
    plan, submission = example_book("MM_AM005@1.0")
    m = plan.methodology
    hand = Hand(edit={"mrs.symbol:D_p": "Days", "mps.symbol:EF_elec": "EFgrid"})
    book = book_of(m, by_hand(m, submission, hand), tmp_path)
    assert dict(book.submission.values) == dict(submission.values)
    assert [(r.name, r.why) for r in book.remarks] == [
        ("EF_elec", Why.BY_DESCRIPTION),
        ("D_p", Why.BY_DESCRIPTION),
    ]


def test_two_rows_of_one_value_are_not_chosen_between(tmp_path: Path) -> None:
    plan, submission = example_book("MM_AM005@1.0")
    m = plan.methodology
    hand = Hand(edit={"mps.symbol:D_p": "EG_SUP,p", "mps.unit:D_p": "MWh/p"})
    book = book_of(m, by_hand(m, submission, hand), tmp_path)
    several = [u.cell for u in book.unplaced if u.reason is Reason.SEVERAL]
    assert several == ["E8", "E9"]
    assert slot_key("mps.value:EG_SUP_p") not in book.submission.values
    assert slot_key("mrs.value:EG_SUP_p") in book.submission.values


def test_a_value_points_at_its_cell_and_a_missing_one_at_its_row(
    tmp_path: Path,
) -> None:
    plan, submission = example_book("MM_AM005@1.0")
    m = plan.methodology
    values = {k: v for k, v in submission.values.items() if str(k) != "mrs.value:D_p"}
    blank = Submission(m.id, m.version, submission.rows, values)
    book = book_of(m, by_hand(m, blank, Hand(down=1, right=1)), tmp_path)
    assert book.place(plan[slot_key("mrs.value:EG_SUP_p")]) == ("MRS(input)", "G9")
    assert book.place(plan[slot_key("mrs.value:D_p")]) == ("MRS(input)", "G10")


@settings(deadline=None, max_examples=30,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    key=st.sampled_from(CORE),
    seed=st.integers(0, 10**6),
    hand=st.builds(
        Hand,
        down=st.integers(0, 9),
        right=st.integers(0, 5),
        gaps=st.integers(0, 2),
        wide=st.booleans(),
        extra=st.sampled_from(["", "label", "value", "option"]),
        units=st.sampled_from(["point", "symbol", "separate"]),
        letters=st.booleans(),
        titles=st.booleans(),
        column=st.booleans(),
        full_width=st.booleans(),
    ),
)
def test_whatever_is_written_is_read(
    key: str, seed: int, hand: Hand, tmp_path: Path
) -> None:
    m = methodology(key)
    plan = make_plan(m)
    submission = renumbered(random_fill(plan, random.Random(seed)))
    book = book_of(m, by_hand(m, submission, hand), tmp_path)
    assert dict(book.submission.values) == dict(submission.values)
    assert book.unplaced == ()


def renumbered(submission: Submission) -> Submission:
    """Number the units from 1 on: people leave no rows out."""
    numbers = sorted({k.unit for k in submission.values if k.name and k.unit})
    new = {old: n for n, old in enumerate(numbers, 1)}
    values = {
        key.with_unit(new[key.unit]) if key.name and key.unit else key: value
        for key, value in submission.values.items()
    }
    return replace(submission, values=values)
