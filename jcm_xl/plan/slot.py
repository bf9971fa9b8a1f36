"""One slot is one notion on one sheet, such as the unit of EG_i_p in the report."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.model.key import Key
from jcm_xl.xlsx.grid import address, column_letters

if TYPE_CHECKING:
    from jcm_xl.plan.cached_values import CachedValues

Cached: TypeAlias = float | str
"""What a formula shows; an error as its text, `#N/A`."""

MONTHLY = ("monthly", "month_total")
"""The roles of amounts on the sheet Monthly: the limits are those of their sum."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula, without the equals sign, and the function that gives what it shows.

    LibreOffice's recalculation of every generated book proves that they agree.
    """

    formula: str
    value: Callable[[CachedValues], Cached]

    def with_formula(self, formula: str) -> Computed:
        """Return another formula for the same value."""
        return Computed(formula, self.value)


class Slot(NamedTuple):
    """A cell of the plan.

    content: what stands there, unless `formula` says more (text, number or nothing).
    computed: the formula with its value, where the cell has one.
    rows:    how many rows it takes, `span`: how many columns.
    trust:   on what the expectation rests: an evidence, `official`, `paraphrase`.
    rule:    for inputs: `number`, `choice`, `option`, `date`, `text`.
    is_locked: for inputs: whether the sheet fills the cell by itself.
    link:    the place in the book to which a click on the cell leads.
    """

    key: Key
    sheet: str
    row: int
    column: int
    role: str
    content: str | Decimal | None = None
    style: str = "fixed"
    computed: Computed | None = None
    name: str = ""
    unit: int | None = None
    is_input: bool = False
    rule: str = ""
    span: int = 1
    trust: str = ""
    rows: int = 1
    is_locked: bool = False
    link: str = ""

    @property
    def formula(self) -> str:
        """Return the formula without the equals sign, nothing where there is none."""
        return self.computed.formula if self.computed else ""

    @property
    def is_open(self) -> bool:
        """Tell whether a participant may type there on the protected sheet."""
        return self.is_input and not self.is_locked

    @property
    def address(self) -> str:
        """Return `E8`."""
        return address(self.row, self.column)

    @property
    def absolute(self) -> str:
        """Return `'MPS(input)'!$E$8`."""
        return f"'{self.sheet}'!{self.fixed}"

    @property
    def fixed(self) -> str:
        """Return `$E$8`."""
        return fixed_address(self.row, self.column)

    def seen_from(self, sheet: str) -> str:
        """Return the reference as a formula on `sheet` writes it."""
        return self.address if sheet == self.sheet else f"'{self.sheet}'!{self.address}"


def fixed_address(row: int, column: int) -> str:
    """Return `$E$8` for the row 8 and the column 5."""
    return f"${column_letters(column)}${row}"


def fixed_range(first: Slot, last: Slot) -> str:
    """Return `$E$8:$F$9` from one cell to another of the same sheet."""
    return f"{first.fixed}:{last.fixed}"
