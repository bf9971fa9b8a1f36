"""An official workbook that looks otherwise is a change of the layout's file alone.

Here another layout swaps and adds columns, moves a table, renames a sheet and changes
words; books of it are written, recalculated, read, found by hand and judged as before.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import jcm_xl
from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.foreign.book import read as read_by_hand
from jcm_xl.inputs.problems import InputsError
from jcm_xl.inputs.read import read_inputs
from jcm_xl.model.finding import Report
from jcm_xl.model.key import Key
from jcm_xl.model.submission import Submission
from jcm_xl.plan.cells import read_submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.layout import Layout, layout, versions
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.tables import LayoutError
from jcm_xl.submission.settings import Settings
from jcm_xl.text.languages import languages
from jcm_xl.xlsx.read import read_grid
from tests.books import CORE, example_submission
from tests.checks.surgery import operate
from tests.keys import slot_key
from tests.office.harness import Office
from tests.plan.layouts import ABOVE, BELOW, Data, official, swap
from tests.writing.test_recalculation import recalculated

EACH = pytest.mark.parametrize(
    ("key", "other"), [*((key, ABOVE) for key in CORE), (CORE[1], BELOW)]
)


def book_of(key: str, other: Layout) -> tuple[Plan, Submission]:
    """Return plan and submission of an example by a layout, the new column filled."""
    plan, submission = example_submission(api.load(key))
    plan = make_plan(plan.methodology, plan.rows, Edition(layout=other))
    given = {
        Key(stage, "meter", p.name): f"No. {n} of {stage}"
        for stage in ("mps", "mrs")
        for n, p in enumerate(plan.methodology.inputs)
        if p.is_monitored
    }
    values = {**submission.values, **given}
    return plan, replace(submission, rows=dict(plan.rows), values=values)


def written(plan: Plan, submission: Submission, folder: Path) -> Path:
    """Write a book."""
    path = folder / "book.xlsx"
    path.write_bytes(api.book(plan, submission))
    return path


def findings(report: Report) -> list[tuple[str, str, str]]:
    """Return what was found, without the cells, which another layout has elsewhere."""
    return sorted((d.code, str(d.slot), d.found) for d in report.diagnostics)


def judged(path: Path, other: Layout | None) -> Report:
    return check_file(path, Settings(stage="report", layout=other))


# -- what a layout may not be --------------------------------------------------------


def _unknown(columns: list[Data]) -> None:
    columns[2]["role"] = "simbol"


def _twice(columns: list[Data]) -> None:
    columns[1] = dict(columns[2])


def _missing(columns: list[Data]) -> None:
    del columns[4]


def _misspelt(columns: list[Data]) -> None:
    columns[2]["headnig"] = columns[2].pop("heading")


def _narrow(columns: list[Data]) -> None:
    columns[2]["span"] = 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_unknown, r"\[table1\] columns: unknown role 'simbol'.*did you mean 'symbol'"),
        (_twice, "two columns have the role 'symbol'"),
        (_missing, "the column 'value' of the plan is missing"),
        (_misspelt, "unknown key 'headnig'"),
        (_narrow, "span is a whole number from 1, not 0"),
    ],
)
def test_a_layout_that_cannot_be_is_refused(
    change: Callable[[list[Data]], None], words: str
) -> None:
    data = official()
    change(data["table1"]["columns"])
    with pytest.raises(LayoutError, match=words):
        Layout(data)


def test_each_table_of_the_input_sheets_stands_once() -> None:
    data = official()
    data["input"]["tables"] = ["table1", "table3", "options", "texts"]
    with pytest.raises(LayoutError, match="names each of these once"):
        Layout(data)


def test_the_columns_of_a_table_of_defaults_end_before_its_values() -> None:
    data = official()
    swap(data["calc"]["columns"], "fuel", "unit")
    with pytest.raises(LayoutError, match="key_columns reach under value"):
        Layout(data)


def test_layouts_are_known_by_version() -> None:
    assert [layout(version).version for version in versions()] == list(versions())
    with pytest.raises(LayoutError, match="no layout of the version 99"):
        layout(99)


ADDRESS = re.compile(r"\$[A-Z]{1,3}\$|^[A-Z]{1,3}\d*:[A-Z]|\(\$?[A-Z]{1,2}\$?\d*$")
ROOMS = ("plan", "foreign", "inputs", "writing", "submission", "checks", "copies")


def test_no_formula_is_written_with_a_letter_of_a_column() -> None:
    package = Path(jcm_xl.__file__).parent
    found = [
        f"{path.relative_to(package)}: {node.value}"
        for room in ROOMS
        for path in sorted((package / room).rglob("*.py"))
        for node in parts_of_formulas(path)
        if ADDRESS.search(str(node.value))
    ]
    assert not found, "take the cell's address from its slot in place of: " + str(found)


def parts_of_formulas(path: Path) -> Iterator[ast.Constant]:
    """Yield the fixed parts of texts that are put together."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield from (part for part in node.values if isinstance(part, ast.Constant))


# -- what another one changes, and what not --------------------------------------------


