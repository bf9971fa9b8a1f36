"""A form: which fields it has, who fills each, how well it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.model.methodology import Source

EntryValue: TypeAlias = str | Decimal | date
"""What one cell of a form holds."""
TableRows: TypeAlias = tuple[Mapping[str, EntryValue], ...]
"""The rows of a table by column; a cell that holds nothing is left out."""
FieldValue: TypeAlias = EntryValue | TableRows
TYPED = "typed"
ITEMS = "form.items"


def table_rows(values: Mapping[str, FieldValue], name: str) -> TableRows:
    """Return the rows of a table among values; none where nothing stands there."""
    rows = values.get(name, ())
    return rows if isinstance(rows, tuple) else ()


class FieldType(StrEnum):
    """What a field takes. `long` is a text of several lines, `file` the name of one."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    FILE = "file"
    TABLE = "table"


class FormEvidence(StrEnum):
    """How well fields are known; `unknown`: nobody here has seen them."""

    DOCUMENT = "document"
    SUMMARY = "summary"
    SECONDARY = "secondary"
    RECOLLECTION = "recollection"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a table. `is_typed`: the person fills it beside what we fill.

    is_key: by it a row is found again, where what we fill has changed.
    """

    id: str
    label: str
    type: FieldType = FieldType.TEXT
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_typed: bool = False
    is_whole: bool = False
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A field applies only where another one holds a value, or another value."""

    field: str
    value: str
    is_not: bool = False

    def holds(self, values: Mapping[str, FieldValue]) -> bool:
        """Tell whether it applies; without an answer to the other field it does not."""
        found = values.get(self.field)
        return found is not None and (found == self.value) is not self.is_not


@dataclass(frozen=True, slots=True)
class FormField:
    """One field, or one table, of a form.

    source: `typed`, or where its value stands already, `plan.total`: such a cell is
            filled by us and locked, so that a number stands once.
    items:  the rows that the form prints itself.
    lock:   the table of requests of which none may be open before it may be positive.
    """

    id: str
    section: str
    label: str
    japanese: str
    type: FieldType = FieldType.TEXT
    source: str = TYPED
    choices: tuple[str, ...] = ()
    columns: tuple[FormColumn, ...] = ()
    rows: int = 0
    items: tuple[str, ...] = ()
    is_required: bool = False
    is_public: bool = True
    evidence: FormEvidence = FormEvidence.RECOLLECTION
    when: When | None = None
    lock: str = ""

    @property
    def is_table(self) -> bool:
        """Tell whether it has rows and columns."""
        return self.type is FieldType.TABLE

    @property
    def is_sourced(self) -> bool:
        """Tell whether its value stands elsewhere already."""
        return self.source != TYPED

    def is_typed(self, column: FormColumn) -> bool:
        """Tell whether a person fills this column of the table."""
        return column.is_typed or not self.is_sourced


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A form. Without fields nobody here has seen it, and no book is made of it.

    unseen:   what of the official form nobody has seen, in words.
    is_of_people: it holds names and addresses of persons, so it is never published.
    by:       who fills it.
    digest:   of the text of its file.
    """

    code: str
    title: str
    source: Source
    evidence: FormEvidence
    unseen: str
    fields: tuple[FormField, ...]
    digest: str
    is_of_people: bool = False
    by: str = "participant"

    @property
    def is_unknown(self) -> bool:
        """Tell whether nobody has seen any field."""
        return not self.fields

    @property
    def is_draft(self) -> bool:
        """Tell whether the layout of the official form was not read."""
        return self.evidence is not FormEvidence.DOCUMENT

    def field(self, name: str) -> FormField | None:
        """Return the field of this id."""
        return next((field for field in self.fields if field.id == name), None)

    @property
    def sources(self) -> Iterator[str]:
        """Yield the sources that its fields ask for, each once."""
        asked = (field.source for field in self.fields if field.is_sourced)
        yield from dict.fromkeys(source for source in asked if source != ITEMS)
