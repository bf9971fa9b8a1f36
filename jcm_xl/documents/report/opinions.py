"""The main figures by three hands, for every form of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jcm_xl.documents.lines import number
from jcm_xl.documents.report.shared import status_text
from jcm_xl.model.finding import Opinion, Report
from jcm_xl.text.languages import Messages

_COLUMNS = ("figure", "definition", "formulas", "stored", "difference")
_OFFICIAL = "official"


def headings(report: Report, w: Messages) -> tuple[str, ...]:
    """Return the headings of the table; one more where an official workbook is."""
    columns = (*_COLUMNS[:-1], *_official(report), _COLUMNS[-1])
    return tuple(w(f"report.opinions.{column}") for column in columns)


def _official(report: Report) -> tuple[str, ...]:
    is_there = any(opinion.official is not None for opinion in report.opinions)
    return (_OFFICIAL,) if is_there else ()


def rows(report: Report, w: Messages) -> Iterator[tuple[str, ...]]:
    """Yield the table, a row for each figure."""
    for opinion in report.opinions:
        yield (
            f"{w(f'report.stages.{opinion.stage}')}: {opinion.name}",
            _own(opinion.own, w),
            w("report.opinions.none") if opinion.reason else _figure(opinion.second),
            _figure(opinion.stored),
            *(_figure(opinion.official) for _ in _official(report)),
            difference(opinion, w),
        )


def remark(report: Report, w: Messages) -> str:
    """Return whose the steps of materiality are, where one is named."""
    is_classed = any(o.materiality is not None for o in report.opinions)
    return str(w("report.opinions.steps")) if is_classed else ""


def difference(opinion: Opinion, w: Messages) -> str:
    """Return the largest difference with its share and its materiality."""
    if opinion.difference is None:
        return "-"
    if not opinion.difference:
        return str(w("report.opinions.same"))
    text, share, step = f"{opinion.difference:.6g}", opinion.share, opinion.materiality
    if share is None or step is None:
        return text
    key = "report.opinions.step" if step else "report.opinions.below"
    return str(w(key, difference=text, share=f"{share:.3g}", step=f"{step:g}"))


def _own(value: float | str | None, w: Messages) -> str:
    """Our engine's figure; where there is none the status, in the reader's words."""
    return _figure(status_text(value, w) if isinstance(value, str) else value)


def _figure(value: float | str | None) -> str:
    if isinstance(value, float):
        return number(value)
    return value or "-"


def as_dict(opinion: Opinion, w: Messages) -> Mapping[str, object]:
    """Return an opinion for JSON."""
    official = (
        {} if opinion.official is None else {"official_workbook": opinion.official}
    )
    return {
        "stage": opinion.stage, "name": opinion.name, "slot": str(opinion.slot),
        "sheet": opinion.sheet, "cell": opinion.cell, "definition": opinion.own,
        "sheet_formulas": opinion.second, "stored": opinion.stored,
        "no_opinion_because": w.say(opinion.reason), "difference": opinion.difference,
        "share_of_reductions_percent": opinion.share,
        "materiality_step_percent": opinion.materiality,
        "is_on_an_edge": opinion.is_edge, **official,
    }  # fmt: skip
