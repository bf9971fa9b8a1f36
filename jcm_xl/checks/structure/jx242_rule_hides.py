"""A rule of conditional formatting hides what a cell holds, or shows something else.

Why it matters
    A rule may give a number another format ("500"), the colour of its ground, or a bar
    in the place of its digits, and the cell itself looks innocent. Colours that mark a
    cell hide nothing and are left alone, as are rules for errors and empty cells.

How to fix it
    Home > Conditional Formatting > Manage Rules in Excel: delete the rule, or let it
    set colours that can be read and no number format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.disguises import Disguise, disguise_of_number
from jcm_xl.checks.structure.formats import disguised
from jcm_xl.checks.structure.rules import SheetRules, may_hide
from jcm_xl.checks.structure.seen import Seen, file_sheet, seen_at
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import CellError
from jcm_xl.xlsx.looks import LEAST_POINTS, Look
from jcm_xl.xlsx.sheet_look import Condition

_ALL_WAYS = 4
"""So many rules over a cell are taken in every combination, before any is asked."""
_Known: TypeAlias = dict[tuple[object, bool, tuple[Condition, ...]], bool]
_MANY = 300
"""Of more rules on a sheet that could hide something only the first are asked."""


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="{cell} on {sheet} holds '{actual}'; a rule of conditional formatting "
    "({range}) hides it or shows something else.",
    remedy="Delete the rule (Home, Conditional Formatting, Manage Rules).",
)
def rule_hides(context: OpenedBook) -> Iterator[Finding]:
    """Ask of each cell what the rules do to it; what nobody can tell may happen."""
    for page in context.official_sheets:
        conditions = file_sheet(context, page).look.conditions
        rules = [rule for rule in conditions if may_hide(rule)]
        if not rules:
            continue
        sheet = file_sheet(context, page)
        there = SheetRules(context.file.grid, sheet, rules[:_MANY])
        known: _Known = {}
        for place, cell, slot in page.filled:
            over = there.over(page.in_file(place))
            if not over or isinstance(cell.value, CellError):
                continue
            seen = seen_at(page, place, cell, slot)
            if not _is_of_book(seen) or _is_harmless(context, seen, over, known):
                continue
            if ranges := _hidden_by(context, seen, there.of(seen.at)):
                yield seen.finding(context, shown(seen.cell.value), range=ranges)
            elif len(rules) > _MANY:
                yield seen.finding(
                    context, shown(seen.cell.value), range=rules[_MANY].ranges
                )
                break  # nobody can look at so many rules


def _is_of_book(seen: Seen) -> bool:
    """Tell whether it is more than a heading, on which colours that mark may lie."""
    return seen.bears_tonnes or (seen.slot is not None and seen.slot.is_input)


def _is_harmless(
    context: OpenedBook, seen: Seen, over: tuple[Condition, ...], known: _Known
) -> bool:
    """Tell whether the rules over a cell hide nothing, whichever of them are met.

    Then none has to be asked, as with the rules of our own templates, which colour.
    """
    if len(over) > _ALL_WAYS or any(rule.change.format for rule in over):
        return False
    key = seen.cell.style, type(seen.cell.value) is float, over
    if key not in known:
        known[key] = not any(
            _hidden_by(context, seen, [(rule, True) for rule in met])
            for count in range(1, len(over) + 1)
            for met in combinations(over, count)
        )
    return known[key]


def _hidden_by(
    context: OpenedBook, seen: Seen, applied: Sequence[tuple[Condition, bool]]
) -> str:
    """Return the ranges of a rule that hides a cell, or may hide it."""
    value = seen.cell.value
    look = context.grid.styles.look(seen.cell.style)
    whole, doubtful = look, look
    for rule, is_certain in reversed(applied):
        whole = rule.change.on(whole) if is_certain else whole
        doubtful = rule.change.on(doubtful)
    for rule, _ in applied:
        is_number = type(value) is float
        is_lie = rule.change.format and _is_lie(context, seen, rule.change.format)
        is_covered = is_number and (
            rule.is_alone
            or any(not look._replace(grounds=(c,)).can_be_seen for c in rule.colours)
        )
        if is_lie or is_covered or _is_worse(rule.change.on(look), look):
            return rule.ranges
    is_hidden = _is_worse(whole, look) or _is_worse(doubtful, look)
    return applied[0][0].ranges if applied and is_hidden else ""


def _is_lie(context: OpenedBook, seen: Seen, code: str) -> bool:
    """Tell whether a format shows something else; numbers are asked of texts, too."""
    if disguised(context, seen, code)[0] > Disguise.ROUNDED:
        return True
    is_text = isinstance(seen.cell.value, str)
    return is_text and disguise_of_number(code, 1.0)[0] is Disguise.OTHER


def _is_worse(changed: Look, look: Look) -> bool:
    """Tell whether a change of the look is what hides a cell."""
    return (
        (look.can_be_seen and not changed.can_be_seen)
        or changed.points < LEAST_POINTS <= look.points
        or (changed.is_struck and not look.is_struck)
    )
