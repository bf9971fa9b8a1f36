"""The inputs of any book, also of one made by hand, for a fresh book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from jcm_xl.copies.carry import left_behind
from jcm_xl.copies.other_version import moved_not, redescribed
from jcm_xl.definition.library import load
from jcm_xl.documents.imported import Differs, Imported
from jcm_xl.foreign.found import Reason, Remark, Unplaced, Why
from jcm_xl.model.key import OFFICIAL, Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.reading import CellKind, Takes
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import CellError, Submission, Value
from jcm_xl.plan.builder import STAGES
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.identity import identify
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.stage import effective
from jcm_xl.submission.by_hand import stated_otherwise
from jcm_xl.submission.evaluated import obstructed
from jcm_xl.submission.masks import masked
from jcm_xl.submission.not_plain import RULES, NotPlain, as_names, not_plain
from jcm_xl.submission.open import CannotUse, Unusable, open_file, read_file
from jcm_xl.submission.opened import BookFile, OpenedBook
from jcm_xl.submission.settings import AS_USUAL, Settings
from jcm_xl.submission.topics import Topic
from jcm_xl.text.languages import phrase
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.visible import visible


def import_inputs(
    path: str | Path,
    *,
    key: str = "",
    language: str = "en",
    definitions: Path | None = None,
    guard: Settings = AS_USUAL,
) -> Imported:
    """Read the inputs of a book; raise `CannotUse`, `CannotRead`.

    `key` names the methodology of a book that does not say it, or another version of
    the one it says. The file is only read.
    """
    file = read_file(path)
    asked = replace(guard, definitions=definitions)
    context, other = _opened(file, key, asked)
    _refuse_masked(context)
    m = other or context.newer or context.methodology
    edition = Edition(language, context.plan.monthly, context.plan.meters)
    plan = make_plan(m, _rows(context, m), edition)
    unmoved = moved_not(context, plan) if other else homeless(context, plan)
    errors = (*_no_values(context), *unmoved)
    _refuse_nothing(context)
    refused = {item.key for item in errors}
    values = {k: v for k, v in context.submission.values.items() if k not in refused}
    book = context.foreign
    return Imported(
        file=visible(file.name),
        sha256=file.grid.sha256,
        plan=plan,
        submission=Submission(m.id, m.version, plan.rows, as_names(values)),
        by_hand=book is not None,
        made_as=context.methodology.key,
        unplaced=(*(book.unplaced if book else ()), *errors),
        remarks=(
            *(book.remarks if book else _formulas(context, values)),
            *(redescribed(context, plan, values) if other else ()),
        ),
        differences=() if other else tuple(_differences(context)),
        lost=tuple(_lost(context)),
    )


def _formulas(context: OpenedBook, values: Mapping[Key, Value]) -> Iterator[Remark]:
    """Yield the inputs that a formula gives: the new book has their values."""
    for slot, formula in context.formula_inputs:
        if slot.key in values:
            sheet, cell = context.place(slot)
            why, content = Why.FROM_FORMULA, f"={formula}"
            yield Remark(sheet, cell, visible(content), why, slot.name, slot.key)


def _lost(context: OpenedBook) -> Iterator[Phrase]:
    """Yield what is not carried over: whole sheets, notes, pictures, other cells."""
    if context.foreign is None:
        yield from left_behind(context)
        return
    known = {*context.foreign.sheets.values(), *context.plan.sheets.values()}
    for sheet in context.grid.sheets:
        filled = sum(cell.value not in (None, "") for cell in sheet.cells.values())
        if sheet.name not in known and filled:
            facts = {"name": f"'{visible(sheet.name)}'", "cells": str(filled)}
            yield phrase("repair.lost.sheet", **facts)


def _opened(
    file: BookFile, key: str, settings: Settings
) -> tuple[OpenedBook, Methodology | None]:
    """Return the book, and the other version that its inputs are to move to."""
    name = visible(file.name)
    wanted = load(key, settings.definitions) if key else None
    named = identify(file.grid).key if wanted else ""
    is_other = wanted is not None and named not in ("", wanted.key)
    if wanted and is_other and named.partition("@")[0] == wanted.id:
        return open_file(file, settings), wanted
    try:
        book = open_file(file, settings, wanted, is_assumed=wanted is not None)
    except CannotUse as refusal:
        raise CannotUse(refusal.code, _in_own_words(name, refusal, wanted)) from refusal
    return book, None


def _rows(context: OpenedBook, m: Methodology) -> dict[str, int]:
    """Return the rows of the sets that a methodology has, as many as it takes."""
    return {
        index: min(count, m.sets[index].max_rows)
        for index, count in context.plan.rows.items()
        if index in m.sets
    }


def _in_own_words(name: str, refusal: CannotUse, wanted: Methodology | None) -> str:
    """Return the sentence of a refusal; an import can be told what a book is."""
    if refusal.code is Unusable.NAMELESS:
        return (
            f"{name} does not say of which methodology it is: no sheet carries a line "
            "'Monitoring Spreadsheet: JCM_..._ver...'. --as ID@VERSION names it."
        )
    if refusal.code is Unusable.OTHER and wanted is not None:
        return f"{name} is a book of {refusal.key}, not of {wanted.key}."
    return refusal.reason


def _refuse_masked(context: OpenedBook) -> None:
    for slot, _ in masked(context):
        sheet, cell = context.place(slot)
        raise CannotUse(
            Unusable.MASKED,
            f"{visible(context.name)} is a public copy: '{sheet}'!{cell} is masked. "
            "Import the complete book.",
        )


def _refuse_nothing(context: OpenedBook) -> None:
    """Refuse a book in which nothing was found that its methodology asks for."""
    book = context.foreign
    if book is None or context.submission.values or book.unplaced:
        return
    raise CannotUse(
        Unusable.EMPTY,
        f"{visible(context.name)} was not imported: no table of "
        f"{context.methodology.key} was found in it. Is it the right file?",
    )


def _no_values(context: OpenedBook) -> Iterator[Unplaced]:
    """Yield the inputs that are not what their cells are for; none of them is taken."""
    unsure = {slot.key for slot, _, _ in obstructed(context)}
    for slot, formula, _ in obstructed(context):
        sheet, cell = context.place(slot)
        reason = Reason.UNSURE
        yield Unplaced(sheet, cell, f"={formula}", reason, slot.name, slot.key)
    for item in not_plain(context):
        if item.key in unsure:
            continue
        sheet, cell = item.place
        content = shown(item.reading.value)
        name, key, meant = item.slot.name, item.key, " or ".join(item.meant)
        reason = _reason(item)
        yield Unplaced(sheet, cell, content, reason, name, key, meant=meant)
    for key, value in context.submission.values.items():
        slot = context.plan[key]
        if isinstance(value, CellError) and slot.rule not in RULES:
            sheet, cell = context.place(slot)
            yield Unplaced(sheet, cell, value.code, Reason.AN_ERROR, slot.name, key)


def _reason(item: NotPlain) -> Reason:
    if item.is_date:
        return Reason.SHOWN_AS_DATE
    if item.reading.kind is CellKind.ERROR:
        return Reason.AN_ERROR
    return Reason.NO_DAY if item.reading.takes is Takes.DAY else Reason.NO_NUMBER


def homeless(context: OpenedBook, plan: Plan) -> Iterator[Unplaced]:
    """Yield the inputs of plan and report that today's definition asks no more."""
    for key, value in context.submission.values.items():
        if key not in plan.slots and key.stage in STAGES:
            slot = context.plan[key]
            sheet, cell = context.place(slot)
            reason = Reason.NOT_ASKED
            yield Unplaced(sheet, cell, shown(value), reason, slot.name, key)


