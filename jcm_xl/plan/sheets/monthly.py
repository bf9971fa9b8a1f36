"""Monthly: a month-by-parameter table that feeds the monitored values by formula."""

from __future__ import annotations

from jcm_xl.model.methodology import Parameter
from jcm_xl.plan.builder import Builder
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.xlsx.grid import column_letters as letters

MONTHS = 24
_HEAD, _FIRST = 5, 9


def monthly_sheet(b: Builder) -> None:
    """Lay out one column for each monitored amount and make the report read it.

    A month of the period that is left blank makes the sum blank, not smaller.
    """
    sheet, text = b.layout.sheet("monthly"), b.messages
    b.sheets["monthly"] = sheet
    columns = list(_columns(b))
    b.last_columns[sheet] = 2 + max(len(columns), 3)
    b.put(
        "monthly.title",
        sheet,
        2,
        2,
        "heading",
        style="title",
        span=b.last_columns[sheet] - 1,
        content=text("monthly.title"),
    )
    b.put(
        "monthly.hint", sheet, 3, 2, "note", style="plain", content=text("monthly.hint")
    )
    b.put(
        "monthly.month",
        sheet,
        _HEAD,
        2,
        "heading",
        style="head",
        content=text("monthly.month"),
    )
    months = _months(b, sheet)
    for i, (p, u) in enumerate(columns):
        _column(b, sheet, 3 + i, p, u, months)
    b.freeze[sheet] = (_FIRST - 1, 2)


def _columns(b: Builder) -> list[tuple[Parameter, int | None]]:
    result: list[tuple[Parameter, int | None]] = []
    for p in b.monitored:
        if p.is_additive:
            units = range(1, b.rows[p.index] + 1) if p.index else (None,)
            result.extend((p, u) for u in units)
    return result


def _months(b: Builder, sheet: str) -> str:
    """Put the months of the period; return the cell that counts them."""
    start, end = (b.cells[f"period.{k}"].absolute for k in ("start", "end"))
    b.put(
        "monthly.count_label",
        sheet,
        _HEAD + 2,
        2,
        "heading",
        style="head",
        content=b.messages("monthly.count"),
    )
    b.heights[sheet, _HEAD + 2] = 48
    span = f"(YEAR({end})-YEAR({start}))*12+MONTH({end})-MONTH({start})+1"
    b.put(
        "monthly.count",
        sheet,
        _HEAD + 3,
        2,
        "months",
        style="unit",
        formula=f"IF(AND(ISNUMBER({start}),ISNUMBER({end})),{span},0)",
        recipe=("months",),
    )
    count = b.cells["monthly.count"].address
    for k in range(MONTHS):
        b.put(
            f"monthly.label:{k + 1}",
            sheet,
            _FIRST + k,
            2,
            "month",
            style="month",
            formula=f"IF({k}<${count[0]}${count[1:]},"
            f'DATE(YEAR({start}),MONTH({start})+{k},1),"")',
            recipe=("month", k),
        )
    return f"${count[0]}${count[1:]}"


def _column(
    b: Builder, sheet: str, column: int, p: Parameter, u: int | None, months: str
) -> None:
    unit = f"[{u}]" if u else ""
    name = typed_symbol(p.symbol) + (f" ({u})" if u else "")
    key = f"{p.name}{unit}"
    b.put(
        f"monthly.symbol:{key}",
        sheet,
        _HEAD,
        column,
        "label",
        content=name,
        style="head",
        name=p.name,
    )
    b.put(
        f"monthly.label:{key}",
        sheet,
        _HEAD + 1,
        column,
        "label",
        content=p.label,
        name=p.name,
    )
    b.heights[sheet, _HEAD + 1] = 75
    b.put(
        f"monthly.unit:{key}",
        sheet,
        _HEAD + 2,
        column,
        "unit",
        content=str(p.unit).replace("/p", ""),
        style="unit",
        name=p.name,
    )
    for k in range(1, MONTHS + 1):
        b.put(
            f"monthly.value:{key}@{k}",
            sheet,
            _FIRST + k - 1,
            column,
            "monthly",
            style="number",
            name=p.name,
            unit=u,
            is_input=True,
            rule="number",
        )
    where = f"{letters(column)}{_FIRST}:{letters(column)}{_FIRST + MONTHS - 1}"
    b.put(
        f"monthly.state:{key}",
        sheet,
        _HEAD + 3,
        column,
        "count",
        style="unit",
        formula=f'COUNT({where})&"/"&{months}',
        recipe=("months_typed", key),
    )
    far = ":".join(
        f"${part[0 : len(letters(column))]}${part[len(letters(column)) :]}"
        for part in where.split(":")
    )
    other, typed = f"'{sheet}'!{far}", b.cells[f"mrs.value:{key}"]
    full = f"COUNT({other})='{sheet}'!{months}"
    b.cells[f"mrs.value:{key}"] = typed._replace(
        formula=f"IF(AND({full},'{sheet}'!{months}>0),SUM({other}),\"\")",
        recipe=("monthly_sum", key),
    )
