"""From the ranges of the sheets to the inputs of one calculation.

Names are matched on the printed symbol without spaces, `_`, `,` and braces. What
cannot be used is left out and kept in words, so that only who needs it fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from jcm_xl.dataclass import dataclass
from jcm_xl.live.arguments import (
    UNIT_NUMBER,
    FunctionError,
    HostCell,
    HostLine,
    HostTable,
    described,
)
from jcm_xl.model.methodology import Item, Methodology, Parameter, fold_symbol
from jcm_xl.model.submission import CellError, StageInputs
from jcm_xl.text.signs import look_alike, told

_NO_NAME = "-"
"""What the sheet prints in Table 2 where a methodology has no row there."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """The arguments of a function that stand for a stage of the workbook."""

    names1: HostLine = ()
    values1: HostLine = ()
    names2: HostLine = ()
    values2: HostLine = ()
    unit_table: HostTable = ()
    plan_units: HostTable = ()


@dataclass(frozen=True, slots=True)
class Given:
    """The inputs that can be used, and in words what the others hold."""

    inputs: StageInputs
    faults: Mapping[tuple[str, int | None], str]

    def fault(self, m: Methodology, name: str, row: int | None) -> str:
        """Return a sentence on an input that is missing."""
        if name in m.sets:
            return f"No row of the unit table is in use ({m.sets[name].label})."
        label = spoken(m.parameters[name].symbol)
        where = f" of unit ({row})" if row else ""
        words = self.faults.get((name, row), "is not among the names of the ranges")
        return f"{label}{where} {words}."


def spoken(symbol: str) -> str:
    """Return a symbol as a cell reads: `EG_{i,p}` -> `EGi,p`."""
    return re.sub(r"[_{}]", "", symbol)


@lru_cache(maxsize=256)
def items_by_symbol(m: Methodology) -> Mapping[str, Item]:
    """Return parameters and formulas by folded symbol and by folded name."""
    named = {fold_symbol(item.name): item for item in m.items}
    return named | {fold_symbol(item.symbol): item for item in m.items}


def read(m: Methodology, ranges: Ranges) -> Given:
    """Read all ranges. Raises `FunctionError` for a name that is unknown or double."""
    faults: dict[tuple[str, int | None], str] = {}
    values: dict[str, float | str | tuple[float | str | None, ...] | None] = {}
    single = _single(m, ranges)
    for p in m.inputs:
        if p.index is None and p.name in single:
            values[p.name] = _usable(m, p, None, single[p.name], faults)
    blocks = {block.index: block for block in _blocks(m, ranges.unit_table)}
    plan = {block.index: block for block in _blocks(m, ranges.plan_units)}
    used: dict[str, tuple[int, ...]] = {}
    for index in m.sets:
        block = blocks.get(index, _Block(index))
        also = plan.get(index, _Block(index)).used
        used[index] = tuple(sorted({*block.used, *also}))
        if m.sets[index].is_fixed:
            used[index] = tuple(range(1, m.sets[index].max_rows + 1))
        for p in m.inputs:
            if p.index == index:
                values[p.name] = _column(m, p, block, used[index], faults)
    return Given(StageInputs(values, used), faults)


def _single(m: Methodology, ranges: Ranges) -> dict[str, HostCell]:
    found: dict[str, HostCell] = {}
    pairs = ((ranges.names1, ranges.values1, 1), (ranges.names2, ranges.values2, 2))
    for names, values, number in pairs:
        if len(names) != len(values):
            raise FunctionError(
                f"names{number} has {len(names)} cells and values{number} has "
                f"{len(values)}; give ranges of the same length."
            )
        for name, value in zip(names, values, strict=True):
            if (name is None and value is None) or name == _NO_NAME:
                continue
            p = _parameter(m, name, f"names{number}")
            if p.name in found:
                raise FunctionError(f"{spoken(p.symbol)} stands twice in the ranges.")
            found[p.name] = value
    return found


def _parameter(m: Methodology, name: HostCell, where: str) -> Parameter:
    if not isinstance(name, str):
        raise FunctionError(f"A cell of {where} {described(name)}; a name is expected.")
    item = items_by_symbol(m).get(fold_symbol(name))
    if isinstance(item, Parameter) and item.is_input:
        return item
    known = ", ".join(spoken(p.symbol) for p in m.inputs)
    raise FunctionError(
        f"'{name}' in {where} is no input of {m.key}; its inputs are: {known}."
    )


def _usable(
    m: Methodology,
    p: Parameter,
    row: int | None,
    value: HostCell,
    faults: dict[tuple[str, int | None], str],
) -> float | str | None:
    """Return a number or a choice of the list; else note what stands there."""
    if p.is_choice:
        if (text := m.choice(p, value)) is not None:
            return text
        offered = ", ".join(m.choices(p)) + _unseen(value, m.choices(p))
        faults[p.name, row] = f"{described(value)}; expected is one of: {offered}"
        return None
    if isinstance(value, float):
        return value
    needs = (
        ""
        if value is None or isinstance(value, CellError)
        else "; a number is expected"
    )
    faults[p.name, row] = described(value) + needs
    return None


def _unseen(value: HostCell, known: Sequence[str]) -> str:
    """Return by which signs a text differs from a known one that looks the same."""
    if not isinstance(value, str) or not any(look_alike(value, one) for one in known):
        return ""
    return f"; it holds {told(value)}"


class _Block:
    """The table of one set: its columns by parameter, its rows from 1."""

    def __init__(self, index: str) -> None:
        self.index = index
        self.columns: dict[str, int] = {}
        self.rows: list[HostLine] = []
        self.is_numbered = False

    @property
    def used(self) -> tuple[int, ...]:
        """Return the rows that hold anything besides their number."""
        first = 1 if self.is_numbered else 0
        return tuple(
            u
            for u, row in enumerate(self.rows, 1)
            if any(one is not None for one in row[first:])
        )


def _blocks(m: Methodology, table: HostTable) -> Iterator[_Block]:
    """Yield the table of each set; a row of symbols begins one.

    Where the rows are numbered `(1)`, `(2)`, as on the sheets, only these are units:
    the labels and units of measure below the symbols are not.
    """
    begun: _Block | None = None
    seen: set[str] = set()
    for row in table:
        heads = _heads(m, row)
        if heads:
            if begun is not None:
                yield _finished(begun)
            index = next(iter(heads.values())).index or ""
            if index in seen:
                raise FunctionError(f"The unit table of '{index}' is given twice.")
            seen.add(index)
            begun = _Block(index)
            for column, p in heads.items():
                if p.name in begun.columns:
                    raise FunctionError(f"{spoken(p.symbol)} has two columns.")
                begun.columns[p.name] = column
        elif begun is not None:
            begun.rows.append(row)
        elif any(one is not None for one in row):
            raise FunctionError(
                "The first row of the unit table holds no symbol of an input; let the "
                "range begin at the row of symbols."
            )
    if begun is not None:
        yield _finished(begun)


def _heads(m: Methodology, row: HostLine) -> dict[int, Parameter]:
    if row and isinstance(row[0], str) and UNIT_NUMBER.fullmatch(row[0]):
        return {}
    found: dict[int, Parameter] = {}
    for column, text in enumerate(row):
        item = (
            items_by_symbol(m).get(fold_symbol(text)) if isinstance(text, str) else None
        )
        if isinstance(item, Parameter) and item.is_input and item.index:
            found[column] = item
    return found


def _finished(block: _Block) -> _Block:
    numbered = [
        row
        for row in block.rows
        if row and isinstance(row[0], str) and UNIT_NUMBER.fullmatch(row[0])
    ]
    if numbered:
        block.rows, block.is_numbered = numbered, True
    return block


def _column(
    m: Methodology,
    p: Parameter,
    block: _Block,
    used: tuple[int, ...],
    faults: dict[tuple[str, int | None], str],
) -> tuple[float | str | None, ...]:
    column = block.columns.get(p.name)
    length = max(used, default=0)
    if column is None:
        for u in used:
            faults[p.name, u] = "has no column in the unit table"
        return (None,) * length
    cells = [row[column] if column < len(row) else None for row in block.rows]
    cells += [None] * (length - len(cells))
    return tuple(
        _usable(m, p, u, cells[u - 1], faults) if u in used else None
        for u in range(1, length + 1)
    )
