"""What a judgement is asked to do, and against what."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from jcm_xl.dataclass import dataclass
from jcm_xl.model.answer import Answer
from jcm_xl.plan.layout import Layout

MATERIALITY = (0.5, 1.0, 2.0, 5.0, 10.0)
"""The steps of the CDM's scale, taken as ours: no threshold of the JCM is known."""


class Kinship(StrEnum):
    """How another book of the same folder is one of the same thing."""

    ROUND = "another round of the report"
    PLAN = "another plan of the project"
    FIGURES = "the same figures under another reference number"


class Sibling(NamedTuple):
    """A book of the same folder, about which this one is asked.

    file: as the folder has it. reference_number, period: as they stand there.
    """

    kinship: Kinship
    file: str
    reference_number: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to judge a book.

    stage: `plan`, `report`, or `auto`: the report too as soon as it is begun.
    today: the day that dates are judged by; makes reports reproducible.
    definitions: a definition file of one's own, or a folder of them.
    answers: to findings, from a file beside the book.
    accepted_by: who accepts answered warnings for the judging side, by name; nobody
    accepts what is about the tonnes.
    plan: the registered book that this one is compared with.
    previous: the earlier reports of the project, in any order.
    siblings: books of the same folder that claim the same, found by judging them all.
    second_opinion: evaluate the sheet's own formulas by another engine, too.
    materiality: the thresholds, in per cent, that a difference is classed by.
    layout: of the sheets, where it is not the official one.
    template: the official workbook that hand-made books are guarded by; templates: a
    folder of such workbooks, each taken for the books of its id.
    """

    stage: str = "auto"
    today: date | None = None
    definitions: Path | None = None
    answers: tuple[Answer, ...] = ()
    accepted_by: str = ""
    plan: Path | None = None
    previous: tuple[Path, ...] = ()
    siblings: tuple[Sibling, ...] = ()
    second_opinion: bool = True
    materiality: tuple[float, ...] = MATERIALITY
    layout: Layout | None = None
    template: Path | None = None
    templates: Path | None = None

    @property
    def has_template(self) -> bool:
        """Tell whether an official workbook may guard the book."""
        return self.template is not None or self.templates is not None

    @property
    def has_others(self) -> bool:
        """Tell whether there is another book to compare with."""
        return bool(self.plan or self.previous or self.siblings)


AS_USUAL = Settings()
