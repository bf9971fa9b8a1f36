"""How the sheets are built: what Python places where, and which formulas it writes.

A book names the shape it was built by in its stamp. A shape that was released is never
changed: a change of what it writes is a new shape beside it, see
docs/decisions/0009-books-in-the-field.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from jcm_xl.plan.builder import STAGES, Builder
from jcm_xl.plan.sheets.calc import CalcSheet
from jcm_xl.plan.sheets.check import CheckSheet
from jcm_xl.plan.sheets.guide import guide_sheet
from jcm_xl.plan.sheets.input import InputSheet
from jcm_xl.plan.sheets.meters import meters_sheet
from jcm_xl.plan.sheets.month_pictures import month_pictures
from jcm_xl.plan.sheets.monthly import monthly_sheet
from jcm_xl.plan.sheets.mss import mss_sheet
from jcm_xl.plan.sheets.separate import separate_sheet
from jcm_xl.plan.sheets.steps import put_steps
from jcm_xl.plan.steady import make_steady

SheetShape: TypeAlias = Callable[[Builder, str], None]
"""Puts all sheets into a builder; the text names the program of the sheet Live."""


def _first(b: Builder, live: str) -> None:
    """Build what 0.1.0 built: DRAFT stands where numbers or formulas are unread."""
    b.counts_texts = False
    b.identifier = "input"
    b.wraps_banner = False
    b.is_steady = False
    b.has_first_view = False
    _second(b, live)


def _second(b: Builder, live: str) -> None:
    # Books without a stamp are tried by every shape in every layout.
    b.has_first_view &= "small" in b.layout.styles
    b.place_reference()
    for stage in STAGES:
        if b.m.sets:  # first, as Table 1 adds the unit rows up
            separate_sheet(b, stage)
        sheet = InputSheet(b, stage)
        sheet.build()
        CalcSheet(b, stage).build()
        sheet.result_slot()
        if stage == "mps":
            mss_sheet(b)
    guide_sheet(b)
    if b.monthly and b.is_steady:  # the sheet Check looks at the months, too
        monthly_sheet(b)
    CheckSheet(b).build()
    if b.monthly:
        (month_pictures if b.is_steady else monthly_sheet)(b)
    if b.meters:
        meters_sheet(b)
    if b.is_steady:
        make_steady(b)
    if b.has_first_view:
        put_steps(b)
    if live:
        from jcm_xl.plan.sheets.live import live_sheet

        live_sheet(b, live)


SHAPES: Mapping[int, SheetShape] = MappingProxyType({1: _first, 2: _second})
