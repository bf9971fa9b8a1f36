"""Judge the book of a form, or a document made of one: every check, one report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jcm_xl.checks.base import Check, Severity
from jcm_xl.checks.blocks import together
from jcm_xl.checks.fence import Fence
from jcm_xl.checks.run import PAPERS, diagnostic, form_catalogue
from jcm_xl.checks.verdict import counted, partly_judged
from jcm_xl.forms.opened import OpenedForm, OpenedPaper
from jcm_xl.model.finding import NO_VERDICT, Diagnostic, Report
from jcm_xl.model.limits import listed
from jcm_xl.text.phrase import Phrase
from jcm_xl.version import __version__


def judge_form(form: OpenedForm, name: str) -> Report:
    """Return the report on a form's book; exit code 0 clean, 1 findings."""
    clean = Phrase("verdict.clean-form", "CLEAN (form {code})", code=form.form.code)
    return _judged(form, form_catalogue(), form.grid.sha256, name, clean)


def judge_paper(paper: OpenedPaper, name: str) -> Report:
    """Return the report on a document: its figures, no word of its text."""
    words = "CLEAN (figures of document {code})"
    clean = Phrase("verdict.clean-paper", words, code=paper.form.code)
    return _judged(paper, form_catalogue(PAPERS), paper.paper.sha256, name, clean)


def _judged(
    opened: OpenedForm | OpenedPaper, checks: Sequence[Check], sha256: str, name: str,
    clean: Phrase,
) -> Report:  # fmt: skip
    fence = Fence()
    found = sorted(_findings(opened, checks, fence), key=lambda d: -d.severity)
    word = _verdict(opened, found, clean)
    if fence.undone:
        word = partly_judged(len(fence.undone), word)
    code = NO_VERDICT if fence.undone else int(any(d.asks for d in found))
    return Report(
        file=name, sha256=sha256, verdict=word, exit_code=code,
        methodology=opened.placed.id or opened.form.code, diagnostics=tuple(found),
        skipped=tuple(fence.undone), versions={"jcm_xl": __version__},
        reference_number=opened.project.reference, is_draft=opened.form.is_draft,
    )  # fmt: skip


def _findings(
    opened: OpenedForm | OpenedPaper, checks: Sequence[Check], fence: Fence
) -> Iterator[Diagnostic]:
    for check in checks:
        what = Phrase("verdict.check", "check {code}", code=check.code)
        with fence.around(what):
            for finding in together(check.run(opened)):
                yield diagnostic(None, check, finding)


def _verdict(
    opened: OpenedForm | OpenedPaper, found: Sequence[Diagnostic], clean: Phrase
) -> Phrase:
    counts = [
        counted(count, severity.name.lower())
        for severity in (Severity.ERROR, Severity.WARNING)
        if (count := sum(d.count for d in found if d.severity is severity))
    ]
    word = clean
    if counts:
        word = Phrase("verdict.findings", "FINDINGS: {counts}", counts=listed(counts))
    if not opened.form.is_draft:
        return word
    draft = Phrase("verdict.draft-form", "DRAFT, not the official form")
    return Phrase("verdict.comma", "{first}, {second}", first=word, second=draft)
