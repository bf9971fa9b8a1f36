"""Findings as they are shown: like ones together, effects under causes.

Alike are those of one rule in one column, the equal ones of a whole book, and those of
one rule about whole sheets. Only what is shown is folded. Reports, counts and the
formats for programs hold every finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from jcm_xl.dataclass import dataclass
from jcm_xl.model.finding import Diagnostic, Severity
from jcm_xl.text.runs import runs
from jcm_xl.xlsx.grid import column_letters, parse_address

ALIKE = 3
"""So many like findings in one column are shown as one."""
_RANGES = 4


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one rule that are shown as one, with what follows from them."""

    members: tuple[Diagnostic, ...]
    followers: tuple[Diagnostic, ...] = ()

    @property
    def first(self) -> Diagnostic:
        """Return the finding that is told in full."""
        return self.members[0]

    @property
    def count(self) -> int:
        """Return how many findings this shows as one."""
        return sum(d.count for d in self.members)

    @property
    def place(self) -> str:
        """Return `'MPS(input)'!D8:D37, D40`, or sheets; only the first of very many."""
        if len(self.members) == 1 or not self.first.sheet:
            return self.first.place
        by_sheet: dict[str, list[str]] = {}
        for d in self.members:
            by_sheet.setdefault(d.sheet, []).append(d.cell)
        return "; ".join(map(_at, by_sheet, by_sheet.values()))

    @property
    def is_of_one_value(self) -> bool:
        """Tell whether all have the same found and expected."""
        return len({(d.found, d.expected) for d in self.members}) == 1


def _at(sheet: str, cells: Sequence[str]) -> str:
    found = ranges(cells)
    more = ["..."][: len(found) > _RANGES]
    where = ", ".join([*found[:_RANGES], *more])
    return f"'{sheet}'!{where}" if where else f"'{sheet}'"


def groups(found: Iterable[Diagnostic], *, is_folded: bool = True) -> list[Group]:
    """Return the findings in their order; unfolded each stands for itself."""
    every = list(found)
    if not is_folded:
        return [Group((d,)) for d in every]
    keys = {d.key for d in every}
    followers: dict[str, list[Diagnostic]] = {}
    alike: dict[object, list[Diagnostic]] = {}
    told = []
    for d in every:
        if d.follows in keys and d.follows != d.key:
            followers.setdefault(d.follows, []).append(d)
        else:
            told.append(d)
    equal = _many(map(_equality, told))
    for number, d in enumerate(told):
        same = _equality(d)
        like = same if same in equal else _likeness(d)
        alike.setdefault(like or number, []).append(d)
    return [
        Group(tuple(members), _of(members, followers))
        for like in alike.values()
        for members in ([like] if len(like) >= ALIKE else [[d] for d in like])
    ]


def _many(likes: Iterable[object]) -> frozenset[object]:
    return frozenset(key for key, n in Counter(likes).items() if key and n >= ALIKE)


def _equality(d: Diagnostic) -> tuple[object, ...]:
    """Return what equal findings of a book have in common; nothing if it is no cell."""
    if not _column(d) or not (d.found or d.expected):
        return ()
    return (*_weight(d), str(d.found), str(d.expected), d.parameter)


def _weight(d: Diagnostic) -> tuple[str, Severity, str]:
    return d.code, d.severity, d.acknowledged


def _of(
    members: Sequence[Diagnostic], followers: dict[str, list[Diagnostic]]
) -> tuple[Diagnostic, ...]:
    keys = dict.fromkeys(d.key for d in members)
    return tuple(d for key in keys for d in followers.pop(key, ()))


def _likeness(d: Diagnostic) -> tuple[object, ...] | None:
    """Return what findings of a column, or about sheets, have in common."""
    if d.sheet and not d.cell:
        return _weight(d)
    column = _column(d)
    return (*_weight(d), d.sheet, column) if column else None


def _column(d: Diagnostic) -> int:
    """Return the column of a finding, 0 for none or where it is a block already."""
    if d.block:
        return 0
    try:
        return parse_address(d.cell)[1]
    except ValueError:
        return 0


def ranges(cells: Iterable[str]) -> list[str]:
    """Return cells as ranges of their columns: `D8`, `D10:D12`, `F9`."""
    columns: dict[int, list[int]] = {}
    for cell in cells:
        if cell:
            row, column = parse_address(cell)
            columns.setdefault(column, []).append(row)
    return [
        f"{letters}{a}" if a == b else f"{letters}{a}:{letters}{b}"
        for column, rows in sorted(columns.items())
        for letters in [column_letters(column)]
        for a, b in runs(rows)
    ]
