"""A CSV file in the long form; read by pandas, every cell as text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from jcm_xl.inputs.entry import Entry
from jcm_xl.inputs.problems import (
    EntryPlace,
    InputCollector,
    InputProblem,
    InputsError,
    shown,
)
from jcm_xl.inputs.table import TableRow, check_headings, read_rows
from jcm_xl.text.late import late_pattern

_DELIMITERS = ",;\t"
_WIDEST = 64
_SEPARATOR = late_pattern(r"\"?sep=(?P<sign>[,;\t|])\"?", re.IGNORECASE)
_ROW_OF_ERROR = re.compile(r"line (\d+)")


def read_csv(text: str, file: str, problems: InputCollector) -> list[Entry]:
    """Return the entries of a CSV text; `,`, `;` or a tab may separate its cells.

    How a list that is not separated by `,` writes decimals is decided for the whole
    file, and said in `problems.remarks`.
    """
    text, delimiter = _delimited(text)
    lines = list(_cells(text, delimiter, file))
    first = next((n for n, cells in enumerate(lines) if any(cells)), None)
    if first is None:
        raise InputsError([InputProblem(EntryPlace(file), "", "the file is empty")])
    place = EntryPlace(file, f"row {first + 1}", "(headings)", first + 1)
    width = max(n for n, cell in enumerate(lines[first], 1) if cell)
    headings = check_headings(lines[first][:width], place, problems)
    if problems.problems:
        return []  # every row below would only repeat it
    rows = list(_rows(lines, first + 1, headings, file, problems))
    if delimiter != ",":
        rows = _by_its_own_mark(rows, delimiter, file, problems)
    return read_rows(rows, file, problems, is_typed=False)


def _by_its_own_mark(
    rows: list[TableRow], delimiter: str, file: str, problems: InputCollector
) -> list[TableRow]:
    """Return the rows with decimal points, by the one mark that the file writes.

    A list with `;` comes from a country with a decimal comma, mostly. What its numbers
    say decides; where none says anything, a number such as 42.826 is asked about.
    """
    values = {row.order: _value(row) for row in rows}
    comma = next((r for r in rows if _HAS_COMMA.fullmatch(values[r.order])), None)
    point = next((r for r in rows if _HAS_POINT.fullmatch(values[r.order])), None)
    if comma is not None and point is None:
        problems.remarks.append(
            f"{file}: numbers are read with a decimal comma, as '{_value(comma)}' in "
            f"{comma.where} is written"
        )
        return [_with_point(row) for row in rows]
    if point is None and comma is None and delimiter == ";":
        for row in rows:
            _ask(row, file, problems)
    return rows


def _value(row: TableRow) -> str:
    value = row.cells.get("value")
    return value.strip() if isinstance(value, str) else ""


def _with_point(row: TableRow) -> TableRow:
    value = _value(row)
    if not _WITH_COMMA.fullmatch(value):
        return row
    plain = value.replace(".", "").replace(",", ".")
    return replace(row, cells={**row.cells, "value": plain})


def _ask(row: TableRow, file: str, problems: InputCollector) -> None:
    value = _value(row)
    if not _EITHER.fullmatch(value):
        return
    name = str(row.cells.get("parameter") or "")
    whole = value.replace(".", "")
    expected = (
        f"is it {value} or {whole}? Nothing in this list with ';' tells whether its "
        "point is one of decimals; write one number with decimals as 0.5 or 0,5, or "
        "the list with ','"
    )
    problems.add(EntryPlace(file, row.where, name, row.order), shown(value), expected)


_HAS_COMMA = late_pattern(
    r"[+-]?(?:\d{1,3}(?:\.\d{3})+,\d+|0,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{4,},\d+)"
    r"(?:[eE][+-]?\d+)?"
)
"""A number that only a decimal comma explains; _HAS_POINT in the same way."""
_HAS_POINT = late_pattern(
    r"[+-]?(?:\d{1,3}(?:,\d{3})+\.\d+|0\.\d+|\d+\.(?:\d{1,2}|\d{4,})|\d{4,}\.\d+)"
    r"(?:[eE][+-]?\d+)?"
)
_WITH_COMMA = late_pattern(
    r"[+-]?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?(?:[eE][+-]?\d+)?"
)
_EITHER = late_pattern(r"[+-]?[1-9]\d{0,2}\.\d{3}")


def _delimited(text: str) -> tuple[str, str]:
    """Return the text and its delimiter; Excel's own first line `sep=;` says it.

    The line is left blank, so that rows keep their numbers.
    """
    first, mark, rest = text.partition("\n")
    said = _SEPARATOR.fullmatch(first.strip())
    if said is None:
        return text, _delimiter(text)
    return mark + rest, said["sign"]


def _cells(text: str, delimiter: str, file: str) -> Iterator[list[str]]:
    import pandas

    try:
        frame = pandas.read_csv(
            io.StringIO(text), sep=delimiter, header=None, dtype=str,
            names=list(range(_WIDEST)), index_col=False, keep_default_na=False,
            na_filter=False, skip_blank_lines=False, quoting=0,
        )  # fmt: skip
    except pandas.errors.EmptyDataError:
        return
    except (pandas.errors.ParserError, ValueError) as error:
        at = _ROW_OF_ERROR.search(str(error))
        place = EntryPlace(file, f"row {at[1]}" if at else "")
        raise InputsError([InputProblem(place, "", f"no sound CSV: {error}")]) from None
    for row in frame.itertuples(index=False, name=None):
        yield [cell.strip() if isinstance(cell, str) else "" for cell in row]


def _delimiter(text: str) -> str:
    """Return the sign that separates the headings."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=head.count)


def _rows(
    lines: list[list[str]],
    start: int,
    headings: tuple[str, ...],
    file: str,
    problems: InputCollector,
) -> Iterator[TableRow]:
    for number, cells in enumerate(lines[start:], start + 1):
        where = f"row {number}"
        beyond = [cell for cell in cells[len(headings) :] if cell]
        if beyond:
            expected = "more cells than headings; a text with a comma needs quotes"
            problems.add(
                EntryPlace(file, where, "", number), shown(beyond[0]), expected
            )
            continue
        pairs: dict[str, Any] = dict(zip(headings, cells, strict=False))
        yield TableRow(where, number, pairs)
