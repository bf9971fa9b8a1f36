"""What Excel would mark or ask about a book: nothing that is meant so."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jcm_xl import api
from jcm_xl.model.submission import Submission
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.writing.worksheet import spelled
from tests.support import SHAPES, example_book, methodology
from tests.writing.test_pages import parts

_NUMBER = re.compile(r"\s*[-+]?\d[\d.,]*\s*")


def books(key: str) -> Iterator[tuple[Plan, bytes]]:
    """Yield a filled and a blank book, the blank one with all sheets."""
    plan, submission = example_book(key)
    yield plan, api.book(plan, submission)
    m = methodology(key)
    blank = make_plan(m, {name: 2 for name in m.sets}, plan.edition)
    yield blank, api.book(blank, Submission(m.id, m.version, blank.rows))


def ignored(xml: str, kind: str) -> set[str]:
    found = re.findall(rf'<ignoredError sqref="([^"]*)" {kind}="1"/>', xml)
    return {cell for places in found for cell in places.split()}


def marked(sheet: Worksheet, xml: str) -> Iterator[str]:
    """Yield the cells that Excel marks by the rules which it has on by default."""
    texts, unlocked = (
        ignored(xml, "numberStoredAsText"),
        ignored(xml, "unlockedFormula"),
    )
    has_errors = bool(ignored(xml, "evalError"))
    for row in sheet.iter_rows():
        for cell in row:
            value, where = cell.value, cell.coordinate
            is_formula = cell.data_type == "f"
            if is_formula and not cell.protection.locked and where not in unlocked:
                yield f"{where}: unprotected formula"
            is_text = isinstance(value, str) and not is_formula
            if is_text and _NUMBER.fullmatch(value) and where not in texts:
                yield f"{where}: number stored as text, {value}"
    if not has_errors and re.search(r'<c [^>]*t="e"', xml):
        yield "an error value"


@pytest.mark.parametrize("key", SHAPES)
def test_excel_marks_no_cell(key: str) -> None:
    found = []
    for plan, data in books(key):
        xml = parts(data)
        workbook = openpyxl.load_workbook(io.BytesIO(data))
        for number, name in enumerate(plan.sheets.values(), 1):
            text = xml[f"xl/worksheets/sheet{number}.xml"]
            found += [f"{name} {what}" for what in marked(workbook[name], text)]
    assert found == []


@pytest.mark.parametrize("key", SHAPES)
def test_numbers_are_spelled_shortly_and_exponents_in_capitals(key: str) -> None:
    for _, data in books(key):
        for name, xml in parts(data).items():
            if not name.startswith("xl/worksheets/"):
                continue
            numbers = re.findall(
                r"<c (?![^>]*t=)[^>]*>(?:<f>[^<]*</f>)?<v>([^<]+)</v>", xml
            )
            assert [n for n in numbers if n != spelled(float(n))] == [], name
            formulas = re.findall(r"<(?:f|formula[12]?)>([^<]*)</", xml)
            unquoted = [re.sub(r'"[^"]*"', "", formula) for formula in formulas]
            assert [f for f in unquoted if re.search(r"\d\.?e[-+]?\d", f)] == [], name


@pytest.mark.parametrize(
    ("number", "text"),
    [(9.2, "9.2"), (0.085, "0.085"), (1.0, "1"), (1e-05, "1E-05"), (1e22, "1E+22"),
     (-0.1 - 0.2, "-0.30000000000000004"), (123456789012345.0, "123456789012345")],
)  # fmt: skip
def test_the_shortest_text_of_a_number(number: float, text: str) -> None:
    assert spelled(number) == text
    assert float(text) == number


def calculation(data: bytes) -> str:
    found = re.search(r"<calcPr [^>]*>", parts(data)["xl/workbook.xml"])
    assert found is not None
    return found[0]


def test_a_book_that_was_only_looked_at_asks_nothing_on_closing() -> None:
    plan, submission = example_book("ID_AM003")
    assert calculation(api.book(plan, submission)) == '<calcPr calcId="191029"/>'
    formula = {"mps.value:EF_elec": "=1+1"}
    assert 'fullCalcOnLoad="1"' in calculation(api.book(plan, submission, formula))
    live = api.new("ID_AM003", live="libreoffice")
    assert 'fullCalcOnLoad="1"' in calculation(live)
