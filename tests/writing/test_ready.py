"""READY on the sheet Check means that the check finds nothing in the values."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.xlsx.read import read_grid
from tests.library.readiness import filled, judged
from tests.library.sweep import of_every_definition
from tests.office.harness import Office
from tests.support import SHAPES, example_book, methodology

SAMPLE = 16


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("number", range(SAMPLE))
def test_the_sheet_and_the_check_say_the_same(
    number: int, office: Office, tmp_path: Path
) -> None:
    key = SHAPES[number % len(SHAPES)]
    plan, submission = filled(key, random.Random(f"ready {number}"))
    said = judged(plan, submission, tmp_path / "book.xlsx", office)
    assert said.sheet == said.check, said.why


@of_every_definition
def test_nothing_is_ok_in_an_empty_book(key: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.xlsx"
        path.write_bytes(api.new(methodology(key)))
        grid = read_grid(path)
    (sheet,) = (s for s in grid.sheets if s.name == "Check")
    texts = [c.value for c in sheet.cells.values() if isinstance(c.value, str)]
    assert "ok" not in texts


@pytest.mark.parametrize("key", SHAPES)
def test_no_constant_of_a_formula_has_more_digits_than_programs_keep(key: str) -> None:
    plan, _ = example_book(key, monthly=True, meters=True)
    long = {
        number
        for slot in plan.slots.values()
        for number in re.findall(
            r"(?<![\w.])\d+(?:\.\d+)?", _without_texts(slot.formula)
        )
        if len(number.replace(".", "").strip("0")) > 15
    }
    assert long == set(), "LibreOffice saves 15 digits: the cell then counts as changed"


def _without_texts(formula: str) -> str:
    return re.sub(r'"[^"]*"', "", formula or "")
