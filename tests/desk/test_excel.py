"""The buttons, on a generated book in a stand-in for Excel (see fake_excel)."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from jcm_xl import api
from jcm_xl.copies.marks import (
    ADOPTION,
    BRIDGE,
    EXPLANATION,
    FINDINGS,
    MARK,
    RECALCULATION,
    SENSITIVITY,
    WHAT_IF,
    YEARS,
)
from jcm_xl.desk import excel, own_sheets
from jcm_xl.desk.own_sheets import NOTE_MARK
from jcm_xl.text.languages import messages as texts_of
from tests.support import example_book

xlwings = pytest.importorskip("xlwings")

from tests.adopt.books import edit  # noqa: E402
from tests.desk.fake_excel import open_in_excel, said, select  # noqa: E402
from tests.keys import slot_key  # noqa: E402

KEY, CHANGE = "ID_AM003@1.0", "EC_PJ_i_p[1]=140"
UNIT = "mrs.unit:EC_PJ_i_p"
FAULTS: dict[str, object] = {UNIT: "kWh/p", "mrs.quantity:RE_p": 52.0}


def written(tmp_path: Path, overrides: dict[str, object] | None = None) -> Path:
    path = tmp_path / "Book.xlsx"
    path.write_bytes(api.book(*example_book(KEY), overrides))
    return path


def cells(book: Any, name: str) -> list[list[Any]]:
    rows = book.impl.file[name].iter_rows(values_only=True)
    return [[value for value in row if value is not None] for row in rows]


def contents(book: Any) -> dict[str, Any]:
    """Every cell of the book's own sheets, with its lock."""
    return {
        f"{sheet.title}!{cell.coordinate}": (cell.value, cell.protection.locked)
        for sheet in book.impl.file.worksheets
        if sheet.title in list(book.impl.own_sheets)
        for row in sheet.iter_rows()
        for cell in row
    }


def notes(book: Any) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book.impl.file.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_check_writes_findings_and_notes_and_touches_no_cell(tmp_path: Path) -> None:
    path = written(tmp_path, FAULTS)
    bytes_before, report = path.read_bytes(), api.check(path)
    book = open_in_excel(path)
    before = contents(book)
    excel.run("check", book)
    assert contents(book) == before
    assert path.read_bytes() == bytes_before
    (mode, message), *more = said(book)
    assert (mode, more) == ("info", [])
    assert message.startswith(report.verdict)
    rows = cells(book, FINDINGS)
    assert rows[0] == ["Check report"]
    assert rows[1] == [MARK]
    assert rows[2] == [report.verdict]
    places = [d.place for d in report.diagnostics if d.cell]
    links = [v for row in rows for v in row if str(v).startswith("=HYPERLINK")]
    assert links == [f'=HYPERLINK("#{place}","{place}")' for place in places]
    assert [row[-1] for row in rows[-len(report.diagnostics):]] == [
        d.remedy for d in report.diagnostics
    ]  # fmt: skip
    found = notes(book)
    assert set(found) == {f"{d.sheet}!{d.cell}" for d in report.diagnostics if d.cell}
    assert all(text.startswith(NOTE_MARK) for text in found.values())
    assert book.impl.app.is_updating


def test_the_findings_speak_the_language_of_the_book(tmp_path: Path) -> None:
    plan, submission = example_book(KEY, language="ja")
    path = tmp_path / "Book.xlsx"
    path.write_bytes(api.book(plan, submission, FAULTS))
    book = open_in_excel(path)
    excel.run("check", book)
    report, ja = api.check(path), texts_of("ja")
    messages = {row[-2] for row in cells(book, FINDINGS)[-len(report.diagnostics) :]}
    assert messages == {ja.say(d.message) for d in report.diagnostics}
    assert not any(message.isascii() for message in messages)


