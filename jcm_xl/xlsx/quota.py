"""What is left of the limits that count over a whole book."""

import re
from collections.abc import Mapping

from jcm_xl.xlsx import limits
from jcm_xl.xlsx.refusal import Refusal, refused_as, shown

SHORTEST_CELL = len(b"<c/>")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")


def count_cells(part: bytes) -> int:
    """Return how many cells a sheet's part has, without reading any of them."""
    return len(_CELL.findall(part))


def too_many_cells() -> Refusal:
    """Return the refusal of a book with more cells than the limit."""
    return Refusal(
        "too-many-cells", "it holds more than {limit} cells.",
        refused_as("remove-data", "Remove the data that no input reads."),
        limit=f"{limits.CELLS:,}",
    )  # fmt: skip


def too_full(forms: Mapping[str, int]) -> Refusal:
    """Return the refusal of a book whose forms, by name, hold so many cells."""
    cells, largest = sum(forms.values()), max(forms, key=forms.__getitem__)
    return Refusal(
        "too-many-form-cells",
        "the sheets that are filled in hold {cells} cells, more than {limit}, most of "
        "them on {sheet}.",
        refused_as(
            "empty-form",
            "Delete what was pasted below or beside the tables of {sheet} (Ctrl+End "
            "shows the last cell), or move it to a sheet of your own.",
            sheet=shown(largest),
        ),
        cells=f"{cells:,}",
        limit=f"{limits.FORM_CELLS:,}",
        sheet=shown(largest),
    )


class Room:
    """Shrinks while a book is read and refuses it when nothing is left."""

    __slots__ = ("array_cells", "cells", "formula_characters")

    def __init__(self) -> None:
        """Start with the full limits."""
        self.cells = limits.CELLS
        self.formula_characters = limits.EXPANDED_FORMULA_CHARACTERS
        self.array_cells = limits.ARRAY_CELLS

    def take_cells(self, count: int) -> None:
        """Count the cells of a finished sheet."""
        self.cells -= count
        if self.cells < 0:
            raise too_many_cells()

    def take_formula(self, characters: int) -> None:
        """Count a formula that was written out from a shared one."""
        self.formula_characters -= characters
        if self.formula_characters < 0:
            raise Refusal(
                "shared-formulas-too-long",
                "its shared formulas are too long when written out.",
            )

    def take_array(self, cells: int) -> None:
        """Count the cells that an array formula covers."""
        self.array_cells -= cells
        if self.array_cells < 0:
            raise Refusal(
                "arrays-too-large", "its array formulas cover too many cells."
            )
