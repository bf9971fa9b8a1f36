"""The one line that stands first in every report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jcm_xl.model.finding import Diagnostic, Severity
from jcm_xl.model.limits import listed
from jcm_xl.model.methodology import Methodology
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.settings import Settings
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.visible import visible

NOT_OURS = Phrase(
    "verdict.not-ours",
    "This is not a JCM monitoring spreadsheet that can be judged: no sheet carries a "
    "line 'Monitoring Spreadsheet: JCM_..._ver...'. Make one with `jcm-xl new` and "
    "carry the values over.",
)


def refused(reason: str) -> Phrase:
    """Return the verdict on a file that cannot be judged."""
    return Phrase("verdict.refused", "CANNOT BE JUDGED: {reason}", reason=reason)


def partly_judged(count: int, found: str) -> Phrase:
    """Return the verdict on a book of which something could not be judged."""
    return Phrase(
        "verdict.partly-judged",
        "CANNOT BE JUDGED WHOLLY ({n} not done); {found}",
        n=count,
        found=found,
    )


def unknown(key: str, reason: str) -> Phrase:
    """Return why a book is not judged whose methodology is not at hand.

    The problems of an overlay are lines; a verdict is one.
    """
    if "\n" in reason:
        first, *lines = (line.strip() for line in reason.splitlines())
        reason = f"{first} {'; '.join(lines)}"
    return Phrase("verdict.unknown", "It names {key}. {reason}", key=key, reason=reason)


def verdict(context: OpenedBook, found: Sequence[Diagnostic]) -> Phrase:
    """Return the verdict on a book that was judged: findings or none, draft or not."""
    first, *more = _parts(context, found)
    for part in more:
        first = Phrase("verdict.comma", "{first}, {second}", first=first, second=part)
    return first


def _parts(context: OpenedBook, found: Sequence[Diagnostic]) -> Iterator[Phrase]:
    open_ = [d for d in found if d.asks]
    answered = [d for d in found if d.is_answered]
    reasons = sum(d.count for d in answered)
    counts = [
        counted(count, severity.name.lower())
        for severity in (Severity.ERROR, Severity.WARNING)
        if (count := sum(d.count for d in open_ if d.severity is severity))
    ]
    stage = Phrase(f"stages.{context.stage}", context.stage)
    if counts:
        yield _findings(listed(counts), reasons)
    elif answered:
        words = "ANSWERED ({n}), {stage} stage"
        yield Phrase("verdict.answered", words, n=reasons, stage=stage)
        yield from _acceptance(context.settings.accepted_by, answered)
    else:
        yield Phrase("verdict.clean", "CLEAN ({stage} stage)", stage=stage)
    if context.foreign is not None:
        yield _compared(context)
    if context.is_uncalculated:
        yield Phrase("verdict.not-calculated", "not calculated")
    yield from _draft(context)


def _compared(context: OpenedBook) -> Phrase:
    """Return by what the sheets of a book made by hand were compared."""
    if context.template is None:
        return Phrase("verdict.no-template", "template not compared")
    if context.template.is_adopted:
        return Phrase("verdict.template", "compared with the official workbook")
    words = "compared with a workbook that nobody adopted"
    return Phrase("verdict.unadopted", words)


def _draft(context: OpenedBook) -> Iterator[Phrase]:
    """Yield what nobody has read; a book that is not ours is no draft of ours."""
    m, drafts = context.methodology, len(context.methodology.drafts)
    if m.status == "proposed":
        yield Phrase("verdict.proposed", "PROPOSED, not an approved methodology")
    if context.foreign is not None:
        if m.is_draft:
            words = "our comparison is unconfirmed ({unread})"
            yield Phrase("verdict.comparison", words, unread=unread(m))
    elif not context.plan.counts_texts:
        if drafts:
            noun = "number or formula" if drafts == 1 else "numbers and formulas"
            key = "verdict.draft" if drafts == 1 else "verdict.drafts"
            yield Phrase(key, "DRAFT ({n} unverified " + noun + ")", n=drafts)
    elif m.is_draft:
        words = "DRAFT, not the approved spreadsheet ({unread})"
        yield Phrase("verdict.not-approved", words, unread=unread(m))


def unread(m: Methodology) -> Phrase:
    """Return what is not official: `1 number and 2 formulas and 3 texts unread`."""
    counts = [
        counted(tally.unread, str(part))
        for part, tally in m.tallies.items()
        if tally.unread
    ]
    return Phrase("verdict.unread", "{counts} unread", counts=listed(counts))


def _acceptance(name: str, answered: Sequence[Diagnostic]) -> Iterator[Phrase]:
    """Say who accepts the answers, and how many nobody can."""
    if not name:
        return
    tonnes = sum(d.count for d in answered if d.tonnes)
    if tonnes < sum(d.count for d in answered):
        yield Phrase("verdict.accepted", "accepted by {name}", name=visible(name))
    if tonnes:
        words = "{n} about the tonnes, which no flag accepts"
        yield Phrase("verdict.not-accepted", words, n=tonnes)


def is_accepted(settings: Settings, found: Iterable[Diagnostic]) -> bool:
    """Tell whether the judging side accepts all that was answered."""
    answered = [d for d in found if d.is_answered]
    return bool(settings.accepted_by) and not any(d.tonnes for d in answered)


def _findings(counts: Phrase, answered: int) -> Phrase:
    if not answered:
        return Phrase("verdict.findings", "FINDINGS: {counts}", counts=counts)
    return Phrase(
        "verdict.findings-and-answers",
        "FINDINGS: {counts} ({answered} answered)",
        counts=counts,
        answered=counted(answered, "warning"),
    )


def counted(count: int, noun: str) -> Phrase:
    """Return `1 error` or `2 errors`."""
    key = f"verdict.{noun.replace(' ', '-')}"
    if count == 1:
        return Phrase(key, "{n} " + noun, n=count)
    return Phrase(f"{key}s", "{n} " + noun + "s", n=count)