def test_what_we_add_changes_no_judgement_and_goes_again(tmp_path: Path) -> None:
    path = written(tmp_path, FAULTS)
    book = open_in_excel(path)
    before = contents(book)
    for action in ("check", "check", "recalculate"):
        excel.run(action, book)
    assert book.impl.file.sheetnames[-2:] == [FINDINGS, RECALCULATION]
    book.impl.file.save(tmp_path / "saved.xlsx")
    first, again = (api.check(p) for p in (path, tmp_path / "saved.xlsx"))
    assert codes(again) - codes(first) <= {"JX106"}  # openpyxl writes no results
    excel.run("remove", book)
    assert said(book)[-1] == ("info", f"Removed 2 sheets and {len(first_cells(first))}"
                              " notes.")  # fmt: skip
    assert book.impl.file.sheetnames == list(book.impl.own_sheets)
    assert contents(book) == before
    assert notes(book) == {}


def codes(report: Any) -> set[str]:
    return {d.code for d in report.diagnostics}


def first_cells(report: Any) -> set[str]:
    return {d.place for d in report.diagnostics if d.cell}


def test_sheets_and_notes_of_the_user_stay(tmp_path: Path) -> None:
    book = open_in_excel(written(tmp_path, FAULTS))
    own = book.sheets.add(FINDINGS)
    own.range("A1").value = "mine"
    unit = api.check(book.fullname).diagnostics[0]
    assert unit.cell
    book.sheets[unit.sheet].range(unit.cell).add_note("I asked the meter's maker.")
    excel.run("check", book)
    assert "No note at 1 cell:" in said(book)[-1][1]
    assert f"{FINDINGS} (2)" in book.impl.file.sheetnames
    excel.run("remove", book)
    assert [row for row in cells(book, FINDINGS) if row] == [["mine"]]
    assert notes(book) == {f"{unit.sheet}!{unit.cell}": "I asked the meter's maker."}


def test_a_sheet_that_takes_no_notes_is_told(tmp_path: Path) -> None:
    book = open_in_excel(written(tmp_path, FAULTS))
    for sheet in book.impl.file.worksheets:
        sheet.protection.objects = True
    excel.run("check", book)
    assert notes(book) == {}
    assert "No note at " in said(book)[-1][1]


def test_recalculate_names_what_differs(tmp_path: Path) -> None:
    clean = open_in_excel(written(tmp_path))
    excel.run("recalculate", clean)
    assert said(clean)[-1][1].startswith("Every calculated cell agrees")
    assert {row[-1] for row in cells(clean, RECALCULATION)[4:]} == {"agrees"}
    book = open_in_excel(written(tmp_path, FAULTS))
    excel.run("recalculate", book)
    assert said(book)[-1][1].startswith("1 cell not as recalculated.")
    (row,) = (r for r in cells(book, RECALCULATION) if r[-1] == "differs")
    context = excel._opened(Path(book.fullname))
    value = context.results["mrs"].get("RE_p").value
    assert row[1] == "RE_p"
    assert row[-4:-1] == [52.0, value, 52.0 - value]


@pytest.mark.parametrize(
    ("key", "title"),
    [("mrs.quantity:RE_p", "RE_p of"), ("mps.value:EC_PJ_i_p[1]", "EC_PJ,i,p of")],
)
def test_explain_tells_of_the_selected_cell(
    tmp_path: Path, key: str, title: str
) -> None:
    plan, submission = example_book(KEY)
    path = tmp_path / "Book.xlsx"
    path.write_bytes(api.book(plan, submission))
    book = open_in_excel(path)
    slot = plan[slot_key(key)]
    select(book, slot.sheet, slot.address)
    excel.run("explain", book)
    assert said(book)[-1][0] == "info"
    rows = cells(book, EXPLANATION)
    assert rows[0][0].startswith(title)
    assert any("ID_AM003" in str(row) for row in rows)


def unmarked(path: Path, contents: dict[str, object]) -> Path:
    """Take away what marks a book as ours; change cells by slot key."""
    plan, _ = example_book("MM_AM005@1.0")
    edit(path, contents, plan)
    return path


