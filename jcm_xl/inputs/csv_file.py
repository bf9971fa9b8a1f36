"""A CSV file in the long form; read by pandas, every cell as text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
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

_DELIMITERS = ",;\t"
_WIDEST = 64
_ROW_OF_ERROR = re.compile(r"line (\d+)")


def read_csv(text: str, file: str, problems: InputCollector) -> list[Entry]:
    """Return the entries of a CSV text; `,`, `;` or a tab may separate its cells."""
    lines = list(_cells(text, file))
    first = next((n for n, cells in enumerate(lines) if any(cells)), None)
    if first is None:
        raise InputsError([InputProblem(EntryPlace(file), "", "the file is empty")])
    place = EntryPlace(file, f"row {first + 1}", "(headings)", first + 1)
    width = max(n for n, cell in enumerate(lines[first], 1) if cell)
    headings = check_headings(lines[first][:width], place, problems)
    rows = _rows(lines, first + 1, headings, file, problems)
    return read_rows(rows, file, problems, is_typed=False)


def _cells(text: str, file: str) -> Iterator[list[str]]:
    import pandas

    try:
        frame = pandas.read_csv(
            io.StringIO(text), sep=_delimiter(text), header=None, dtype=str,
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
