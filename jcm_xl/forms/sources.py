"""Where a number or text of a form stands already, and under which name.

Whoever fills a form gathers these values once and hands them on; a source that is not
at hand leaves its cells empty, which is told, never filled with a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from jcm_xl.forms.model import FieldValue

SOURCES = (
    "project.title",
    "project.reference",
    "project.country",
    "project.location",
    "project.latitude",
    "project.longitude",
    "project.participants",
    "project.methodologies",
    "project.shares",
    "project.start_of_operation",
    "project.lifetime_years",
    "methodology.criteria",
    "methodology.sources",
    "plan.by_year",
    "plan.total",
    "report.first",
    "report.last",
    "report.monitored",
    "report.by_year",
    "verified.shares",
    "verified.total",
)
"""What a field may name as its source."""

SourceValues: TypeAlias = Mapping[str, FieldValue]
"""The values that stand elsewhere, by source."""
