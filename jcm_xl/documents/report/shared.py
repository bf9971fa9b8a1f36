"""Check reports of one or several workbooks: what every form of them shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from jcm_xl.documents.lines import number
from jcm_xl.model.finding import Diagnostic, Report
from jcm_xl.text.words import Words, words

SHOWN = 10
"""So many findings of one code are printed as text; the rest is counted."""
OUTCOMES = ("clean", "findings", "none")
"""The keys of the words for exit code 0, 1 and 2."""


def exit_code(reports: Iterable[Report]) -> int:
    """Return the highest exit code; without any file there is no judgement."""
    return max((report.exit_code for report in reports), default=2)


def words_of(reports: Sequence[Report]) -> Words:
    """Return the words in the language of the reports."""
    return words(reports[0].language if reports else "en")


# -- sentences that several forms print ------------------------------------------


def head(d: Diagnostic, w: Words) -> str:
    """Return `ERROR JX204 unit-changed`."""
    return f"{w(f'severity.{d.severity.name}')} {d.code} {d.name.replace('_', ' ')}"


def about(report: Report, w: Words) -> str:
    """Return `TH_AM001@1.0, report stage`."""
    stage = w("stage", stage=w(f"stages.{report.stage}")) if report.stage else ""
    return w("join").join(part for part in (report.methodology, stage) if part)


def particulars(report: Report, w: Words) -> Iterator[tuple[str, str]]:
    """Yield heading and text of what a report is about besides its file."""
    if report.reference_number:
        yield w("reference"), report.reference_number
    if report.period:
        first, last = report.period
        days = (last - first).days + 1
        yield w("period"), w("days", first=first, last=last, n=f"{days:,}")


def figures(report: Report, w: Words | None = None) -> Iterator[tuple[str, str]]:
    """Yield stage and figure in words, by themselves in the report's language."""
    w = w or words_of([report])
    for stage, figure in report.figures.items():
        yield w(f"stages.{stage}").removeprefix("stages."), figure_text(figure, w)


def figure_text(figure: object, w: Words) -> str:
    """Return one stage's figure in words; nothing here may fail."""
    if not isinstance(figure, Mapping):
        return str(figure)
    word = str(figure.get("status", "unknown"))
    status = w(f"status.{word.replace(' ', '_')}").removeprefix("status.")
    sheet, exact = figure.get("sheet_credited"), figure.get("credited")
    if sheet is None:
        return status
    unrounded = figure.get("unrounded")
    is_plain = isinstance(unrounded, float) and sheet == exact
    shown = number(unrounded) if is_plain else unrounded  # on the edge all digits
    text = w("credited", status=status, sheet=sheet, unrounded=shown)
    return text if sheet == exact else w("exact", text=text, exact=exact)


def foot(report: Report, w: Words) -> Iterator[tuple[str, str]]:
    """Yield heading and text of what stands last: which file, by which versions."""
    yield w("sha256"), report.sha256 or w("unknown")
    if report.fingerprint:
        yield w("fingerprint"), report.fingerprint
    versions = w("join").join(f"{name} {v}" for name, v in report.versions.items())
    yield w("versions"), versions or w("unknown")


def caveats(report: Report, w: Words) -> Iterator[str]:
    """Yield the sentences on what the report does not say."""
    if report.exit_code == 0:
        yield w("no_approval")
    yield from report.compared.values() or (w("not_compared"),)
