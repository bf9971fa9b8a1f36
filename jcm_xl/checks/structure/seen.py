"""The filled cells of the official sheets, each with the place that people look at.

For a book of ours these are all cells of its official sheets, for one made by hand
those of the sheets that were found. Rows and columns are counted as the file does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from jcm_xl.checks.base import Finding, OpenedBook
from jcm_xl.model.finding import Severity
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.official_sheets import OfficialSheet, is_figure
from jcm_xl.xlsx.cell_styles import Styles
from jcm_xl.xlsx.grid import Cell, Position, Sheet
from jcm_xl.xlsx.looks import Look
from jcm_xl.xlsx.texts import RunText

_TEXTS = frozenset(("text", ""))
_NAMING = frozenset(
    ("unit", "symbol", "option_fixed", "fuel", "default_key", "reference")
)


class Seen(NamedTuple):
    """A filled cell, `at` in the file; `slot` where the plan knows the place."""

    cell: Cell
    slot: Slot | None
    page: OfficialSheet
    at: Position

    @property
    def bears_tonnes(self) -> bool:
        """Tell whether the figures rest on it: a number, a unit, an option, a day."""
        return bears_tonnes(self.page, self.cell, self.slot)

    @property
    def severity(self) -> Severity:
        """Return how grave it is that it is not seen: a text is a WARNING."""
        return Severity.ERROR if self.bears_tonnes else Severity.WARNING

    def finding(
        self,
        context: OpenedBook,
        actual: str,
        severity: Severity | None = None,
        **facts: object,
    ) -> Finding:
        """Return the finding on this cell."""
        return Finding(
            self.slot,
            parameter=context.subject(self.slot) if self.slot else "",
            actual=actual,
            sheet=self.page.there,
            at=self.at,
            severity=self.severity if severity is None else severity,
            facts=facts,
        )


def seen_cells(
    pages: Iterable[OfficialSheet], is_wanted: Callable[[Cell, Slot | None], object]
) -> Iterator[Seen]:
    """Yield the wanted ones of the filled cells of some sheets."""
    for page in pages:
        for place, cell, slot in page.filled:
            if is_wanted(cell, slot):
                yield seen_at(page, place, cell, slot)


def bears_tonnes(page: OfficialSheet, cell: Cell, slot: Slot | None) -> bool:
    """Tell whether the figures rest on what a cell holds."""
    if is_figure(cell):
        return slot is not None or not page.is_ours
    return slot is not None and may_bear_tonnes(slot)


def may_bear_tonnes(slot: Slot) -> bool:
    """Tell whether the figures rest on what is meant to stand in a cell."""
    if slot.role in _NAMING or slot.formula:
        return True
    return slot.is_input and slot.rule not in _TEXTS


def seen_at(
    page: OfficialSheet, place: Position, cell: Cell, slot: Slot | None
) -> Seen:
    """Return a cell with its place in the file."""
    return Seen(cell, slot, page, page.in_file(place))


def run_looks(styles: Styles, cell: Cell) -> Iterator[Look]:
    """Yield how letters of a text look that have a look of their own."""
    value = cell.value
    if isinstance(value, RunText):
        look = styles.look(cell.style)
        for font in value.fonts:
            colour = font.colour
            yield look._replace(
                colour=look.colour if colour is None
                else styles.palette.colour(dict(colour)),
                points=font.points or look.points,
                is_struck=look.is_struck or font.is_struck,
                is_symbolic=look.is_symbolic or font.is_symbolic,
            )  # fmt: skip


def has_runs(pages: Iterable[OfficialSheet]) -> bool:
    """Tell whether some of the sheets have such texts."""
    return any(page.sheet.look.has_runs for page in pages)


def file_sheet(context: OpenedBook, page: OfficialSheet) -> Sheet:
    """Return an official sheet with rows and columns as the file has them."""
    if not page.is_moved:
        return page.sheet
    return context.file.grid.sheet(page.there) or page.sheet
