"""One slot is one notion on one sheet, such as the unit of EG_i_p in the report."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from jcm_xl.xlsx.grid import address, column_letters


class Slot(NamedTuple):
    """A cell of the plan.

    content: what stands there, unless `formula` says more (text, number or nothing).
    formula: without the equals sign; `recipe` tells how its cached value arises.
    trust:   on what the expectation rests: an evidence, `official`, `paraphrase`.
    rule:    for inputs: `number`, `choice`, `option`, `date`, `text`.
    """

    key: str
    sheet: str
    row: int
    column: int
    role: str
    content: str | Decimal | None = None
    style: str = "fixed"
    formula: str = ""
    recipe: tuple[object, ...] = ()
    name: str = ""
    unit: int | None = None
    is_input: bool = False
    rule: str = ""
    span: int = 1
    trust: str = ""

    @property
    def address(self) -> str:
        """Return `E8`."""
        return address(self.row, self.column)

    @property
    def absolute(self) -> str:
        """Return `'MPS(input)'!$E$8`."""
        return f"'{self.sheet}'!${column_letters(self.column)}${self.row}"

    def seen_from(self, sheet: str) -> str:
        """Return the reference as a formula on `sheet` writes it."""
        return self.address if sheet == self.sheet else f"'{self.sheet}'!{self.address}"
