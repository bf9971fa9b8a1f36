"""What a comparison says of each item: one verdict with its cell."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from jcm_xl.adopt.found import Labelled
from jcm_xl.foreign.found import Spot
from jcm_xl.formula.scan import CellPlace
from jcm_xl.xlsx.grid import address


class Verdict(StrEnum):
    """How an item of the definition stands to the official workbook."""

    SAME = "same"
    DIFFERS = "differs"
    ONLY_OFFICIAL = "only official"
    ONLY_OURS = "only ours"
    NOT_PRINTED = "not printed"
    NOT_COMPARABLE = "not comparable"

    @property
    def is_difference(self) -> bool:
        """Tell whether somebody has to look at it."""
        return self not in (Verdict.SAME, Verdict.NOT_PRINTED)


class ComparedItem(NamedTuple):
    """One item, as our definition and as the workbook has it.

    reason: why it is not printed or not comparable, or what was noted beside it.
    counterexample: values at which two formulas differ.
    """

    item: str
    verdict: Verdict
    ours: str = ""
    official: str = ""
    sheet: str = ""
    cell: str = ""
    reason: str = ""
    counterexample: str = ""

    @property
    def place(self) -> str:
        """Return `Sheet!B5`, nothing where it stands nowhere."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


Where = Labelled | Spot | CellPlace


def compared(
    item: str, where: Where, ours: object, official: object, *, same: bool,
    reason: str = "",
) -> ComparedItem:  # fmt: skip
    """Return the verdict on something that both sides have."""
    verdict = Verdict.SAME if same else Verdict.DIFFERS
    return ComparedItem(item, verdict, str(ours), str(official), *at(where), reason)


def at(where: Where) -> tuple[str, str]:
    """Return the sheet and the address of a cell."""
    if isinstance(where, Labelled):
        return where.place[0], where.address
    if isinstance(where, Spot):
        return where.sheet, where.address
    return where[0], address(*where[1:]) if where[1] else ""


def once(items: Iterable[ComparedItem]) -> tuple[ComparedItem, ...]:
    """Return each item once a sheet where it is the same, else with every cell."""
    found = list(items)
    wrong = {(i.item, i.sheet) for i in found if i.verdict is not Verdict.SAME}
    result: dict[tuple[str, ...], ComparedItem] = {}
    for item in found:
        is_same = item.verdict is Verdict.SAME
        if is_same and (item.item, item.sheet) in wrong:
            continue
        key = (item.item, item.sheet, "" if is_same else item.cell)
        result.setdefault(key, item)
    return tuple(result.values())
