"""The annotated copy: inputs as typed, a comment at each finding, no submission."""

from __future__ import annotations

import hashlib

import pytest
from openpyxl import load_workbook

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.copies.opened import open_to_copy
from jcm_xl.text.languages import languages, messages
from tests.copies.conftest import SETTINGS, Books
from tests.keys import slot_key


def test_inputs_stand_as_they_were_typed(books: Books) -> None:
    data, _ = api.annotate(books.faulty, SETTINGS)
    path = books.folder / "copy.xlsx"
    path.write_bytes(data)
    before = open_to_copy(books.faulty, SETTINGS)
    after = open_to_copy(path, SETTINGS)
    assert after.submission.values == before.submission.values
    assert after.differences == ()
    formulas = {str(slot.key): formula for slot, formula in after.formula_inputs}
    address = after.plan[slot_key("mps.value:EG_i_p[1]")].address
    assert formulas == {"mps.value:EG_i_p[2]": f"{address}-500"}


def test_every_finding_is_listed_and_commented_at_its_cell(books: Books) -> None:
    data, report = api.annotate(books.faulty, SETTINGS)
    path = books.folder / "copy.xlsx"
    path.write_bytes(data)
    book = load_workbook(path)
    listed = [row[2].value for row in book["Findings"] if row[2].value]
    codes = [d.code for d in report.diagnostics]
    assert [code for code in listed if str(code).startswith("JX")] == codes
    plan = open_to_copy(path, SETTINGS).plan
    assert {"JX204", "JX219", "JX304", "JX603"} & set(codes)
    for d in report.diagnostics:
        if d.slot:
            slot = plan[d.slot]
            comment = book[slot.sheet][slot.address].comment
            assert comment
            assert d.code in comment.text
            assert d.message in comment.text
    for sheet in plan.official:
        assert str(book[sheet]["B1"].value).startswith("ANNOTATED COPY")


def test_nothing_typed_becomes_a_formula(books: Books) -> None:
    data, report = api.annotate(books.faulty, SETTINGS)
    path = books.folder / "copy.xlsx"
    path.write_bytes(data)
    book = load_workbook(path)
    own = [
        cell for name in ("Findings", "Answers") for row in book[name] for cell in row
    ]
    assert not [cell.coordinate for cell in own if cell.data_type == "f"]
    assert any("=HYPERLINK" in str(cell.value) for cell in own)
    assert any(d.found.startswith("=") for d in report.diagnostics)


@pytest.mark.parametrize("language", languages())
def test_a_copy_is_no_submission_even_without_its_stamp(
    books: Books, language: str
) -> None:
    path = books.folder / "copy.xlsx"
    path.write_bytes(api.annotate(books.faulty, SETTINGS, language=language)[0])
    book = load_workbook(path)
    book.custom_doc_props.props.clear()
    stripped = books.folder / "stripped.xlsx"
    book.save(stripped)
    for file in (path, stripped):
        report = check_file(file, SETTINGS)
        assert report.exit_code == 2
        texts = messages(language)
        assert texts.say(report.verdict) == texts("copies.annotated.verdict")


def test_the_answers_of_a_copy_may_be_used(books: Books) -> None:
    plan_of_copy = books.folder / "copy.xlsx"
    plan_of_copy.write_bytes(api.annotate(books.faulty, SETTINGS)[0])
    book = load_workbook(plan_of_copy)
    sheet = book["Answers"]
    rows = [[cell.value for cell in row][1:5] for row in sheet.iter_rows(min_row=4)]
    report = check_file(books.faulty, SETTINGS)
    warnings = [d for d in report.diagnostics if d.severity.name == "WARNING"]
    assert [row[0] for row in rows] == [
        d.code for d in warnings if not d.code.startswith("JX12")
    ]


def test_the_submission_is_only_read(books: Books) -> None:
    before = hashlib.sha256(books.faulty.read_bytes()).digest()
    first, _ = api.annotate(books.faulty, SETTINGS)
    assert api.annotate(books.faulty, SETTINGS)[0] == first
    assert hashlib.sha256(books.faulty.read_bytes()).digest() == before
