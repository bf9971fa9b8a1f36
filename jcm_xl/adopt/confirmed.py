"""From what agrees with the official workbook to an overlay that confirms it.

Taken is what is the same in both, and official numbers for values that are open. Where
the two differ nothing is taken unless somebody says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from jcm_xl.adopt.adoption import Adoption, CannotAdopt
from jcm_xl.adopt.items import ComparedItem, Verdict
from jcm_xl.adopt.official import OfficialFile
from jcm_xl.definition.gaps import Gap, GapKind, gaps_of, row_name
from jcm_xl.definition.overlay import Amended, overlay_name, prove_bytes
from jcm_xl.definition.overlay_text import Confirmed, overlay_text
from jcm_xl.model.methodology import Methodology, Source
from jcm_xl.text.visible import visible

_NUMBERS = (GapKind.OPEN, GapKind.UNKNOWN, GapKind.DEFAULT, GapKind.ROW)


class Confirmer(NamedTuple):
    """Who says that the workbook is the official one, and on which day.

    takes_official: whether official numbers and texts replace ours where they differ;
    taken: the items of which they do, where somebody decided on each.
    """

    name: str
    day: date
    takes_official: bool = False
    taken: frozenset[str] | None = None

    def takes(self, item: str) -> bool:
        """Tell whether the official number or text of an item replaces ours."""
        return self.takes_official or item in (self.taken or ())


class AdoptedOverlay(NamedTuple):
    """An overlay with what it confirms, and what it leaves.

    left: items that differ and were not taken. amended: the definition with it.
    """

    name: str
    text: str
    amended: Amended
    confirmed: tuple[Confirmed, ...]
    left: tuple[ComparedItem, ...]


def overlay_of(
    official: OfficialFile, found: Adoption, definition: Path, by: Confirmer
) -> AdoptedOverlay:
    """Return the overlay that an official workbook confirms.

    Raises `CannotAdopt` where nothing is confirmed or the workbook is made from our
    template, and `OverlayError` where the amended definition would break a rule.
    """
    m = found.methodology
    if official.says_ours:
        raise CannotAdopt(
            f"{visible(official.name)} prints wording that only jcm_xl writes: it was "
            "made from our definition and confirms nothing. Take the approved "
            "methodology spreadsheet as it was published."
        )
    if not by.name.strip():
        raise CannotAdopt("Say who confirms it: --confirmed-by NAME.")
    confirmed = tuple(_confirmed(official, found, by))
    if not confirmed:
        raise CannotAdopt(
            f"{visible(official.name)} confirms nothing that is still open in the "
            f"definition of {m.key}."
        )
    name = overlay_name(m)
    text = overlay_text(m, by.name.strip(), by.day, confirmed)
    amended = prove_bytes(definition, text.encode(), name)
    taken = {item.gap.name for item in confirmed}
    left = [i for i in found.differences if not _is_taken(i, taken, by)]
    return AdoptedOverlay(name, text, amended, confirmed, tuple(left))


def _is_taken(item: ComparedItem, taken: set[str], by: Confirmer) -> bool:
    if item.verdict is Verdict.ONLY_OFFICIAL:
        return item.item in taken
    name = item.item.partition("[")[0]
    return by.takes(item.item) and name in taken


def _confirmed(
    official: OfficialFile, found: Adoption, by: Confirmer
) -> Iterator[Confirmed]:
    by_name: dict[str, list[ComparedItem]] = {}
    for item in found.items:
        by_name.setdefault(item.item, []).append(item)
    for gap in gaps_of(found.methodology, with_texts=True):
        if gap.is_each:
            continue
        items = by_name.get(_item_of(found.methodology, gap), [])
        value = _value(gap, items, found, by)
        if value is not None:
            source = _source(official, found.methodology, items[0])
            yield Confirmed(gap, value, source)


def _item_of(m: Methodology, gap: Gap) -> str:
    """Return the name that the comparison gives to a gap."""
    if gap.kind is not GapKind.ROW:
        return gap.name
    table = m.tables[gap.name.partition(".")[2]]
    row = next(row for row in table.rows if row_name(row) == gap.row)
    return f"{gap.name}[{row.key or row.start}]"


def _value(
    gap: Gap, items: Sequence[ComparedItem], found: Adoption, by: Confirmer
) -> Decimal | str | None:
    """Return what the workbook confirms of a gap, nothing where it does not."""
    if not items:
        return None
    verdicts = {item.verdict for item in items}
    officials = {item.official for item in items}
    if gap.kind in _NUMBERS:
        if not _whole_row_agrees(items[0].item, found) or len(officials) != 1:
            return None
        wanted = {Verdict.SAME, Verdict.ONLY_OFFICIAL}
        if by.takes(items[0].item):
            wanted.add(Verdict.DIFFERS)
        return _number(officials.pop()) if verdicts <= wanted else None
    if gap.kind is GapKind.FORMULA:
        is_proved = verdicts == {Verdict.SAME} and found.proof.is_equal
        return gap.value if is_proved else None
    if verdicts == {Verdict.SAME}:
        return gap.value
    if (
        by.takes(items[0].item)
        and verdicts == {Verdict.DIFFERS}
        and len(officials) == 1
    ):
        return officials.pop()
    return None


def _whole_row_agrees(name: str, found: Adoption) -> bool:
    """Tell whether the limits of its class agree, too."""
    return not any(
        item.verdict.is_difference
        for item in found.items
        if item.item.startswith(f"{name}.") and name.startswith("tables.")
    )


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None  # a formula or words in place of a number


def _source(official: OfficialFile, m: Methodology, item: ComparedItem) -> Source:
    """Return where it stands: printed id, file, SHA-256, sheet and cell."""
    title = f"{m.spreadsheet_id}, {official.name}, SHA-256 {official.sha256}"
    return Source(visible(title), section=visible(f"{item.sheet}!{item.cell}"))


def counted(confirmed: Sequence[Confirmed]) -> Mapping[str, int]:
    """Return how many numbers, formulas and texts are confirmed."""
    kinds = {"numbers": 0, "formulas": 0, "texts": 0}
    for item in confirmed:
        if item.gap.kind in _NUMBERS:
            kinds["numbers"] += 1
        else:
            kinds[f"{item.gap.kind}s"] += 1
    return kinds
