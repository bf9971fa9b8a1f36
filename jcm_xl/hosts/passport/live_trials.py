"""Every live function of the registry with the tables of a book, and what it gives.

Nothing here knows a function by its name: arguments are told by theirs. One that has
no sample is said to be untried, which a test does not allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jcm_xl.definition import library
from jcm_xl.hosts.passport.shapes import block_at
from jcm_xl.hosts.passport.trial import (
    ReadBlock,
    ReferenceAt,
    Trial,
    TrialKind,
    ValueBlock,
)
from jcm_xl.live.arguments import FunctionError
from jcm_xl.live.functions import REGISTRY, ArgumentKind, Function, ResultShape, call
from jcm_xl.live.registry import NAME, RANGES, Argument, CallResult
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Stage
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.ranges import Area, stage_areas
from jcm_xl.plan.sheets.live import DIALECTS
from jcm_xl.xlsx.grid import CellError, CellValue, Grid, address

UNTRIED = "not tried: no sample for "
VERSION = "VERSION"
"""The function that tells whether functions are there at all."""
_TABLES = frozenset(argument.name for argument in RANGES)
_CONVERTED = {"value": 1500.0, "from_unit": "kWh", "to_unit": "MWh"}
_REFUSED = CellError("#VALUE!")
_LINES = 2


class SampleBook(NamedTuple):
    """The book whose tables the functions are given."""

    plan: Plan
    grid: Grid


class _Word(NamedTuple):
    """An argument as Python takes it, and as a formula writes it."""

    given: object
    piece: str | ReferenceAt | None


def live_trials(book: SampleBook, host: str) -> tuple[Trial, ...]:
    """Return the trials of all functions, in the words of a host."""
    return tuple(t for entry in REGISTRY for t in _of(entry, book, host))


def _of(entry: Function, book: SampleBook, host: str) -> Iterator[Trial]:
    words, missing = _words(entry, book, _tables(book, is_blank=False))
    if missing:
        text = f'"{UNTRIED}{missing}"'
        yield Trial(TrialKind.FUNCTIONS, entry.name, f"{UNTRIED}{missing}", (text,), "")
        return
    yield from _answers(entry, words, host, "the example")
    is_refusing = entry.shape is ResultShape.NUMBER and not entry.is_verdict
    if is_refusing and any(a.name in _TABLES for a in entry.arguments):
        blank, _ = _words(entry, book, _tables(book, is_blank=True))
        yield from _answers(entry, blank, host, "a blank is refused, never 0")


def _answers(
    entry: Function, words: Sequence[_Word], host: str, where: str
) -> Iterator[Trial]:
    try:
        found: CallResult = call(
            library.load, entry.name, *(word.given for word in words)
        )
    except FunctionError:
        yield _trial(entry, words, host, where, _REFUSED)
        return
    if not isinstance(found, tuple):
        yield _trial(entry, words, host, where, found)
        return
    for row in sorted({0, len(found) - 1})[:_LINES]:
        for column, value in enumerate(found[row]):
            at = (row + 1, column + 1)
            yield _trial(entry, words, host, f"{where}, line {row + 1}", value, at)


def _trial(
    entry: Function,
    words: Sequence[_Word],
    host: str,
    where: str,
    expected: CellValue,
    cell: tuple[int, int] | None = None,
) -> Trial:
    dialect = DIALECTS[host]
    pieces = [word.piece for word in words]
    while not dialect.keeps_empty and pieces and pieces[-1] is None:
        pieces.pop()
    written: list[str | ReferenceAt] = [f"{dialect.prefix}{entry.name}("]
    for number, piece in enumerate(pieces):
        written += [","] * (number > 0) + ([] if piece is None else [piece])
    written.append(")")
    if cell:
        written = ["INDEX(", *written, f",{cell[0]},{cell[1]})"]
    return Trial(
        TrialKind.FUNCTIONS, entry.name, where, tuple(written), expected, bool(cell)
    )


# -- arguments -----------------------------------------------------------------------


def _words(
    entry: Function, book: SampleBook, tables: Mapping[str, _Word]
) -> tuple[list[_Word], str]:
    """Return a word for each argument; and the first that has no sample."""
    m = book.plan.methodology
    takes_tables = any(a.name in _TABLES for a in entry.arguments)
    samples: dict[str, object] = {"id_version": m.key, **_CONVERTED, **_questions(m)}
    samples |= {NAME.name: m.results.reduction} if takes_tables else _default(m)
    words, missing = [], ""
    for argument in entry.arguments:
        if argument.name in tables:
            words.append(tables[argument.name])
        elif argument.name in samples:
            words.append(_sample(argument, samples[argument.name]))
        elif argument.is_optional:
            words.append(_Word(None, None))
        else:
            missing = missing or argument.name
    return words, missing


def _default(m: Methodology) -> dict[str, object]:
    """Return the name of a default value; or of a table with one of its keys."""
    values = [(p.symbol, p.value) for p in m.parameters.values()]
    values += [(c.symbol, c.value) for c in m.constants.values()]
    for symbol, value in values:
        if value is not None:
            return {NAME.name: symbol}
    for table in m.tables.values():
        if table.match == "exact":
            return {NAME.name: table.name, "key": next(iter(table.keys))}
    return {}


def _questions(m: Methodology) -> dict[str, object]:
    """Return what is asked of the example, by the names of arguments."""
    asked = next(p for p in m.inputs if p.is_monitored and not p.is_choice)
    place = f"{asked.name}[1]" if asked.index else asked.name
    return {
        "changes": f"{place}=405",
        "year": 2023.0,  # the year of every example
        "first_day": 44927.0,
        "last_day": 45291.0,
        "plan_days": 365.0,
        "days": 365.0,
        "criterion": 1.0,
        "cell": m.results.reduction,
    }


def _sample(argument: Argument, value: object) -> _Word:
    if argument.kind is ArgumentKind.SCALAR:
        text = f'"{value}"' if isinstance(value, str) else f"{value:.15g}"
        return _Word(value, text)
    block: ValueBlock = ((value,),)  # type: ignore[assignment]
    is_block = argument.kind is not ArgumentKind.CELL
    return _Word(block if is_block else value, _own(argument.name, block))


def _own(name: str, block: ValueBlock) -> ReferenceAt:
    is_cell = len(block) * len(block[0]) == 1
    dollars = ("$", "$") if is_cell else ("$",) * 4
    return ReferenceAt(ReadBlock(("sample", name), block, True), dollars)


def _tables(book: SampleBook, *, is_blank: bool) -> dict[str, _Word]:
    """Return the ranges of the report; or with blanks where Table 1 has its values."""
    words: dict[str, _Word] = {}
    for stage, prefix in ((Stage.REPORT, ""), (Stage.PLAN, "plan_")):
        areas = stage_areas(book.plan.methodology, book.plan.slots, book.plan.layout,
                            book.plan.rows, stage)  # fmt: skip
        for argument, area in zip(RANGES, areas, strict=True):
            words.setdefault(prefix + argument.name, _area(book.grid, area))
    if not is_blank:
        return words
    name = next(n for n in ("unit_table", "values1") if words[n].given is not None)
    given = words[name].given
    assert isinstance(given, tuple)
    emptied: ValueBlock = tuple(
        tuple(None if isinstance(v, float) else v for v in row) for row in given
    )
    return {**words, name: _Word(emptied, _own(f"{name} blank", emptied))}


def _area(grid: Grid, area: Area | None) -> _Word:
    if area is None:
        return _Word(None, None)
    sheet = grid.sheet(area.sheet)
    assert sheet is not None
    ends = f"{address(area.top, area.left)}:{address(area.bottom, area.right)}"
    given = tuple(
        tuple(v.code if isinstance(v, CellError) else v for v in row)
        for row in block_at(sheet, ends)
    )
    return _Word(given, str(area))
