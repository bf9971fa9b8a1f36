"""Every field of a form in its cell, for the writer, the reader and the guard alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.register import forms
from jcm_xl.forms.model import (
    EntryValue,
    FieldType,
    FieldValue,
    FormColumn,
    FormDefinition,
    FormEvidence,
    FormField,
    TableRows,
)
from jcm_xl.forms.sources import SourceValues
from jcm_xl.xlsx.grid import Position, address, column_letters

SECTION, LABEL, NOTE, ENTRY = 1, 2, 3, 4
"""The columns of a form's sheet; a table goes on to the right of ENTRY."""
HEADINGS = {SECTION: "No.", LABEL: "Field", NOTE: "Remark", ENTRY: "Entry"}
TITLE_ROW, DRAFT_ROW, HELP_ROW, HEAD_ROW = 1, 2, 3, 5
_FIRST = HEAD_ROW + 1
HELP = (
    "Fill the yellow cells. Grey cells are filled from the project and its books: "
    "correct them there and make the form again."
)
_ITEM = "item"
ASKING, OPEN = ("CAR", "CL"), "open"
"""The requests that have to be closed before an opinion may be positive."""


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell for one value. row, column: from 1. number: the row of its table, or 0.

    value: what we fill in it; a cell of which that is nothing is empty and locked.
    keys:  by which its row is found again, where we fill it in part.
    """

    field: FormField
    row: int
    column: int
    type: FieldType
    choices: tuple[str, ...]
    is_typed: bool
    is_required: bool
    part: FormColumn | None = None
    number: int = 0
    value: EntryValue | None = None
    keys: tuple[tuple[str, EntryValue], ...] = ()

    @property
    def at(self) -> Position:
        """Return row and column."""
        return self.row, self.column

    @property
    def address(self) -> str:
        """Return `D7`."""
        return address(self.row, self.column)

    @property
    def name(self) -> str:
        """Return `title`, or `requests[2].status` of a table."""
        if self.part is None:
            return self.field.id
        return f"{self.field.id}[{self.number}].{self.part.id}"

    @property
    def label(self) -> str:
        """Return what the cell is called for people."""
        return self.part.label if self.part is not None else self.field.label


@dataclass(frozen=True, slots=True)
class ChoiceLock:
    """A choice that is taken away while a request is open.

    Beside `cell` stand the formula that counts what is open, then the choices.
    """

    cell: FormCell
    kinds: str
    states: str

    @property
    def formula(self) -> str:
        """Return how many CAR and CL are open, as a formula."""
        counts = (
            f'COUNTIFS({self.kinds},"{kind}",{self.states},"{OPEN}")' for kind in ASKING
        )
        return "+".join(counts)

    @property
    def counted_at(self) -> Position:
        """Return where the formula stands."""
        return self.cell.row, self.cell.column + 1

    @property
    def choices(self) -> tuple[str, str]:
        """Return the ranges of all choices, and of those without the first."""
        row, first = self.cell.row, self.cell.column + 2
        last = first + len(self.cell.choices) - 1
        return _area(row, first, row, last), _area(row, first + 1, row, last)


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form laid out. texts: what is printed, by row and column; cells: the rest.

    locks: the fields whose first choice may not be taken while a request is open.
    last: the last row and column that anything stands in.
    """

    form: FormDefinition
    name: str
    id: str
    texts: Mapping[Position, str]
    cells: tuple[FormCell, ...]
    locks: tuple[ChoiceLock, ...]
    last: Position

    @property
    def typed(self) -> Iterator[FormCell]:
        """Yield the cells that a person fills."""
        return (cell for cell in self.cells if cell.is_typed)

    def of(self, field: str) -> tuple[FormCell, ...]:
        """Return the cells of a field, row by row."""
        return tuple(cell for cell in self.cells if cell.field.id == field)


