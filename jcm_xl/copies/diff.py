"""Two books side by side, slot by slot: moved lines and renamed sheets are undone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path

from jcm_xl.copies.opened import open_to_copy
from jcm_xl.dataclass import dataclass
from jcm_xl.formula.compare import same_formula
from jcm_xl.model.key import OFFICIAL, Key
from jcm_xl.model.shown import shown
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.open import open_file, read_file
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.settings import AS_USUAL, Settings
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.xlsx.grid import Cell, Position, Sheet, address
from jcm_xl.xlsx.package import open_package

PARTS = ("inputs", "template", "results", "stored", "beside", "sheets")


@dataclass(frozen=True, slots=True)
class Pair:
    """One difference; `place` as A has it, or as B where A has none."""

    place: str
    parameter: str
    first: str
    second: str
    slot: str = ""


@dataclass(frozen=True)
class BookComparison:
    """What differs, by part.

    stored:    results stored in the files, where nothing they follow from differs.
    following: how many stored results differ as they must.
    package:   the parts of the files that differ or that one of them has not, told
               where no cell differs.
    """

    first: OpenedBook
    second: OpenedBook
    inputs: tuple[Pair, ...]
    template: tuple[Pair, ...]
    results: tuple[Pair, ...]
    stored: tuple[Pair, ...]
    beside: tuple[Pair, ...]
    sheets: tuple[Pair, ...]
    following: int
    package: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Tell whether nothing differs; a stored result that follows does not count."""
        return not any(getattr(self, part) for part in PARTS)

    @property
    def keys(self) -> tuple[str, str]:
        """Return the methodologies of both."""
        return self.first.methodology.key, self.second.methodology.key


def diff(
    first: str | Path, second: str | Path, settings: Settings = AS_USUAL
) -> BookComparison:
    """Compare two books; raise `CannotRead` or `CannotCopy` where one is none.

    Books made by hand are compared by their inputs, by what the definition gives and
    by the cells that are not as in the official workbook, where that is named.
    """
    if settings.has_template:
        a, b = (open_file(read_file(path), settings) for path in (first, second))
        if a.foreign is not None and b.foreign is not None:
            return _by_hand(a, b)
    a, b = open_to_copy(first, settings), open_to_copy(second, settings)
    inputs = tuple(_inputs(a, b))
    template = tuple(_template(a, b))
    stored = tuple(_stored(a, b))
    follows = bool(inputs or template)
    found = BookComparison(
        a, b, inputs, template,
        results=tuple(_results(a, b)),
        stored=() if follows else stored,
        beside=tuple(_beside(a, b)),
        sheets=tuple(_sheets(a, b)),
        following=len(stored) if follows else 0,
    )  # fmt: skip
    return dataclasses.replace(
        found, package=_parts(first, second) if found.is_same else ()
    )


def _by_hand(a: OpenedBook, b: OpenedBook) -> BookComparison:
    """Compare two books that are guarded by one official workbook."""
    held: list[dict[tuple[str, str], str]] = [
        {
            (d.slot.sheet, d.slot.address): d.actual
            for d in book.differences
            if d.slot.key.stage == OFFICIAL
        }
        for book in (a, b)
    ]
    official = "as in the official workbook"
    template = tuple(
        Pair(f"'{sheet}'!{cell}", "", *(h.get((sheet, cell), official) for h in held))
        for sheet, cell in sorted({*held[0], *held[1]})
        if held[0].get((sheet, cell)) != held[1].get((sheet, cell))
    )
    return BookComparison(
        a, b, tuple(_inputs(a, b)), template, tuple(_results(a, b)), (), (),
        tuple(_sheets(a, b)), 0,
    )  # fmt: skip


def _parts(first: str | Path, second: str | Path) -> tuple[str, ...]:
    """Return the names of the parts that are not the same in both files."""
    a, b = (open_package(path).checksums for path in (first, second))
    return tuple(sorted(n for n in {*a, *b} if a.get(n) != b.get(n)))


