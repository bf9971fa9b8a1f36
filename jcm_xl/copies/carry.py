"""What goes from a submission into a fresh book, and what cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from jcm_xl.checks.blocks import TouchingCells, blocks
from jcm_xl.dataclass import dataclass
from jcm_xl.model.key import Key
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Submission, Value
from jcm_xl.plan.copies import KINDS, REPAIRED
from jcm_xl.plan.plan import Plan, as_copy
from jcm_xl.plan.stage import MONTHS
from jcm_xl.submission.evaluated import obstructed
from jcm_xl.submission.not_plain import NotPlain, not_plain
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.outside import reads_outside
from jcm_xl.submission.own_formulas import replaced_links
from jcm_xl.text.languages import languages, messages, phrase
from jcm_xl.text.phrase import Phrase, clause
from jcm_xl.text.visible import visible
from jcm_xl.xlsx.grid import Cell, Position, address, parse_address

_PIECE = re.compile(
    r"""
    "(?:[^"]|"")*"
  | (?<![\w.$\\])(?:
      (?P<sheet>'(?:[^']|'')+'|[\w.\\]+(?::[\w.\\]+)?)!
    | \$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?![\w.(!])
    | [A-Z_\\][\w.\\]*\(
    | (?P<word>\$?[A-Z_\\][\w.\\$]*)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ADDRESS = re.compile(r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}", re.IGNORECASE)
_TRUTHS = ("TRUE", "FALSE")
_SHOWN_VALUE = 120
_CELLS_TOLD, _TEXTS = 500, 5


@dataclass(frozen=True)
class Carried:
    """A fresh plan with the inputs as they were typed.

    formulas: key -> formula and what it gave, where an input holds one.
    lost:     sentences on what could not be carried.
    """

    plan: Plan
    submission: Submission
    formulas: Mapping[Key, tuple[str, Value]]
    lost: tuple[Phrase, ...]


def carry(context: OpenedBook, kind: str) -> Carried:
    """Carry the inputs into a fresh book that is a copy of this kind."""
    plan = as_copy(context.plan, kind)
    values = dict(context.submission.values)
    formulas: dict[Key, tuple[str, Value]] = {}
    lost: list[Phrase] = []
    unsure = {slot.key for slot, _, _ in obstructed(context)}
    for slot, formula in context.formula_inputs:
        value = values.get(slot.key)
        if slot.key in unsure:
            value = None
            values.pop(slot.key, None)
        if value is not None and stays_within(formula, plan):
            formulas[slot.key] = formula, value
            continue
        word = "broken" if value is None else "formula"
        place = "'{}'!{}".format(*context.place(slot))
        facts = {"place": place, "formula": f"={formula}", "value": shown(value)}
        lost.append(_lost(word, facts))
    for item in not_plain(context) if kind == REPAIRED else ():
        if item.is_date:
            values.pop(item.key, None)
            formulas.pop(item.key, None)
        lost.append(_counts_for_nothing(item))
    for slot in replaced_links(context) if kind == REPAIRED else ():
        if any(slot.key.in_month(k) in values for k in range(1, MONTHS + 1)):
            values.pop(slot.key, None)  # the months are what was recorded
            formulas.pop(slot.key, None)
    submission = replace(context.submission, values=values)
    lost += left_behind(context)
    return Carried(plan, submission, formulas, tuple(lost))


def _counts_for_nothing(item: NotPlain) -> Phrase:
    """Return what becomes of an input that is not what its cell is for."""
    word = "dated" if item.is_date else "no-value"
    told = clause(item.sentence)
    if not item.meant:
        return phrase(f"repair.lost.{word}", what=told)
    meant = " / ".join(item.meant)
    return phrase(f"repair.lost.{word}-meant", what=told, meant=meant)


def stays_within(formula: str, plan: Plan) -> bool:
    """Tell whether a formula reads only cells and names of the plan's own sheets."""
    if reads_outside(formula) or "#REF!" in formula:
        return False
    names = {*(name.upper() for name in plan.names), *_TRUTHS}
    sheets = {name.casefold() for name in plan.sheets.values()}
    for piece in _PIECE.finditer(formula):
        sheet, word = piece["sheet"], piece["word"]
        if sheet is not None:
            if sheet.strip("'").replace("''", "'").casefold() not in sheets:
                return False
        elif word and not _ADDRESS.fullmatch(word) and word.upper() not in names:
            return False
    return True


def _lost(word: str, facts: Mapping[str, object]) -> Phrase:
    plain = {key: visible(value)[:_SHOWN_VALUE] for key, value in facts.items()}
    return phrase(f"repair.lost.{word}", **plain)


def left_behind(context: OpenedBook) -> Iterator[Phrase]:
    """Yield what the book holds besides the inputs: nothing of it goes over."""
    yield from _beside(context)
    inserted: dict[str, dict[Position, Cell]] = {}
    for (sheet, place), cell in context.alterations.filled.items():
        inserted.setdefault(sheet, {})[parse_address(place)] = cell
    for sheet, cells in inserted.items():
        yield from _each(sheet, cells, "inserted")
    planned, ours = (
        set(context.plan.sheets.values()),
        set(_our_sheets(context.plan.layout.sheet("live"))),
    )
    for sheet_ in context.grid.sheets:
        if sheet_.name not in planned | ours:
            facts = {"name": f"'{sheet_.name}'", "cells": str(len(sheet_.cells))}
            yield _lost("sheet", facts)
    for word, is_there in _kinds_of_parts(context):
        if is_there:
            yield _lost(word, {})


def _beside(context: OpenedBook) -> Iterator[Phrase]:
    """Yield what stands in cells of the plan's sheets that no slot is at."""
    for name in context.plan.sheets.values():
        sheet, slots = context.sheets.get(name), context.plan.by_place[name]
        if sheet is None:
            continue
        at = context.alterations.place
        cells = {
            parse_address(at(name, *place)[1]): cell
            for place, cell in sheet.cells.items()
            if place not in slots
            and (cell.formula is not None or cell.value not in (None, ""))
        }
        there = context.alterations.renamed.get(name, name)
        yield from _each(there, cells, "beside")


def _each(sheet: str, cells: Mapping[Position, Cell], word: str) -> Iterator[Phrase]:
    """Yield a sentence for each cell; very many are told block by block."""
    if len(cells) <= _CELLS_TOLD:
        told = {address(*place): _held(cells[place]) for place in sorted(cells)}
    else:
        told = {str(block): _contents(block, cells) for block in blocks(cells)}
    for place, value in told.items():
        yield _lost(word, {"place": f"'{sheet}'!{place}", "value": value})


def _contents(block: TouchingCells, cells: Mapping[Position, Cell]) -> str:
    """Return what the first cells of a block hold."""
    first = islice(block.places(), _TEXTS)
    more = ["..."] if block.size > _TEXTS else []
    return "; ".join([*(_held(cells[place]) for place in first), *more])


def _held(cell: Cell) -> str:
    return f"={cell.formula}" if cell.formula else shown(cell.value)


def _our_sheets(live: str) -> Iterator[str]:
    """Yield the names of the sheets that copies have, in every language."""
    for language in languages():
        for key in ("answers", "findings", "readings", "repair"):
            yield messages(language)(f"{key}.sheet")
    yield live  # stands beside the submission and may be deleted


def _kinds_of_parts(context: OpenedBook) -> Iterator[tuple[str, bool]]:
    parts = context.file.parts
    is_ours = context.plan.copy in KINDS
    comments = any("comments" in p and p.startswith("xl/") for p in parts)
    yield "comments", comments and not is_ours
    drawings = [p for p in parts if p.startswith("xl/drawings/drawing")]
    charts = [p for p in parts if p.startswith("xl/charts/chart")]
    media = any(p.startswith("xl/media/") for p in parts)
    # Our own Check sheet draws one chart, the sheet Monthly one of each of its tables.
    months = sum(key.notion == "picture.head" for key in context.plan.slots)
    own_drawings, own_charts = 1 + bool(months), 1 + months
    is_more = len(drawings) > own_drawings or len(charts) > own_charts
    yield "pictures", media or is_more
    yield "macros", "xl/vbaproject.bin" in parts
