"""The book of a form opened: what stands in it, and what should."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from jcm_xl.forms.filled import FormEntry, read_entries, values_of
from jcm_xl.forms.folder import ProjectFolder
from jcm_xl.forms.model import FieldValue, FormDefinition
from jcm_xl.forms.paper import Paper, entry_text, tag_of
from jcm_xl.forms.place import FormCell, FormSheet
from jcm_xl.forms.stamp import FormStamp
from jcm_xl.xlsx.grid import Grid, Position, Sheet


class OpenedForm:
    """A form's book with the sheet that its project gives today.

    lacking: why some of what stands elsewhere is not at hand, by source.
    """

    def __init__(
        self, grid: Grid, stamp: FormStamp, form: FormDefinition,
        placed: FormSheet, project: ProjectFolder, lacking: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.grid, self.stamp, self.form = grid, stamp, form
        self.placed, self.project, self.lacking = placed, project, lacking

    @property
    def sheet(self) -> Sheet | None:
        """Return the sheet of the form; `None` where it is lost."""
        return self.grid.sheet(self.placed.name)

    @cached_property
    def entries(self) -> Mapping[FormCell, FormEntry]:
        """Return what stands in each cell that is for a value."""
        return read_entries(self.grid, self.placed)

    @cached_property
    def values(self) -> Mapping[str, FieldValue]:
        """Return what was typed, by field."""
        return values_of(self.entries)

    def typed(self) -> Iterator[tuple[FormCell, FormEntry]]:
        """Yield the cells for a person that apply, with what stands in them."""
        for cell, entry in self.entries.items():
            when = cell.field.when
            if cell.is_typed and (when is None or when.holds(self.values)):
                yield cell, entry

    def row_of(self, cell: FormCell) -> Iterator[tuple[FormCell, FormEntry]]:
        """Yield the cells of the table row that a cell is in."""
        for other in self.placed.of(cell.field.id):
            if other.number == cell.number:
                yield other, self.entries[other]

    def begun(self, cell: FormCell) -> bool:
        """Tell whether a row is in use: its own, or ours and asked of everybody."""
        return bool(cell.keys) or any(
            not entry.is_blank for other, entry in self.row_of(cell) if other.is_typed
        )

    @cached_property
    def places(self) -> frozenset[Position]:
        """Return the positions of all cells that are for a value."""
        return frozenset(cell.at for cell in self.placed.cells)


class OpenedPaper:
    """A document made of a form, with the sheet that its project gives today."""

    def __init__(
        self, paper: Paper, form: FormDefinition, placed: FormSheet,
        project: ProjectFolder,
    ) -> None:  # fmt: skip
        self.paper, self.form, self.placed = paper, form, placed
        self.project = project

    def expected(self) -> Iterator[tuple[FormCell, str, tuple[str, ...]]]:
        """Yield each figure of the project, as text, and what is shown of it."""
        for cell in self.placed.cells:
            if not cell.is_typed and cell.value is not None:
                tag = tag_of(cell.name)
                is_seen = tag not in self.paper.hidden
                shown = self.paper.figures.get(tag, ()) if is_seen else ()
                yield cell, entry_text(cell.value), shown
