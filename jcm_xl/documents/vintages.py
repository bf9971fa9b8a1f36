"""Reductions by calendar year, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from jcm_xl.dataclass import dataclass
from jcm_xl.documents.facts import Facts
from jcm_xl.documents.lines import BLANK, Line, counted, counters, line, table
from jcm_xl.engine.vintages import KYOTO_ENDS, Basis, Vintages
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Stage

SCHEMA = "jcm_xl.vintages/1"
HEADINGS = ("year", "from", "to", "reference", "project", "reductions", "tCO2, whole")


@dataclass(frozen=True, slots=True)
class VintageReport:
    """The years of a report, or of the estimate in a plan."""

    facts: Facts
    methodology: Methodology
    stage: Stage
    vintages: Vintages

    @property
    def title(self) -> str:
        """Return what a workbook of it is called."""
        what = "estimate" if self.stage is Stage.PLAN else "report"
        return f"{self.methodology.spreadsheet_id}, {what}, {self.facts.file}"

    def as_dict(self) -> dict[str, object]:
        """Return everything for JSON."""
        m, found = self.methodology, self.vintages
        return {
            "schema": SCHEMA, "methodology": m.id, "version": m.version,
            "draft": m.is_draft, **self.facts.as_dict(),
            "stage": self.stage.word,
            "basis": str(found.basis), "why_days": found.why_days,
            "years": [
                {"year": v.year, "from": v.first.isoformat(),
                 "to": v.last.isoformat(), "reference": float(v.reference),
                 "project": float(v.project), "reductions": float(v.reduction),
                 "tonnes": v.tonnes}
                for v in found.years
            ],
            "total": found.total, "table_3": found.credited,
            "claimable": found.claimable,
            "crosses_end_of_2020": found.crosses_kyoto,
        }  # fmt: skip

    def lines(self) -> Iterator[Line]:
        """Yield the table, what the years rest on, and what a person has to decide."""
        m, found = self.methodology, self.vintages
        yield line(f"{m.key} {m.title}", "head")
        if m.is_draft:
            yield line(f"DRAFT: not official: {counters(m)}", "warning")
        yield line(f"File: {self.facts.file}")
        yield BLANK
        yield from table(HEADINGS, rows(found), 2)
        yield BLANK
        yield from (line(text, style, 2) for text, style in notes(self))
        yield BLANK
        yield from self.facts.lines()


def rows(found: Vintages) -> Iterator[tuple[str, ...]]:
    """Yield a row for each year, and their sum."""
    for v in found.years:
        yield (
            str(v.year), v.first.isoformat(), v.last.isoformat(), _shown(v.reference),
            _shown(v.project), _shown(v.reduction), f"{v.tonnes}",
        )  # fmt: skip
    sums = (
        sum((getattr(v, name) for v in found.years), Fraction())
        for name in ("reference", "project", "reduction")
    )
    yield "sum", "", "", *map(_shown, sums), f"{found.total}"


def notes(report: VintageReport) -> Iterator[tuple[str, str]]:
    """Yield each sentence below the table, with its style."""
    found = report.vintages
    if report.stage is Stage.PLAN:
        yield ("Estimate of the plan by calendar year (section C.3 of the project "
               "design document); each year is rounded down.", "")  # fmt: skip
        return
    yield _basis(found)
    if found.credited == found.total:
        yield f"Table 3 is {found.credited}: the years have all its tonnes.", "good"
    elif found.credited > found.total:
        lost = counted(found.credited - found.total, "tonne")
        yield (f"Table 3 is {found.credited}: {lost} not in any year, as each year is "
               "rounded down for itself.", "warning")  # fmt: skip
    else:
        yield (f"Table 3 is {found.credited}, less than the years: no more than "
               f"{found.claimable} can be claimed.", "error")  # fmt: skip
    if any(v.tonnes < 0 for v in found.years):
        yield ("A year has emissions above its reference: the third-party entity "
               "decides how it counts.", "error")  # fmt: skip
    if found.crosses_kyoto:
        yield (f"The period goes on after {KYOTO_ENDS.isoformat()}: credits before and "
               "after that day are not of one kind.", "error")  # fmt: skip


def _basis(found: Vintages) -> tuple[str, str]:
    if found.basis is Basis.ONE_YEAR:
        return "The period lies in one calendar year.", ""
    if found.basis is Basis.MONTHS:
        return "Each year is calculated from its own months.", ""
    return (f"The period's figures are divided by days, as {found.why_days}. Amounts "
            "by month are the better ground.", "warning")  # fmt: skip


def _shown(value: Fraction) -> str:
    return f"{float(value):.2f}"
