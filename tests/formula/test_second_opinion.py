"""An independent spreadsheet engine gives the sheets' formulas the same values."""

from __future__ import annotations

import random
from pathlib import Path

import ironcalc
import pytest

from jcm_xl import api
from jcm_xl.model.submission import Submission
from jcm_xl.xlsx.grid import CellError, address
from jcm_xl.xlsx.read import read_grid
from tests.books import CORE, example_submission

EXAMPLES = [(key, n) for key in CORE for n in range(len(api.load(key).examples))]


def disagreements(path: Path) -> list[str]:
    """Recalculate with ironcalc and list the formula cells that differ.

    Not on Check, no official sheet: ironcalc takes what INDEX gives for a value, where
    COUNTIF of every spreadsheet program counts the cell.
    """
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    found = []
    for number, sheet in enumerate(read_grid(path).sheets):
        for (row, column), cell in sheet.cells.items():
            if cell.formula is None or sheet.name == "Check":
                continue
            stored = cell.value
            if isinstance(stored, CellError):
                stored = stored.code
            there = model.get_cell_value(number, row, column)
            if not _same(stored, there):
                place = f"{sheet.name}!{address(row, column)}"
                found.append(f"{place}: {stored!r} against {there!r}")
    return found


def _same(stored: object, there: object) -> bool:
    if isinstance(stored, float) and isinstance(there, int | float):
        return abs(stored - there) <= 1e-9 * max(1, abs(stored))
    return (stored or "") == (there or "")


@pytest.mark.parametrize(("key", "number"), EXAMPLES)
def test_examples_agree(key: str, number: int, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.book(*example_submission(api.load(key), number)))
    assert disagreements(path) == []


@pytest.mark.parametrize("key", CORE)
@pytest.mark.parametrize("seed", range(5))
def test_half_filled_books_agree(key: str, seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    plan, submission = example_submission(api.load(key), monthly=bool(seed % 2))
    values = {k: v for k, v in submission.values.items() if chance.random() > 0.2}
    half = Submission(submission.methodology, submission.version, plan.rows, values)
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.book(plan, half))
    assert disagreements(path) == []
