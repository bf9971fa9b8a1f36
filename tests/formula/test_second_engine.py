"""The second engine is given what it can bear, and says why it was not given more."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jcm_xl.formula.no_opinion import because
from jcm_xl.formula.second_engine import EngineAnswer, evaluate
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import Cell, CellError, Grid, Sheet, parse_address


def answers(
    cells: dict[str, object], *wanted: str, **sheets: object
) -> list[EngineAnswer]:
    """Evaluate cells of one sheet; a text that begins with `=` is a formula."""
    made = {
        parse_address(at): Cell(None, text[1:])
        if isinstance(text := value, str) and text.startswith("=")
        else Cell(value)  # type: ignore[arg-type]
        for at, value in cells.items()
    }
    book = Grid((Sheet("Calc (1)", cells=made, **sheets), Sheet("Other")))  # type: ignore[arg-type]
    places = [("Calc (1)", *parse_address(at)) for at in wanted]
    found = evaluate(book, places)
    return [found[place] for place in places]


def reason(formula: str, **cells: object) -> str:
    """Return why a formula in A1 was not evaluated."""
    return answers({"A1": formula, **cells}, "A1")[0].reason


def test_formulas_are_followed_to_the_cells_they_read() -> None:
    cells = {"A1": 2.0, "A2": "=A1*3", "B1": '=SUM($A$1:A2)&" t"', "C1": '=B1="8 t"',
             "D1": "='Other'!A1+1", "E1": "=1/0", "F1": "text", "G1": CellError("#N/A"),
             "H1": "=G1", "I1": True}  # fmt: skip
    wanted = ("A2", "B1", "C1", "D1", "E1", "F1", "H1", "I1", "Z9")
    values = [answer.value for answer in answers(cells, *wanted)]
    assert values == [
        6.0, "8 t", True, 1.0, CellError("#DIV/0!"), "text", CellError("#N/A"), True,
        None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("=BESSELJ(1,1)", "the function BESSELJ was not proved in the second engine"),
        ("=SUM(1", "a bracket is not closed"),
        ("=SUM(1))", "a bracket is closed that was not opened"),
        ("=A2 A3", "two values stand beside each other"),
        ("=A2:A3+1", "it uses a range where one value belongs"),
        ("=IF(A2:A3,1)", "it uses a range where one value belongs"),
        ("=SUM(B:B)", "it uses 'B', which is not followed here"),
        ("=name+1", "it uses 'name', which is not followed here"),
        ("={1,2}", "it uses '{', which is not followed here"),
        ("='[1]Other'!A1", "it reads another workbook"),
        ("=ZZZ1", "'ZZZ1' lies outside of a sheet"),
        ("=SUM(B1:ZZ999)", "it reads 700,299 cells at once"),
        ("=1+*2", "the second engine cannot read it"),
        ("=A1", "it reads itself"),
    ],
)
def test_what_is_not_evaluated_is_said(formula: str, why: str) -> None:
    assert reason(formula) == why


def test_a_reason_reaches_all_that_reads_the_cell_and_names_it() -> None:
    cells = {"A1": "=RAND()", "A2": "=A1+1", "A3": "=SUM(A1:A2)", "B1": "=1+1"}
    first, second, third, sound = answers(cells, "A1", "A2", "A3", "B1")
    assert first == second == third
    assert first.place == ("Calc (1)", 1, 1)
    assert sound == EngineAnswer(2.0)


def test_a_ring_of_cells_ends() -> None:
    ring = {f"A{n}": f"=A{n % 9 + 1}+1" for n in range(1, 10)}
    assert [a.reason for a in answers(ring, "A1", "A5")] == ["it reads itself"] * 2


def test_an_array_formula_and_days_from_1904_are_left_out() -> None:
    (answer,) = answers({"A1": "=1+1"}, "A1", arrays=("A1:A3",))
    assert answer.reason == "it is an array formula"
    book = Grid((Sheet("A", cells={(1, 1): Cell(1.0)}),), is_date1904=True)
    assert evaluate(book, [("A", 1, 1)])["A", 1, 1].reason == (
        "the book counts its days from 1904"
    )


LEVELS, SIGNS = limits.FORMULA_LEVELS, limits.FORMULA_SIGNS


@pytest.mark.parametrize(
    ("below", "above", "why"),
    [
        ("=" + "(" * LEVELS + "1" + ")" * LEVELS,
         "=" + "(" * (LEVELS + 1) + "1" + ")" * (LEVELS + 1),
         "it is nested deeper than Excel allows"),
        ("=1" + "+1" * SIGNS, "=1" + "+1" * (SIGNS + 1),
         f"it holds more than {SIGNS} signs"),
        ('="' + "x" * (limits.FORMULA_CHARACTERS - 2) + '"',
         '="' + "x" * (limits.FORMULA_CHARACTERS - 1) + '"',
         "it is longer than Excel allows"),
        ("=SUM(B1:B10000)", "=SUM(B1:B10001)", "it reads 10,001 cells at once"),
    ],
    ids=["levels", "signs", "characters", "range"],
)  # fmt: skip
def test_limits_of_a_formula(below: str, above: str, why: str) -> None:
    assert reason(below) == ""
    assert reason(above) == why


def test_limits_of_a_book() -> None:
    chain = {f"A{n}": f"=A{n + 1}+1" for n in range(1, 3000)}
    assert answers(chain, "A2500")[0] == EngineAnswer(500.0)
    assert answers(chain, "A1")[0].reason.startswith("the chain of formulas")
    doubled = {"A1": "0123456789", **{f"A{n + 1}": f"=A{n}&A{n}" for n in range(1, 30)}}
    assert len(str(answers(doubled, "A12")[0].value)) == 20480
    assert answers(doubled, "A13")[0].reason.startswith("its text could be longer")
    joined = {"A1": "x" * 30_000, **{f"B{n}": "=A1&1" for n in range(1, 40)}}
    assert answers(joined, *joined)[5].reason == "the formulas join too many texts"
    wide = {f"A{n}": "=SUM(B1:B10000)" for n in range(1, 502)}
    assert answers(wide, *wide)[0].reason == "the formulas read too many cells"


def test_whatever_is_written_the_program_lives() -> None:
    """In a process of its own; seeds 1 and 2 were run over 1,000 books each."""
    command = [sys.executable, "-m", "tests.formula.hostile_formulas", "5", "60"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 1000


def test_a_panic_is_no_opinion(monkeypatch: pytest.MonkeyPatch) -> None:
    """DATE is kept away since it panics; here it is let in, to see what happens."""
    from jcm_xl.formula import scan as formula_scan

    monkeypatch.setattr(formula_scan, "PROVED", formula_scan.PROVED | {"DATE"})
    formula_scan.scan.cache_clear()
    try:
        assert reason("=DATE(2021,123456789012,1)") == "the second engine failed"
    finally:
        formula_scan.scan.cache_clear()


@pytest.mark.parametrize(
    ("limit", "cells", "wanted", "key"),
    [
        ("EVALUATED_CELLS", {"A1": "=SUM(B1:B5)", "B1": 1.0, "B2": 2.0, "B5": 4.0}, 4,
         "too-many-cells"),
        ("EVALUATED_VALUES", {"A1": "=SUM(B1:B7)+SUM(B1:B3)", "B1": 1.0}, None,
         "too-much-work"),
        ("CHAIN_LEVELS", {"A1": "=A2+1", "A2": "=A3+1", "A3": "=1+1"}, None, "chain"),
        ("JOINED_CHARACTERS", {"A1": '=B1&"cd"', "B1": "ab"}, None, "text-too-long"),
        ("ALL_JOINED_CHARACTERS", {"A1": '=B1&"cd"', "B1": "ab"}, None,
         "too-many-texts"),
    ],
)  # fmt: skip
def test_a_limit_of_a_book_holds_at_below_and_above(
    limit: str,
    cells: dict[str, object],
    wanted: int | None,
    key: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reasons = []
    for number in range(60):
        monkeypatch.setattr(limits, limit, number)
        reasons.append(answers(cells, "A1")[0].reason)
    step = reasons.index("")
    assert step > 0
    assert step == wanted or wanted is None
    assert reasons[:step] == [because(key, count=number) for number in range(step)]
    assert set(reasons[step:]) == {""}
