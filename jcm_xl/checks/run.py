"""Judge one workbook: identity, plan, every check, one report."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import jcm_xl.checks
from jcm_xl import __version__
from jcm_xl.checks.alterations import undo
from jcm_xl.checks.answers import answer_all
from jcm_xl.checks.base import Check, Context, Finding, registered
from jcm_xl.checks.context import shown
from jcm_xl.checks.excerpts import excerpts
from jcm_xl.checks.settings import AS_USUAL, Settings
from jcm_xl.definition.library import UnknownMethodology, load
from jcm_xl.definition.problems import DefinitionError
from jcm_xl.model.finding import Diagnostic, Phase, Report, Severity
from jcm_xl.model.submission import Stage
from jcm_xl.workbook.builder import typed_symbol
from jcm_xl.workbook.grid import Grid
from jcm_xl.workbook.identity import identify, plan_of
from jcm_xl.workbook.messages import Messages, messages
from jcm_xl.workbook.package import open_package
from jcm_xl.workbook.read import read_grid
from jcm_xl.workbook.refusal import CannotRead

UNCONFIRMED = (
    "What is expected here is not confirmed by an official document: the cell differs "
    "from our unconfirmed value, so please compare it with the official spreadsheet."
)


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Check]:
    """Import every check module and return the checks by code."""
    for module in pkgutil.iter_modules(jcm_xl.checks.__path__):
        if module.name.startswith("jx"):
            importlib.import_module(f"jcm_xl.checks.{module.name}")
    return dict(sorted(registered().items()))


def check_file(path: str | Path, settings: Settings = AS_USUAL) -> Report:
    """Judge a workbook; never raises for what is in the file.

    The report's exit code: 0 clean, 1 findings, 2 cannot be judged.
    """
    name = Path(path).name
    try:
        grid = read_grid(open_package(path))
    except CannotRead as reason:
        return _refused(name, "", f"{reason}")
    return check_grid(grid, name, settings)


def check_grid(grid: Grid, name: str = "", settings: Settings = AS_USUAL) -> Report:
    """Judge a workbook that was read already; see `check_file`."""
    identity = identify(grid)
    if not identity.key:
        return _refused(name, grid.sha256, _NOT_OURS)
    try:
        methodology = load(identity.key, settings.definitions)
    except (UnknownMethodology, DefinitionError) as reason:
        return _refused(name, grid.sha256, f"It names {identity.key}. {reason}")
    plan = plan_of(grid, identity, methodology)
    grid, alterations = undo(grid, plan)
    context = Context(
        grid, identity, methodology, plan, settings=settings, alterations=alterations,
        name=name,
    )  # fmt: skip
    return _report(name, context, _judge(context, messages(settings.language)))


_NOT_OURS = (
    "This is not a JCM monitoring spreadsheet that can be judged: no sheet carries a "
    "line 'Monitoring Spreadsheet: JCM_..._ver...'. Make one with `jcm-xl new` and "
    "carry the values over."
)


def _refused(name: str, sha256: str, reason: str) -> Report:
    return Report(
        file=name, sha256=sha256, verdict=f"CANNOT BE JUDGED: {reason}", exit_code=2,
        versions={"jcm_xl": __version__},
    )  # fmt: skip


class _Judgement(NamedTuple):
    """What came of it; `verdict` where the book is not to be judged further."""

    diagnostics: tuple[Diagnostic, ...]
    skipped: tuple[str, ...] = ()
    verdict: str = ""


def _judge(context: Context, texts: Messages) -> _Judgement:
    found: list[Diagnostic] = []
    skipped: list[str] = []
    verdict = ""
    for phase in Phase:
        if phase is Phase.ANSWERS:
            if not context.answers:
                break
            found, context.outcome = answer_all(found, context.answers)
        for check in catalogue().values():
            if check.phase is not phase:
                continue
            for finding in check.run(context):
                diagnostic = _diagnostic(context, check, finding, texts)
                found.append(diagnostic)
                if finding.slot and diagnostic.severity is Severity.ERROR:
                    context.faulty.add(finding.slot.key)
                verdict = verdict or finding.verdict or check.verdict
        is_gate = phase <= Phase.IDENTITY and any(
            d.severity is Severity.ERROR for d in found
        )
        if is_gate or verdict:
            skipped = [
                p.name.lower().replace("_", " ")
                for p in Phase
                if p > phase and (p is not Phase.ANSWERS or context.answers)
            ]
            break
    found.sort(key=lambda d: -d.severity)
    return _Judgement(tuple(found), (*skipped, *context.left_out), verdict)


class _Facts(dict[str, object]):
    """Placeholders; a missing one prints as unknown, as reporting never crashes."""

    def __missing__(self, key: str) -> str:
        return "(unknown)"


def _diagnostic(
    context: Context, check: Check, finding: Finding, texts: Messages
) -> Diagnostic:
    slot = finding.slot
    sheet, cell = context.place(slot) if slot else (finding.sheet, finding.cell)
    actual, expected = excerpts(finding.actual, finding.expected)
    facts = _Facts(
        parameter=typed_symbol(finding.parameter),
        actual=actual,
        expected=expected,
        sheet=sheet,
        cell=cell,
        **finding.facts,
    )
    message = texts.find(f"checks.{check.name}.message") or check.message
    remedy = texts.find(f"checks.{check.name}.remedy") or check.remedy
    if finding.is_unconfirmed:
        message += " " + (texts.find("checks.unconfirmed") or UNCONFIRMED)
    return Diagnostic(
        code=check.code,
        name=check.name,
        severity=finding.severity if finding.severity is not None else check.severity,
        audience=check.audience,
        message=message.format_map(facts),
        remedy=remedy.format_map(facts),
        basis=check.basis,
        sheet=sheet,
        cell=cell,
        slot=slot.key if slot else "",
        parameter=typed_symbol(finding.parameter),
        found=finding.actual,
        expected=finding.expected,
    )


def fingerprint(context: Context) -> str:
    """Return a hash of the inputs alone; re-saving the file does not change it."""
    values = sorted(
        (key, shown(value)) for key, value in context.submission.values.items()
    )
    text = repr((context.methodology.key, values))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _report(name: str, context: Context, judgement: _Judgement) -> Report:
    m = context.methodology
    found = judgement.diagnostics
    errors = sum(d.severity is Severity.ERROR for d in found)
    warnings = [d for d in found if d.severity is Severity.WARNING]
    answered = sum(bool(d.acknowledged) for d in warnings)
    open_warnings = len(warnings) - answered
    code = 1 if errors or open_warnings else 0
    return Report(
        file=name,
        sha256=context.grid.sha256,
        verdict=judgement.verdict or _verdict(context, errors, open_warnings, answered),
        exit_code=2 if judgement.verdict else code,
        stage=context.stage,
        methodology=m.key,
        fingerprint=fingerprint(context),
        diagnostics=found,
        figures={} if judgement.verdict else dict(_figures(context)),
        skipped=judgement.skipped,
        versions={"jcm_xl": __version__, **m.editions},
    )


def _verdict(context: Context, errors: int, warnings: int, answered: int) -> str:
    if errors or warnings:
        parts = [_counted(errors, "error"), _counted(warnings, "warning")]
        verdict = "FINDINGS: " + " and ".join(part for part in parts if part)
        verdict += (
            f" ({_counted(answered, 'warning')} acknowledged)" if answered else ""
        )
    elif answered:
        counted = _counted(answered, "acknowledged warning")
        verdict = f"CLEAN with {counted} ({context.stage} stage)"
    else:
        verdict = f"CLEAN ({context.stage} stage)"
    drafts = len(context.methodology.drafts)
    if drafts:
        noun = "number or formula" if drafts == 1 else "numbers and formulas"
        verdict += f", DRAFT ({drafts} unverified {noun})"
    return verdict


def _counted(count: int, noun: str) -> str:
    return "" if not count else f"{count} {noun}{'s' if count > 1 else ''}"


def _figures(context: Context) -> Iterator[tuple[str, object]]:
    for stage in context.stages:
        result = context.results[stage]
        word = "plan" if stage is Stage.PLAN else "report"
        yield (
            word,
            {
                "status": result.status,
                "unrounded": result.unrounded,
                "sheet_credited": result.sheet_credited,
                "credited": result.credited,
            },
        )