@EACH
def test_every_cell_has_its_place(key: str, other: Layout) -> None:
    usual = make_plan(api.load(key))
    plan = make_plan(api.load(key), edition=Edition(layout=other))
    headings = {(stage, "table1") for stage in ("mps", "mrs")}
    new = {k for k in plan.slots.keys() - usual.slots.keys() if k.notion != "meter"}
    added = {(k.stage, *k.notion.split(".")) for k in new}
    assert added <= {(*h, part) for h in headings for part in ("letter", "head")}
    assert not usual.slots.keys() - plan.slots.keys()
    places = [
        (slot.sheet, slot.row, slot.column + i)
        for slot in plan.slots.values()
        for i in range(slot.span)
    ]
    assert len(places) == len(set(places))


def test_texts_call_the_sheets_by_their_names() -> None:
    m = api.load(CORE[0])
    for language in languages():
        plan = make_plan(m, edition=Edition(language, monthly=True, layout=ABOVE))
        texts = " ".join(str(slot.content) for slot in plan.slots.values())
        assert "Monitoring Report" in texts
        assert "MRS(input)" not in texts
        assert "{m" not in texts


def test_a_sheet_is_as_wide_as_its_widest_table() -> None:
    data = official()
    del data["table1"]["columns"][-3:]  # comments, frequency, procedure
    data["texts"]["columns"] = data["texts"]["columns"][:3]
    plan = make_plan(api.load(CORE[0]), edition=Edition(layout=Layout(data)))
    slots = [s for s in plan.slots.values() if s.sheet == plan.sheets["mrs_input"]]
    last = max(slot.column + slot.span - 1 for slot in slots)
    assert plan.last_columns[plan.sheets["mrs_input"]] == last
    assert plan[slot_key("mrs_input.title")].span == last - 1


@EACH
def test_what_is_written_is_what_is_read(
    key: str, other: Layout, tmp_path: Path
) -> None:
    plan, submission = book_of(key, other)
    grid = read_grid(written(plan, submission, tmp_path))
    assert read_submission(grid, plan) == submission


def test_the_new_column_is_filled_from_a_file(tmp_path: Path) -> None:
    m = api.load("ID_AM002@2.0")
    name = next(p.name for p in m.inputs if p.is_monitored and p.index is None)
    given = {name: {"meter": "No. 7", "comment": "new"}}
    table = tmp_path / "inputs.csv"
    table.write_text(f"parameter,value,meter\n{name},,No. 8\n")
    with pytest.raises(InputsError, match="unknown key"):
        read_inputs({"text": given}, m)
    with pytest.raises(InputsError, match="unknown column"):
        read_inputs(table, m)
    for source, text in (({"text": given}, "No. 7"), (table, "No. 8")):
        values = read_inputs(source, m, ABOVE).submission.values
        assert values[slot_key(f"mps.meter:{name}")] == text


@pytest.mark.office
@EACH
def test_the_formulas_show_what_they_are_written_with(
    key: str, other: Layout, office: Office, tmp_path: Path
) -> None:
    plan, submission = book_of(key, other)
    blank = replace(submission, values={})
    for filled in (submission, blank):
        assert recalculated(office, api.book(plan, filled), tmp_path) == []


@EACH
def test_a_book_without_stamp_is_found_by_its_headings(
    key: str, other: Layout, tmp_path: Path
) -> None:
    plan, submission = book_of(key, other)
    path = written(plan, submission, tmp_path)
    path.write_bytes(operate(path.read_bytes(), [{"do": "drop_properties"}]))
    found = read_by_hand(read_grid(path), plan.methodology, other)
    usual, values = example_submission(plan.methodology)
    as_usual = read_by_hand(
        read_grid(written(usual, values, tmp_path)), plan.methodology
    )
    given = {k: v for k, v in submission.values.items() if k.notion == "meter"}
    assert found.submission.values == {**as_usual.submission.values, **given}
    assert [u.reason for u in found.unplaced] == [u.reason for u in as_usual.unplaced]


@EACH
def test_checks_find_the_same(key: str, other: Layout, tmp_path: Path) -> None:
    usual, values = example_submission(api.load(key))
    before = judged(written(usual, values, tmp_path), None)
    plan, submission = book_of(key, other)
    path = written(plan, submission, tmp_path)
    assert findings(judged(path, other)) == findings(before)
    path.write_bytes(operate(path.read_bytes(), [{"do": "drop_properties"}]))
    lost = [(d.code, str(d.slot)) for d in judged(path, other).diagnostics]
    assert {code for code, _ in lost} <= {
        "JX101",
        *(d.code for d in before.diagnostics),
    }


@EACH
def test_a_changed_cell_is_found_at_its_cell(
    key: str, other: Layout, tmp_path: Path
) -> None:
    plan, submission = book_of(key, other)
    name = next(p.name for p in plan.methodology.inputs if p.is_monitored)
    unit, head = plan[slot_key(f"mrs.unit:{name}")], plan[slot_key("mps.table2.head:1")]
    path = tmp_path / "book.xlsx"
    edits = {str(unit.key): "kg of oats", str(head.key): "Something else"}
    path.write_bytes(api.book(plan, submission, edits))
    found = {(d.code, d.sheet, d.cell) for d in judged(path, other).diagnostics}
    assert ("JX204", unit.sheet, unit.address) in found
    assert any((sheet, cell) == (head.sheet, head.address) for _, sheet, cell in found)
