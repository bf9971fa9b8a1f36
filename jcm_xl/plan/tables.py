"""The tables of the official sheets: columns by role, as the layout's file has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.text.nearest import nearest

FIRST_COLUMN: Final = 2
"""Every sheet begins in column B; A is a margin."""
MARGIN: Final = 1
"""The column in which nothing ever stands."""
TEXT: Final = "text"
"""Kind of a column in which the participant writes a text."""
OPTION_TEXT: Final = "option text"
"""Kind of a column with the methodology's text of the monitoring option."""
_STAGES: Final = {"mps": "plan", "mrs": "report"}
_KEYS: Final = ("role", "kind", "heading", "width", "span", "gap", "stage")
_OPTION_TEXTS: Final = ("source", "procedure", "frequency")


class LayoutError(JcmError):
    """A layout that describes no sheet."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    kind:   what stands in it: its own role, or `TEXT` or `OPTION_TEXT`.
    first:  the sheet column it begins in, counted from 1.
    span:   how many sheet columns it takes.
    widths: of each of those, in signs; empty where the table gives none.
    """

    role: str
    kind: str
    heading: str
    first: int
    span: int
    widths: tuple[float, ...] = ()

    @property
    def last(self) -> int:
        """Return the last sheet column it takes."""
        return self.first + self.span - 1


@dataclass(frozen=True)
class SheetTable:
    """A table on the sheet of one stage, its columns from left to right."""

    key: str
    title: str
    columns: tuple[Column, ...]
    has_letters: bool

    @cached_property
    def by_role(self) -> Mapping[str, Column]:
        """Return the columns by role."""
        return {column.role: column for column in self.columns}

    def __getitem__(self, role: str) -> Column:
        return self.by_role[role]

    def __contains__(self, role: str) -> bool:
        return role in self.by_role

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    @property
    def roles(self) -> tuple[str, ...]:
        """Return the roles from left to right."""
        return tuple(column.role for column in self.columns)

    @property
    def headings(self) -> Mapping[str, str]:
        """Return the headings by role, of the columns that have one."""
        return {c.role: c.heading for c in self.columns if c.heading}

    @property
    def last(self) -> int:
        """Return the last sheet column of the table."""
        return max(column.last for column in self.columns)

    def of_kind(self, *kinds: str) -> tuple[str, ...]:
        """Return the roles of the columns of these kinds."""
        return tuple(column.role for column in self.columns if column.kind in kinds)

    def widths(self, margin: float) -> list[float]:
        """Return the widths of the sheet's columns, as far as they are given."""
        found = {FIRST_COLUMN - 1: margin}
        for column in self.columns:
            found |= dict(enumerate(column.widths, column.first))
        return [found[n] for n in range(1, max(found) + 1) if n in found]


@dataclass(frozen=True, slots=True)
class TableKind:
    """What the program knows of a table: the roles it takes.

    required: without these nothing works; `known`: those it can also fill.
    report:   required on the sheet of the report alone; `plan` likewise.
    takes_texts: whether columns of the participant's texts may be added.
    """

    required: tuple[str, ...]
    known: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    takes_texts: bool = False

    def roles(self, stage: str) -> tuple[str, ...]:
        """Return the roles that may not be missing at a stage."""
        return (*self.required, *(self.plan if stage == "mps" else self.report))


KINDS: Final[Mapping[str, TableKind]] = {
    "table1": TableKind(
        ("symbol", "label", "value", "unit", "option"),
        known=("period", "point"), takes_texts=True,
    ),
    "table2": TableKind(("symbol", "label", "value", "unit"), takes_texts=True),
    "table3": TableKind(
        ("value", "unit"), plan=("days_label", "days"), report=("period",)
    ),
    "period": TableKind(("label", "first", "start", "last", "end", "hint")),
    "options": TableKind(("option", "type", "data")),
    "texts": TableKind(("symbol", "option"), takes_texts=True),
    "separate": TableKind(("number", "value", "option"), takes_texts=True),
    "calc": TableKind(("label", "fuel", "value", "unit", "symbol", "source")),
    "calc.key": TableKind(("key",)),
    "calc.class": TableKind(("label", "from", "to")),
    "calc.number": TableKind(("number", "used", "item")),
    "mss": TableKind(("person", "role")),
    "check": TableKind(("symbol", "what", "plan", "report", "ratio", "look")),
    "live": TableKind(
        ("stage", "symbol", "label", "native", "live", "difference", "verdict")
    ),
}  # fmt: skip
"""The tables of the official sheets, and of Check and Live."""
INPUT_TABLES: Final = ("table1", "table2", "table3", "options", "texts")


def read_tables(data: Mapping[str, Any]) -> dict[tuple[str, str], SheetTable]:
    """Return every table by key and stage; raises `LayoutError` for what cannot be."""
    tables = {
        (key, stage): _table(data, key, stage) for key in KINDS for stage in _STAGES
    }
    for stage in _STAGES:
        _agree(tables, stage)
    return tables


