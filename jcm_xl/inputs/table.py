"""The long form of inputs: one row a value, from CSV, an xlsx sheet or a frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jcm_xl.dataclass import dataclass
from jcm_xl.inputs.entry import BOTH, FIXED, PLAN, REPORT, Entry
from jcm_xl.inputs.problems import EntryPlace, InputCollector, shown
from jcm_xl.plan.layout import Layout
from jcm_xl.text.nearest import nearest

_COLUMNS = ("parameter", "unit", "stage", "value", "option", "month", "month_unit")
_STAGES = {
    "plan": PLAN, "ex ante": PLAN, "mps": PLAN,
    "report": REPORT, "ex post": REPORT, "mrs": REPORT,
    "fixed": FIXED, "": "",
}  # fmt: skip
_OF_THE_BOOK = (
    "methodology", "reference_number", "period_start", "period_end", "plan_days",
)  # fmt: skip


def columns(layout: Layout) -> tuple[str, ...]:
    """Return the known headings, the participant's own texts last."""
    return (*_COLUMNS, *layout.own_texts)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row below the headings; `where` names it as the user sees it."""

    where: str
    order: int
    cells: Mapping[str, Any]


def check_headings(
    found: Iterable[str], place: EntryPlace, problems: InputCollector
) -> tuple[str, ...]:
    """Return the headings folded; note unknown, doubled and missing ones."""
    headings = tuple(str(name).strip().casefold() for name in found)
    known = columns(problems.layout)
    for name in headings:
        if name and name not in known:
            expected = f"unknown column{nearest(name, known)}; known are "
            problems.add(place, shown(name), expected + ", ".join(known))
    for name in known:
        if headings.count(name) > 1:
            problems.add(place, shown(name), "this column stands twice")
    for name in ("parameter", "value"):
        if name not in headings:
            problems.add(place, "", f"the column '{name}' is missing")
    return headings


def read_rows(
    rows: Iterable[TableRow], file: str, problems: InputCollector, *, is_typed: bool
) -> list[Entry]:
    """Return the entries of the rows; wholly empty rows are skipped."""
    reader = _Reader(file, problems, is_typed)
    return [entry for row in rows for entry in reader.entries(row)]


class _Reader:
    """Turns one row at a time into entries; only their shape is judged here."""

    def __init__(self, file: str, problems: InputCollector, is_typed: bool) -> None:
        self._file, self._problems, self._is_typed = file, problems, is_typed
        self._persons = 0
        self._has_report = False

    def entries(self, row: TableRow) -> Iterator[Entry]:
        cells = {name: _blank_as_none(value) for name, value in row.cells.items()}
        if all(value is None for value in cells.values()):
            return
        name = cells.get("parameter")
        place = EntryPlace(self._file, row.where, "", row.order)
        if not isinstance(name, str):
            expected = "expected the name of a parameter in the column 'parameter'"
            self._problems.add(place, shown(name), expected)
            return
        name = name.strip()
        place = EntryPlace(self._file, row.where, name, row.order)
        if name.casefold() in _OF_THE_BOOK:
            value = cells.get("value")
            yield Entry(name.casefold(), "", value, place, is_typed=self._is_typed)
        elif name.casefold() == "month_note":
            if not self._has_report:
                self._has_report = True
                yield Entry("stage", "", REPORT, place)
            said, month = cells.get("value"), cells.get("month")
            yield Entry("month_note", "", said, place, REPORT, month=month)
        elif name.casefold() == "structure":
            yield from self._person(cells, place)
        else:
            yield from self._parameter(name, cells, place)

    def _person(self, cells: Mapping[str, Any], place: EntryPlace) -> Iterator[Entry]:
        """Yield a line of MSS: the person in `value`, the role in `comment`."""
        self._persons += 1
        number = str(self._persons)
        yield Entry("person", number, cells.get("value"), place)
        yield Entry("role", number, cells.get("comment"), place)

    def _parameter(
        self, name: str, cells: Mapping[str, Any], place: EntryPlace
    ) -> Iterator[Entry]:
        stage = self._stage(cells.get("stage"), place)
        unit = self._unit(cells.get("unit"), place)
        if stage is None or unit == 0:
            return
        if (stage == REPORT or cells.get("month")) and not self._has_report:
            self._has_report = True
            yield Entry("stage", "", REPORT, place)
        value = cells.get("value")
        month, month_unit = cells.get("month"), cells.get("month_unit")
        if month is not None:
            yield Entry(
                "month", name, value, place, REPORT, unit, self._is_typed, True, month
            )
            if month_unit is not None:
                yield Entry("month_unit", name, month_unit, place, REPORT, unit)
        elif value is not None:
            yield Entry("value", name, value, place, stage, unit, self._is_typed, True)
        stage = PLAN if stage == FIXED else stage
        for role in ("option", *self._problems.layout.own_texts):
            text = cells.get(role)
            if text is not None:
                yield Entry(role, name, text, place, stage or BOTH, unit, is_row=True)

    def _stage(self, value: object, place: EntryPlace) -> str | None:
        word = "" if value is None else str(value).strip().casefold()
        word = word.replace("_", " ").replace("-", " ")
        if word in _STAGES:
            return _STAGES[word]
        expected = (
            f"expected the stage 'plan', 'fixed' or 'report'{nearest(word, _STAGES)}"
        )
        self._problems.add(place, shown(value), expected)
        return None

    def _unit(self, value: object, place: EntryPlace) -> int | None:
        """Return the number of the unit row, `None` where there is none, 0 if wrong."""
        if value is None:
            return None
        text = str(value).strip().removesuffix(".0")
        if text.isdecimal() and text.isascii() and 0 < len(text) < 8 and int(text) > 0:
            return int(text)
        expected = "expected the number of the unit row: 1, 2, 3, ..."
        self._problems.add(place, f"unit {shown(value)}", expected)
        return 0


def _blank_as_none(value: Any) -> Any:
    """Return `None` for a blank text and for the gaps of a frame."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    is_gap = isinstance(value, float) and value != value  # NaN is not even itself
    return None if is_gap else value