def _differences(context: OpenedBook) -> Iterator[Differs]:
    """Yield what the new book will show otherwise, as it links or calculates it.

    With an official workbook every cell that is not as in it is told, too.
    """
    for slot, _, actual, expected, _ in context.differences:
        if slot.key.stage == OFFICIAL:
            words = f"holds {actual or 'nothing'}; the official workbook {expected}"
            yield Differs(slot.sheet, slot.address, visible(words))
    for other in stated_otherwise(context):
        stated = other.stated
        is_formula = stated.name in context.methodology.formulas
        what = "is calculated here" if is_formula else "is given by the methodology"
        row = f" ({stated.row})" if stated.row else ""
        symbol = f"{context.symbol(stated.name)}{row}"
        words = f"{symbol} {what}; yours {other.actual}, ours {other.expected}"
        yield Differs(stated.sheet, stated.cell, words)
    for slot, _, actual, expected, topic in context.changes(
        Topic.FIXED, Topic.OPTION, Topic.RESULT, Topic.VALUE
    ):
        if slot.key.stage == OFFICIAL:
            continue
        symbol = context.symbol(slot.name) if slot.name else "Table 3"
        place = context.place(slot)
        if topic is Topic.FIXED:
            key = slot.key.in_plan()
            planned = shown(effective(context.plan, context.submission, key))
            words = f"{symbol} is {actual} in the report; the plan has {planned or '-'}"
            yield Differs(*place, words)
        elif topic is Topic.OPTION:
            yield Differs(
                *place, f"{symbol} is monitored by {actual}; offered is {expected}"
            )
        elif context.foreign is not None:
            value = context.cached.of(slot)
            ours = shown(value) if isinstance(value, float | int) else "not complete"
            words = f"{symbol} is calculated here; yours {actual}, ours {ours}"
            yield Differs(*place, words)
