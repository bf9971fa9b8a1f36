"""Every formula shape of the library's books, out of the books as they are written.

Formulas are of one shape where they differ in cells, numbers and texts alone. Of each
shape one is tried for each kind of result that it gives somewhere: a number, nothing,
a text, an error. What it has to give is what the engine stored beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jcm_xl.definition import library
from jcm_xl.formula.evaluation.book import BookValues
from jcm_xl.formula.evaluation.habits import Habits
from jcm_xl.hosts.passport.trial import (
    REFERENCE,
    ReadBlock,
    ReferenceAt,
    Trial,
    TrialKind,
    ValueBlock,
)
from jcm_xl.inputs.example import example_inputs
from jcm_xl.inputs.read import read_inputs
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import make_plan
from jcm_xl.plan.stage import calculate_stages
from jcm_xl.writing.write import write
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import CellError, CellValue, Grid, Sheet, address, parse_address
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.read import read_grid

_CALL = re.compile(r"[A-Z][A-Z0-9.]*(?=\()")
_DOLLARS = re.compile(r"(\$?)[A-Z]+(\$?)[0-9]+")
_EDITIONS = {
    "": (Edition(), True),
    " with months and meters": (Edition(monthly=True, meters=True), True),
    " blank": (Edition(), False),
}
"""The books of a definition that are looked at; whether the example is filled in."""


class FormulaFound(NamedTuple):
    """A formula of a book, where it stands and what it gives."""

    book: str
    sheet: Sheet
    cell: str
    formula: str
    value: CellValue


def formula_trials(keys: Iterable[str]) -> tuple[Trial, ...]:
    """Return a trial for each shape and kind of result in the books of definitions."""
    found: dict[tuple[str, str], Trial] = {}
    shapes: dict[str, str] = {}
    for key in keys:
        m = library.load(key)
        for words, (edition, is_filled) in _EDITIONS.items():
            if is_filled and not m.examples:
                continue
            grid = _book(m, edition, is_filled=is_filled)
            sheets = {sheet.name: sheet for sheet in grid.sheets}
            name = key + words
            for one in (*_cells(name, grid), *_rules(name, grid)):
                shape = shapes.get(one.formula)
                if shape is None:
                    shape = shapes[one.formula] = shape_of(one.formula)
                kind = (shape, _kind(one.value))
                if kind not in found:
                    found[kind] = _trial(one, sheets)
    return tuple(found.values())


def shape_of(formula: str) -> str:
    """Return a formula without its cells, numbers and texts."""
    return REFERENCE.sub(_spelling, formula)


def _spelling(match: re.Match[str]) -> str:
    if match["text"] is not None:
        return '""'
    if match["number"] is not None:
        return "0"
    cells = [match["first"], match["last"] or ""]
    words = [re.sub("[A-Z]+", "c", re.sub("[0-9]+", "r", cell)) for cell in cells]
    return ("!" if match["sheet"] else "") + ":".join(filter(None, words))


def _kind(value: CellValue) -> str:
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, bool | str):
        return f"{type(value).__name__} {bool(value)}"
    return "number" if value else "zero"


def _book(m: Methodology, edition: Edition, *, is_filled: bool) -> Grid:
    """Write a book, blank or with its first example, and read it."""
    if is_filled:
        submission = read_inputs(example_inputs(m), m).submission
        plan = make_plan(m, submission.rows, edition)
    else:
        plan = make_plan(m, {}, edition)
        submission = Submission(m.id, m.version, plan.rows, {})
    inputs, results = calculate_stages(plan, submission)
    return read_grid(open_bytes(write(plan, submission, inputs, results)))


def _cells(key: str, grid: Grid) -> Iterator[FormulaFound]:
    for sheet in grid.sheets:
        for (row, column), cell in sheet.cells.items():
            if cell.formula is not None:
                at = address(row, column)
                yield FormulaFound(key, sheet, at, cell.formula, cell.value)


def _rules(key: str, grid: Grid) -> Iterator[FormulaFound]:
    """Yield the formulas of conditional formats and of validations."""
    book = BookValues(grid, Habits(), limits.EVALUATION_WORK)
    for sheet in grid.sheets:
        rules = [(c.ranges, f) for c in sheet.look.conditions if c.type == "expression"
                 for f in c.formulas]  # fmt: skip
        rules += [
            (v.sqref, v.formula1) for v in sheet.validations if v.type == "custom"
        ]
        for ranges, formula in rules:
            first = re.split("[ :]", ranges)[0]
            at = parse_address(first)
            told = book.asked(formula, (sheet.name, *at), at)
            if told.obstacle is None:
                yield FormulaFound(key, sheet, first, formula, told.value)


def _trial(one: FormulaFound, sheets: dict[str, Sheet]) -> Trial:
    pieces: list[str | ReferenceAt] = []
    end = 0
    for match in REFERENCE.finditer(one.formula):
        if match["first"] is None:
            continue
        pieces += [one.formula[end : match.start()], _reference(one, match, sheets)]
        end = match.end()
    pieces.append(one.formula[end:])
    functions = sorted(set(_CALL.findall(re.sub('"[^"]*"', "", one.formula))))
    where = f"{one.book} {one.sheet.name}!{one.cell}"
    what = ", ".join(functions) or "arithmetic"
    return Trial(TrialKind.FORMULAS, what, where, tuple(pieces), one.value)


def _reference(
    one: FormulaFound, match: re.Match[str], sheets: dict[str, Sheet]
) -> ReferenceAt:
    named = match["sheet"]
    name = named[:-1].strip("'").replace("''", "'") if named else one.sheet.name
    first, last = match["first"], match["last"]
    dollars = [sign for cell in filter(None, (first, last))
               for sign in _DOLLARS.match(cell).groups()]  # type: ignore[union-attr] # fmt: skip
    area = f"{first}:{last or first}".replace("$", "")
    block = block_at(sheets[name], area)
    place = (one.book, f"{name}!{area}")
    return ReferenceAt(ReadBlock(place, block, named is None), tuple(dollars))


def block_at(sheet: Sheet, area: str) -> ValueBlock:
    """Return the values of an area such as `B4:C9`."""
    ends = [parse_address(cell) for cell in area.split(":")]
    (top, bottom), (left, right) = (
        sorted(end[i] for end in (ends[0], ends[-1])) for i in (0, 1)
    )
    return tuple(
        tuple(
            cell.value if (cell := sheet.cells.get((row, column))) else None
            for column in range(left, right + 1)
        )
        for row in range(top, bottom + 1)
    )
