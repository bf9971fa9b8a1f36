"""Two engines that are not ours give the same: LibreOffice and IronCalc."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import ironcalc
import pytest
import xlsxwriter

from jcm_xl.formula.evaluation.book import evaluate_cells
from jcm_xl.xlsx.grid import CellError, CellValue, parse_address
from jcm_xl.xlsx.read import read_grid
from tests.formula.evaluation.random_book import RandomBook
from tests.formula.evaluation.test_cases import RESULTS, TABLE, cell
from tests.office.harness import Office

SEEDS = range(1, 13)
NEW = (
    "CONCAT", "TEXTJOIN", "IFS", "SWITCH", "XLOOKUP", "XMATCH", "MAXIFS", "MINIFS",
    "NUMBERVALUE", "XOR", "DAYS", "IFNA", "STDEV.S", "LET", "LAMBDA", "SORT",
)  # fmt: skip
"""Functions that a file spells with a prefix."""
_NEW = re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, NEW))})\(")
NOT_IN_OFFICE = ("XLOOKUP(", "XMATCH(")
"""LibreOffice has them from 24.8 on; 7.4 was at hand."""


def written(path: Path, cells: Mapping[str, object], formulas: Mapping[str, str],
            names: Mapping[str, str] = {}) -> Path:  # fmt: skip
    with xlsxwriter.Workbook(path) as book:
        calc, raw = book.add_worksheet("Calc"), book.add_worksheet("Raw")
        for at, formula in formulas.items():
            calc.write_formula(at, "=" + _NEW.sub(r"_xlfn.\1(", formula))
        for at, value in cells.items():
            found = cell(value)
            if found.formula is not None:
                raw.write_formula(at, f"={found.formula}")
            elif isinstance(found.value, str):
                raw.write_string(at, found.value)
            else:
                raw.write(at, found.value)
        for name, text in names.items():
            book.define_name(name, f"={text}")
    return path


def ours(path: Path, places: Mapping[str, str]) -> dict[str, CellValue]:
    """Return our values by formula, where there is one value."""
    grid = read_grid(path)
    found = {}
    for at, formula in places.items():
        place = ("Calc", *parse_address(at))
        answer = evaluate_cells(grid, [place])[place]
        if answer.obstacle is None:
            found[formula] = answer.value
    return found


def same(a: object, b: object) -> bool:
    if isinstance(a, CellError):
        return isinstance(b, str) and b.startswith("#")  # each has its own codes
    if isinstance(a, float | bool) and isinstance(b, float | int | bool):
        return abs(a - b) <= 1e-9 * max(1, abs(a))
    return a == b


def differing(
    found: Mapping[str, CellValue], theirs: Mapping[str, object]
) -> dict[str, tuple[object, object]]:
    return {
        formula: (value, theirs.get(formula))
        for formula, value in found.items()
        if not same(value, theirs.get(formula))
    }


def in_ironcalc(
    path: Path, places: Mapping[str, str]
) -> dict[str, tuple[object, bool]]:
    """Return its values, and whether it knows the formula."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    found = {}
    for at, formula in places.items():
        value = model.get_cell_value(0, *parse_address(at))
        is_known = value not in ("#ERROR!", "#NAME?", "#N/IMPL!", "#CIRC!", "#SPILL!")
        found[formula] = value, is_known
    return found


def places(formulas: Mapping[str, object]) -> dict[str, str]:
    return {f"A{n}": formula for n, formula in enumerate(formulas, 1)}


def table() -> dict[str, str]:
    odd = ("! no-formula", "! spills")
    return places({f: r for f, r in RESULTS.items() if r not in odd})


@pytest.mark.office
def test_the_table_in_libreoffice(office: Office, tmp_path: Path) -> None:
    at = table()
    path = written(tmp_path / "cases.xlsx", TABLE["cells"], at, TABLE["names"])
    calc = office.recalculate(path)["Calc"]
    theirs = {formula: calc.get(place, "") for place, formula in at.items()}
    wrong = differing(ours(path, at), theirs)
    assert {f: v for f, v in wrong.items() if not f.startswith(NOT_IN_OFFICE)} == {}


OTHER_IN_IRONCALC: Mapping[str, str] = {
    "SUMPRODUCT(ABS(Raw!C1:C3))": "it calculates no function of one value as an array",
    "SUMPRODUCT((MONTH(Raw!E1:E5)=2)*1)": "the same",
    "SUM(IF(Raw!A1=1,Raw!A1:A3,Raw!A4:A5))": "IF gives it no range",
    'SUMIFS(Raw!A1:A5,Raw!B1:B4,"grid")': "Excel is documented to refuse other sizes",
    'SUMIF(Raw!B1:B5,"captive",Raw!C1)': "Excel is documented to extend the range",
}
"""Where IronCalc 0.9.1 gives another value, and why we follow LibreOffice."""


def test_the_table_in_ironcalc(tmp_path: Path) -> None:
    at = table()
    path = written(tmp_path / "cases.xlsx", TABLE["cells"], at, TABLE["names"])
    theirs = in_ironcalc(path, at)
    known = {f: value for f, (value, is_known) in theirs.items() if is_known}
    found = {f: v for f, v in ours(path, at).items() if f in known}
    assert len(found) > 100
    assert differing(found, known).keys() == OTHER_IN_IRONCALC.keys()


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize("seed", SEEDS)
def test_random_formulas(seed: int, office: Office, tmp_path: Path) -> None:
    drawn = RandomBook(seed, formulas=80)
    raw = {f"A{n}": text for n, text in enumerate(drawn.formulas.values(), 1)}
    on_raw = {at: _on_raw(text) for at, text in raw.items()}
    cells = {at: value for at, value in drawn.cells.items() if value is not None}
    path = written(tmp_path / "random.xlsx", cells, on_raw)
    found = ours(path, on_raw)
    assert len(found) > 60
    calc = office.recalculate(path)["Calc"]
    theirs = {formula: calc.get(place, "") for place, formula in on_raw.items()}
    assert differing(found, theirs) == {}
    iron = in_ironcalc(path, on_raw)
    known = {f: value for f, (value, is_known) in iron.items() if is_known}
    both = {f: value for f, value in found.items() if f in known}
    assert len(both) > 40
    assert differing(both, known) == {}


_WORD = re.compile(r'"[^"]*"|(\$?[B-F]\$?[0-9]+(?::\$?[B-F]\$?[0-9]+)?)(?![\w(])')


def _on_raw(formula: str) -> str:
    """Return a formula that reads the sheet `Raw`."""
    return _WORD.sub(lambda m: f"Raw!{m[1]}" if m[1] else m[0], formula)
