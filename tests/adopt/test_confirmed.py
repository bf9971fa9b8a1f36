"""adopt --overlay: what an official workbook confirms, and what it leaves."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from jcm_xl import api
from jcm_xl.adopt.template import template_for
from jcm_xl.definition.library import load, overlays_in
from jcm_xl.model.methodology import Matter, Methodology
from jcm_xl.plan.layout import layout
from jcm_xl.plan.plan import make_plan
from tests.adopt.books import edit
from tests.cli.conftest import Run as Run
from tests.cli.conftest import run as run
from tests.definition.overlays import OVERLAY, unconfirmed

KEY = "EX_AM902@1.0"
BY = ("--confirmed-by", "N. N., secretariat", "--confirmed-on", "2026-11-30")
STAGES = ("mps", "mrs")


class Desk:
    """An unconfirmed definition and a workbook in the place of the official one."""

    def __init__(self, folder: Path, run: Run) -> None:
        """Make both; nothing in the workbook says that it is ours."""
        self.folder, self.run = folder, run
        unconfirmed(folder)
        self.m: Methodology = load(KEY, folder)
        self.plan = make_plan(self.m)
        self.official = folder / "official.xlsx"
        self.official.write_bytes(api.new(self.m))
        self.edit({})

    def edit(self, contents: dict[str, object]) -> None:
        """Change the workbook by slot key."""
        edit(self.official, contents, self.plan)

    def adopt(self, *more: object) -> Result:
        """Adopt it into the folder `overlays`."""
        words = ("--definitions", self.folder, "--overlay", self.folder / "overlays")
        return self.run("adopt", self.official, *words, *more)

    @property
    def text(self) -> str:
        """Return the overlay that was written."""
        return (self.folder / "overlays" / OVERLAY).read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, run: Run) -> Desk:
    """A desk of the secretariat."""
    return Desk(tmp_path, run)


def test_what_is_the_same_is_confirmed_with_its_cell(desk: Desk) -> None:
    result = desk.adopt(*BY)
    assert result.exit_code == 0
    assert "confirmed: 4 numbers, 6 formulas, 3 texts" in result.output
    with overlays_in(desk.folder / "overlays"):
        m = load(KEY, desk.folder)
    source = m.parameters["EF_elec"].source
    assert source is not None
    assert source.section.startswith(f"{desk.plan.sheets['mps_calc']}!")
    assert source.title.startswith("JCM_EX_AM902_ver01.0, official.xlsx, SHA-256 ")
    assert source.read == date(2026, 11, 30)
    assert m.tallies[Matter.FORMULA].unread == m.tallies[Matter.NUMBER].unread == 0
    assert m.tallies[Matter.TEXT].unread > 0  # no workbook prints criteria
    said = f"{template_for(m, desk.official, None)}"
    assert said.endswith("adopted by N. N., secretariat on 2026-11-30")
    assert str(template_for(desk.m, desk.official, None)).endswith("adopted by nobody")


def test_nothing_is_taken_silently(desk: Desk) -> None:
    desk.edit({f"{s}.table:COP_RE_by_class[1].value": 3.45 for s in STAGES})
    result = desk.adopt(*BY)
    assert result.exit_code == 1
    assert "not taken, differs: tables.COP_RE_by_class[3.0]" in result.output
    assert "3.45" not in desk.text
    again = desk.adopt(*BY)
    assert (again.exit_code, "exists already" in again.output) == (2, True)
    desk.adopt(*BY, "--take", "official", "--force")
    assert "value = 3.45" in desk.text


@pytest.mark.slow
def test_another_limit_is_another_class(desk: Desk) -> None:
    limits = {f"{s}.table:COP_RE_by_class[2].to": 12 for s in STAGES}
    desk.edit(limits)
    desk.adopt(*BY, "--take", "official")
    assert "value = 3.4, " in desk.text
    assert "value = 3.2, " not in desk.text


@pytest.mark.slow
def test_a_formula_that_differs_is_never_an_overlay(desk: Desk) -> None:
    desk.edit({"mps.quantity:ER_p": "=«mps.quantity:RE_p»-«mps.quantity:PE_p»*1.1"})
    desk.adopt(*BY, "--take", "official")
    assert "formulas." not in desk.text  # the filled workbook gives other figures


def test_a_book_of_our_template_confirms_nothing(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.official)
    book["MSS"]["B20"] = layout()("calc.complete")
    book.save(desk.official)
    result = desk.adopt(*BY)
    assert result.exit_code == 2
    assert "wording that only jcm_xl writes" in result.output
    assert not (desk.folder / "overlays").exists()


@pytest.mark.slow
def test_somebody_has_to_say_so(desk: Desk) -> None:
    result = desk.adopt()
    assert (result.exit_code, "--confirmed-by NAME" in result.output) == (2, True)
