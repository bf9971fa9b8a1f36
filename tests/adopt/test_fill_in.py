"""Inputs are typed into the official workbook itself; nothing else of it changes."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jcm_xl import api
from jcm_xl.adopt.fill_in import CannotFill, FillableFile, FilledIn, fillable
from jcm_xl.errors import JcmError
from jcm_xl.foreign.book import read
from jcm_xl.model.key import PERIOD_END, PERIOD_START, Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Submission, Value
from jcm_xl.plan.stage import calculate_stages
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.patch import changed_parts
from jcm_xl.xlsx.read import read_grid
from tests.adopt.books import edit
from tests.books import CORE
from tests.foreign.official import Hand, by_hand
from tests.foreign.test_read import HANDS, renumbered
from tests.keys import texts
from tests.library.fills import random_fill
from tests.rounds import later
from tests.support import example_book, methodology

KEY = "ID_AM003@1.0"
TYPED = ("value", "option")
PLAIN = Hand()
LAID = {
    name: hand for name, hand in HANDS.items()
    if name not in ("headings in other words, letters right",
                    "no titles, no column of the period")
}  # fmt: skip


def blank_of(m: Methodology, submission: Submission, hand: Hand = PLAIN) -> bytes:
    """Return a workbook with rows for these units, in which no value is typed."""
    empty = {key: "" for key in texts(submission.values) if ".value:" in key}
    return by_hand(m, submission, replace(hand, edit={**hand.edit, **empty}))


def filled(
    blank: bytes, m: Methodology, submission: Submission, name: str = "official.xlsx"
) -> FilledIn:
    """Type a submission into a workbook."""
    package = open_bytes(blank, name)
    return FillableFile(package, read_grid(package), m).filled(submission)


def inputs(values: Mapping[Key, Value]) -> dict[Key, Value]:
    """Return what counts: values, options, the period, the reference number."""
    return {
        key: value for key, value in values.items()
        if key.notion in TYPED or key.stage in ("period", "mss") or not key.stage
    }  # fmt: skip


def is_law(key: str, hand: Hand, seed: int) -> FilledIn:
    """Fill by chance; what is read is what was typed, and no other part changes."""
    plan, _ = example_book(key)
    m = plan.methodology
    submission = renumbered(random_fill(plan, random.Random(seed)))
    blank = blank_of(m, submission, hand)
    done = filled(blank, m, submission)
    found = read(read_grid(open_bytes(done.data)), m)
    assert inputs(found.submission.values) == inputs(submission.values)
    changed = changed_parts(blank, done.data)
    assert all(name.startswith("xl/worksheets/sheet") for name in changed)
    assert set(changed.values()) == {"changed"}
    return done


@pytest.mark.parametrize("hand", LAID.values(), ids=LAID)
def test_what_is_read_is_what_was_typed(hand: Hand) -> None:
    for seed, key in enumerate(CORE):
        is_law(key, hand, seed)


@pytest.mark.slow
@pytest.mark.parametrize("hand", LAID.values(), ids=LAID)
def test_sixty_fills_by_chance(hand: Hand) -> None:
    for seed in range(8):
        is_law(CORE[seed % len(CORE)], hand, 100 + seed)


def blank_of_ours(
    key: str, folder: Path, rows: Mapping[str, int] | None = None
) -> Path:
    """Return our own blank in the place of the official one."""
    path = folder / "official.xlsx"
    path.write_bytes(api.new(key, rows))
    edit(path, {})
    return path


def test_formulas_of_the_workbook_are_calculated_anew(tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    path = blank_of_ours(KEY, tmp_path, submission.rows)
    done = fillable(path, plan.methodology).filled(submission)
    grid = read_grid(open_bytes(done.data))
    _, results = calculate_stages(plan, submission)
    book = read(grid, plan.methodology)
    for stage, result in results.items():
        assert book.results[stage][0].value == result.sheet_credited
    assert book.submission.values[PERIOD_END] == date(2021, 12, 31)
    assert done.uncalculated == ()


@pytest.mark.parametrize(
    ("slot", "value", "words"),
    [
        ("mps.value:EC_PJ_i_p[9]", 3.0, "has rows for 1 units of EC_{PJ,i,p}"),
        later("mrs.value:EC_PJ_i_p[9]", 3.0, "in the report, the inputs have unit 9"),
    ],
)
def test_more_units_than_rows_are_refused(slot: str, value: Value, words: str) -> None:
    plan, submission = example_book(KEY)
    blank = blank_of(plan.methodology, submission)
    more = {**submission.values, Key.parse(slot): value}
    with pytest.raises(CannotFill) as refused:
        filled(blank, plan.methodology, replace(submission, values=more))
    assert words in str(refused.value)
    assert "insert rows" in str(refused.value)


def test_what_has_no_cell_is_named(tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    blank = blank_of(plan.methodology, submission)
    more = {**submission.values, Key("plan", "days"): 300.0}
    done = filled(blank, plan.methodology, replace(submission, values=more))
    assert [(item.key, item.value) for item in done.left] == [
        (Key("plan", "days"), 300.0)
    ]


def test_a_report_without_column_a_takes_the_period_in_table_3() -> None:
    plan, submission = example_book(KEY)
    blank = blank_of(plan.methodology, submission, Hand(column=False))
    other = {**submission.values, PERIOD_START: date(2021, 2, 3)}
    done = filled(blank, plan.methodology, replace(submission, values=other))
    sheet = read_grid(open_bytes(done.data)).sheet("MRS(input)")
    assert sheet is not None
    assert "3/Feb/2021-31/Dec/2021" in [cell.value for cell in sheet.cells.values()]


def test_a_protected_sheet_stays_protected_and_a_formula_stays(tmp_path: Path) -> None:
    plan, submission = example_book("MM_AM005@1.0")
    path = blank_of_ours("MM_AM005@1.0", tmp_path)
    book = openpyxl.load_workbook(path)
    book["MPS(input)"].protection.enable()
    book["MPS(input)"]["E8"] = "=1+1"
    book.save(path)
    with pytest.raises(CannotFill, match=r"no cell for the value of EG_\{SUP,p\}"):
        fillable(path, plan.methodology).filled(submission)


def test_a_book_of_ours_or_of_another_methodology_is_refused(tmp_path: Path) -> None:
    m = methodology(KEY)
    ours = tmp_path / "ours.xlsx"
    ours.write_bytes(api.new(KEY))
    with pytest.raises(JcmError, match="was made by jcm_xl"):
        fillable(ours, m)
    other = tmp_path / "other.xlsx"
    other.write_bytes(api.new("TH_AM001@1.0"))
    edit(other, {})
    with pytest.raises(JcmError, match=r"is the workbook of TH_AM001@1\.0"):
        fillable(other, m)
