"""Two books side by side: nothing told twice, nothing that differs left out."""

from __future__ import annotations

from dataclasses import replace

from jcm_xl import api
from jcm_xl.copies.diff import PARTS
from jcm_xl.copies.diff_report import diff_dict, diff_lines
from jcm_xl.documents.lines import as_text
from jcm_xl.text.languages import messages
from tests.checks.surgery import operate
from tests.copies.conftest import KEY, SETTINGS, Books
from tests.keys import slot_key
from tests.support import example_book


def test_a_book_is_the_same_as_itself(books: Books) -> None:
    for path in (books.sound, books.faulty):
        assert api.diff(path, path, SETTINGS).is_same


def test_another_package_with_the_same_cells_is_told(books: Books) -> None:
    other = books.folder / "other.xlsx"
    operation = {
        "do": "replace", "part": "xl/styles.xml", "old": "<fonts", "new": "<fonts ",
    }  # fmt: skip
    other.write_bytes(operate(books.sound.read_bytes(), [operation]))
    found = api.diff(books.sound, other, SETTINGS)
    assert found.is_same
    assert found.package == ("xl/styles.xml",)
    text = as_text(diff_lines(found, messages("en"), None))
    assert "Not the same package: these parts differ" in text
    assert "xl/styles.xml" in text
    assert diff_dict(found)["package"] == ["xl/styles.xml"]
    assert api.diff(books.sound, books.sound, SETTINGS).package == ()


def test_inserted_rows_are_no_difference_of_cells(books: Books) -> None:
    moved = books.folder / "moved.xlsx"
    operation = {"do": "insert_rows", "sheet": "MPS(input)", "at": 8, "count": 2}
    moved.write_bytes(operate(books.sound.read_bytes(), [operation]))
    assert api.diff(books.sound, moved, SETTINGS).is_same


def test_each_kind_of_difference_is_told_in_its_part(books: Books) -> None:
    found = api.diff(books.sound, books.faulty, SETTINGS)
    told = {p: [(x.slot or x.place, x.first, x.second) for x in getattr(found, p)]
            for p in PARTS}  # fmt: skip
    plan, submission = example_book(KEY)
    value = submission.values[slot_key("mrs.value:EG_i_p[1]")]
    assert ("mrs.value:EG_i_p[1]", f"{value:.15g}", "=HYPERLINK(A1) 1.392,14") in (
        told["inputs"]
    )
    assert ("mps.source:EG_i_p", "", "<r>our meter</r>") in told["inputs"]
    formulas = [pair for pair in told["inputs"] if "Invoices" in pair[2]]
    assert [pair[0] for pair in formulas] == ["mps.value:EG_i_p[1]"]
    assert told["template"] == [("mrs.unit:EG_i_p", "MWh/p", "kWh/p")]
    assert ("'MPS(input)'!C30", "", "a note") in told["beside"]
    assert ("'MSS'", "visible", "hidden") in told["sheets"]
    assert ("'Invoices'", "", "visible") in told["sheets"]
    assert told["stored"] == []
    assert found.following
    assert {pair[0] for pair in told["results"]} <= {"MPS", "MRS"}
    assert told["results"]
    assert plan.get(slot_key("mrs.unit:EG_i_p"))


def test_a_stored_result_alone_is_a_difference(books: Books) -> None:
    plan, submission = example_book(KEY)
    other = books.folder / "other.xlsx"
    slot = plan[slot_key("mrs.result")]
    other.write_bytes(
        api.book(plan, submission, {"mrs.result": (f"={slot.formula}", 999999)})
    )
    found = api.diff(books.sound, other, SETTINGS)
    assert [(p.slot, p.second) for p in found.stored] == [("mrs.result", "999999")]
    assert not found.is_same
    assert found.following == 0


def test_a_number_is_not_the_text_of_it(books: Books) -> None:
    plan, submission = example_book(KEY)
    values = dict(submission.values)
    key = slot_key("mps.value:EG_i_p[1]")
    values[key] = f"{values[key]:.15g}"
    other = books.folder / "other.xlsx"
    other.write_bytes(api.book(plan, replace(submission, values=values)))
    found = api.diff(books.sound, other, SETTINGS)
    assert [p.slot for p in found.inputs] == ["mps.value:EG_i_p[1]"]


def test_text_and_json_say_the_same(books: Books) -> None:
    found = api.diff(books.sound, books.faulty, SETTINGS)
    for language in ("en", "ja"):
        texts = messages(language)
        text = as_text(diff_lines(found, texts, None))
        for part in PARTS:
            assert (texts(f"diff.{part}") in text) is bool(getattr(found, part))
    data = diff_dict(found)
    assert data["is_same"] is False
    assert [len(data[part]) for part in PARTS] == [  # type: ignore[arg-type]
        len(getattr(found, part)) for part in PARTS
    ]


def test_books_of_two_methodologies(books: Books) -> None:
    other = books.folder / "other.xlsx"
    other.write_bytes(api.book(*example_book("EX_AM903")))
    found = api.diff(books.sound, other, SETTINGS)
    assert found.keys == ("EX_AM901@1.0", "EX_AM903@1.0")
    text = as_text(diff_lines(found, messages("en"), 5))
    assert "only what both have is compared" in text
