"""A methodology that the library lacks: its definition, from a workbook alone."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.adopt.adoption import CannotAdopt
from jcm_xl.adopt.confirmed import Confirmer
from jcm_xl.adopt.drawn_definition import DrawnDefinition, definition_drawn
from jcm_xl.adopt.official import official_of
from jcm_xl.definition.load import load_file
from jcm_xl.engine.calculate import calculate
from jcm_xl.model.methodology import Methodology, fold_symbol
from jcm_xl.model.submission import Stage
from jcm_xl.plan.plan import make_plan
from jcm_xl.plan.stage import calculate_stages
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.patch import CellEdit, set_cells
from jcm_xl.xlsx.read import read_grid
from tests.adopt.books import edit
from tests.cli.conftest import Run as Run
from tests.cli.conftest import run as run
from tests.library.fills import random_fill
from tests.rounds import later
from tests.support import methodology

DAY = date(2026, 11, 30)
BY = Confirmer("N. N.", DAY)


def blank_of(key: str, folder: Path) -> Path:
    """Return our own blank in the place of somebody's drawing."""
    path = folder / "drawn.xlsx"
    path.write_bytes(api.new(methodology(key)))
    edit(path, {})
    return path


def drawn(path: Path, new: str) -> DrawnDefinition:
    """Write the definition of a workbook under an id that the library lacks."""
    grid = read_grid(open_bytes(path.read_bytes()))
    return definition_drawn(official_of(path.name, grid), new, BY)


def figures(m: Methodology, other: Methodology, seed: int) -> list[object]:
    """Return what another definition gives for a fill of the first."""
    plan = make_plan(m)
    submission = random_fill(plan, random.Random(seed))
    inputs, results = calculate_stages(plan, submission)
    names = {fold_symbol(p.symbol): p.name for p in other.inputs}
    given = inputs[Stage.PLAN]
    values = {
        names[fold_symbol(m.parameters[name].symbol)]: value
        for name, value in given.values.items()
        if m.parameters[name].is_input
    }
    theirs = calculate(other, type(given)(values, given.used))
    return [results[Stage.PLAN].unrounded, theirs.unrounded]


@pytest.mark.parametrize(
    "key", ["ID_AM003@1.0", later("TH_AM001@1.0"), later("MM_AM005@1.0")]
)
def test_a_definition_from_a_workbook_alone_gives_the_same(
    key: str, tmp_path: Path
) -> None:
    m = methodology(key)
    made = drawn(blank_of(key, tmp_path), f"{m.id[:2]}_AM099@1.0")
    assert made.adoption.differences == ()
    assert str(made.adoption.proof) == "equal on 200 of 200"
    for seed in range(5):
        ours, theirs = figures(m, made.methodology, seed)
        assert theirs == pytest.approx(ours, rel=1e-12)


def test_the_command_writes_it_and_it_is_at_once_of_use(
    run: Run, tmp_path: Path
) -> None:
    path = blank_of("ID_AM003@1.0", tmp_path)
    target = tmp_path / "ID_AM099_ver01.0.toml"
    data = path.read_bytes()
    edits = [
        CellEdit(s.name, f"{chr(64 + at[1])}{at[0]}",
                 "Monitoring Spreadsheet: JCM_ID_AM099_ver01.0")
        for s in read_grid(open_bytes(data)).sheets
        for at, cell in s.cells.items()
        if isinstance(cell.value, str) and "JCM_ID_AM003_ver01.0" in cell.value
        and cell.formula is None
    ]  # fmt: skip
    path.write_bytes(set_cells(data, edits))
    without = run("adopt", path)
    assert (without.exit_code, "ID_AM099" in without.output) == (2, True)
    done = run("adopt", path, "--definition", target, "--confirmed-by", "N. N.")
    assert done.exit_code == 0, done.output
    assert "the workbook calculated beside it: equal on 200 of 200" in done.output
    assert load_file(target).id == "ID_AM099"
    out = tmp_path / "blank.xlsx"
    new = run("new", "ID_AM099", "--definitions", target, "-o", out)
    assert (new.exit_code, out.exists()) == (0, True), new.output


def test_what_is_not_understood_is_named_with_its_cell(tmp_path: Path) -> None:
    path = blank_of("ID_AM003@1.0", tmp_path)
    plan = make_plan(methodology("ID_AM003@1.0"))
    edit(path, {"mps.quantity:ER_p": "=RAND()"}, plan)
    with pytest.raises(CannotAdopt, match=r"MPS\(calc_process\)!G6, ERp, is not unde"):
        drawn(path, "ID_AM099@1.0")


def test_nobody_is_no_source(tmp_path: Path) -> None:
    grid = read_grid(open_bytes(blank_of("TH_AM001@1.0", tmp_path).read_bytes()))
    with pytest.raises(CannotAdopt, match="--confirmed-by NAME"):
        definition_drawn(official_of("x", grid), "TH_AM099@1.0", Confirmer("", DAY))