def _inputs(a: OpenedBook, b: OpenedBook) -> Iterator[Pair]:
    """Yield the participant's cells, in the order of the sheets."""
    slots = {slot.key: (a, slot) for slot in a.plan.inputs}
    for slot in b.plan.inputs:
        slots.setdefault(slot.key, (b, slot))
    formulas = [{s.key: f for s, f in c.formula_inputs} for c in (a, b)]
    for key, (context, slot) in slots.items():
        texts = [_typed(c, key, own) for c, own in zip((a, b), formulas, strict=True)]
        kinds = {type(c.submission.get(key)) for c in (a, b)}
        if texts[0] != texts[1] or len(kinds) > 1:
            yield _pair(context, slot, *texts)


def _typed(context: OpenedBook, key: Key, formulas: Mapping[Key, str]) -> str:
    value = shown(context.submission.get(key))
    return f"={formulas[key]} ({value or '?'})" if key in formulas else value


def _pair(context: OpenedBook, slot: Slot, first: str, second: str) -> Pair:
    place = "'{}'!{}".format(*context.place(slot))
    subject = typed_symbol(context.subject(slot))
    return Pair(place, subject, first, second, str(slot.key))


def _template(a: OpenedBook, b: OpenedBook) -> Iterator[Pair]:
    """Yield locked cells that one of the books does not have as its template made."""
    keys = {**a.changed, **b.changed}
    for key in keys:
        slot, other = a.plan.get(key), b.plan.get(key)
        if slot is None or other is None:
            context, there = (b, other) if slot is None else (a, slot)
            assert there is not None
            text = _content(context.cell(there))
            texts = ("", text) if slot is None else (text, "")
            yield _pair(context, there, *texts)
            continue
        first, second = _content(a.cell(slot)), _content(b.cell(other))
        if first != second and not same_formula(first, second):
            yield _pair(a, slot, first, second)


def _content(cell: Cell | None) -> str:
    if cell is None:
        return ""
    return f"={cell.formula}" if cell.formula else shown(cell.value)


def _results(a: OpenedBook, b: OpenedBook) -> Iterator[Pair]:
    """Yield what each stage comes to, recomputed from the inputs of both."""
    for stage in dict.fromkeys((*a.stages, *b.stages)):
        names = a.methodology.results
        for name in (names.reference, names.project, names.reduction):
            values = []
            for context in (a, b):
                quantity = context.results[stage].get(name)
                values.append(shown(quantity.value) if quantity else "")
            if values[0] != values[1]:
                yield Pair(str(stage).upper(), a.symbol(name), *values)


def _stored(a: OpenedBook, b: OpenedBook) -> Iterator[Pair]:
    for key, slot in a.plan.slots.items():
        other = b.plan.get(key)
        if not slot.formula or slot.is_input or other is None:
            continue
        cells = a.cell(slot), b.cell(other)
        if None in cells or any(c.formula is None for c in cells if c):
            continue
        first, second = (shown(c.value) if c else "" for c in cells)
        if first != second:
            yield _pair(a, slot, first, second)


def _beside(a: OpenedBook, b: OpenedBook) -> Iterator[Pair]:
    names = [{sheet.name for sheet in context.grid.sheets} for context in (a, b)]
    both = names[0] & names[1]  # a sheet that one has not is told as a whole
    held = [dict(_free_cells(context, both)) for context in (a, b)]
    for place in sorted(held[0].keys() | held[1].keys()):
        first, second = (cells.get(place, "") for cells in held)
        if first != second:
            sheet, position = place
            yield Pair(f"'{sheet}'!{address(*position)}", "", first, second)


def _free_cells(
    context: OpenedBook, names: set[str]
) -> Iterator[tuple[tuple[str, Position], str]]:
    """Yield what stands outside of the slots, own sheets included."""
    for sheet in context.grid.sheets:
        if sheet.name not in names:
            continue
        slots = context.plan.by_place.get(sheet.name, {})
        for place, cell in sheet.cells.items():
            if place not in slots and (text := _content(cell)):
                yield (sheet.name, place), text


def _sheets(a: OpenedBook, b: OpenedBook) -> Iterator[Pair]:
    """Yield sheets that one has not, or shows otherwise; the names as in the file."""
    there: list[dict[str, Sheet]] = [
        {sheet.name: sheet for sheet in book.file.grid.sheets} for book in (a, b)
    ]
    for name in dict.fromkeys((*there[0], *there[1])):
        states = [sheets[name].state if name in sheets else "" for sheets in there]
        if states[0] != states[1]:
            yield Pair(f"'{name}'", "", *states)