def test_a_book_is_checked_by_the_official_workbook(tmp_path: Path) -> None:
    plan, submission = example_book("MM_AM005@1.0")
    official, mine = tmp_path / "official.xlsx", tmp_path / "mine.xlsx"
    official.write_bytes(api.new(plan.methodology))
    mine.write_bytes(api.book(plan, submission))
    unmarked(official, {})
    unmarked(mine, {"mps.quantity:ER_p": 4711})
    book = open_in_excel(mine, (str(official),))
    excel.run("template", book)
    text = str(cells(book, FINDINGS))
    assert "JX211" in text
    nothing = open_in_excel(mine, ("",))
    excel.run("template", nothing)
    assert "nothing was judged" in said(nothing)[0][1]


def test_an_official_workbook_is_compared_with_the_definition(tmp_path: Path) -> None:
    plan, _ = example_book("MM_AM005@1.0")
    path = tmp_path / "official.xlsx"
    path.write_bytes(api.new(plan.methodology))
    unmarked(path, {"mps.label:D_p": "Days"})
    book = open_in_excel(path)
    excel.run("adopt", book)
    assert "1 difference from the definition of MM_AM005@1.0" in said(book)[0][1]
    rows = cells(book, ADOPTION)
    assert any("Days" in row and "differs" in row for row in rows)


@pytest.mark.parametrize(
    ("action", "sheet", "ask"),
    [
        ("whatif", WHAT_IF, lambda path: api.what_if(path, [CHANGE, "EF_elec=0.77"])),
        ("sensitivity", SENSITIVITY, api.sensitivity),
        ("bridge", BRIDGE, api.bridge),
        ("years", YEARS, api.vintages),
    ],
)
def test_a_question_writes_what_the_command_prints(
    action: str, sheet: str, ask: Any, tmp_path: Path
) -> None:
    path = written(tmp_path)
    book = open_in_excel(path, (f"{CHANGE}  EF_elec=0.77",))
    before = contents(book)
    excel.run(action, book)
    assert contents(book) == before
    assert said(book) == [("info", f"See the sheet '{sheet}'.")]
    rows = cells(book, sheet)
    assert rows[:2] == [[f"{sheet} of Book.xlsx"], [MARK]]
    lines = [str(line) for line in ask(path).lines() if "File:" not in str(line)]
    shown = [row[0] for row in rows[2:] if row]
    figures = [line for line in lines if "+" in line or "Table 3" in line]
    assert {*figures} <= {*shown} or action == "bridge"
    excel.run("remove", book)
    assert "Removed 1 sheet" in said(book)[1][1]


def test_no_change_and_a_wrong_one_are_told(tmp_path: Path) -> None:
    book = open_in_excel(written(tmp_path), ("", "EC=1"))
    for _ in range(2):
        excel.run("whatif", book)
    (first, nothing), (second, wrong) = said(book)
    assert (first, second) == ("info", "critical")
    assert nothing.startswith("No change was typed")
    assert "has no quantity 'EC'" in wrong


def test_explain_asks_for_a_figure(tmp_path: Path) -> None:
    book = open_in_excel(written(tmp_path))
    excel.run("explain", book)
    select(book, "MSS", "A1")
    excel.run("explain", book)
    assert [mode for mode, _ in said(book)] == ["critical"] * 2
    assert said(book)[0][1] == "Select a cell with a figure first."
    assert said(book)[1][1].startswith("A1 on MSS shows no quantity")


def test_export_writes_the_report_beside_the_book(tmp_path: Path) -> None:
    book = open_in_excel(written(tmp_path, FAULTS))
    excel.run("export", book)
    page = tmp_path / "Book_report.html"
    assert said(book)[-1][1].endswith(f"The report is {page}.")
    text = page.read_text(encoding="utf-8")
    assert "Book.xlsx (a copy of the open book)" in text
    assert sorted(p.name for p in tmp_path.iterdir()) == ["Book.xlsx", page.name]


def test_export_replaces_reports_of_ours_only(tmp_path: Path) -> None:
    book = open_in_excel(written(tmp_path, FAULTS))
    page = tmp_path / "Book_report.html"
    excel.run("export", book)
    excel.run("export", book)
    page.write_text("my own page", encoding="utf-8")
    excel.run("export", book)
    assert "is no report of jcm_xl; move it" in said(book)[-1][1]
    assert page.read_text(encoding="utf-8") == "my own page"


