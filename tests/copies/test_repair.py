"""The repaired book: the template again, the inputs as they were, everything told."""

from __future__ import annotations

import hashlib

import pytest
from openpyxl import load_workbook

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.copies.opened import open_to_copy
from jcm_xl.plan.copies import CONFIRMED
from jcm_xl.submission.open import CannotUse
from jcm_xl.xlsx.grid import address
from tests.copies.conftest import KEY, SETTINGS, Books
from tests.named import named
from tests.support import example_book


def test_what_was_changed_is_restored_and_told(books: Books) -> None:
    before = hashlib.sha256(books.faulty.read_bytes()).digest()
    done = api.repair(books.faulty, SETTINGS)
    assert hashlib.sha256(books.faulty.read_bytes()).digest() == before
    assert [(r.place, r.was, r.now) for r in done.restored] == [
        (named(example_book(KEY)[0], "«mrs.unit:EG_i_p»"), "kWh/p", "MWh/p")
    ]
    assert any("MSS is hidden" in sentence for sentence in done.mended)
    assert any("MSS" in s and "inserted" in s for s in done.mended)
    lost = "\n".join(done.lost)
    for part in ("own sheet 'Invoices'", "a note", "=SUM('Invoices'!A1:A2)/1000",
                 "counts for nothing"):  # fmt: skip
        assert part in lost
    assert len(done.lost) == 4


def test_only_what_was_typed_is_left_to_find(books: Books) -> None:
    path = books.folder / "repaired.xlsx"
    path.write_bytes(api.repair(books.faulty, SETTINGS).data)
    report = check_file(path, SETTINGS)
    assert (report.exit_code, report.verdict) == (
        2, "REPAIRED BOOK: not a submission before sheet Repair is confirmed",
    )  # fmt: skip
    book = load_workbook(path)
    book["Repair"]["C3"] = "K. Sato, 2025-02-03"
    confirmed = books.folder / "confirmed.xlsx"
    book.save(confirmed)
    report = check_file(confirmed, SETTINGS)
    told = {d.code: d for d in report.diagnostics}
    assert told["JX129"].found == "K. Sato, 2025-02-03"
    assert not [code for code in told if code.startswith("JX2") and code != "JX217"]
    before = open_to_copy(books.faulty, SETTINGS)
    after = open_to_copy(confirmed, SETTINGS)
    # One of them is a formula, whose result openpyxl drops: it is evaluated.
    assert after.submission.values == before.submission.values
    assert [a.reason for a in after.answers] == ["+The plant ran at night, too."]


def test_exchanged_rows_are_not_carried(books: Books) -> None:
    plan, submission = example_book(KEY)
    first, second = [s for s in plan.where("symbol", "MPS(input)") if s.name][:2]
    overrides = {first.key: str(second.content), second.key: str(first.content)}
    books.faulty.write_bytes(api.book(plan, submission, overrides))
    with pytest.raises(CannotUse, match="exchanged"):
        api.repair(books.faulty, SETTINGS)


def test_a_book_of_another_layout_is_not_carried(books: Books) -> None:
    plan, submission = example_book(KEY)
    symbols = [slot.key for slot in plan.where("symbol", "MPS(input)")]
    books.faulty.write_bytes(api.book(plan, submission, dict.fromkeys(symbols, "")))
    with pytest.raises(CannotUse, match="not laid out as the template"):
        api.repair(books.faulty, SETTINGS)


def test_a_repaired_sound_book_is_as_sound(books: Books) -> None:
    done = api.repair(books.sound, SETTINGS)
    assert (done.restored, done.mended, done.lost) == ((), (), ())
    path = books.folder / "repaired.xlsx"
    path.write_bytes(done.data)
    found = api.diff(books.sound, path, SETTINGS)
    assert [p.place for p in found.sheets] == ["'Repair'"]
    assert (found.inputs, found.template, found.stored, found.beside) == ((),) * 4
    assert address(*CONFIRMED) == "C3"
