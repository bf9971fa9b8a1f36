"""Check reports of one or several workbooks: what every form of them shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jcm_xl.documents.lines import number
from jcm_xl.documents.report.groups import Group
from jcm_xl.model.finding import Audience, Diagnostic, Report, Severity, VerdictWord
from jcm_xl.text.languages import FIRST, Messages, messages, phrase
from jcm_xl.text.phrase import Phrase

SHOWN = 10
"""So many findings of one code are printed as text; the rest is counted."""


def exit_code(reports: Iterable[Report]) -> int:
    """Return the highest exit code; without any file there is no judgement."""
    return max((report.exit_code for report in reports), default=2)


def style(report: Report) -> str:
    """Return the style in which a verdict is written."""
    if report.exit_code == 0:
        return "good"
    return "warning" if report.word is VerdictWord.ANSWERED else "error"


def outcomes(words: Sequence[VerdictWord], w: Messages) -> str:
    """Return how many files have each verdict: `5 clean, 2 with findings`."""
    return str(w("report.join")).join(
        w(f"report.outcomes.{word.key}", n=f"{count:,}")
        for word in VerdictWord
        if (count := words.count(word))
    )


# -- sentences that several forms print ------------------------------------------


def head(d: Diagnostic, w: Messages) -> str:
    """Return `ERROR JX204 unit-changed`."""
    severity = w(f"report.severity.{d.severity.name}")
    return f"{severity} {d.code} {d.name.replace('_', ' ')}"


def each(group: Group, w: Messages, limit: int | None = None) -> str:
    """Return cell, found and expected of each finding of a group, where they differ."""
    if group.is_of_one_value:
        return ""
    told = [_value_of(d, group.first.sheet, w) for d in group.members]
    more = ["..."] if limit is not None and len(told) > limit else []
    return "; ".join([*told[:limit], *more])


def _value_of(d: Diagnostic, sheet: str, w: Messages) -> str:
    where = d.cells if d.sheet == sheet else d.place
    arrow = "->" if d.expected else ""
    parts = (where, w.say(d.found), arrow, w.say(d.expected))
    return " ".join(filter(None, parts))


def is_aside(d: Diagnostic) -> bool:
    """Tell whether a note is for somebody else than who mends the book."""
    return d.severity is Severity.NOTE and d.audience is Audience.SECRETARIAT


def to_tell(report: Report) -> list[Diagnostic]:
    """Return the findings that are told one by one; the others stand at the foot."""
    return [d for d in report.diagnostics if not is_aside(d)]


def about(report: Report, w: Messages) -> str:
    """Return `TH_AM001@1.0, report stage`."""
    stage = ""
    if report.stage:
        stage = w.say(
            phrase("report.stage", stage=phrase(f"report.stages.{report.stage}"))
        )
    return str(w("report.join")).join(filter(None, (report.methodology, stage)))


def particulars(report: Report, w: Messages) -> Iterator[tuple[str, str]]:
    """Yield heading and text of what a report is about besides its file."""
    if doubt := w.find("unreviewed"):
        yield w("report.translation"), doubt
    if report.reference_number:
        yield w("report.reference"), report.reference_number
    if report.period:
        first, last = report.period
        days = (last - first).days + 1
        yield (
            w("report.period"),
            w("report.days", first=first, last=last, n=f"{days:,}"),
        )


def figures(report: Report, w: Messages) -> Iterator[tuple[str, str]]:
    """Yield stage and figure in words."""
    for stage, figure in report.figures.items():
        yield _known(f"report.stages.{stage}", stage, w), figure_text(figure, w)


def figure_text(figure: object, w: Messages) -> str:
    """Return one stage's figure in words; nothing here may fail."""
    if not isinstance(figure, Mapping):
        return str(figure)
    status = status_text(str(figure.get("status", "unknown")), w)
    sheet, exact = figure.get("sheet_credited"), figure.get("credited")
    if sheet is None:
        return status
    unrounded = figure.get("unrounded")
    is_plain = isinstance(unrounded, float) and sheet == exact
    shown = number(unrounded) if is_plain else unrounded  # on the edge all digits
    text = str(w("report.credited", status=status, sheet=sheet, unrounded=shown))
    return text if sheet == exact else str(w("report.exact", text=text, exact=exact))


def status_text(status: str, w: Messages) -> str:
    """Return the status of a stage in words: `incomplete`."""
    return _known(f"report.status.{status.replace(' ', '_')}", status, w)


def _known(key: str, word: str, w: Messages) -> str:
    """Return a word of ours in a language; another one, such as #N/A, stays."""
    return str(w(key)) if messages(FIRST).find(key) else word


def foot(report: Report, w: Messages) -> Iterator[tuple[str, str]]:
    """Yield heading and text of what stands last: which file, by which versions."""
    yield w("report.sha256"), report.sha256 or w("report.unknown")
    if report.fingerprint:
        yield w("report.fingerprint"), report.fingerprint
    versions = (f"{name} {v}" for name, v in report.versions.items())
    joined = str(w("report.join")).join(versions)
    yield w("report.versions"), joined or w("report.unknown")


def skipped(report: Report, w: Messages) -> str:
    """Return what was not looked at, as one list."""
    return str(w("report.join")).join(map(w.say, report.skipped))


def caveats(report: Report) -> Iterator[str]:
    """Yield the sentences on what the report does not say."""
    if report.exit_code == 0:
        yield phrase("report.no_approval")
    yield from report.compared.values() or (phrase("report.not_compared"),)
    yield from unlisted(report)
    for d in filter(is_aside, report.every):
        yield phrase("report.aside", code=d.code, message=d.message)


def unlisted(report: Report) -> Iterator[Phrase]:
    """Yield the sentence on findings that were left out to keep a document short."""
    if not report.unlisted:
        return
    counts: Counter[str] = Counter()
    for d in report.unlisted:
        counts[d.code] += d.count
    codes = ", ".join(f"{code} ({n:,})" for code, n in sorted(counts.items()))
    yield phrase("report.unlisted", n=f"{counts.total():,}", codes=codes)
