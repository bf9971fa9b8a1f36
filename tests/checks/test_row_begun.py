"""JX301 and JX302 speak of nought only where an amount may be nought."""

from __future__ import annotations

from pathlib import Path

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.model.key import value_key
from jcm_xl.model.submission import Submission
from jcm_xl.submission.settings import Settings
from tests.support import DEFINITIONS, example_book


def remedy(path: Path, name: str) -> str:
    """Return what JX302 says where the second unit of the solar plan lacks a value."""
    plan, full = example_book("EX_AM901")
    lacking = value_key("mps", name, 2)
    values = {key: value for key, value in full.values.items() if key != lacking}
    book = Submission(full.methodology, full.version, full.rows, values)
    settings = Settings(definitions=DEFINITIONS)
    report = check_file(api.save(api.book(plan, book), path), settings)
    (found,) = (d for d in report.diagnostics if d.slot == lacking)
    assert found.code == "JX302"
    return str(found.remedy)


def test_an_amount_may_be_nought_and_a_choice_may_not(tmp_path: Path) -> None:
    assert "(MWh/p; 0 if it was nothing); empty" in remedy(
        tmp_path / "a.xlsx", "EG_i_p"
    )
    assert "/ Captive diesel); empty" in remedy(tmp_path / "b.xlsx", "grid_i")


def test_a_factor_is_never_asked_to_be_nought(tmp_path: Path) -> None:
    plan, full = example_book("TH_AM001@3.0")
    lacking = value_key("mps", "EF_grid")
    values = {key: value for key, value in full.values.items() if key != lacking}
    book = Submission(full.methodology, full.version, full.rows, values)
    report = check_file(api.save(api.book(plan, book), tmp_path / "c.xlsx"))
    (found,) = (d for d in report.diagnostics if d.slot == lacking)
    assert found.code == "JX301"
    assert str(found.remedy) == "Type the value (tCO2/MWh)."
