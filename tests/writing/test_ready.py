"""READY on the sheet Check means that the check finds nothing in the values."""

from __future__ import annotations

import dataclasses
import html
import random
import re
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.model.key import Key
from jcm_xl.model.submission import Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.xlsx.grid import column_letters
from jcm_xl.xlsx.read import read_grid
from tests.library.readiness import filled, judged
from tests.library.sweep import of_every_definition
from tests.office.harness import Office
from tests.support import SHAPES, example_book, methodology
from tests.writing.test_pages import parts
from tests.writing.test_recalculation import recalculated

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


@pytest.mark.office
def test_a_value_in_no_class_is_named_at_its_parameter(
    office: Office, tmp_path: Path
) -> None:
    plan, submission = example_book("EX_AM902")
    key = Key("mps", "value", "CC_i", 1)
    values = {**submission.values, key: 1e6}
    path = tmp_path / "book.xlsx"
    said = judged(plan, dataclasses.replace(submission, values=values), path, office)
    assert (said.sheet, said.check) == ("mend", "mend")
    cells = office.recalculate(path)["Check"]
    (line,) = (
        s for s in plan.slots.values() if s.sheet == "Check" and s.content == "CC_i"
    )
    assert cells[f"D{line.row}"] == "in no class of its table"


@pytest.mark.parametrize(
    ("key", "name", "limits"),
    [("EX_AM902", "CC_i", "<=0 <0 >10.6"), ("TH_AM001", "EG_i_p", "<0")],
)
def test_a_number_outside_its_limits_is_red_in_its_cell(
    key: str, name: str, limits: str
) -> None:
    plan, submission = example_book(key)
    first, last = (plan[Key("mps", "value", name, u)] for u in (1, plan.rows["i"]))
    text = parts(api.book(plan, submission))["xl/worksheets/sheet2.xml"]
    (formula,) = re.findall(
        rf'sqref="{first.address}:{last.address}"><cfRule [^>]*stopIfTrue="1">'
        r"<formula>([^<]*)</formula>",
        text,
    )
    cell = first.address
    outside = ",".join(cell + limit for limit in limits.split())
    assert html.unescape(formula) == (
        f"IF(ISERROR({cell}),TRUE,IF(ISNUMBER({cell}),OR({outside}),LEN({cell})>0))"
    )


def idle(key: str) -> tuple[Plan, Submission, int]:
    """Return an example with impossible amounts wherever nothing is asked."""
    plan, submission = example_book(key)
    values = dict(submission.values)
    for p in plan.methodology.inputs:
        if p.required_when is None or p.is_choice:
            continue
        for stage in ("mps", "mrs") if p.is_monitored else ("mps",):
            for slot in plan.values(p, stage):
                if slot not in values and slot.unit in (None, 1):
                    values[slot] = -1.0 if p.bounds.above is None else 0.0
    typed = len(values) - len(submission.values)
    return plan, dataclasses.replace(submission, values=values), typed


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("key", ["VN_AM003@1.0", "TH_AM001@3.0", "PH_AM004@1.0"])
def test_what_does_not_apply_is_not_judged(
    key: str, office: Office, tmp_path: Path
) -> None:
    plan, submission, typed = idle(key)
    assert typed > 0
    said = judged(plan, submission, tmp_path / "book.xlsx", office)
    assert (said.sheet, said.check) == ("ready", "ready"), said.why
    assert recalculated(office, api.book(plan, submission), tmp_path) == []


def test_cells_that_do_not_apply_are_grey_while_they_are_blank(tmp_path: Path) -> None:
    plan, submission = example_book("VN_AM003@1.0", number=1)
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.book(plan, submission))
    fuel = plan[Key("mps", "value", "FC_PJ_i_p", 1)]
    last = plan[Key("mps", "value", "FC_PJ_i_p", plan.rows["i"])]
    copy = plan[Key("mps", "repeat", "FC_PJ_i_p", 1)]
    used = plan[Key("mps", "used", "i", 1)]
    (sheet,) = (s for s in read_grid(path).sheets if s.name == fuel.sheet)
    rules = {c.ranges: c.formulas for c in sheet.look.conditions}
    rows = {s: f"${column_letters(s.column)}{s.row}" for s in (fuel, copy, used)}
    assert rules[f"{fuel.address}:{last.address}"] == (
        f"AND(LEN({rows[fuel]})=0,ISTEXT('{copy.sheet}'!{rows[copy]}),"
        f"'{used.sheet}'!{rows[used]}=1)",
    )


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
