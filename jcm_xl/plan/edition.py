"""Which of the books of a methodology is meant."""

from __future__ import annotations

from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.plan.layout import Layout, layout

SHAPE = 2
"""The shape of the sheets of new books, the last of `plan.sheet_shapes`."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The language, the sheets and the layout of a book.

    language:        of guide and prompts; official cells are English.
    monthly, meters: whether there is a sheet for them.
    live:   for which program there is a sheet Live, nothing without one.
    copy:   what copy of a submission it is (see `plan.copies`), usually none.
    layout: the official one of new books, if no other is given.
    shape:  by which its sheets are built (see `plan.sheet_shapes`).
    """

    language: str = "en"
    monthly: bool = False
    meters: bool = False
    live: str = ""
    copy: str = ""
    layout: Layout = field(default_factory=layout)
    shape: int = SHAPE
