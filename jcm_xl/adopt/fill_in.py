"""Inputs typed into a workbook that is not ours, which stays what it is.

Only the cells of the inputs and stored results change. What was typed is read again by
the reader of hand-made books before anything is handed out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from jcm_xl.adopt.adoption import CannotAdopt
from jcm_xl.adopt.official import official_of
from jcm_xl.adopt.places import HEADER, InputPlaces, Target, input_places, spelt_option
from jcm_xl.foreign.book import ForeignBook, read
from jcm_xl.formula.scan import CellPlace
from jcm_xl.formula.type_in import retype
from jcm_xl.model.key import PERIOD, PLAN_DAYS, REFERENCE_NUMBER, Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Submission, Value
from jcm_xl.text.days import period_text
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.text.visible import visible
from jcm_xl.xlsx.grid import CellError, Grid, address
from jcm_xl.xlsx.package import Package, open_bytes, open_package
from jcm_xl.xlsx.patch import CellEdit, PatchedBook
from jcm_xl.xlsx.read import read_again, read_grid

_NEEDED = ("value", "option")


class CannotFill(CannotAdopt):
    """An input for which the workbook has no cell; nothing is written."""


class NotTyped(NamedTuple):
    """An input that the workbook has no cell for, which costs no figure."""

    key: Key
    value: Value


class FilledIn(NamedTuple):
    """The workbook with the inputs typed into it.

    typed: key -> its cells. left: what it has no cell for. uncalculated: formulas
    whose result is left to the spreadsheet program.
    """

    data: bytes
    typed: Mapping[Key, tuple[CellPlace, ...]]
    left: tuple[NotTyped, ...]
    uncalculated: tuple[CellPlace, ...]


class FillableFile:
    """A workbook that is filled in again and again; it is taken apart once."""

    def __init__(self, package: Package, grid: Grid, m: Methodology) -> None:
        """Find where its inputs are typed."""
        self.name = visible(Path(package.path).name)
        self.package = package
        self.places: InputPlaces = input_places(grid, m)
        self._asking = _without_calculations(grid, self.places.calculations)

    def book(self) -> PatchedBook:
        """Return it to be changed."""
        return PatchedBook(self.package, self.places.grid)

    def filled(self, submission: Submission) -> FilledIn:
        """Type the inputs of a submission; raise `CannotFill` or `CannotPatch`."""
        book = self.book()
        typed, left, uncalculated = self.fill(book, submission)
        return FilledIn(book.saved(), typed, left, uncalculated)

    def fill(
        self, book: PatchedBook, submission: Submission
    ) -> tuple[
        Mapping[Key, tuple[CellPlace, ...]], tuple[NotTyped, ...], tuple[CellPlace, ...]
    ]:
        """Type inputs into a book that is being changed, as `filled` does."""
        values = {
            key: value
            for key, value in _for_the_workbook(submission.values)
            if not self._is_given(key, value)
        }
        left = tuple(self._left(values))
        lost = {item.key for item in left}
        here = {key: value for key, value in values.items() if key not in lost}
        edits: dict[CellPlace, tuple[Key, CellEdit]] = {}
        for key, value in here.items():
            for target in self.places.targets[key]:
                edit = self._edit(key, value, target, here)
                before = edits.setdefault(target.place, (key, edit))[1]
                if before != edit:
                    self._refuse_two(target, before, edit)
        _, uncalculated = retype(book, [edit for _, edit in edits.values()])
        typed = {k: tuple(t.place for t in self.places.targets[k]) for k in here}
        self._prove(book, here)
        return typed, left, uncalculated

    def _edit(
        self, key: Key, value: Value, target: Target, values: Mapping[Key, Value]
    ) -> CellEdit:
        sheet, row, column = target.place
        typed: object = value
        if target.joins:
            typed = period_text(*(values.get(day) for day in PERIOD))
        elif key.notion == "option":
            offered = self.places.list_at(target.place)
            typed = spelt_option(target, offered, str(value))
        elif target.before:
            typed = target.before + shown(value)
        return CellEdit(sheet, address(row, column), typed)  # type: ignore[arg-type]

    def _is_given(self, key: Key, value: Value) -> bool:
        """Tell whether the workbook has this very number itself; refuse another one."""
        label = self.places.given.get(key.name) if key.notion == "value" else None
        if label is None:
            return False
        if value == label.cell.value:
            return True
        raise CannotFill(
            f"{self.name} gives {visible(typed_symbol(label.item.symbol))} itself: "
            f"'{label.place[0]}'!{label.address} holds {shown(label.cell.value)}, the "
            f"inputs have {visible(shown(value))}. Leave it out of the inputs; `jcm-xl "
            "adopt --overlay` takes the number into the definition."
        )

    def _refuse_two(self, target: Target, first: CellEdit, second: CellEdit) -> None:
        sheet, row, column = target.place
        raise CannotFill(
            f"{self.name} has one cell, '{sheet}'!{address(row, column)}, where the "
            f"inputs have {visible(shown(first.value))} and "
            f"{visible(shown(second.value))} for different units. Give all units the "
            "same, or take a workbook with a cell for each unit."
        )

    def _left(self, values: Mapping[Key, Value]) -> Iterator[NotTyped]:
        """Yield what is not typed; refuse where a figure would be lost."""
        for key, value in values.items():
            if self._has_place(key, values):
                continue
            is_needed = key.notion in _NEEDED and key.stage in ("mps", "mrs")
            if is_needed and not self._is_only_option(key):
                raise CannotFill(self._no_cell(key))
            if key in PERIOD and key not in self.places.targets:
                raise CannotFill(
                    f"{self.name} has no cell for the monitoring period: no column "
                    "(a) of the report's Table 1 was found. Is it the whole workbook?"
                )
            yield NotTyped(key, value)

    def _has_place(self, key: Key, values: Mapping[Key, Value]) -> bool:
        """Tell whether there is a cell; a cell for two days takes no single one."""
        targets = self.places.targets.get(key, ())
        is_whole = all(day in values for day in PERIOD)
        return any(is_whole or not target.joins for target in targets)

    def _is_only_option(self, key: Key) -> bool:
        p = self.places.methodology.parameters.get(key.name)
        return key.notion == "option" and p is not None and len(p.options) < 2

    def _no_cell(self, key: Key) -> str:
        m = self.places.methodology
        p = m.parameters.get(key.name)
        symbol = visible(p.symbol if p else key.name)
        stage = "report" if key.stage == "mrs" else "plan"
        rows = self.places.units.get(str(p.index), frozenset()) if p else frozenset()
        if p and p.index and key.unit and rows and key.unit > max(rows):
            return (
                f"{self.name} has rows for {max(rows)} units of {symbol} in the "
                f"{stage}, the inputs have unit {key.unit}. Ask for the workbook with "
                "more rows, or insert rows above the last unit in Excel, copy its "
                "formulas down, and name that workbook."
            )
        return (
            f"{self.name} has no cell for the {key.notion} of {symbol} in the {stage}. "
            f"Is it the workbook of {m.key}? `jcm-xl adopt` shows what was found in it."
        )

    def _read_back(self, book: PatchedBook) -> ForeignBook:
        """Read the sheets that were typed into as those of a book made by hand."""
        package = open_bytes(book.saved(), book.package.path)
        asking = book.sheet_parts.keys() - self.places.calculations
        changed = {name for name in asking if book.sheet_parts[name] in book.parts}
        grid = read_again(package, self._asking, changed)
        return read(grid, self.places.methodology)

    def _prove(self, book: PatchedBook, values: Mapping[Key, Value]) -> None:
        """Read what was typed as a stranger would; refuse where it reads otherwise."""
        found = self._read_back(book)
        for key, value in values.items():
            there = found.submission.values.get(key)
            if _is_read(key, value, there):
                continue
            slot = found.plan.get(key)
            is_whole = all(day in values for day in PERIOD)
            is_needed = key.notion in _NEEDED or (key in PERIOD and is_whole)
            if slot is None or not slot.is_input or (there is None and not is_needed):
                continue  # a text that is the methodology's own, or of an unused unit
            target = self.places.targets[key][0]
            sheet, row, column = target.place
            raise CannotFill(
                f"{self.name} was not written: '{sheet}'!{address(row, column)} would "
                f"hold {visible(shown(value))} for {key}, but reads as "
                f"{visible(shown(there)) or 'nothing'}. Send its layout, made by "
                "`jcm-xl skeleton`, so that it can be read."
            )


def _without_calculations(grid: Grid, names: frozenset[str]) -> Grid:
    """Return a book with the heads alone of the sheets where no input stands."""
    sheets = (
        replace(s, cells={at: c for at, c in s.cells.items() if at[0] <= HEADER})
        if s.name in names
        else s
        for s in grid.sheets
    )
    return replace(grid, sheets=tuple(sheets))


def fillable(path: Path, m: Methodology) -> FillableFile:
    """Open an official workbook to fill it; raise `CannotRead`, `CannotAdopt`."""
    return _fillable(path, path.stat().st_mtime_ns if path.is_file() else 0, m)


@lru_cache(maxsize=4)
def _fillable(path: Path, _: int, m: Methodology) -> FillableFile:
    package = open_package(path)
    grid = read_grid(package)
    official = official_of(path.name, grid)
    if official.key not in ("", m.key):
        raise CannotAdopt(
            f"{visible(official.name)} is the workbook of {official.key}, the inputs "
            f"are of {m.key}. Name the official workbook of {m.key}."
        )
    return FillableFile(package, grid, m)


def _for_the_workbook(values: Mapping[Key, Value]) -> Iterator[tuple[Key, Value]]:
    """Yield what is typed: nothing of the sheets and cells that only our books have."""
    for key, value in values.items():
        if value is None or value == "" or isinstance(value, CellError):
            continue
        yield key, value


def _is_read(key: Key, value: Value, there: Value) -> bool:
    if isinstance(value, date) or isinstance(there, date):
        return value == there
    if key in (REFERENCE_NUMBER, PLAN_DAYS):
        return shown(value) == shown(there)
    if isinstance(value, str) and isinstance(there, str):
        return value.split() == there.split()
    return value == there
