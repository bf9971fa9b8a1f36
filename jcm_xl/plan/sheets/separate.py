"""MPS(input_separate) and MRS(input_separate): one row for each unit of a set."""

from __future__ import annotations

from jcm_xl.model.methodology import Parameter, UnitSet
from jcm_xl.plan.builder import Builder, quoted

FIRST = 5


def separate_sheet(b: Builder, stage: str) -> None:
    """Lay out the table of every set, one below the other."""
    key = f"{stage}_separate"
    width = max(_width(b, index) for index in b.m.sets)
    sheet = b.begin(key, max(width, 6))
    row = FIRST
    for unit_set in b.m.sets.values():
        row = _table(b, stage, sheet, unit_set, row) + 2
    if len(b.m.sets) == 1:
        b.freeze[sheet] = (FIRST + 4, 2)


def _width(b: Builder, index: str) -> int:
    return 4 + sum(2 if p.is_monitored else 1 for p in b.indexed(index))


def _table(b: Builder, stage: str, sheet: str, unit_set: UnitSet, row: int) -> int:
    text, index = b.layout, unit_set.name
    head = f"{stage}.separate:{index}"
    b.put(
        f"{head}.title",
        sheet,
        row,
        2,
        "heading",
        style="section",
        content=text("separate.title", set=unit_set),
    )
    b.put(
        f"{head}.number",
        sheet,
        row + 2,
        2,
        "heading",
        style="head",
        content=text("separate.number"),
    )
    units = range(1, b.rows[index] + 1)
    first = row + 5
    for u in units:
        b.put(
            f"{stage}.number:{index}[{u}]",
            sheet,
            first + u - 1,
            2,
            "label",
            content=f"({u})",
            style="unit",
            unit=u,
        )
    column = 3
    for p in b.indexed(index):
        _heads(b, f"{head}.{p.name}", sheet, row + 1, column, p)
        for u in units:
            _value(b, stage, sheet, first + u - 1, column, p, u)
        column += 1
        if p.is_monitored:
            b.put(
                f"{head}.{p.name}.option",
                sheet,
                row + 2,
                column,
                "heading",
                content=text("separate.option"),
                style="head",
            )
            for u in units:
                _option(b, stage, sheet, first + u - 1, column, p, u)
            column += 1
    for role in ("source", "comment"):
        b.put(
            f"{head}.{role}",
            sheet,
            row + 2,
            column,
            "heading",
            content=text(f"separate.{role}"),
            style="head",
        )
        for u in units:
            b.put(
                f"{stage}.{role}:{index}[{u}]",
                sheet,
                first + u - 1,
                column,
                role,
                style="input",
                name=index,
                unit=u,
                is_input=True,
                rule="text",
            )
        column += 1
    return first + len(units)


def _heads(
    b: Builder, key: str, sheet: str, row: int, column: int, p: Parameter
) -> None:
    table = "monitored" if p.is_monitored else "fixed"
    b.put(
        f"{key}.table",
        sheet,
        row,
        column,
        "heading",
        style="letter",
        content=b.layout(f"separate.{table}"),
    )
    b.symbol(f"{key}.symbol", sheet, row + 1, column, p, style="head")
    b.put(
        f"{key}.label",
        sheet,
        row + 2,
        column,
        "label",
        content=p.label,
        name=p.name,
        trust=b.trust(p),
    )
    b.heights[sheet, row + 2] = 75
    b.put(
        f"{key}.unit",
        sheet,
        row + 3,
        column,
        "unit",
        content=b.unit(p),
        style="unit",
        name=p.name,
        trust=b.trust(p),
    )


def _value(
    b: Builder, stage: str, sheet: str, row: int, column: int, p: Parameter, u: int
) -> None:
    key = f"{stage}.value:{p.name}[{u}]"
    if stage == "mrs" and not p.is_monitored:
        source = b.cells[f"mps.value:{p.name}[{u}]"].seen_from(sheet)
        b.put(
            key,
            sheet,
            row,
            column,
            "copy",
            style="fixed",
            name=p.name,
            unit=u,
            formula=f'IF({source}="","",{source})',
            recipe=("copy", f"mps.value:{p.name}[{u}]"),
        )
        return
    b.put(
        key,
        sheet,
        row,
        column,
        "value",
        name=p.name,
        unit=u,
        is_input=True,
        style="input" if p.is_choice else "number",
        rule="choice" if p.is_choice else "number",
    )


def _option(
    b: Builder, stage: str, sheet: str, row: int, column: int, p: Parameter, u: int
) -> None:
    key = f"{stage}.option:{p.name}[{u}]"
    if len(p.options) > 1:
        b.put(
            key,
            sheet,
            row,
            column,
            "option",
            style="input",
            name=p.name,
            unit=u,
            is_input=True,
            rule="option",
        )
        return
    value = b.cells[f"{stage}.value:{p.name}[{u}]"].address
    only = f"Option {p.options[0]}"
    b.put(
        key,
        sheet,
        row,
        column,
        "option_copy",
        style="unit",
        name=p.name,
        unit=u,
        formula=f'IF({value}="","",{quoted(only)})',
        recipe=("only_option", f"{stage}.value:{p.name}[{u}]", only),
    )
