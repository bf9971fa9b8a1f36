"""Workbooks in unkind, realistic layouts that share nothing with our writer.

Each is adopted, filled in place, judged by itself, annotated and mended.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from jcm_xl import api
from jcm_xl.adopt.adoption import adopt
from jcm_xl.adopt.confirmed import Confirmer, overlay_of
from jcm_xl.adopt.fill_in import CannotFill
from jcm_xl.adopt.official import open_official
from jcm_xl.adopt.skeleton import read_skeleton, skeleton_of
from jcm_xl.adopt.template import template_for
from jcm_xl.checks.run import check_grid
from jcm_xl.copies.in_place import annotate_own, repair_official
from jcm_xl.definition.library import find
from jcm_xl.foreign.book import read
from jcm_xl.model.finding import Severity
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.grid import CellValue
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.patch import changed_parts
from jcm_xl.xlsx.read import read_grid
from tests.adopt import unseen
from tests.adopt.books import changed

SETTINGS = Settings(today=date(2026, 11, 22))
_DAYS = {"start": date(2023, 1, 1), "end": date(2023, 12, 31)}


class Drawn(NamedTuple):
    """A book, what adopt tells of it besides what is the same, and inputs for it."""

    key: str
    make: object
    differs: frozenset[str]
    inputs: Mapping[str, object]
    tonnes: int


def _both(**ex_ante: object) -> dict[str, object]:
    return {"ex_ante": ex_ante, "ex_post": ex_ante, "period": _DAYS}


BOOKS = {
    "refrigerators": Drawn(
        "ID_AM003@1.0", unseen.refrigerators,
        frozenset({"monitoring.EC_PJ_i_p.C.procedure"}),
        {**_both(EC_PJ_i_p=[100, 0, 250.5]),
         "fixed": {"type_i": ["Cold storage", "Cold storage",
                              "Individual quick freezer"],
                   "COP_PJ_i": [2.1, 2.0, 1.6], "EF_elec": 0.814}},
        61,
    ),
    "waste heat": Drawn(
        "MM_AM005@1.0", unseen.waste_heat, frozenset({"parameters.D_p.options"}),
        {**_both(EG_SUP_p=58000, D_p=365), "fixed": {"EC_CAP": 0.45, "EF_elec": 0.36}},
        19460,
    ),
    "solar": Drawn(
        "TH_AM001@3.0", unseen.solar,
        frozenset({"parameters.EF_grid", "parameters.EF_captive"}),
        {**_both(EG_i_p=[1000, 500, 0]),
         "fixed": {"connection_i": list(unseen._SUPPLY)}},
        478,
    ),
}  # fmt: skip
"""Of the third, the definition leaves two numbers open that the workbook has."""


@pytest.fixture(scope="module", params=BOOKS)
def drawn(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Drawn, Path]:
    """A book of each kind as a file."""
    book = BOOKS[request.param]
    path = tmp_path_factory.mktemp("unseen") / "official.xlsx"
    return book, unseen.saved(book.make(), path)  # type: ignore[operator]


def _filled(drawn: tuple[Drawn, Path]) -> Path:
    book, path = drawn
    out = path.with_name("filled.xlsx")
    inputs = {
        "methodology": book.key, "reference_number": f"{book.key[:2]}001",
        "structure": [{"person": "Site manager", "role": "Collects the data"}],
        **book.inputs,
    }  # fmt: skip
    out.write_bytes(api.fill(book.key, inputs, template=path))
    return out


def test_it_is_adopted_and_proved(drawn: tuple[Drawn, Path]) -> None:
    book, path = drawn
    found = adopt(open_official(path).grid, api.load(book.key))
    assert {i.item for i in found.differences} == book.differs
    assert str(found.proof) == "equal on 200 of 200"
    assert "IronCalc" in found.proof.engine


def test_it_is_filled_and_only_typed_cells_change(drawn: tuple[Drawn, Path]) -> None:
    book, path = drawn
    out = _filled(drawn)
    changed = changed_parts(path.read_bytes(), out.read_bytes())
    assert all(name.startswith("xl/worksheets/") for name in changed)
    report = api.check(out, replace(SETTINGS, template=path))
    assert not [d for d in report.diagnostics if d.severity is Severity.ERROR]
    assert f"MPS {book.tonnes}; MRS {book.tonnes}" in str(report.compared)
    assert len(report.opinions) == 8
    for opinion in report.opinions:
        values = (opinion.own, opinion.second, opinion.stored, opinion.official)
        assert values == pytest.approx((opinion.own,) * 4)
    assert "Official workbook" in api.render(report)
    assert "official_workbook" in api.render(report, form="json")


def test_every_text_of_it_stays(drawn: tuple[Drawn, Path]) -> None:
    """Nothing is typed over a title, a heading or a note."""
    before = openpyxl.load_workbook(drawn[1])
    after = openpyxl.load_workbook(_filled(drawn))
    lost = [
        f"{sheet.title}!{cell.coordinate} {cell.value!r}"
        for sheet in before
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
        and cell.value != after[sheet.title][cell.coordinate].value
        and "Reference" not in cell.value
    ]
    assert not lost


def test_it_is_annotated_and_mended(drawn: tuple[Drawn, Path]) -> None:
    _, path = drawn
    filled = openpyxl.load_workbook(_filled(drawn))
    sheet = next(s for s in filled if "calc" in s.title)
    sheet["G6"] = 12345
    wrong = path.with_name("wrong.xlsx")
    filled.save(wrong)
    guarded = replace(SETTINGS, template=path)
    data, report = annotate_own(wrong, guarded)
    place = (sheet.title, "G6")
    assert place in {(d.sheet, d.cell) for d in report.diagnostics}
    assert changed_parts(wrong.read_bytes(), data)
    mended = repair_official(wrong, path, SETTINGS)
    assert [r.place for r in mended.restored] == [f"'{place[0]}'!G6"]
    assert not mended.lost
    assert _contents(mended.data) == _contents(_filled(drawn).read_bytes())


def _contents(data: bytes) -> dict[tuple[str, int, int], object]:
    """Return formulas and values of all cells."""
    return {
        (sheet.name, *at): (cell.formula, cell.value)
        for sheet in read_grid(open_bytes(data)).sheets
        for at, cell in sheet.cells.items()
        if cell.formula or cell.value not in (None, "")
    }


@pytest.mark.parametrize("content", [None, 400, "=ROUND('MRS (calc_process)'!G6,0)"])
def test_a_changed_table_3_is_told_at_its_cell(content: object, tmp_path: Path) -> None:
    book = BOOKS["solar"]
    path = unseen.saved(book.make(), tmp_path / "official.xlsx")  # type: ignore[operator]
    filled = openpyxl.load_workbook(_filled((book, path)))
    filled["MRS (input)"]["D26"] = content
    filled.save(other := tmp_path / "other.xlsx")
    guarded = replace(SETTINGS, template=path, second_opinion=False)
    report = api.check(other, guarded)
    told = [(d.code, d.sheet, d.cell) for d in report.diagnostics]
    assert ("JX402", "MRS (input)", "D26") in told
    assert not [s for s in report.skipped if "could not be done" in s]


@pytest.mark.slow
@pytest.mark.parametrize("role", ["value", "text", "formula", "nothing"])
def test_whatever_is_changed_every_check_is_done(
    role: str, drawn: tuple[Drawn, Path]
) -> None:
    """Each guarded cell of the first rows is told at its place, by checks that end."""
    _, path = drawn
    grid = read_grid(open_bytes(_filled(drawn).read_bytes()))
    template = template_for(api.load(drawn[0].key), path, None)
    assert template is not None
    others: dict[str, tuple[CellValue, str | None]] = {
        "value": (4711.5, None), "text": ("or more", None), "nothing": (None, None),
        "formula": (1.0, "1+0"),
    }  # fmt: skip
    kept = [s for s in template.plan.slots.values() if not s.is_input]
    by_role = {(slot.role, slot.sheet): slot for slot in reversed(kept)}
    for slot in by_role.values():
        place = f"{slot.sheet}!{slot.address}"
        other = changed(grid, place, *others[role])
        guarded = replace(SETTINGS, template=path, second_opinion=False)
        report = check_grid(other, settings=guarded)
        assert not [s for s in report.skipped if "could not be done" in s], place
        told = {(d.sheet, d.cell) for d in report.diagnostics}
        assert (slot.sheet, slot.address) in told, (place, slot.role, report.verdict)


def test_its_own_number_is_taken_with_a_warning_and_confirmed_by_adopt(
    tmp_path: Path,
) -> None:
    book = BOOKS["solar"]
    path = unseen.saved(book.make(), tmp_path / "official.xlsx")  # type: ignore[operator]
    report = api.check(_filled((book, path)), SETTINGS)
    told = [d for d in report.diagnostics if d.code == "JX150"]
    assert [d.cell for d in told] == ["C44", "C45"]
    official = open_official(path)
    m = api.load(book.key)
    found = adopt(official.grid, m)
    by = Confirmer("N. N.", date(2026, 11, 22))
    made = overlay_of(official, found, find(book.key).path, by)
    names = {item.gap.name for item in made.confirmed}
    assert {"parameters.EF_grid", "parameters.EF_captive"} <= names


@pytest.mark.parametrize(
    ("choices", "severity"),
    [('"Cold storage,Freezer,Other"', "WARNING"), ("", "NOTE"), ("Type_list", "")],
)
def test_a_list_that_offers_something_else_is_told(
    choices: str, severity: str, tmp_path: Path
) -> None:
    path = unseen.saved(unseen.refrigerators(), tmp_path / "official.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["MPS(input_separate)"]
    rule = next(r for r in sheet.data_validations.dataValidation if r.type == "list")
    if choices:
        rule.formula1 = choices
    else:
        sheet.data_validations.dataValidation.remove(rule)
    book.save(other := tmp_path / "other.xlsx")
    report = api.check(other, replace(SETTINGS, template=path))
    told = [d for d in report.diagnostics if d.code == "JX224"]
    assert {(d.severity.name, d.sheet) for d in told} == (
        {(severity, sheet.title)} if severity else set()
    )


def test_its_skeleton_says_the_same(drawn: tuple[Drawn, Path]) -> None:
    book, path = drawn
    m, official = api.load(book.key), open_official(path)
    kept = path.with_name("skeleton.json")
    kept.write_text(json.dumps(skeleton_of(official, m)), encoding="utf-8")
    found = adopt(read_skeleton(kept).grid, m, fills=3)
    texts = {i for i in book.differs if not i.startswith("monitoring.")}
    assert {i.item for i in found.differences} <= texts
    assert found.proof.is_equal
    assert "Measured by" not in kept.read_text(encoding="utf-8")


def test_a_table_without_its_keys_is_not_comparable(tmp_path: Path) -> None:
    path = unseen.saved(unseen.refrigerators(), tmp_path / "official.xlsx")
    grid = open_official(path).grid
    for sheet in ("MPS(calc_process)", "MRS(calc_process)"):
        for cell in ("B21", "B22"):
            grid = changed(grid, f"{sheet}!{cell}", None)
    found = adopt(grid, api.load("ID_AM003"), fills=0)
    verdicts = {i.item: str(i.verdict) for i in found.differences}
    assert verdicts["tables.COP_RE_by_type"] == "not comparable"


def test_a_number_that_the_workbook_has_otherwise_is_refused(tmp_path: Path) -> None:
    book = BOOKS["solar"]
    path = unseen.saved(book.make(), tmp_path / "official.xlsx")  # type: ignore[operator]
    fixed = {"connection_i": list(unseen._SUPPLY), "EF_grid": 0.5, "EF_captive": 0.533}
    inputs = {"methodology": book.key, **book.inputs, "fixed": fixed}
    with pytest.raises(CannotFill, match=r"'MPS \(calc_process\)'!C44 holds 0.319"):
        api.fill(book.key, inputs, template=path)


def test_an_empty_sum_is_no_unit(tmp_path: Path) -> None:
    """A blank whose Table 1 sums up its unit table has no unit in use."""
    path = unseen.saved(unseen.refrigerators(), tmp_path / "official.xlsx")
    found = read(read_grid(open_bytes(path.read_bytes())), api.load("ID_AM003"))
    assert not [k for k in found.submission.values if k.notion == "value"]
