"""What each formula gives: by ourselves, by LibreOffice and by IronCalc."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from jcm_xl.formula.evaluation.book import Evaluated, evaluate_cells
from jcm_xl.formula.evaluation.why import REASONS
from jcm_xl.xlsx.grid import Cell, CellError, Grid, Position, Sheet, parse_address

TABLE = tomllib.loads(
    Path(__file__).with_name("cases.toml").read_text(encoding="utf-8")
)
RESULTS: dict[str, object] = TABLE["results"]


def cell(value: object) -> Cell:
    """Return a cell as a TOML file spells it: `=` before a formula, `'` a text."""
    if isinstance(value, str):
        if value.startswith("="):
            return Cell(None, value[1:])
        return Cell(value.removeprefix("'"))
    return Cell(value if isinstance(value, bool) else float(value))  # type: ignore[arg-type]


def book() -> Grid:
    """Return the book of the table; its formulas stand in column A of `Calc`."""
    raw = {parse_address(at): cell(value) for at, value in TABLE["cells"].items()}
    calc: dict[Position, Cell] = {
        (row, 1): Cell(None, formula) for row, formula in enumerate(RESULTS, 1)
    }
    return Grid((Sheet("Calc", cells=calc), Sheet("Raw", cells=raw)),
                names=TABLE["names"])  # fmt: skip


def told(found: Evaluated) -> object:
    """Return a result as the table spells it."""
    if found.obstacle is not None:
        return f"! {found.reason.key.removeprefix('evaluation.')}"  # type: ignore[attr-defined]
    return found.value.code if isinstance(found.value, CellError) else found.value


def same(ours: object, theirs: object) -> bool:
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, float | int) and isinstance(theirs, float | int):
        return abs(ours - theirs) <= 1e-12 * max(1, abs(ours))
    return type(ours) is type(theirs) and ours == theirs


def test_every_formula_gives_what_the_table_says() -> None:
    places = {formula: ("Calc", row, 1) for row, formula in enumerate(RESULTS, 1)}
    # Each alone: whether one of them differs by program says nothing of the others.
    differing = {
        formula: (given, RESULTS[formula])
        for formula, place in places.items()
        if not same(given := told(evaluate_cells(book(), [place])[place]),
                    RESULTS[formula])
    }  # fmt: skip
    assert differing == {}


def test_all_at_once_give_the_same_as_each_alone() -> None:
    places = [("Calc", row, 1) for row in range(1, len(RESULTS) + 1)]
    found = evaluate_cells(book(), places)
    wrong = {
        formula: told(found[place])
        for place, formula in zip(places, RESULTS, strict=True)
        if not same(told(found[place]), RESULTS[formula])
    }
    assert wrong == {}


@pytest.mark.parametrize("key", sorted(REASONS))
def test_every_reason_is_met(key: str) -> None:
    """Those that need more than one sheet are met in `test_book.py`."""
    from tests.formula.evaluation.test_book import MET

    assert f"! {key}" in {*RESULTS.values(), *MET}
