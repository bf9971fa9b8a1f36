"""adopt --definition: our definition with what the official workbook has otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.definition.load import load_file
from jcm_xl.plan.plan import make_plan
from tests.adopt.books import edit
from tests.cli.conftest import Run as Run
from tests.cli.conftest import run as run
from tests.support import DEFINITIONS, methodology

KEY = "EX_AM902"
STAGES = ("mps", "mrs")
BY = ("--confirmed-by", "N. N.", "--confirmed-on", "2026-11-30")


def both(contents: dict[str, object]) -> dict[str, object]:
    """Return the same contents for the sheets of plan and report."""
    found: dict[str, object] = {}
    for stage in STAGES:
        for key, value in contents.items():
            is_text = isinstance(value, str)
            found[key.format(stage)] = value.replace("{}", stage) if is_text else value
    return found


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """A workbook that has some things otherwise than our definition."""
    m = methodology(KEY)
    path = tmp_path / "official.xlsx"
    path.write_bytes(api.new(m))
    changes: dict[str, object] = {
        "{}.default:EF_elec": 0.57,
        "{}.table:COP_RE_by_class[1].value": 3.45,
        "{}.quantity:ER_p": "=«{}.quantity:RE_p»-«{}.quantity:PE_p»*1.1",
        "{}.label:EC_PJ_i_p": "Power of group i",
        "{}.separate:i.EC_PJ_i_p.label": "Power of group i",
        "{}.by_unit:i.EC_PJ_i_p.label": "Power of group i",
    }
    edit(path, both(changes), make_plan(m))
    return path


def test_the_definition_written_says_what_the_workbook_says(
    run: Run, official: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    target = folder / "EX_AM902_ver01.0.toml"
    words = ("adopt", official, "--definitions", DEFINITIONS, "--definition", target)
    result = run(*words, *BY)
    assert result.exit_code == 1  # ours differs; the new one does not
    assert "the workbook and this definition: 0 differences" in result.output
    m = load_file(target)
    assert str(m.parameters["EF_elec"].value) == "0.57"
    assert m.parameters["EF_elec"].source is not None
    assert "official.xlsx, SHA-256" in m.parameters["EF_elec"].source.title
    assert m.formulas["ER_p"].text == "(RE_p - (PE_p * 1.1))"
    assert str(m.tables["COP_RE_by_class"].rows[1].value) == "3.45"
    again = run("adopt", official, "--definitions", folder)
    assert again.exit_code == 0
    assert "equal on 200 of 200" in again.output
    refused = run(*words, *BY)
    assert (refused.exit_code, "exists already" in refused.output) == (2, True)


@pytest.mark.slow
def test_where_nothing_differs_nothing_is_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "official.xlsx"
    path.write_bytes(api.new(methodology(KEY)))
    edit(path, {})
    target = tmp_path / "new.toml"
    words = ("--definitions", DEFINITIONS, "--definition", target)
    result = run("adopt", path, *words, *BY)
    assert (result.exit_code, target.exists()) == (2, False)
    assert "has nothing otherwise" in result.output
