"""A report as one row of a table, and which rows tell of the same thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from jcm_xl.dataclass import dataclass
from jcm_xl.model.finding import Diagnostic, Report, Severity, VerdictWord
from jcm_xl.text.languages import Messages, in_each
from jcm_xl.text.phrase import Phrase


@dataclass(frozen=True, slots=True)
class BookRow:
    """What the table tells of one book; its fields are the columns, in order.

    Stage, word, verdict, first finding and what it is like are phrases; `said` says
    them. `judged` is the verdict's word as a value.

    reference and project: tCO2 of the stage judged, recomputed; `tonnes` as credited.
    alike: which other book is the same project and period, or has the same inputs.
    """

    reference_number: str
    methodology: str
    version: str
    stage: str
    first_day: date | None
    last_day: date | None
    days: int | None
    reference: float | None
    project: float | None
    tonnes: int | None
    errors: int
    warnings: int
    acknowledged: int
    word: str
    verdict: str
    first_finding: str
    alike: str
    file: str
    fingerprint: str
    sha256: str
    exit_code: int
    judged: VerdictWord


def row_of(report: Report, file: str) -> BookRow:
    """Return the row of a report; `file` is its path as it was found."""
    stage = Phrase(f"report.stages.{report.stage}", report.stage)
    key, _, version = report.methodology.partition("@")
    first, last = report.period or (None, None)
    figure = _figure(report)
    return BookRow(
        reference_number=report.reference_number,
        methodology=key,
        version=version,
        stage=stage if report.stage else "",
        first_day=first,
        last_day=last,
        days=(last - first).days + 1 if first and last else None,
        reference=_number(figure.get("reference")),
        project=_number(figure.get("project")),
        tonnes=_tonnes(figure.get("sheet_credited")),
        errors=report.count(Severity.ERROR),
        warnings=report.count(Severity.WARNING),
        acknowledged=sum(d.count for d in report.diagnostics if d.is_answered),
        word=Phrase(f"bulk.words.{report.word.key}", str(report.word)),
        verdict=report.verdict,
        first_finding=_first(report.diagnostics),
        alike="",
        file=file,
        fingerprint=report.fingerprint,
        sha256=report.sha256,
        exit_code=report.exit_code,
        judged=report.word,
    )


def _figure(report: Report) -> Mapping[str, object]:
    figure = report.figures.get("report" if report.stage == "report" else "plan")
    return figure if isinstance(figure, Mapping) else {}


def _number(value: object) -> float | None:
    is_finite = isinstance(value, float) and value - value == 0
    return float(value) if is_finite else None  # type: ignore[arg-type]


def _tonnes(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _first(found: Iterable[Diagnostic]) -> str:
    for d in found:
        if d.asks:
            return Phrase("", "{code}: {message}", code=d.code, message=d.message)
    return ""


def said(row: BookRow, texts: Sequence[Messages]) -> BookRow:
    """Return a row with its phrases said in each of the languages."""

    def told(phrase: str) -> str:
        return " / ".join(in_each(texts, phrase))

    return replace(
        row, stage=told(row.stage), word=told(row.word), verdict=told(row.verdict),
        first_finding=told(row.first_finding), alike=told(row.alike),
    )  # fmt: skip


def with_alike(rows: Sequence[BookRow]) -> list[BookRow]:
    """Return the rows, each telling the first other book it is like, if any."""
    kinds: tuple[tuple[str, str, Callable[[BookRow], object]], ...] = (
        ("file", "the same file as {file}", lambda row: row.sha256),
        ("inputs", "the same inputs as {file}", _inputs),
        ("period", "the same project and period as {file}", _project_and_period),
    )
    told = [""] * len(rows)
    for word, english, key_of in kinds:
        groups: dict[object, list[int]] = {}
        for i, row in enumerate(rows):
            if key := key_of(row):
                groups.setdefault(key, []).append(i)
        for group in groups.values():
            for i in group[1:] + group[:1] if len(group) > 1 else ():
                if not told[i]:
                    other = rows[group[0] if i != group[0] else group[1]].file
                    told[i] = Phrase(f"bulk.alike.{word}", english, file=other)
    return [replace(row, alike=text) for row, text in zip(rows, told, strict=True)]


def _inputs(row: BookRow) -> object:
    """Return the inputs; books without any are like each other, but nobody asks."""
    return row.fingerprint if row.tonnes is not None else ""


def _project_and_period(row: BookRow) -> object:
    if not (row.reference_number and row.first_day and row.last_day):
        return None
    return row.reference_number, row.methodology, row.first_day, row.last_day
