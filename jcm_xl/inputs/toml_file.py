"""The TOML form of inputs, and mappings of the same shape."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from jcm_xl.definition.lines import KeyPath, index_lines, line_of
from jcm_xl.inputs.entry import BOTH, FIXED, PLAN, REPORT, Entry
from jcm_xl.inputs.meters import METER_KEYS
from jcm_xl.inputs.problems import (
    EntryPlace,
    InputCollector,
    InputProblem,
    InputsError,
    shown,
)
from jcm_xl.text.nearest import nearest

_STAGES = {"ex_ante": PLAN, "fixed": FIXED, "ex_post": REPORT}
_TOP = ("methodology", "reference_number", "rows", "ex_ante", "fixed", "ex_post",
        "period", "months", "month_notes",
        "options", "text", "structure", "meters")  # fmt: skip
_PERIOD = {"start": "period_start", "end": "period_end", "plan_days": "plan_days"}
_PERSON = ("role", "person")
_MONTHS = ("unit", "values", "total")
_PLACE_OF_ERROR = re.compile(r"\(at line (\d+)")


def read_toml(text: str, file: str, problems: InputCollector) -> list[Entry]:
    """Return the entries of a TOML text; its syntax must be right."""
    text = text.replace("\r\n", "\n")
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError, ArithmeticError) as error:
        at = _PLACE_OF_ERROR.search(str(error))
        place = EntryPlace(file, f"line {at[1]}" if at else "", "(file)")
        problem = InputProblem(place, "", f"no valid TOML: {error}")
        raise InputsError([problem]) from None
    return _Reader(file, index_lines(text), problems).read(data)


def read_mapping(
    data: Mapping[str, Any], problems: InputCollector, file: str = "inputs"
) -> list[Entry]:
    """Return the entries of a mapping that is shaped like the TOML form."""
    return _Reader(file, {}, problems).read(data)


class _Reader:
    """Walks the blocks; only their shape is judged here."""

    def __init__(
        self, file: str, lines: dict[KeyPath, int], problems: InputCollector
    ) -> None:
        self._file, self._lines, self._problems = file, lines, problems

    def read(self, data: Mapping[str, Any]) -> list[Entry]:
        for key in data:
            if key not in _TOP:
                self._unknown((str(key),), _TOP)
        return list(self._entries(data))

    def _entries(self, data: Mapping[str, Any]) -> Iterator[Entry]:
        for key in ("methodology", "reference_number"):
            if key in data:
                yield Entry(key, "", data[key], self._place((key,)))
        for key in ("ex_post", "months", "month_notes"):
            if key in data:
                yield Entry("stage", "", REPORT, self._place((key,)))
        yield from self._pairs(data, "rows", "rows")
        for key, stage in _STAGES.items():
            yield from self._pairs(data, key, "value", stage)
        yield from self._period(data)
        yield from self._months(data)
        for month, said in self._block(data, ("month_notes",)):
            at = self._place(("month_notes", month))
            yield Entry("month_note", "", said, at, REPORT, month=month)
        for name, value in self._block(data, ("options",)):
            yield from self._staged("option", name, value, ("options", name))
        yield from self._texts(data)
        yield from self._lines_of(data, "structure", _PERSON)
        yield from self._lines_of(data, "meters", METER_KEYS, "meter")

    def _place(self, path: KeyPath) -> EntryPlace:
        if not self._lines:
            return EntryPlace(self._file, "", _dotted(path))
        line = line_of(self._lines, path)
        return EntryPlace(self._file, f"line {line}", _dotted(path), line)

    def _unknown(self, path: KeyPath, known: tuple[str, ...]) -> None:
        hint = nearest(str(path[-1]), known)
        expected = f"unknown key{hint}; known are {', '.join(known)}"
        self._problems.add(self._place(path), "", expected)

    def _block(
        self, data: Mapping[str, Any], path: KeyPath
    ) -> Iterator[tuple[str, Any]]:
        block: Any = data.get(str(path[-1]), {})
        if not isinstance(block, Mapping):
            expected = f"expected a table: [{_dotted(path)}]"
            self._problems.add(self._place(path), shown(block), expected)
            return
        yield from ((str(name), value) for name, value in block.items())

    def _pairs(
        self, data: Mapping[str, Any], key: str, role: str, stage: str = ""
    ) -> Iterator[Entry]:
        for name, value in self._block(data, (key,)):
            yield Entry(role, name, _plain(value), self._place((key, name)), stage)

    def _period(self, data: Mapping[str, Any]) -> Iterator[Entry]:
        for name, value in self._block(data, ("period",)):
            if name not in _PERIOD:
                self._unknown(("period", name), tuple(_PERIOD))
                continue
            yield Entry(_PERIOD[name], "", value, self._place(("period", name)))

    def _months(self, data: Mapping[str, Any]) -> Iterator[Entry]:
        """Yield the amounts of [months.EG_i_p]: a list, or a list for each unit."""
        for name, block in self._block(data, ("months",)):
            path: KeyPath = ("months", name)
            if not isinstance(block, Mapping):
                expected = f"expected a table: [{_dotted(path)}]"
                self._problems.add(self._place(path), shown(block), expected)
                continue
            for key in block:
                if key not in _MONTHS:
                    self._unknown((*path, str(key)), _MONTHS)
            if "total" in block:
                yield from self._totals(name, block)
            if "values" not in block and "total" in block:
                continue
            values = _plain(block.get("values"))
            if not isinstance(values, list):
                told = "expected a list of amounts, or a list of such lists"
                self._problems.add(self._place((*path, "values")), shown(values), told)
                continue
            is_of_units = any(isinstance(item, list) for item in map(_plain, values))
            columns = map(_plain, values) if is_of_units else [values]
            for n, column in enumerate(columns, 1):
                yield from self._column(name, block, n if is_of_units else None, column)

    def _totals(self, name: str, block: Mapping[str, Any]) -> Iterator[Entry]:
        """Yield one total in place of months, or one for each unit."""
        total = _plain(block["total"])
        units = enumerate(total, 1) if isinstance(total, list) else [(None, total)]
        for unit, value in units:
            at = self._place(("months", name, "total"))
            if block.get("unit"):
                yield Entry("month_unit", name, block["unit"], at, REPORT, unit)
            yield Entry("month", name, value, at, REPORT, unit, month="total")

    def _column(
        self, name: str, block: Mapping[str, Any], unit: int | None, column: Any
    ) -> Iterator[Entry]:
        place = self._place(("months", name, "values"))
        if not isinstance(column, list):
            self._problems.add(place, shown(column), "expected a list of amounts")
            return
        if block.get("unit"):
            at = self._place(("months", name, "unit"))
            yield Entry("month_unit", name, block["unit"], at, REPORT, unit)
        at = place.at(unit) if unit else place
        for k, value in enumerate(column, 1):
            yield Entry("month", name, value, at.at(k), REPORT, unit, month=k)

    def _staged(
        self, role: str, name: str, value: Any, path: KeyPath
    ) -> Iterator[Entry]:
        """Yield an entry for both stages, or one for each stage that is named."""
        if not isinstance(value, Mapping):
            yield Entry(role, name, _plain(value), self._place(path), BOTH)
            return
        for stage, item in value.items():
            if stage in (PLAN, REPORT):
                place = self._place((*path, stage))
                yield Entry(role, name, _plain(item), place, str(stage))
            else:
                self._unknown((*path, str(stage)), (PLAN, REPORT))

    def _texts(self, data: Mapping[str, Any]) -> Iterator[Entry]:
        texts = self._problems.layout.texts
        for name, _ in self._block(data, ("text",)):
            for role, value in self._block(data["text"], ("text", name)):
                path: KeyPath = ("text", name, role)
                if role in texts:
                    yield from self._staged(role, name, value, path)
                else:
                    self._unknown(path, texts)

    def _lines_of(
        self,
        data: Mapping[str, Any],
        block: str,
        known: tuple[str, ...],
        role: str = "",
    ) -> Iterator[Entry]:
        """Yield the entries of blocks such as [[structure]], each with its number."""
        lines = data.get(block, [])
        is_list = isinstance(lines, list)
        if not is_list or not all(isinstance(line, Mapping) for line in lines):
            place, found = self._place((block,)), shown(lines)
            self._problems.add(place, found, f"expected blocks [[{block}]]")
            return
        for number, line in enumerate(lines):
            for key, value in line.items():
                path: KeyPath = (block, number, str(key))
                if key not in known:
                    self._unknown(path, known)
                elif role:
                    place = self._place(path)
                    yield Entry(role, str(key), value, place, unit=number + 1)
                else:
                    place = self._place(path)
                    yield Entry(str(key), str(number + 1), value, place)


def _dotted(path: KeyPath) -> str:
    words = (f"[{p + 1}]" if isinstance(p, int) else f".{p}" for p in path)
    return "".join(words).removeprefix(".")


def _plain(value: Any) -> Any:
    """Return a column of a frame or array as a list."""
    if isinstance(value, tuple):
        return list(value)
    to_list = getattr(value, "tolist", None)
    return to_list() if to_list and not isinstance(value, str) else value
