"""A pandas frame in the long form; pandas itself is not needed to read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jcm_xl.inputs.entry import Entry
from jcm_xl.inputs.problems import EntryPlace, InputCollector
from jcm_xl.inputs.table import TableRow, check_headings, read_rows

_FILE = "frame"


def is_frame(source: object) -> bool:
    """Tell whether this is a data frame, of pandas or alike."""
    return hasattr(source, "columns") and hasattr(source, "itertuples")


def read_frame(frame: Any, problems: InputCollector) -> list[Entry]:
    """Return the entries of a frame; rows are counted from 1."""
    place = EntryPlace(_FILE, "", "(columns)")
    headings = check_headings(map(str, frame.columns), place, problems)
    if problems.problems:
        return []  # every row below would only repeat it
    return read_rows(_rows(frame, headings), _FILE, problems, is_typed=False)


def _rows(frame: Any, headings: tuple[str, ...]) -> Iterator[TableRow]:
    records = frame.itertuples(index=False, name=None)
    for number, record in enumerate(records, 1):
        cells = dict(zip(headings, map(_plain, record), strict=True))
        yield TableRow(f"row {number}", number, cells)


def _plain(value: Any) -> Any:
    """Return Python's own number for that of numpy, `None` for a gap."""
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    item = getattr(value, "item", None)
    return item() if callable(item) else value
