"""Judge the book of a form: every check of forms, one report."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Severity
from jcm_xl.checks.blocks import together
from jcm_xl.checks.fence import Fence
from jcm_xl.checks.run import diagnostic, form_catalogue
from jcm_xl.checks.verdict import counted, partly_judged
from jcm_xl.forms.opened import OpenedForm
from jcm_xl.model.finding import NO_VERDICT, Diagnostic, Report
from jcm_xl.model.limits import listed
from jcm_xl.text.phrase import Phrase
from jcm_xl.version import __version__


def judge_form(form: OpenedForm, name: str) -> Report:
    """Return the report on a form's book; exit code 0 clean, 1 findings."""
    fence = Fence()
    found = sorted(_findings(form, fence), key=lambda d: -d.severity)
    word = _verdict(form, found)
    if fence.undone:
        word = partly_judged(len(fence.undone), word)
    code = NO_VERDICT if fence.undone else int(any(d.asks for d in found))
    return Report(
        file=name, sha256=form.grid.sha256, verdict=word, exit_code=code,
        methodology=form.placed.id or form.form.code, diagnostics=tuple(found),
        skipped=tuple(fence.undone), versions={"jcm_xl": __version__},
        reference_number=form.project.reference, is_draft=form.form.is_draft,
    )  # fmt: skip


def _findings(form: OpenedForm, fence: Fence) -> Iterator[Diagnostic]:
    for check in form_catalogue():
        what = Phrase("verdict.check", "check {code}", code=check.code)
        with fence.around(what):
            for finding in together(check.run(form)):
                yield diagnostic(None, check, finding)


def _verdict(form: OpenedForm, found: list[Diagnostic]) -> Phrase:
    counts = [
        counted(count, severity.name.lower())
        for severity in (Severity.ERROR, Severity.WARNING)
        if (count := sum(d.count for d in found if d.severity is severity))
    ]
    code = form.form.code
    if counts:
        word = Phrase("verdict.findings", "FINDINGS: {counts}", counts=listed(counts))
    else:
        word = Phrase("verdict.clean-form", "CLEAN (form {code})", code=code)
    if not form.form.is_draft:
        return word
    draft = Phrase("verdict.draft-form", "DRAFT, not the official form")
    return Phrase("verdict.comma", "{first}, {second}", first=word, second=draft)
