"""How much of our template stands in a book without stamp."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from jcm_xl.dataclass import dataclass
from jcm_xl.formula.compare import same_formula
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import Cell, Grid, Position

FITS = 0.8
"""So many of its fixed texts make a book one of the template, wherever it was saved."""
_BETTER_PART, _NEARLY_ALL, _SEVERAL = 0.5, 0.9, 2
_OF_AN_EDITION = frozenset(("draft", "source_note"))
"""Roles whose texts tell how well numbers are known: each edition says it otherwise."""
_NOT_A_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of a template stands in a book.

    texts: the share of the fixed texts that stand in place, 0 to 1; signs and blanks
           are forgiven. cells: the share of all locked cells that are as made.
    ours:  how many texts that only our templates have stand on the sheets.
    first: sheet of the plan and place of the first fixed text that does not.
    """

    texts: float = 0.0
    cells: float = 0.0
    ours: int = 0
    first: tuple[str, Position] | None = None

    @property
    def is_ours(self) -> bool:
        """Tell whether the book is to be compared with the template.

        An official book may have many of the same words in the same places; without
        any wording of ours nearly all must stand there.
        """
        if self.texts >= _NEARLY_ALL:
            return True
        return self.says_ours and self.texts >= _BETTER_PART

    @property
    def is_kin(self) -> bool:
        """Tell whether another edition of the template may fit better."""
        return self.says_ours or self.texts >= _BETTER_PART

    @property
    def says_ours(self) -> bool:
        """Tell whether the book prints wording that only our templates have."""
        return self.ours >= _SEVERAL

    @property
    def is_suspicious(self) -> bool:
        """Tell whether it prints our wording and yet does not fit our template."""
        return self.says_ours and self.texts < FITS


AS_STAMPED = Likeness(1.0, 1.0)
"""Of a book with a stamp nobody asks: it is compared with the template it names."""


def likeness(grid: Grid, plan: Plan) -> Likeness:
    """Compare a book, its lines in their old places, with a template."""
    texts = same_texts = cells = same_cells = ours = 0
    first = None
    for name in plan.official:
        sheet = grid.sheet(name)
        if sheet is None:
            continue
        said = {
            _words(c.value) for c in sheet.cells.values() if isinstance(c.value, str)
        }
        ours += len(_own_words(plan)[name] & said)
        for place, slot in _locked(plan, name):
            cell = sheet.cells.get(place)
            cells += 1
            same_cells += cell is not None and _is_as_made(slot, cell)
            if slot.formula or not isinstance(slot.content, str):
                continue
            texts += 1
            if cell is not None and _words(cell.value) == _words(expected_text(slot)):
                same_texts += 1
            elif first is None:
                first = name, place
    if not texts:
        return Likeness()
    return Likeness(same_texts / texts, same_cells / cells, ours, first)


def _locked(plan: Plan, name: str) -> Iterator[tuple[Position, Slot]]:
    for place, slot in plan.by_place[name].items():
        is_made = bool(slot.formula) or slot.content is not None
        if is_made and not slot.is_input and slot.role not in _OF_AN_EDITION:
            yield place, slot


def _is_as_made(slot: Slot, cell: Cell) -> bool:
    if slot.formula:
        return cell.formula is not None and same_formula(cell.formula, slot.formula)
    if isinstance(slot.content, str):
        return _words(cell.value) == _words(expected_text(slot))
    return isinstance(cell.value, float) and cell.value == float(slot.content or 0)


@lru_cache(maxsize=64)
def _own_words(plan: Plan) -> Mapping[str, frozenset[str]]:
    """Return the words of the texts that only our templates have, by sheet."""
    found: dict[str, set[str]] = {name: set() for name in plan.sheets.values()}
    for slot in plan.slots.values():
        if slot.formula or not isinstance(slot.content, str):
            continue
        if _is_ours_alone(slot):
            found[slot.sheet].add(_words(expected_text(slot)))
    return {name: frozenset(words) for name, words in found.items()}


def _is_ours_alone(slot: Slot) -> bool:
    """Tell whether no official sheet has such a text: hints, aids and their titles."""
    key = slot.key
    if key.notion in ("separate", "by_unit"):
        return key.part == "title"
    if slot.role == "title":
        return key.stage.endswith("_separate")
    return slot.role == "note" or key.notion in _AIDS


_AIDS = frozenset(("complete.title", "missing_units", "period.first", "period.last"))


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_NOT_A_WORD.sub(" ", plain).split()) or plain.strip()


def _words(value: object) -> str:
    """Return the words of a text; signs, blanks and capitals are forgiven."""
    return _folded(value) if isinstance(value, str) else ""
