"""Findings as they are shown: like ones of one place together, effects under causes.

Only what is shown is folded. Reports, counts and the formats for programs hold every
finding.
"""

from __future__ import annotations

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
    """Findings of one rule in one column of a sheet, with what follows from them."""

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
    def cells(self) -> str:
        """Return the cells as ranges, `D8:D37, D40`; only the first of very many."""
        found = ranges(d.cell for d in self.members)
        return ", ".join([*found[:_RANGES], *["..."][: len(found) > _RANGES]])

    @property
    def place(self) -> str:
        """Return `'MPS(input)'!D8:D37`."""
        first = self.first
        if len(self.members) == 1 or not first.cell:
            return first.place
        return f"'{first.sheet}'!{self.cells}"


def groups(found: Iterable[Diagnostic], *, is_folded: bool = True) -> list[Group]:
    """Return the findings in their order; unfolded each stands for itself."""
    every = list(found)
    if not is_folded:
        return [Group((d,)) for d in every]
    keys = {d.key for d in every}
    followers: dict[str, list[Diagnostic]] = {}
    alike: dict[object, list[Diagnostic]] = {}
    for number, d in enumerate(every):
        if d.follows in keys and d.follows != d.key:
            followers.setdefault(d.follows, []).append(d)
        else:
            alike.setdefault(_likeness(d) or number, []).append(d)
    return [
        Group(tuple(members), _of(members, followers))
        for like in alike.values()
        for members in ([like] if len(like) >= ALIKE else [[d] for d in like])
    ]


def _of(
    members: Sequence[Diagnostic], followers: dict[str, list[Diagnostic]]
) -> tuple[Diagnostic, ...]:
    keys = dict.fromkeys(d.key for d in members)
    return tuple(d for key in keys for d in followers.pop(key, ()))


def _likeness(d: Diagnostic) -> tuple[str, Severity, str, str, str] | None:
    """Return what findings shown as one have in common."""
    try:
        _, column = parse_address(d.cell)
    except ValueError:
        return None
    return d.code, d.severity, d.sheet, column_letters(column), d.acknowledged


def ranges(cells: Iterable[str]) -> list[str]:
    """Return cells of one column as ranges: `D8`, `D10:D12`."""
    places = [parse_address(cell) for cell in cells if cell]
    letters = column_letters(places[0][1]) if places else ""
    return [
        f"{letters}{a}" if a == b else f"{letters}{a}:{letters}{b}"
        for a, b in runs(row for row, _ in places)
    ]
