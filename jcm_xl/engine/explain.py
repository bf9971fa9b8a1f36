"""From a figure down to its inputs: one tree of frozen values.

The tree knows nothing of workbooks; where a quantity stands is added by whoever
prints it, from `name`, `row` and `position`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.calculate import is_required
from jcm_xl.expr.evaluate import SHEET, NotCalculable, compile_expression
from jcm_xl.expr.functions import BETWEEN_KEYS, OF_TABLES, OVER_UNITS
from jcm_xl.expr.nodes import Call, Expr, Name, children
from jcm_xl.expr.to_text import to_plain
from jcm_xl.expr.used import names
from jcm_xl.model.methodology import Evidence, Formula, Parameter, Row, Source, Table
from jcm_xl.model.result import Result
from jcm_xl.model.submission import StageInputs


@dataclass(frozen=True, slots=True)
class Explanation:
    """One quantity and what it is made of.

    kind:       `formula`, `monitored`, `fixed`, `default`, `constant` or `table`.
    expression: the formula in plain symbols; empty for what is not calculated.
    reason:     why there is no value, in words; empty where there is one.
    basis:      on what a constant rests.
    position:   of a table's row, from 0.
    """

    kind: str
    name: str
    row: int | None
    symbol: str
    label: str
    unit: str
    value: float | str | None
    reason: str = ""
    expression: str = ""
    source: Source | None = None
    evidence: Evidence | None = None
    note: str = ""
    basis: str = ""
    position: int | None = None
    children: tuple[Explanation, ...] = ()


def explain(
    result: Result,
    inputs: StageInputs,
    name: str,
    row: int | None = None,
    *,
    spell: Callable[[str], str] = str,
) -> Explanation:
    """Return the tree of one quantity; `spell` prints a symbol (`EG_{i,p}`).

    Raises `KeyError` for a name that the methodology does not have.
    """
    return _Explainer(result, inputs, spell).of(name, row)


def parts(tree: Explanation) -> Iterator[Explanation]:
    """Yield each part once, level by level: what is nearest to the figure first."""
    seen: set[tuple[object, ...]] = set()
    level = [tree]
    while level:
        for part in level:
            key = (part.kind, part.name, part.row, part.position)
            if key not in seen:
                seen.add(key)
                yield part
        level = [child for part in level for child in part.children]


class _Scope:
    """What the key of a look-up sees: the calculated quantities of one unit row."""

    def __init__(self, result: Result, row: int | None) -> None:
        self._result, self._row = result, row

    def value(self, name: str) -> Any:
        found = self._result.get(name, self._row) or self._result.get(name)
        if found is None or found.value is None:
            raise NotCalculable("#N/A", f"{name} has no value")
        return found.value

    def column(self, name: str) -> Sequence[Any]:
        raise NotCalculable("#VALUE!", "a key sums nothing")

    def look_up(self, table: str, key: Any) -> Any:
        raise NotCalculable("#VALUE!", "a key looks nothing up")

    def units(self, names: tuple[str, ...]) -> Iterable[_Scope]:
        raise NotCalculable("#VALUE!", "a key asks of no units")


class _Explainer:
    """Builds each quantity once, however often it is used."""

    def __init__(
        self, result: Result, inputs: StageInputs, spell: Callable[[str], str]
    ) -> None:
        self._m, self._result, self._inputs = result.methodology, result, inputs
        self._spell = spell
        self._built: dict[tuple[str, int | None], Explanation] = {}

    def of(self, name: str, row: int | None) -> Explanation:
        """Return the tree of a name, for its unit row where it has rows."""
        row = row if self._index(name) else None
        if (name, row) not in self._built:
            self._built[name, row] = self._build(name, row)
        return self._built[name, row]

    def _index(self, name: str) -> str | None:
        return self._m.index_of(name)

    def _build(self, name: str, row: int | None) -> Explanation:
        m = self._m
        if name in m.formulas:
            return self._formula(m.formulas[name], row)
        if name in m.parameters:
            return self._parameter(m.parameters[name], row)
        constant = m.constants[name]
        return Explanation(
            kind="constant", name=name, row=None, symbol=self._spell(constant.symbol),
            label=constant.label, unit=str(constant.unit), value=float(constant.value),
            basis=constant.basis,
        )  # fmt: skip

    def _value(self, name: str, row: int | None) -> tuple[float | str | None, str]:
        quantity = self._result.get(name, row)
        if quantity is None:
            return None, f"row {row} is not used" if row else "there is no value"
        return quantity.value, quantity.reason

    def _formula(self, f: Formula, row: int | None) -> Explanation:
        value, reason = self._value(f.name, row)
        return Explanation(
            kind="formula", name=f.name, row=row, symbol=self._spell(f.symbol),
            label=f.label, unit=str(f.unit), value=value, reason=reason,
            expression=to_plain(f.tree, self._symbol), source=f.source,
            evidence=f.evidence, note=f.note,
            children=tuple(self._parts(f.tree, row)),
        )  # fmt: skip

    def _parameter(self, p: Parameter, row: int | None) -> Explanation:
        value, reason = self._value(p.name, row)
        if value is None and row is None and p.index is None and p.is_input:
            needed = is_required(self._m, self._inputs, p, None)
            reason = reason or ("it is missing" if needed else "it is not required")
        return Explanation(
            kind=str(p.kind), name=p.name, row=row, symbol=self._spell(p.symbol),
            label=p.label, unit="-" if p.is_choice else str(p.unit), value=value,
            reason=reason, source=p.source, evidence=p.evidence,
            note=p.open.note if p.open else "",
        )  # fmt: skip

    def _symbol(self, name: str) -> str:
        m = self._m
        if name in m.tables:
            return name
        return self._spell(m.named(name).symbol)

    def _parts(self, tree: Expr, row: int | None) -> Iterator[Explanation]:
        """Yield what a formula reads, in the author's order, each once."""
        seen: set[tuple[object, ...]] = set()
        for part in self._read(tree, row):
            key = (part.kind, part.name, part.row, part.position)
            if key not in seen:
                seen.add(key)
                yield part

    def _read(self, tree: Expr, row: int | None) -> Iterator[Explanation]:
        match tree:
            case Name(name):
                yield self.of(name, row)
            case Call(function) if function in (*OVER_UNITS, "any"):
                for name in names(tree):
                    for unit in self._inputs.used.get(self._index(name) or "", ()):
                        yield self.of(name, unit)
            case Call(function, (Name(name), *keys)) if function in OF_TABLES:
                yield from self._of_table(self._m.tables[name], keys, row)
            case _:
                for child in children(tree):
                    yield from self._read(child, row)

    def _of_table(
        self, table: Table, keys: Sequence[Expr], row: int | None
    ) -> Iterator[Explanation]:
        for key in keys:
            yield from self._read(key, row)
        if table.match == "points":
            yield from self._points(table, keys[0], row)
        else:
            yield self._look_up(table, keys, row)

    def _points(
        self, table: Table, key: Expr, row: int | None
    ) -> Iterator[Explanation]:
        """Yield the two points between which a value lies."""
        try:
            wanted = compile_expression(key, SHEET)(_Scope(self._result, row))
        except NotCalculable:
            return
        where = [float(point.start or 0) for point in table.rows]
        inner = sum(SHEET.compare(wanted, each) >= 0 for each in where[1:-1])
        for position in (inner, inner + 1):
            at = table.rows[position]
            yield Explanation(
                kind="table", name=table.name, row=row, symbol=table.name,
                label=f"{table.label}: {_row_label(table, at)}", unit=str(table.unit),
                value=float(at.value), reason="", source=at.source,
                evidence=at.evidence, position=position,
            )  # fmt: skip

    def _look_up(
        self, table: Table, keys: Sequence[Expr], row: int | None
    ) -> Explanation:
        number, found, reason = None, None, ""
        try:
            scope = _Scope(self._result, row)
            each = [compile_expression(key, SHEET)(scope) for key in keys]
            wanted = each[0] if len(each) == 1 else BETWEEN_KEYS.join(map(str, each))
            found = next(
                (i for i, r in enumerate(table.rows) if _matches(r, wanted)), None
            )
            if found is None:
                reason = f"'{wanted}' is in no row of the table"
        except NotCalculable as fault:
            reason = fault.reason
        at = table.rows[found] if found is not None else None
        if at is not None:
            number = float(at.value)
        return Explanation(
            kind="table", name=table.name, row=row, symbol=table.name,
            label=f"{table.label}: {_row_label(table, at)}" if at else table.label,
            unit=str(table.unit), value=number, reason=reason,
            source=at.source if at else table.source,
            evidence=at.evidence if at else table.evidence, position=found,
        )  # fmt: skip


def _matches(row: Row, key: float | str) -> bool:
    if row.start is None or row.end is None:
        return SHEET.compare(row.key, str(key)) == 0
    above = SHEET.compare(key, float(row.end))
    is_inside = above < 0 or (row.is_closed and above == 0)
    return is_inside and SHEET.compare(key, float(row.start)) >= 0


def _row_label(table: Table, row: Row) -> str:
    if row.start is None:
        return row.key
    if row.end is None:
        return f"{table.key_label} = {row.start}"
    sign = "<=" if row.is_closed else "<"
    return f"{row.start} <= {table.key_label} {sign} {row.end}"