def place_form(form: FormDefinition, country: str, known: SourceValues) -> FormSheet:
    """Return the sheet of a form: its rows follow from the fields and what is known."""
    texts: dict[Position, str] = {
        (TITLE_ROW, SECTION): f"JCM {form.title}",
        (HELP_ROW, SECTION): HELP,
        **{(HEAD_ROW, column): text for column, text in HEADINGS.items()},
    }
    if name := form_id(form, country):
        texts[TITLE_ROW, ENTRY] = name
    if form.is_draft:
        texts[DRAFT_ROW, SECTION] = draft_line(form)
    cells: list[FormCell] = []
    row = _FIRST
    for field in form.fields:
        texts[row, SECTION] = field.section
        texts[row, LABEL] = f"{field.label}\n{field.japanese}"
        texts[row, NOTE] = note(field)
        if field.is_table:
            row = _table(field, row, known, texts, cells)
        else:
            cells.append(_single(field, row, known))
            row += 1
    locks = tuple(_locks(cells))
    for lock in locks:
        texts |= _lock_texts(lock)
    last = max(column for _, column in (*texts, *(cell.at for cell in cells)))
    return FormSheet(form, form.code, form_id(form, country), texts, tuple(cells),
                     locks, (row - 1, last))  # fmt: skip


def _locks(cells: Sequence[FormCell]) -> Iterator[ChoiceLock]:
    for cell in cells:
        if cell.field.lock:
            kinds, states = (
                _column(cells, cell.field.lock, name) for name in ("kind", "status")
            )
            yield ChoiceLock(cell, kinds, states)


def _column(cells: Sequence[FormCell], table: str, name: str) -> str:
    column = [
        cell for cell in cells
        if cell.field.id == table and cell.part is not None and cell.part.id == name
    ]  # fmt: skip
    return _area(*column[0].at, *column[-1].at)


def _area(top: int, left: int, bottom: int, right: int) -> str:
    first, last = column_letters(left), column_letters(right)
    return f"${first}${top}:${last}${bottom}"


def _lock_texts(lock: ChoiceLock) -> dict[Position, str]:
    row, first = lock.cell.row, lock.cell.column + 2
    return {
        (row, column): choice for column, choice in enumerate(lock.cell.choices, first)
    }


def form_id(form: FormDefinition, country: str) -> str:
    """Return what the official form is called, as far as its version was seen."""
    return forms()[form.code].id_in(country)


def draft_line(form: FormDefinition) -> str:
    """Return why nobody may take the book for the official form."""
    return (
        f"DRAFT: not the official form. Not seen: {form.unseen}. Its fields rest on: "
        f"{form.source} ({form.evidence})."
    )


def note(field: FormField) -> str:
    """Return the remark beside a field: required, private, how well it is known."""
    words = ["required"] if field.is_required else []
    if field.when is not None:
        link = "is not" if field.when.is_not else "is"
        words.append(f"only where {field.when.field} {link} {field.when.value}")
    if not field.is_public:
        words.append("not published")
    if field.evidence is FormEvidence.RECOLLECTION:
        words.append("from recollection")
    return "; ".join(words)


def _single(field: FormField, row: int, known: SourceValues) -> FormCell:
    value = known.get(field.source)
    return FormCell(
        field, row, ENTRY, field.type, field.choices,
        is_typed=not field.is_sourced, is_required=field.is_required,
        value=None if isinstance(value, tuple) else value,
    )  # fmt: skip


def _table(
    field: FormField, row: int, known: SourceValues,
    texts: dict[Position, str], cells: list[FormCell],
) -> int:  # fmt: skip
    """Place the headings and the rows of a table; return the row below."""
    for column, part in enumerate(field.columns, ENTRY):
        texts[row, column] = part.label
    filled = filled_rows(field, known)
    count = len(filled) if field.is_sourced else field.rows
    for number in range(1, max(count, 1) + 1):
        given = filled[number - 1] if number <= len(filled) else {}
        keys = tuple((c.id, given[c.id]) for c in field.columns
                     if c.is_key and c.id in given)  # fmt: skip
        for column, part in enumerate(field.columns, ENTRY):
            is_typed = field.is_typed(part) and (not field.is_sourced or bool(filled))
            cells.append(FormCell(
                field, row + number, column, part.type, part.choices, is_typed,
                part.is_required, part, number, given.get(part.id), keys,
            ))  # fmt: skip
    return row + max(count, 1) + 1


def filled_rows(field: FormField, known: SourceValues) -> TableRows:
    """Return the rows of a table that we fill."""
    if field.items:
        return tuple({_ITEM: item} for item in field.items)
    value: FieldValue | None = known.get(field.source)
    return value if isinstance(value, tuple) else ()