def test_export_of_a_book_in_a_library_goes_to_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr(Path, "home", lambda: home)
    book = open_in_excel(written(tmp_path, FAULTS))
    book.impl.is_in_cloud = True
    excel.run("export", book)
    assert said(book)[-1][0] == "info"
    assert [page.name for page in home.iterdir()] == ["Book_report.html"]


def test_the_example_goes_into_an_empty_book_after_a_question(tmp_path: Path) -> None:
    path = tmp_path / "Blank.xlsx"
    path.write_bytes(api.new(KEY))
    refused = open_in_excel(path, answers=("no",))
    excel.run("example", refused)
    assert said(refused)[-1] == ("info", "Nothing was filled.")
    assert contents(refused) == contents(open_in_excel(path))
    book = open_in_excel(path, answers=("yes",))
    excel.run("example", book)
    assert said(book)[-1][0] == "info"
    book.impl.file.save(tmp_path / "filled.xlsx")
    example = tmp_path / "example.xlsx"
    example.write_bytes(api.fill(KEY, excel_inputs()))
    filled, expected = (api.calc(p) for p in (tmp_path / "filled.xlsx", example))
    assert {s: r.credited for s, r in filled.results.items()} == {
        s: r.credited for s, r in expected.results.items()
    }
    excel.run("example", book)
    assert said(book)[-1][0] == "critical"
    assert said(book)[-1][1].startswith("This book is not empty: ")


def excel_inputs() -> dict[str, Any]:
    from jcm_xl.inputs.example import example_inputs

    return example_inputs(api.load(KEY))


def test_a_book_that_is_not_ours_is_refused_in_words(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "Other.xlsx"
    other = openpyxl.Workbook()
    other.save(path)
    book = open_in_excel(path)
    for action in ("check", "recalculate", "example", "explain"):
        excel.run(action, book)
    assert [mode for mode, _ in said(book)] == ["critical"] * 4
    assert said(book)[0][1].startswith("CANNOT BE JUDGED: This is not a JCM")
    assert book.impl.file.sheetnames == ["Sheet"]


def test_our_own_fault_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = open_in_excel(written(tmp_path))
    monkeypatch.setitem(excel.ACTIONS, "check", lambda book: [][0])
    excel.run("check", book)
    ((mode, text),) = said(book)
    assert mode == "critical"
    assert text.startswith("jcm_xl met an internal error (IndexError")


def test_texts_are_never_taken_for_formulas(tmp_path: Path) -> None:
    book = open_in_excel(written(tmp_path))
    page = own_sheets.Page(FINDINGS, "=1+1", (10,), [own_sheets.PageRow(["=2+2"])])
    own_sheets.write_page(book, page)
    sheet = book.impl.file[FINDINGS]
    assert [(c.value, c.data_type) for c in (sheet["A1"], sheet["A3"])] == [
        ("=1+1", "s"), ("=2+2", "s"),
    ]  # fmt: skip


def test_the_addin_asks_excel_for_the_active_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = open_in_excel(written(tmp_path))
    books = SimpleNamespace(active=book.impl)
    windows: list[int] = []

    def excel_of(xl: int) -> Any:
        windows.append(xl)
        return SimpleNamespace(books=books, pid=1)

    windows_part = SimpleNamespace(App=excel_of)
    monkeypatch.setattr(xlwings, "_xlwindows", windows_part, raising=False)
    app = "--app=C:\\Office\\Microsoft Excel"
    monkeypatch.setattr("sys.argv", ["-c", "--wb=", "--from_xl=1", app, "--hwnd=4711"])
    excel.run("recalculate")
    assert windows == [4711]
    assert "Every calculated cell agrees" in said(book)[-1][1]


def test_a_macro_book_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["-c", "--wb=live.xlsm", "--hwnd=4711"])
    monkeypatch.setattr(xlwings.Book, "caller", lambda: "the caller")
    assert excel._open_book() == "the caller"