def _table(data: Mapping[str, Any], key: str, stage: str) -> SheetTable:
    block, _, part = key.partition(".")
    facts = data.get(block)
    name = f"{part}_columns" if part else "columns"
    entries = facts.get(name) if isinstance(facts, Mapping) else None
    if not isinstance(facts, Mapping) or not isinstance(entries, list):
        raise LayoutError(f"The layout has no [{block}] with {name}.")
    where = f"[{block}] {name}"
    columns = tuple(_columns(entries, stage, key, where))
    _complete(columns, KINDS[key].roles(stage), where, stage)
    title = _of_stage(facts.get("title", ""), stage)
    return SheetTable(key, str(title), columns, bool(facts.get("letters")))


def _columns(
    entries: Iterable[Mapping[str, Any]], stage: str, key: str, where: str
) -> Iterator[Column]:
    at = FIRST_COLUMN
    for entry in entries:
        role, kind = _named(entry, KINDS[key], where)
        only = entry.get("stage", "")
        if only not in ("", *_STAGES.values()):
            raise LayoutError(f"{where}: {role}: stage is not plan or report: {only}")
        if only not in ("", _STAGES[stage]):
            continue
        span = _count(entry, "span", stage, 1, f"{where}: {role}")
        first = at + _count(entry, "gap", stage, 0, f"{where}: {role}")
        heading = str(_of_stage(entry.get("heading", ""), stage))
        yield Column(role, kind, heading, first, span, _widths(entry, span))
        at = first + span


def _named(entry: Mapping[str, Any], kind: TableKind, where: str) -> tuple[str, str]:
    """Return role and kind of a column."""
    for name in entry:
        if name not in _KEYS:
            raise LayoutError(
                f"{where}: unknown key '{name}'{nearest(name, _KEYS)}; known are "
                f"{', '.join(_KEYS)}."
            )
    role = entry.get("role", "")
    if not isinstance(role, str) or not role.isidentifier():
        raise LayoutError(f"{where}: a column needs a role, a name: {dict(entry)}")
    known = (*kind.required, *kind.known, *kind.plan, *kind.report)
    given = entry.get("kind", role)
    if role in known and given == role:
        return role, role
    if not kind.takes_texts or role in known or given not in (TEXT, OPTION_TEXT):
        raise LayoutError(
            f"{where}: unknown role '{role}' of the kind '{given}'"
            f"{nearest(role, known)}; known are {', '.join(known)}"
            + (f", and any other of the kind '{TEXT}'." if kind.takes_texts else ".")
        )
    if given == OPTION_TEXT and role not in _OPTION_TEXTS:
        raise LayoutError(
            f"{where}: a methodology has no '{role}' for an option; its texts are "
            f"{', '.join(_OPTION_TEXTS)}."
        )
    return role, given


def _count(
    entry: Mapping[str, Any], key: str, stage: str, least: int, where: str
) -> int:
    count = _of_stage(entry.get(key, least), stage)
    if type(count) is not int or count < least:
        raise LayoutError(f"{where}: {key} is a whole number from {least}, not {count}")
    return count


def _widths(entry: Mapping[str, Any], span: int) -> tuple[float, ...]:
    width = entry.get("width")
    if width is None:
        return ()
    return tuple(width) if isinstance(width, list) else (width,) * span


def _of_stage(value: Any, stage: str) -> Any:
    return value[_STAGES[stage]] if isinstance(value, Mapping) else value


def _complete(
    columns: tuple[Column, ...], required: Iterable[str], where: str, stage: str
) -> None:
    roles = [column.role for column in columns]
    for role in required:
        if role not in roles:
            raise LayoutError(
                f"{where}: the column '{role}' of the {_STAGES[stage]} is missing."
            )
    for column in columns:
        if roles.count(column.role) > 1:
            raise LayoutError(f"{where}: two columns have the role '{column.role}'.")
        if column.heading and column.heading in (
            other.heading for other in columns if other is not column
        ):
            raise LayoutError(
                f"{where}: two columns have the heading '{column.heading}'."
            )


def _agree(tables: Mapping[tuple[str, str], SheetTable], stage: str) -> None:
    """Refuse what no table alone can show."""
    texts, table1 = tables["texts", stage], tables["table1", stage]
    for role in table1.of_kind(OPTION_TEXT):
        if role not in texts:
            raise LayoutError(f"[texts] columns: the column '{role}' is missing.")
    calc = tables["calc", stage]
    first = min(calc[role].first for role in ("value", "unit", "source"))
    for part in ("key", "class"):
        if tables[f"calc.{part}", stage].last >= first:
            raise LayoutError(
                f"[calc] {part}_columns reach under value, unit or source of columns."
            )
    roles = tables["separate", stage].roles
    if roles[0] != "number":
        raise LayoutError("[separate] columns: the column 'number' stands first.")
    if roles.index("option") != roles.index("value") + 1:
        raise LayoutError("[separate] columns: 'option' stands right of 'value'.")
