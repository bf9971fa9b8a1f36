"""The workbook in which a live function stands, as Excel's functions ask of it.

Excel knows on what a call depends by its arguments alone. A call without ranges is
made again at every calculation (the macro says so), and reads typed cells only: a
formula may not be calculated yet while a function runs, so it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jcm_xl.definition.library import load
from jcm_xl.errors import JcmError
from jcm_xl.live.arguments import FunctionError
from jcm_xl.live.of_book import HostPlaces, Raw
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.input_places import input_places
from jcm_xl.plan.layout import layout
from jcm_xl.plan.plan import make_plan
from jcm_xl.plan.sheet_shapes import SHAPES
from jcm_xl.plan.stamp import Stamp, read_stamp
from jcm_xl.xlsx.grid import address


class BookOfCaller:
    """The book of the cell that calls; `read` gives the values of a range."""

    def __init__(self, caller: Any, read: Callable[[Any], Raw]) -> None:
        """Keep the calling range of xlwings."""
        self._book, self._read = caller.sheet.book, read

    def properties(self) -> Mapping[str, str]:
        """Return the custom properties."""
        found = self._book.api.CustomDocumentProperties
        return {str(one.Name): str(one.Value) for one in found}

    def places(self, properties: Mapping[str, str]) -> Mapping[str, HostPlaces] | None:
        """Return where a book of a known template has its inputs."""
        stamp = read_stamp(properties)
        return _places(stamp) if stamp else None

    def cells(self, sheet: str, top: int, left: int, bottom: int, right: int) -> Raw:
        """Return typed cells; raise `FunctionError` for a formula among them."""
        if sheet not in [one.name for one in self._book.sheets]:
            raise FunctionError(f"The book has no sheet {sheet}.")
        area = self._book.sheets[sheet].range((top, left), (bottom, right))
        if area.api.HasFormula is not False:  # None: some of them
            raise FunctionError(
                f"'{sheet}'!{address(top, left)} or a cell below holds a formula, "
                "which may not be calculated yet; write the ranges."
            )
        return self._read(area)

    def formulas(self, sheet: str) -> Iterator[str]:
        """Yield the formulas of a sheet, row by row."""
        if sheet not in [one.name for one in self._book.sheets]:
            return
        found = self._book.sheets[sheet].used_range.api.Formula
        for row in found if isinstance(found, tuple) else ((found,),):
            yield from (text for text in row if str(text).startswith("="))


def _places(stamp: Stamp) -> Mapping[str, HostPlaces] | None:
    try:
        m = load(f"{stamp.methodology}@{stamp.version}")
        if m.digest != stamp.digest or stamp.shape not in SHAPES:
            return None
        edition = Edition(monthly=stamp.monthly, layout=layout(stamp.layout),
                          shape=stamp.shape)  # fmt: skip
        return input_places(make_plan(m, stamp.rows, edition))
    except JcmError:
        return None
