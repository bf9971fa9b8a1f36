"""What the workbook caches is what LibreOffice calculates, cell by cell."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.model.submission import Submission
from jcm_xl.plan.plan import make_plan
from jcm_xl.xlsx.grid import CellError, Grid, address
from jcm_xl.xlsx.read import read_grid
from tests.books import CORE, example_submission
from tests.keys import keyed, slot_key
from tests.office.harness import Office
from tests.rounds import later
from tests.support import SHAPES, methodology

KEYS = list(CORE)
EXAMPLES = [(key, n) for key in SHAPES for n in range(len(methodology(key).examples))]
# Neither booleans (LibreOffice counts TRUE as a number, Excel does not) nor errors.
ODD = ("12,5", "abc", " ", "Option C", "both", "x*", 0.0, -3.0, 1e-9, 123456.789012345)

pytestmark = pytest.mark.office


def differences(grid: Grid, office: dict[str, dict[str, object]]) -> list[str]:
    """List the formula cells whose stored value is not the recalculated one."""
    found = []
    for sheet in grid.sheets:
        for (row, column), cell in sheet.cells.items():
            if cell.formula is None:
                continue
            stored = cell.value
            if isinstance(stored, CellError):
                stored = stored.code
            there = office.get(sheet.name, {}).get(address(row, column), "")
            if not _same("" if stored is None else stored, there):
                place = f"{sheet.name}!{address(row, column)}"
                found.append(f"{place}: {stored!r} against {there!r}")
    return found


def _same(stored: object, there: object) -> bool:
    if isinstance(stored, float) and isinstance(there, int | float):
        return abs(stored - there) <= 1e-9 * max(1, abs(stored))
    return stored == there


def recalculated(office: Office, data: bytes, folder: Path) -> list[str]:
    path = folder / "book.xlsx"
    path.write_bytes(data)
    return differences(read_grid(path), office.recalculate(path))


@pytest.mark.parametrize(("key", "number"), EXAMPLES)
def test_every_example_recalculates_to_its_cached_values(
    key: str, number: int, office: Office, tmp_path: Path
) -> None:
    plan, submission = example_submission(methodology(key), number)
    assert recalculated(office, api.book(plan, submission), tmp_path) == []


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    ("monthly", "language"),
    [(False, "en"), (True, "ja"), later(False, "ja"), later(True, "en")],
)
def test_blank_books_recalculate_to_their_cached_values(
    key: str, monthly: bool, language: str, office: Office, tmp_path: Path
) -> None:
    data = api.new(key, monthly=monthly, language=language)
    assert recalculated(office, data, tmp_path) == []


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("seed", [0, 1, later(2), later(3)])
def test_half_filled_and_mistyped_books_recalculate_to_their_cached_values(
    key: str, seed: int, office: Office, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    plan, submission = example_submission(api.load(key), monthly=bool(seed % 2))
    values = {k: v for k, v in submission.values.items() if chance.random() > 0.15}
    # A number under "Reference Number: " is spelled by each program in its own way.
    slots = [s for s in plan.inputs if s.rule != "date" and s.role != "reference"]
    for slot in chance.sample(slots, min(len(slots), 12)):
        values[slot.key] = chance.choice(ODD)
    odd = Submission(submission.methodology, submission.version, plan.rows, values)
    assert recalculated(office, api.book(plan, odd), tmp_path) == []


def test_typing_moves_the_tonnes(office: Office, tmp_path: Path) -> None:
    m = api.load("ID_AM003@1.0")
    plan = make_plan(m)
    path = tmp_path / "blank.xlsx"
    path.write_bytes(api.new(m))
    result = plan[slot_key("mps.result")]
    before = office.recalculate(path)[result.sheet][result.address]
    typed = {
        "mps.value:EC_PJ_i_p[1]": 135.0,
        "mps.value:COP_PJ_i[1]": 1.63,
        "mps.value:EF_elec": 0.814,
    }
    choice = next(p for p in m.inputs if p.is_choice)
    typed_text = {f"mps.value:{choice.name}[1]": m.choices(choice)[0]}
    edits = [
        (plan[key].sheet, plan[key].address, value)
        for key, value in keyed({**typed, **typed_text}).items()
    ]
    after = office.recalculate(path, edits=edits)[result.sheet][result.address]
    # The refrigerator's design document: RE 135.7, PE 109.9 and 25 tCO2.
    assert (before, after) == ("incomplete: 2 cells", 25.0)
