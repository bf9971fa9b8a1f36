"""What a person typed into a form, as a small text file that a fresh book takes up.

form = "PDD"

[values]
description = '''...'''

[[values.comments]]
stakeholder = "..."
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from jcm_xl.definition.block import Block
from jcm_xl.definition.problems import Collector
from jcm_xl.forms.folder import CONTACTS, ProjectError, read_toml
from jcm_xl.forms.model import (
    EntryValue,
    FieldType,
    FieldValue,
    FormDefinition,
    FormField,
    table_rows,
)
from jcm_xl.forms.place import FormCell, FormSheet
from jcm_xl.text.nearest import nearest

_HEAD = "# Typed into the form {code}; `jcm-xl form new` writes it into a fresh book.\n"


def typed_file(folder: Path, form: FormDefinition) -> Path:
    """Return where a project keeps what was typed into a form."""
    return (
        folder / CONTACTS
        if form.is_of_people
        else folder / "forms" / f"{form.code}.toml"
    )


def typed_text(form: FormDefinition, values: Mapping[str, FieldValue]) -> str:
    """Return the file that keeps these values; the same values give the same bytes."""
    return "\n".join(_lines(form, values)) + "\n"


def _lines(form: FormDefinition, values: Mapping[str, FieldValue]) -> Iterator[str]:
    yield _HEAD.format(code=form.code)
    yield f"form = {written(form.code)}"
    yield "\n[values]"
    tables = []
    for field in form.fields:
        value = values.get(field.id)
        if isinstance(value, tuple):
            tables.append((field, value))
        elif value is not None:
            yield f"{field.id} = {written(value)}"
    for field, rows in tables:
        for row in rows:
            yield f"\n[[values.{field.id}]]"
            yield from (
                f"{column.id} = {written(row[column.id])}"
                for column in field.columns
                if column.id in row
            )


def written(value: EntryValue) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(sign: str) -> str:
    if sign in ('"', "\\"):
        return "\\" + sign
    if sign in _SHORT:
        return _SHORT[sign]
    code = ord(sign)
    return f"\\u{code:04X}" if code < 0x20 or code == 0x7F else sign


_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def read_typed(path: Path, form: FormDefinition) -> dict[str, FieldValue]:
    """Return the values of a file that `typed_text` wrote, or a person.

    Raise `ProjectError` with every problem and its line.
    """
    data, problems = read_toml(path)
    file = Block(data, (), problems)
    code = file.text("form", required=True)
    if code and code != form.code:
        file.fault("form", f"these are the values of {code}, not of {form.code}")
    block = file.block("values") or Block({}, ("values",), problems)
    found = {}
    for name in block.names():
        field = form.field(name)
        if field is None:
            known = [each.id for each in form.fields]
            block.fault(name, f"{form.code} has no such field{nearest(name, known)}")
        elif (value := _field_value(block, field, problems)) is not None:
            found[name] = value
    file.close()
    if problems.problems:
        raise ProjectError(problems.problems)
    return found


def _field_value(
    block: Block, field: FormField, problems: Collector
) -> FieldValue | None:
    if not field.is_table:
        if field.is_sourced:
            block.fault(field.id, f"its value stands in {field.source}, nowhere else")
            return None
        return _entry(block, field.id, field.type)
    rows = []
    for row in block.blocks(field.id):
        rows.append({
            column.id: value
            for column in field.columns
            if column.id in row
            and (value := _entry(row, column.id, column.type)) is not None
        })  # fmt: skip
        row.close()
    return tuple(rows)


def _entry(block: Block, name: str, kind: FieldType) -> EntryValue | None:
    if kind is FieldType.NUMBER:
        return block.number(name)
    if kind is FieldType.DATE:
        return block.date(name)
    value = block.raw(name)
    if not isinstance(value, str):
        return block.text(name) or None  # which tells what stands there
    return value


def typed_value(values: Mapping[str, FieldValue], cell: FormCell) -> EntryValue | None:
    """Return what was typed for a cell of a fresh book; `None` for nothing.

    A row that we fill in part is found by its keys, any other by its number.
    """
    value = values.get(cell.field.id)
    if cell.part is None:
        return None if isinstance(value, tuple) else value
    rows = table_rows(values, cell.field.id)
    if cell.keys:
        rows = tuple(row for row in rows if _is_of(row, cell))[:1]
        return rows[0].get(cell.part.id) if rows else None
    return rows[cell.number - 1].get(cell.part.id) if cell.number <= len(rows) else None


def cell_value(values: Mapping[str, FieldValue], cell: FormCell) -> EntryValue | None:
    """Return what a fresh form shows in a cell: what was typed, or what we fill in."""
    return typed_value(values, cell) if cell.is_typed else cell.value


def _is_of(row: Mapping[str, EntryValue], cell: FormCell) -> bool:
    return all(row.get(name) == value for name, value in cell.keys)


def not_taken(values: Mapping[str, FieldValue], placed: FormSheet) -> list[str]:
    """Return what was typed for rows that there are no longer, or that have no room."""
    left = []
    for name, rows in values.items():
        if not isinstance(rows, tuple):
            continue
        cells = [cell for cell in placed.of(name) if cell.is_typed]
        for number, row in enumerate(rows, 1):
            is_kept = any(
                _is_of(row, cell) if cell.keys else cell.number == number
                for cell in cells
            )
            if not is_kept:
                left.append(f"{name}[{number}]: {', '.join(map(str, row.values()))}")
    return left
