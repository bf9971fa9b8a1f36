"""gaps and overlay: from the work list to the overlay and back, as a person does it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run
from tests.definition.overlays import CONFIRMED, OVERLAY, overlay, unconfirmed

KEY = "EX_AM902"
Sheet = dict[str, object]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with an unconfirmed definition, its list and a folder of overlays."""
    unconfirmed(tmp_path)
    (tmp_path / "overlays").mkdir()
    return tmp_path


def filled(run: Run, here: Path, cells: Sheet, *, head: bool = True) -> Path:
    """Write the list and fill it as a person does; L is the official value."""
    path = here / "list.xlsx"
    words = (KEY, "--definitions", here, "--texts", "--sheet", path, "--force")
    assert run("gaps", *words).exit_code == 0
    book = load_workbook(path)
    sheet = book.active
    if head:
        sheet["B4"], sheet["B5"] = "N. N.", date(2026, 11, 20)
        sheet["B6"] = "Official document"
    for address, value in cells.items():
        sheet[address] = value
    book.save(path)
    return path


def test_the_list_names_number_place_and_page(run: Run, here: Path) -> None:
    result = run("gaps", KEY, "--definitions", here)
    assert result.exit_code == 1
    lines = [line.strip() for line in result.output.splitlines()]
    assert "default: parameters.EF_elec = 0.560 tCO2/MWh" in lines
    assert "table row: tables.COP_RE_by_class[from 0 below 3.0] = 3.60 -" in lines
    assert lines[-1] == (
        "To confirm in 1 methodology: 1 default value, 3 table rows, 6 formulas, "
        "7 texts (--texts lists them)."
    )


def test_without_an_id_the_whole_library_is_listed(run: Run) -> None:
    result = run("gaps")
    assert result.exit_code == 1
    assert "open https://www.jcm.go.jp/" in result.output


def test_json(run: Run, here: Path) -> None:
    found = json.loads(run("gaps", KEY, "--definitions", here, "--json").output)
    first = found["gaps"][0]
    assert (first["kind"], first["value"]) == ("default", "0.560")
    assert found["counters"]["EX_AM902@1.0"] == {
        "numbers": {"total": 4, "unread": 4},
        "formulas": {"total": 6, "unread": 6},
        "texts": {"total": 7, "unread": 7},
    }


def test_an_overlay_shortens_the_list(run: Run, here: Path) -> None:
    overlay(here / "overlays")
    words = ("gaps", KEY, "--definitions", here, "--overlays", here / "overlays")
    result = run(*words)
    assert "parameters.EF_elec" not in result.output
    assert "3 table rows" in result.output


def test_a_filled_list_becomes_an_overlay(run: Run, here: Path) -> None:
    cells = {"L9": 0.5, "N9": "I", "K10": "yes", "L11": "3.5", "K13": "yes",
             "M10": "Annex"}  # fmt: skip
    path = filled(run, here, cells)
    folder = here / "overlays"
    result = run("overlay", path, "-o", folder, "--definitions", here)
    assert result.exit_code == 0, result.output
    assert "Hint: Example 1" in result.output
    text = (folder / OVERLAY).read_text(encoding="utf-8")
    assert 'confirmed_by = "N. N."\nconfirmed_on = 2026-11-20\n' in text
    assert "value = 0.5\n" in text
    assert "{ from = 0, below = 3.0, value = 3.60, source" in text
    assert "{ from = 3.0, below = 5.3, value = 3.5, source" in text
    assert 'title = "Annex"' in text
    assert '[formulas.ER_p]\nexpr = "RE_p - PE_p"' in text
    again = run("overlay", path, "-o", folder, "--definitions", here)
    assert again.exit_code == 2
    assert "--force replaces it" in again.output
    shown = run("overlay", folder / OVERLAY, "--definitions", here)
    assert shown.exit_code == 0
    assert "a sound overlay of EX_AM902@1.0" in shown.output


def test_all_that_the_list_has_can_be_confirmed(run: Run, here: Path) -> None:
    cells: Sheet = {f"K{row}": "yes" for row in range(9, 9 + 10 + 7)}
    path = filled(run, here, cells)
    result = run("overlay", path, "-o", here / "new", "--definitions", here)
    assert result.exit_code == 0, result.output
    assert "Every number, formula and binding text has its official" in result.output
    for texts in ([], ["--texts"]):
        words = (KEY, *texts, "--definitions", here, "--overlays", here / "new")
        done = run("gaps", *words)
        assert done.output == "Nothing is left to confirm in 1 methodology.\n"
        assert done.exit_code == 0


def test_numbers_and_formulas_alone_are_not_all(run: Run, here: Path) -> None:
    """The list is never empty while texts are unread."""
    path = filled(run, here, {f"K{row}": "yes" for row in range(9, 9 + 10)})
    run("overlay", path, "-o", here / "new", "--definitions", here)
    done = run("gaps", KEY, "--definitions", here, "--overlays", here / "new")
    assert done.exit_code == 1
    words = "To confirm in 1 methodology: 7 texts (--texts lists them).\n"
    assert done.output == words


