"""Forms from their files: every problem of a file with its line."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from jcm_xl.definition.block import Block
from jcm_xl.definition.lines import index_lines
from jcm_xl.definition.problems import Collector, DefinitionError
from jcm_xl.definition.register import forms as registered_forms
from jcm_xl.forms.model import (
    ITEMS,
    TYPED,
    FieldType,
    FormColumn,
    FormDefinition,
    FormEvidence,
    FormField,
    When,
)
from jcm_xl.forms.sources import SOURCES
from jcm_xl.model.methodology import Source
from jcm_xl.places import templates
from jcm_xl.text.nearest import nearest

_SPARE_ROWS = 10
_MOST_ROWS = 200
_GRADES = tuple(FormEvidence)
_TYPES = tuple(FieldType)


class FormFileError(DefinitionError):
    """A file of a form that cannot be used."""

    subject = "form"


@lru_cache(maxsize=1)
def form_definitions() -> Mapping[str, FormDefinition]:
    """Return every form by its code, in the order of the procedure."""
    folder = templates() / "forms"
    return {
        code: form_of(code, (folder / f"{code}.toml").read_text(encoding="utf-8"))
        for code in registered_forms()
    }


def form_of(code: str, text: str) -> FormDefinition:
    """Return the form of a file's text; raise `FormFileError` with every problem."""
    name = f"{code}.toml"
    problems = Collector(name, index_lines(text))
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        problems.add((), f"no valid TOML: {error}")
        raise FormFileError(problems.problems) from None
    file = Block(data, (), problems)
    form = _form(code, file, text)
    file.close()
    _references(form, problems)
    if problems.problems:
        raise FormFileError(problems.problems)
    return form


def _form(code: str, file: Block, text: str) -> FormDefinition:
    head = file.block("form") or Block({}, ("form",), file.problems)
    evidence = FormEvidence(head.one_of("evidence", _GRADES))
    source = head.block("source") or Block({}, ("form", "source"), file.problems)
    cited = Source(
        source.text("title", required=True), source.address("address"),
        source.text("section"), source.text("seen_at"),
    )  # fmt: skip
    fields = tuple(_field(block, evidence) for block in file.blocks("field"))
    if (evidence is FormEvidence.UNKNOWN) is bool(fields):
        head.fault("evidence", "a form is unknown where it has no field, and only then")
    form = FormDefinition(
        code, registered_forms()[code].title, cited, evidence,
        head.text("unseen"), fields, hashlib.sha256(text.encode()).hexdigest(),
        head.raw("people") is True, head.text("by") or "participant",
    )  # fmt: skip
    source.close()
    head.close()
    return form


def _field(block: Block, usual: FormEvidence) -> FormField:
    source = block.text("source") or TYPED
    if source not in (TYPED, ITEMS, *SOURCES):
        block.fault("source", f"'{source}' is no source{nearest(source, SOURCES)}")
    kind = FieldType(block.one_of("type", _TYPES, FieldType.TEXT))
    columns = tuple(_column(each) for each in block.blocks("column"))
    rows = block.number("rows")
    field = FormField(
        id=block.text("id", required=True),
        section=block.text("section", required=True),
        label=block.text("label", required=True),
        japanese=block.text("ja", required=True),
        type=kind,
        source=source,
        choices=block.texts("choices"),
        columns=columns,
        rows=_SPARE_ROWS if rows is None else int(rows),
        items=block.texts("items"),
        is_required=block.raw("required") is True,
        is_public=block.raw("public") is not False,
        evidence=FormEvidence(block.one_of("evidence", _GRADES, usual)),
        when=_when(block.block("when")),
        lock=block.text("lock"),
    )
    _sound(block, field)
    block.close()
    return field


def _sound(block: Block, field: FormField) -> None:
    """Note what does not go together in a field."""
    if field.is_table is not bool(field.columns):
        block.fault("type", "a table has columns, and nothing else has")
    if (field.type is FieldType.CHOICE) is not bool(field.choices):
        block.fault("choices", "a choice has choices, and nothing else has")
    if (field.source == ITEMS) is not bool(field.items):
        block.fault("items", f'only a table of source = "{ITEMS}" has items')
    is_shared = field.is_sourced and any(column.is_typed for column in field.columns)
    if is_shared is not any(column.is_key for column in field.columns):
        told = (
            "where a person types beside what we fill, a column is the key of its row"
        )
        block.fault("column", told)
    if not 1 <= field.rows <= _MOST_ROWS:
        block.fault("rows", f"a table has 1 to {_MOST_ROWS} rows")


def _column(block: Block) -> FormColumn:
    column = FormColumn(
        block.text("id", required=True), block.text("label", required=True),
        FieldType(block.one_of("type", _TYPES, FieldType.TEXT)),
        block.texts("choices"), block.raw("required") is True,
        block.raw("typed") is True, block.raw("whole") is True,
        block.raw("key") is True,
    )  # fmt: skip
    if column.type is FieldType.TABLE:
        block.fault("type", "a column is no table")
    block.close()
    return column


def _when(block: Block | None) -> When | None:
    if block is None:
        return None
    is_not = "not" in block
    when = When(block.text("field"), block.text("not" if is_not else "is"), is_not)
    block.close()
    return when


def _references(form: FormDefinition, problems: Collector) -> None:
    """Note fields of one id, and names of fields that there are not."""
    names = [field.id for field in form.fields]
    for number, field in enumerate(form.fields):
        path = ("field", number)
        if names.count(field.id) > 1:
            problems.add((*path, "id"), f"two fields are called '{field.id}'")
        for key, name in (("when", field.when and field.when.field),
                          ("lock", field.lock)):  # fmt: skip
            if name and name not in names:
                hint = nearest(name, names)
                problems.add((*path, key), f"there is no field '{name}'{hint}")
