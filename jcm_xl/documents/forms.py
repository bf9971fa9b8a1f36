"""What forms there are, and which fields a form has, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.documents.lines import BLANK, Line, line, table
from jcm_xl.forms.load import form_definitions
from jcm_xl.forms.model import FormDefinition
from jcm_xl.forms.place import note


def list_lines() -> Iterator[Line]:
    """Yield each form with its fields and how well they are known."""
    forms = form_definitions().values()
    rows = [
        (form.code, form.title, str(len(form.fields) or "-"), str(form.evidence))
        for form in forms
    ]
    yield from table(("code", "form", "fields", "known by"), rows, 2)
    yield BLANK
    unknown = sum(form.is_unknown for form in forms)
    yield line(
        f"Of {unknown} forms nobody here has seen a field; no layout was read in an "
        "official document. `jcm-xl form show CODE` tells what is known.", "warning",
    )  # fmt: skip


def form_lines(form: FormDefinition) -> Iterator[Line]:
    """Yield where a form is known from, what was not seen, and its fields."""
    yield line(f"{form.code} {form.title}, filled by the {form.by}", "head")
    yield line(f"Known by: {form.evidence}. Source: {form.source}")
    if form.source.seen_at:
        yield line(f"Read in: {form.source.seen_at}")
    yield line(f"Not seen: {form.unseen}", "warning")
    if not form.fields:
        return
    yield BLANK
    rows = []
    for field in form.fields:
        rows.append(
            (field.section, field.id, str(field.type), field.source, note(field))
        )
        rows += [
            ("", f"  {column.id}", str(column.type),
             "typed" if field.is_typed(column) else field.source, "")
            for column in field.columns
        ]  # fmt: skip
    yield from table(("no.", "field", "takes", "from", "remark"), rows, 2)
