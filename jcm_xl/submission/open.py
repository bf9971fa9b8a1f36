"""A workbook opened for recomputing, explaining or carrying over."""

from __future__ import annotations

from pathlib import Path

from jcm_xl.definition.library import load
from jcm_xl.errors import JcmError
from jcm_xl.model.methodology import Methodology
from jcm_xl.plan.identity import identify
from jcm_xl.submission.by_hand import context_of
from jcm_xl.submission.misplaced import misplaced
from jcm_xl.submission.opened import Context
from jcm_xl.submission.settings import Settings
from jcm_xl.text.visible import visible
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.read import read_grid


class CannotUse(JcmError):
    """A workbook whose cells cannot be told apart, so that nothing is computed."""


def open_book(
    path: str | Path,
    *,
    stage: str = "auto",
    expected: Methodology | None = None,
    definitions: Path | None = None,
) -> Context:
    """Read a workbook and find its plan; raise `CannotUse` or `CannotRead`.

    `expected` is the one methodology it may be of, `definitions` a folder to look
    into besides the library. Moved lines and renamed sheets are undone; afterwards
    each symbol must stand where the plan has it, for a value beside the wrong symbol
    is the wrong value.
    """
    name = Path(path).name
    grid = read_grid(open_package(path))
    identity = identify(grid)
    if not identity.key:
        raise CannotUse(
            f"{name} is not a JCM monitoring spreadsheet: no sheet carries a line "
            "'Monitoring Spreadsheet: JCM_..._ver...'."
        )
    if expected is not None and identity.key != expected.key:
        raise CannotUse(
            f"{name} is a book of {identity.key}; {expected.key} is asked for."
        )
    m = expected or load(identity.key, definitions)
    settings = Settings(stage=stage, definitions=definitions)
    context = context_of(grid, identity, m, settings)
    for fault in misplaced(context):
        where = f"{name} is not laid out as {m.key}: {visible(fault)}"
        raise CannotUse(f"{where}. `jcm-xl check` tells more.")
    return context
