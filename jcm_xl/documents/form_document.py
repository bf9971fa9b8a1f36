"""A form as a document for Word: every figure of the project carries its name.

What a person typed stands as text; a figure that stands elsewhere is a content control
and a bookmark with the name of its cell, so `jcm-xl form check` finds it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from jcm_xl.documents.methodology.blocks import (
    Document,
    DocumentBlock,
    Heading,
    InlineText,
    Paragraph,
    PrintedTable,
    Section,
    Span,
)
from jcm_xl.forms.model import FieldValue, FormField
from jcm_xl.forms.paper import entry_text, identity, tag_of
from jcm_xl.forms.place import FormCell, FormSheet
from jcm_xl.forms.typed import cell_value

_EMPTY = Span("(not filled)", "open")
_PAGE = 100


def form_document(
    placed: FormSheet, project: str, values: Mapping[str, FieldValue]
) -> Document:
    """Return a form with its values; project: the reference number."""
    form = placed.form
    mark = identity(form.code, form.digest, project)
    return Document(
        key=form.code,
        spreadsheet_id=placed.id or f"Form {form.code}",
        title=f"JCM {form.title}",
        facts=(("Form", (Span(form.code),)), ("Source", (Span(str(form.source)),))),
        unconfirmed=((form.code, form.unseen),) if form.is_draft else (),
        notice=(Span("Project "), Span(project, "strong", tag=mark)),
        sections=tuple(
            Section("", f"Section {top}", tuple(_blocks(placed, fields, values)))
            for top, fields in groupby(form.fields, lambda f: f.section.split(".")[0])
        ),
        made="Made by jcm_xl from the facts and books of the project.",
    )


def _blocks(
    placed: FormSheet, fields: Iterator[FormField], values: Mapping[str, FieldValue]
) -> Iterator[DocumentBlock]:
    for field in fields:
        yield Heading(f"{field.section} {field.label} / {field.japanese}")
        cells = placed.of(field.id)
        if field.is_table:
            yield _table(field, cells, values)
        else:
            yield Paragraph(_text(cells[0], values))


def _table(
    field: FormField, cells: Sequence[FormCell], values: Mapping[str, FieldValue]
) -> PrintedTable:
    rows: list[tuple[InlineText, ...]] = []
    for _, row in groupby(cells, lambda cell: cell.number):
        texts = tuple(_text(cell, values) for cell in row)
        if any(text != (_EMPTY,) for text in texts):
            rows.append(texts)
    width = _PAGE // len(field.columns)
    return PrintedTable(
        headings=tuple(column.label for column in field.columns),
        rows=tuple(rows) or (((_EMPTY,),) * len(field.columns),),
        widths=(width,) * len(field.columns),
    )


def _text(cell: FormCell, values: Mapping[str, FieldValue]) -> InlineText:
    value = cell_value(values, cell)
    if value is None:
        return (_EMPTY,)
    tag = "" if cell.is_typed else tag_of(cell.name)
    return (Span(entry_text(value), tag=tag),)