@pytest.mark.parametrize(
    ("cells", "head", "cell", "words"),
    [
        ({"L9": "0,5"}, True, "L9", "'0,5' is no number"),
        ({"L9": 0.5, "K9": "yes"}, True, "L9", "another value is typed"),
        ({"K9": "perhaps"}, True, "K9", "neither blank nor yes"),
        ({"L13": "RE_p"}, True, "L13", "a formula is not changed by an overlay"),
        ({"K9": "yes", "G9": "0.6"}, True, "G9", "made when the value was '0.6'"),
        ({"K9": "yes", "C9": "parameters.EF"}, True, "C9", "no such gap"),
        ({"K9": "yes", "A9": "TH_AM999@1.0"}, True, "A9", "No definition of TH_AM999"),
        ({"K9": "yes", "B4": None}, True, "B4", "type who compared"),
        ({"K9": "yes", "B5": "soon"}, True, "B5", "no date"),
        ({"K9": "yes", "B6": None}, True, "M9", "name the official document"),
        ({"K9": "yes"}, False, "B4", "type who compared"),
        ({}, True, "list.xlsx", "nothing is confirmed"),
    ],
)
def test_each_problem_of_a_list_names_its_cell(
    cells: Sheet, head: bool, cell: str, words: str, run: Run, here: Path
) -> None:
    path = filled(run, here, cells, head=head)
    result = run("overlay", path, "-o", here / "new", "--definitions", here)
    assert result.exit_code == 2
    assert any(cell in line and words in line for line in result.output.splitlines()), (
        result.output
    )
    assert not (here / "new").exists()


def test_a_value_out_of_range_names_its_cell(run: Run, here: Path) -> None:
    definition = unconfirmed(here)
    text = definition.read_text(encoding="utf-8")
    definition.write_text(
        text.replace("value  = 0.560", "value  = 0.560\nrange = { at_most = 1 }")
    )
    path = filled(run, here, {"L9": 560})
    result = run("overlay", path, "-o", here / "new", "--definitions", here)
    assert "'Gaps'!L9: 560 is not at most 1" in result.output


def test_another_workbook_is_no_list(
    run: Run, here: Path, books: dict[str, Path]
) -> None:
    result = run("overlay", books["blank"], "-o", here / "new")
    assert result.exit_code == 2
    assert "gaps --sheet" in result.output


def test_a_broken_overlay_is_one_list_of_problems(run: Run, here: Path) -> None:
    path = overlay(here, CONFIRMED.replace("value", "vallue"))
    result = run("overlay", path, "--definitions", here)
    assert result.exit_code == 2
    assert "did you mean 'value'" in result.output
    assert "Traceback" not in result.output


# -- books with and without the overlay


@pytest.fixture
def book(here: Path, run: Run) -> Path:
    """A filled book of TH_AM001@1.0, made with an overlay of the grid factor."""
    text = CONFIRMED.replace("EX_AM902@1.0", "TH_AM001@1.0").replace(
        "[parameters.EF_elec]\nvalue = 0.5",
        '[tables.EF_RE_by_connection]\nrows = [ { key = "Grid only: directly or by an '
        'internal grid without a captive generator", '
        "value = 0.4 } ]",
    )
    (here / "overlays" / "TH_AM001_ver01.0.overlay.toml").write_text(text)
    path = here / "book.xlsx"
    words = ("fill", "TH_AM001@1.0", "--example", "-o", path)
    assert run(*words, "--overlays", here / "overlays").exit_code == 0
    return path


def codes(run: Run, *words: object) -> dict[str, str]:
    result = run("check", "--format", "json", *words)
    (report,) = json.loads(result.output)["files"]
    return {d["code"]: d["severity"].lower() for d in report["findings"]}


def test_with_its_overlay_a_book_is_clean(run: Run, here: Path, book: Path) -> None:
    result = run("check", book, "--overlays", here / "overlays")
    assert result.exit_code == 0
    assert "overlay " in result.output
    calc = run("calc", book, "--overlays", here / "overlays")
    assert "Table 3: 480 tCO2/p" in calc.output
    assert "of 2026-11-20 by N. N." in calc.output


def test_without_it_nobody_judges_or_computes_the_book(run: Run, book: Path) -> None:
    result = run("check", book)
    assert result.exit_code == 2
    assert result.output.startswith(
        "CANNOT BE JUDGED: it cannot be judged without overlay "
    )
    assert codes(run, book).get("JX111") == "error"
    for words in (("calc", book), ("repair", book, "-o", book.with_name("new.xlsx"))):
        refused = run(*words)
        assert refused.exit_code == 2
        assert "which are not at hand" in refused.output


def test_show_names_the_overlay(run: Run, here: Path, book: Path) -> None:
    result = run("show", "TH_AM001@1.0", "--overlays", here / "overlays")
    assert "Overlay TH_AM001_ver01.0.overlay.toml: " in result.output
    assert "confirms tables.EF_RE_by_connection[Grid only: directly" in result.output


def test_the_folder_must_be_there(run: Run, here: Path) -> None:
    result = run("show", "TH_AM001@1.0", "--overlays", here / "nowhere")
    assert result.exit_code == 2
    assert "no folder" in result.output
