"""What all sheets of a book share while it is read."""

from collections.abc import Mapping
from typing import NamedTuple

from jcm_xl.xlsx.cell_styles import Styles
from jcm_xl.xlsx.cell_values import CellValues
from jcm_xl.xlsx.quota import Room
from jcm_xl.xlsx.style_part import NO_STYLES, StylePart


class Book(NamedTuple):
    """Texts, styles (by their stored numbers) and what is left of the limits."""

    values: CellValues
    styles: Mapping[str, int]
    room: Room
    is_quick: bool = True
    has_runs: bool = False
    style_part: StylePart = NO_STYLES

    @property
    def looks(self) -> Styles:
        """Return the styles themselves."""
        return self.style_part.styles
