"""The dump: one line for each cell, and no two different cells look alike."""

from __future__ import annotations

from jcm_xl.xlsx.cell_styles import Styles
from jcm_xl.xlsx.dump import dump, spelled
from jcm_xl.xlsx.grid import Cell, CellError, Grid, Sheet


def test_one_line_for_each_cell_sorted_by_place() -> None:
    cells = {
        (2, 1): Cell("a | b\n", None, 1),
        (10, 1): Cell(None),
        (1, 27): Cell(CellError("#N/A"), "NA()"),
        (1, 2): Cell(2.5, "A1*\n2"),
    }
    grid = Grid(
        (
            Sheet("MPS(input)", cells=cells),
            Sheet("Empty"),
            Sheet("Z", cells={(1, 1): Cell(True)}),
        ),
        Styles(("General", "0"), frozenset({1})),
    )  # fmt: skip
    assert dump(grid) == (
        "MPS(input)!B1 | 2.5 | =A1*\\n2 | locked\n"
        "MPS(input)!AA1 | #N/A | =NA() | locked\n"
        'MPS(input)!A2 | "a | b\\n" |  | unlocked\n'
        "MPS(input)!A10 |  |  | locked\n"
        "Z!A1 | TRUE |  | locked\n"
    )


def test_values_are_spelled_apart() -> None:
    values = [
        None, "", "TRUE", True, False, 1.0, "1", 1e15, 1e300, 0.1 + 0.2, -0.0, 0.0,
        CellError("#N/A"), "#N/A", "a\n", "a\\n", 'a"', "\u202e", "\xa0", " ", "ￏ",
    ]  # fmt: skip
    spellings = [spelled(value) for value in values]
    assert len(set(spellings)) == len(values)
    assert spelled(100.0) == "100"
    assert spelled("\u202ex\xa0") == '"\\u202ex\\u00a0"'
