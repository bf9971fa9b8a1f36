"""Judge one workbook: identity, plan, every check, one report."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import jcm_xl.checks
from jcm_xl.checks.arithmetic.opinions import opinions, summary
from jcm_xl.checks.base import Check, Finding, OpenedBook, registered
from jcm_xl.checks.blocks import together
from jcm_xl.checks.causes import Told, in_order
from jcm_xl.checks.fence import Fence
from jcm_xl.checks.verdict import (
    NOT_OURS,
    is_accepted,
    partly_judged,
    refused,
    unknown,
    verdict,
)
from jcm_xl.model.finding import (
    NO_VERDICT,
    Diagnostic,
    Opinion,
    Phase,
    Report,
    Severity,
    VerdictWord,
    word_of,
)
from jcm_xl.model.key import REFERENCE_NUMBER
from jcm_xl.model.result import Result
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import DateNumber, Value
from jcm_xl.submission.answers import answer_all
from jcm_xl.submission.official_side import official_opinion
from jcm_xl.submission.open import (
    BookSource,
    CannotUse,
    Unusable,
    name_of,
    open_file,
    read_file,
)
from jcm_xl.submission.opened import BookFile
from jcm_xl.submission.other_books import compared_books, registered_plan
from jcm_xl.submission.readings import readings_of
from jcm_xl.submission.repeats import prints
from jcm_xl.submission.settings import AS_USUAL, Settings
from jcm_xl.text.excerpts import excerpts
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.signs import look_alike, told
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.version import __version__
from jcm_xl.xlsx.grid import Grid, address
from jcm_xl.xlsx.refusal import CannotRead

UNCONFIRMED = Phrase(
    "checks.unconfirmed",
    "What is expected here is not confirmed by an official document: the cell differs "
    "from our unconfirmed value, so please compare it with the official spreadsheet.",
)
_COMPARE_FIRST = (
    "checks.compare-first",
    "Compare it with the official spreadsheet. If that has what is expected here: "
    "{remedy} If not, leave it: our definition is to be corrected.",
)

_PUBLIC_COPY = "public-copy"
NO_TEMPLATE = Phrase("phases.template", "comparison with the template")


FORMS, PAPERS = "forms", "papers"
"""Folders of checks of what is no monitoring spreadsheet: forms, documents of them."""
_NEEDED: Mapping[str, Callable[[OpenedBook], bool]] = {
    "others": lambda context: context.settings.has_others,
    "answers": lambda context: bool(context.answers),
    "by_hand": lambda context: context.foreign is not None,
    "meters": lambda context: context.plan.meters,
    "readings": lambda context: readings_of(context) is not None,
    FORMS: lambda _: False,
    PAPERS: lambda _: False,
}
"""Folders of checks that have nothing to look at unless something is at hand."""


def check_modules() -> tuple[str, ...]:
    """Return the names of the modules that each hold one check, by their codes."""
    path, prefix = jcm_xl.checks.__path__, "jcm_xl.checks."
    names = [
        f"{folder.name}.{module.name}"
        for folder in pkgutil.iter_modules(path, prefix)
        if folder.ispkg
        for module in pkgutil.iter_modules(
            [f"{path[0]}/{folder.name.removeprefix(prefix)}"]
        )
        if module.name.startswith("jx")
    ]
    return tuple(sorted(names, key=lambda name: name.rsplit(".", 1)[1]))


@lru_cache(maxsize=4)
def catalogue(without: frozenset[str] = frozenset()) -> Mapping[str, Check]:
    """Import every check module and return the checks by code.

    `without` are folders that are left out: importing them takes time.
    """
    for name in check_modules():
        if name.rsplit(".", 2)[1] not in without:
            importlib.import_module(name)
    checks = sorted(registered().items())
    return {code: check for code, check in checks if check.folder not in without}


@lru_cache(maxsize=2)
def form_catalogue(folder: str = FORMS) -> tuple[Check, ...]:
    """Import and return the checks of forms, or of documents made of them, by code."""
    names = [name for name in check_modules() if name.rsplit(".", 2)[1] == folder]
    for name in names:
        importlib.import_module(name)
    return tuple(c for _, c in sorted(registered().items()) if c.folder == folder)


def _by_phase(context: OpenedBook) -> Mapping[Phase, list[Check]]:
    """Return the checks that have something to look at, in the order of the phases."""
    idle = frozenset(n for n, is_needed in _NEEDED.items() if not is_needed(context))
    phases: dict[Phase, list[Check]] = {phase: [] for phase in Phase}
    for check in catalogue(idle).values():
        if (
            context.foreign is None
            or not check.is_of_template
            or (check.guards_official and context.template is not None)
        ):
            phases[check.phase].append(check)
    return phases


@lru_cache(maxsize=512)
def _called(code: str) -> Phrase:
    return Phrase("verdict.check", "check {code}", code=code)


class Judged(NamedTuple):
    """A report with the book it is about, as the file has it.

    Without `grid` it could not be read, without `context` not be judged.
    """

    report: Report
    grid: Grid | None = None
    context: OpenedBook | None = None


def check_file(path: BookSource, settings: Settings = AS_USUAL) -> Report:
    """Judge a workbook; never raises for what is in the file.

    The report's exit code: 0 clean, 1 findings, 2 cannot be judged.
    """
    return judge_file(path, settings).report


def judge_file(path: BookSource, settings: Settings = AS_USUAL) -> Judged:
    """Judge a workbook and keep it, to draw its sheets; see `check_file`."""
    name = name_of(path)
    try:
        file = read_file(path)
    except CannotRead as why:
        reason = CannotRead(name, why.reason, why.remedy)  # no folder of this computer
        return Judged(_refused(name, "", reason.sentence))
    return _judged(file, settings)


def check_grid(grid: Grid, name: str = "", settings: Settings = AS_USUAL) -> Report:
    """Judge a workbook that was read already; see `check_file`."""
    return judge_grid(grid, name, settings).report


def judge_grid(grid: Grid, name: str = "", settings: Settings = AS_USUAL) -> Judged:
    """Judge a workbook that was read already; see `judge_file`."""
    return _judged(BookFile(name, grid), settings)


def _judged(file: BookFile, settings: Settings) -> Judged:
    try:
        context = open_file(file, settings)
    except CannotUse as refusal:
        is_nameless = refusal.code is Unusable.NAMELESS
        reason = NOT_OURS if is_nameless else unknown(refusal.key, refusal.reason)
        return Judged(_refused(file.name, file.grid.sha256, reason), file.grid)
    fence = Fence()
    judgement = _judge(context, fence)
    return Judged(_report(file.name, context, judgement, fence), file.grid, context)


def _refused(name: str, sha256: str, reason: str) -> Report:
    return Report(
        file=name, sha256=sha256, exit_code=NO_VERDICT,
        versions={"jcm_xl": __version__}, verdict=refused(reason),
    )  # fmt: skip


class _Judgement(NamedTuple):
    """What came of it; `verdict` where the book is not to be judged further."""

    diagnostics: tuple[Diagnostic, ...]
    skipped: tuple[str, ...] = ()
    verdict: str = ""


def _judge(context: OpenedBook, fence: Fence) -> _Judgement:
    found: list[Told] = []
    has_template = context.foreign is None or context.template is not None
    skipped: list[str] = [] if has_template else [NO_TEMPLATE]
    last_word = ""
    phases = [p for p in Phase if p is not Phase.ANSWERS or context.answers]
    checks = _by_phase(context)
    for number, phase in enumerate(phases, 1):
        if phase is Phase.ANSWERS:
            found = _answered(context, found)
        for each, word in _findings(context, checks[phase], fence):
            found.append(each)
            last_word = last_word or word
        if last_word or _is_gate(phase, found):
            skipped += map(_phase, phases[number:])
            break
    ordered = in_order(context.methodology, found)
    return _Judgement(ordered, (*skipped, *context.left_out), last_word)


def _findings(
    context: OpenedBook, checks: Sequence[Check], fence: Fence
) -> Iterator[tuple[Told, str]]:
    """Yield each finding with the verdict that it brings, if any."""
    for check in checks:
        with fence.around(_called(check.code)):
            for finding in together(check.run(context)):
                yield _told(context, check, finding), _last_word(check, finding)


def _answered(context: OpenedBook, found: Sequence[Told]) -> list[Told]:
    diagnostics = [told.diagnostic for told in found]
    answered, context.outcome = answer_all(diagnostics, context.answers)
    return [
        told._replace(diagnostic=diagnostic)
        for told, diagnostic in zip(found, answered, strict=True)
    ]


def _told(context: OpenedBook, check: Check, finding: Finding) -> Told:
    """Keep a finding as it will be printed."""
    return Told(diagnostic(context, check, finding), check.judges, finding.slot)


def _is_gate(phase: Phase, found: Sequence[Told]) -> bool:
    """Tell whether errors of this phase let nothing be judged after it."""
    errors = (told.diagnostic.severity is Severity.ERROR for told in found)
    return phase <= Phase.IDENTITY and any(errors)


def _last_word(check: Check, finding: Finding) -> str:
    """Return the verdict on the whole book that a finding brings with it, if any."""
    own = Phrase(f"checks.{check.name}.verdict", check.verdict)
    return finding.verdict or (own if check.verdict else "")


def _phase(phase: Phase) -> Phrase:
    word = phase.name.lower()
    return Phrase(f"phases.{word}", word.replace("_", " "))


def diagnostic(
    context: OpenedBook | None, check: Check, finding: Finding
) -> Diagnostic:
    """Return a finding ready to print; one of a form has no slot, and no context."""
    slot = finding.slot
    sheet, cell = finding.sheet, finding.cell
    if slot and context is not None:
        sheet, cell = context.place(slot)
    if finding.at is not None and not slot:
        cell = address(*finding.at)
    actual, expected = excerpts(finding.actual, finding.expected)
    parameter = typed_symbol(finding.parameter)
    facts = {
        "parameter": parameter,
        "actual": actual,
        "expected": expected,
        "sheet": sheet,
        "cell": _cells(finding, cell),
        **finding.facts,
    }
    own = f"checks.{check.name}"
    message = Phrase.of(f"{own}.message", check.message, facts)
    remedy = Phrase.of(f"{own}.remedy", check.remedy, facts)
    if finding.is_unconfirmed:
        message = Phrase("", "{message} {remark}", message=message, remark=UNCONFIRMED)
        remedy = Phrase(*_COMPARE_FIRST, remedy=remedy)
    if signs := _unseen(finding):
        message = Phrase("", "{message} {remark}", message=message, remark=signs)
    return Diagnostic(
        code=check.code,
        name=check.name,
        severity=finding.severity if finding.severity is not None else check.severity,
        audience=check.audience,
        mended_by=check.mended_by if finding.mended_by is None else finding.mended_by,
        tonnes=check.tonnes if finding.tonnes is None else finding.tonnes,
        message=message,
        remedy=remedy,
        basis=Phrase(f"{own}.basis", check.basis),
        sheet=sheet,
        cell=cell,
        block=finding.block,
        count=finding.count,
        slot=slot.key if slot else None,
        parameter=parameter,
        found=finding.actual,
        expected=finding.expected,
    )


def _cells(finding: Finding, cell: str) -> str:
    """Return the cell, or the cells of a block and how many they are."""
    if not finding.block or finding.count == 1:
        return cell
    words = "{cells} ({n} cells)"
    return Phrase("checks.block", words, cells=finding.block, n=f"{finding.count:,}")


def _unseen(finding: Finding) -> Phrase | None:
    """Return a remark on the signs by which a text differs without being seen to."""
    found, due = finding.actual, finding.expected
    if isinstance(found, Phrase) or not look_alike(found, str(due)):
        return None
    return Phrase("checks.unseen", "It holds {signs}.", signs=told(found))


def fingerprint(context: OpenedBook) -> str:
    """Return a hash of the inputs alone; re-saving the file does not change it."""
    values = sorted(
        (str(key), _as_stored(value))
        for key, value in context.submission.values.items()
    )
    text = repr((context.methodology.key, values))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _as_stored(value: Value) -> str:
    """Return a value without its format, which does not change what was typed."""
    return shown(value.number if isinstance(value, DateNumber) else value)


def _report(
    name: str, context: OpenedBook, judgement: _Judgement, fence: Fence
) -> Report:
    m = context.methodology
    found = judgement.diagnostics
    no_figures: dict[str, object] = {}
    no_opinions: tuple[Opinion, ...] = ()
    figures = fence.give("figures", lambda: dict(_figures(context)), no_figures)
    several = fence.give("opinions", lambda: opinions(context), no_opinions)
    last_word = judgement.verdict or verdict(context, found)
    if fence.undone:
        last_word = partly_judged(len(fence.undone), last_word)
    return Report(
        file=name,
        sha256=context.grid.sha256,
        verdict=last_word,
        exit_code=NO_VERDICT if fence.undone else _exit_code(context, judgement),
        stage=context.stage,
        methodology=m.key,
        fingerprint=fingerprint(context),
        diagnostics=found,
        figures={} if judgement.verdict else figures,
        skipped=(*fence.undone, *judgement.skipped),
        versions=context.versions,
        reference_number=shown(context.submission.get(REFERENCE_NUMBER)),
        period=context.period,
        compared=_compared(context, several if not judgement.verdict else None),
        opinions=() if judgement.verdict else several,
        is_compared_with_plan=registered_plan(context) is not None,
        is_draft=m.is_draft,
        is_public_copy=any(d.name == _PUBLIC_COPY for d in found),
        is_uncalculated=context.is_uncalculated,
        accepted_by=context.settings.accepted_by,
        prints=()
        if context.stage == "plan"
        else prints(context.plan, context.submission),
    )


def _exit_code(context: OpenedBook, judgement: _Judgement) -> int:
    """Return 0 for a clean book, and for answers that the judging side accepts."""
    if judgement.verdict:
        return NO_VERDICT
    match word_of(judgement.diagnostics):
        case VerdictWord.CLEAN:
            return 0
        case VerdictWord.ANSWERED:
            return int(not is_accepted(context.settings, judgement.diagnostics))
    return 1


def _compared(context: OpenedBook, several: Sequence[Opinion] | None) -> dict[str, str]:
    """Return what was compared besides the definition, and what was not."""
    sentences: dict[str, str] = {**dict(compared_books(context)), **context.compared}
    if several is not None and (opinion := official_opinion(context)):
        sentences["official figures"] = opinion
    if several is not None:
        sentences["second opinion"] = summary(several)
    return sentences


def _figures(context: OpenedBook) -> Iterator[tuple[str, object]]:
    for stage in context.stages:
        result = context.results[stage]
        yield (
            stage.word,
            {
                "status": result.status,
                "reference": _value(result, context.methodology.results.reference),
                "project": _value(result, context.methodology.results.project),
                "unrounded": result.unrounded,
                "sheet_credited": result.sheet_credited,
                "credited": result.credited,
            },
        )


def _value(result: Result, name: str) -> float | str | None:
    # A sum over units of which none is filled is 0: no figure before all is there.
    quantity = result.get(name) if result.status == "complete" else None
    return quantity.value if quantity else None
