"""From a filled work list to overlay files, each proved before it is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jcm_xl.definition.gaps import Gap, gaps_of
from jcm_xl.definition.library import UnknownMethodology, find
from jcm_xl.definition.load import load_file
from jcm_xl.definition.overlay import Amended, OverlayError, overlay_name, prove_bytes
from jcm_xl.definition.overlay_text import Confirmed, overlay_text
from jcm_xl.inputs.gap_sheet import FilledList, cells_of, confirmed_of, read_gap_sheet
from jcm_xl.inputs.problems import EntryPlace, InputProblem, InputsError


def overlays_of(
    path: Path, definitions: Path | None = None
) -> dict[str, tuple[str, Amended]]:
    """Return file name -> text of the overlays that a filled list makes.

    Raises `InputsError` with every problem of the list, each with its cell.
    """
    filled = read_gap_sheet(path)
    if not filled.rows:
        reason = "nothing is confirmed: no row has 'yes' or an official value"
        raise InputsError([InputProblem(EntryPlace(path.name), "", reason)])
    made = {}
    for key in filled.methodologies:
        overlay = _overlay(filled, key, definitions)
        if overlay is not None:
            name, text, amended = overlay
            made[name] = text, amended
    filled.fail()
    return made


def _overlay(
    filled: FilledList, key: str, definitions: Path | None
) -> tuple[str, str, Amended] | None:
    try:
        definition = find(key, definitions).path
    except UnknownMethodology as error:
        row = next(row for row in filled.rows if row.key[0] == key)
        filled.fault(row.cell("Methodology"), str(error))
        return None
    m = load_file(definition, with_examples=False)
    gaps = list(gaps_of(m, with_texts=True))
    confirmed = confirmed_of(filled, gaps)
    if not confirmed:
        return None
    name = overlay_name(m)
    text = overlay_text(m, filled.by or "?", filled.on or date.min, confirmed)
    try:
        return name, text, prove_bytes(definition, text.encode(), name)
    except OverlayError as error:
        for problem in error.problems:
            gap = _gap_of(problem.key, confirmed)
            cell = cells_of(filled, gap) if gap else "A1"
            filled.fault(cell, problem.reason)
        return None


def _gap_of(key: str, confirmed: list[Confirmed]) -> Gap | None:
    """Return the gap that a problem of the written overlay is about."""
    names = {item.gap.name: item.gap for item in confirmed}
    return next((gap for name, gap in names.items() if key.startswith(name)), None)
