"""A submission opened to be copied: more is forgiven than for computing with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jcm_xl.definition.library import load
from jcm_xl.errors import JcmError
from jcm_xl.model.methodology import fold_symbol
from jcm_xl.plan.identity import identify
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.by_hand import context_of
from jcm_xl.submission.opened import Context
from jcm_xl.submission.settings import Settings
from jcm_xl.text.visible import visible
from jcm_xl.xlsx.grid import Grid
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.read import read_grid

_INPUT_SHEETS = ("mps_input", "mps_separate", "mrs_input", "mrs_separate")


class CannotCopy(JcmError):
    """A workbook whose inputs cannot be told apart, so that nothing is carried."""


@dataclass(frozen=True)
class Opened:
    """A submission as the file has it (`grid`) and as the checks see it (`context`).

    parts: the names of the parts of the file, in lower case.
    """

    name: str
    grid: Grid
    context: Context
    parts: frozenset[str]


def open_submission(path: str | Path, settings: Settings) -> Opened:
    """Read a workbook and find its plan; raise `CannotRead` or `CannotCopy`.

    A changed symbol is a fault like any other; one that names another row of the
    same sheet is not, as the values beside it may then be another row's.
    """
    name = Path(path).name
    package = open_package(path)
    grid = read_grid(package)
    identity = identify(grid)
    if not identity.key:
        raise CannotCopy(
            f"{visible(name)} is not a JCM monitoring spreadsheet: no sheet carries a "
            "line 'Monitoring Spreadsheet: JCM_..._ver...'."
        )
    m = load(identity.key, settings.definitions)
    context = context_of(grid, identity, m, settings, name)
    if context.foreign is not None:
        raise CannotCopy(
            f"{visible(name)} was not made by jcm_xl. `jcm-xl import` makes a book of "
            "its inputs, which can be copied."
        )
    for fault in (*_exchanged(context), *_laid_out_otherwise(context)):
        raise CannotCopy(f"{visible(name)}: {visible(fault)}")
    parts = frozenset(part.lower() for part in package.names)
    return Opened(name, grid, context, parts)


def _laid_out_otherwise(context: Context) -> Iterator[str]:
    """Yield a sheet on which the symbols stand elsewhere, as in a book made by hand."""
    plan = context.plan
    names = [plan.sheets[key] for key in _INPUT_SHEETS if key in plan.sheets]
    if all(name not in context.sheets for name in names):
        yield f"it has none of the input sheets of {context.methodology.key}."
    for name in names:
        found = [_symbol_at(context, slot) for slot in plan.where("symbol", name)]
        due = [fold_symbol(str(slot.content)) for slot in plan.where("symbol", name)]
        right = sum(a == b for a, b in zip(found, due, strict=True))
        if name in context.sheets and due and 2 * right < len(due):
            yield (
                f"its sheet '{name}' is not laid out as the template of "
                f"{context.methodology.key}: {right} of {len(due)} symbols stand in "
                "their places."
            )


def _symbol_at(context: Context, slot: Slot) -> str:
    cell = context.cell(slot)
    return fold_symbol(cell.value if cell and isinstance(cell.value, str) else "")


def _exchanged(context: Context) -> Iterator[str]:
    plan = context.plan
    for name in plan.official:
        slots = [s for s in plan.where("symbol", name) if s.name]
        symbols = {fold_symbol(str(slot.content)) for slot in slots}
        for slot in slots:
            found = _symbol_at(context, slot)
            if found in symbols and found != fold_symbol(str(slot.content)):
                sheet, address = context.place(slot)
                yield (
                    f"'{sheet}'!{address} names {found} where {slot.content} belongs. "
                    "Rows may have been exchanged, and with them their values: put "
                    "them back in order first."
                )
