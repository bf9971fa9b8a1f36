"""A workbook judged, whichever it is: a monitoring spreadsheet, or a form."""

from __future__ import annotations

from jcm_xl.checks.run import Judged, judge_file
from jcm_xl.forms.stamp import read_form_stamp
from jcm_xl.submission.open import BookSource
from jcm_xl.submission.settings import AS_USUAL, Settings


def judge_any(path: BookSource, settings: Settings = AS_USUAL) -> Judged:
    """Judge a workbook and keep it; never raises for what is in the file."""
    judged = judge_file(path, settings)
    grid = judged.grid
    if judged.context is not None or grid is None:
        return judged
    stamp = read_form_stamp(grid.properties)
    if stamp is None:
        return judged
    from jcm_xl.projects.form_report import report_on  # what makes books takes time

    return Judged(report_on(grid, stamp, path), grid)
