"""Judge one workbook: identity, plan, every check, one report."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import jcm_xl.checks
from jcm_xl import __version__
from jcm_xl.checks.base import Check, Context, Finding, registered
from jcm_xl.checks.context import shown
from jcm_xl.definition.library import UnknownMethodology, load
from jcm_xl.definition.problems import DefinitionError
from jcm_xl.model.finding import Diagnostic, Phase, Report, Severity
from jcm_xl.model.submission import Stage
from jcm_xl.workbook.builder import typed_symbol
from jcm_xl.workbook.identity import identify, plan_of
from jcm_xl.workbook.messages import Messages, messages
from jcm_xl.workbook.package import open_package
from jcm_xl.workbook.read import read_grid
from jcm_xl.workbook.refusal import CannotRead

STAGES = ("auto", "plan", "report")


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Check]:
    """Import every check module and return the checks by code."""
    for module in pkgutil.iter_modules(jcm_xl.checks.__path__):
        if module.name.startswith("jx"):
            importlib.import_module(f"jcm_xl.checks.{module.name}")
    return dict(sorted(registered().items()))


def check_file(
    path: str | Path,
    *,
    stage: str = "auto",
    language: str = "en",
    today: date | None = None,
) -> Report:
    """Judge a workbook; never raises for what is in the file.

    The report's exit code: 0 clean, 1 findings, 2 cannot be judged.
    """
    name = Path(path).name
    try:
        package = open_package(path)
        grid = read_grid(package)
    except CannotRead as reason:
        return _refused(name, "", f"{reason}")
    identity = identify(grid)
    if not identity.key:
        return _refused(name, grid.sha256, _NOT_OURS)
    try:
        methodology = load(identity.key)
    except (UnknownMethodology, DefinitionError) as reason:
        return _refused(name, grid.sha256, f"It names {identity.key}. {reason}")
    plan = plan_of(grid, identity, methodology)
    context = Context(grid, identity, methodology, plan, today=today)
    context.stage = _stage(context) if stage == "auto" else stage
    diagnostics, skipped = _judge(context, messages(language))
    return _report(name, context, diagnostics, skipped)


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


def _stage(context: Context) -> str:
    """Return `report` as soon as anything is typed into the report's own cells."""
    for key in context.submission.values:
        if key.startswith(("mrs.value:", "period.", "monthly.value:")):
            return "report"
    return "plan"


def _judge(
    context: Context, texts: Messages
) -> tuple[tuple[Diagnostic, ...], tuple[str, ...]]:
    found: list[Diagnostic] = []
    skipped: list[str] = []
    for phase in Phase:
        stop = False
        for check in catalogue().values():
            if check.phase is not phase:
                continue
            for finding in check.run(context):
                diagnostic = _diagnostic(check, finding, texts)
                found.append(diagnostic)
                if finding.slot and diagnostic.severity is Severity.ERROR:
                    context.faulty.add(finding.slot.key)
                stop |= diagnostic.severity is Severity.ERROR
        if stop and phase <= Phase.IDENTITY:
            skipped = [p.name.lower().replace("_", " ") for p in Phase if p > phase]
            break
    found.sort(key=lambda d: -d.severity)
    return tuple(found), tuple(skipped)


class _Facts(dict[str, object]):
    """Placeholders; a missing one prints as unknown, as reporting never crashes."""

    def __missing__(self, key: str) -> str:
        return "(unknown)"


def _diagnostic(check: Check, finding: Finding, texts: Messages) -> Diagnostic:
    slot = finding.slot
    facts = _Facts(
        parameter=typed_symbol(finding.parameter),
        actual=finding.actual,
        expected=finding.expected,
        sheet=slot.sheet if slot else finding.sheet,
        cell=slot.address if slot else finding.cell,
        **finding.facts,
    )
    message = texts.find(f"checks.{check.name}.message") or check.message
    remedy = texts.find(f"checks.{check.name}.remedy") or check.remedy
    return Diagnostic(
        code=check.code,
        name=check.name,
        severity=finding.severity if finding.severity is not None else check.severity,
        audience=check.audience,
        message=message.format_map(facts),
        remedy=remedy.format_map(facts),
        basis=check.basis,
        sheet=slot.sheet if slot else finding.sheet,
        cell=slot.address if slot else finding.cell,
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


def _report(
    name: str,
    context: Context,
    diagnostics: tuple[Diagnostic, ...],
    skipped: tuple[str, ...],
) -> Report:
    m = context.methodology
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    warnings = sum(d.severity is Severity.WARNING for d in diagnostics)
    return Report(
        file=name,
        sha256=context.grid.sha256,
        verdict=_verdict(context, errors, warnings),
        exit_code=1 if errors or warnings else 0,
        stage=context.stage,
        methodology=m.key,
        fingerprint=fingerprint(context),
        diagnostics=diagnostics,
        figures=dict(_figures(context)),
        skipped=skipped,
        versions={"jcm_xl": __version__, "definition": m.digest[:16]},
    )


def _verdict(context: Context, errors: int, warnings: int) -> str:
    if errors or warnings:
        parts = [_counted(errors, "error"), _counted(warnings, "warning")]
        verdict = "FINDINGS: " + " and ".join(part for part in parts if part)
    else:
        verdict = f"CLEAN ({context.stage} stage)"
    drafts = len(context.methodology.drafts)
    if drafts:
        verdict += f", DRAFT ({drafts} unverified numbers and formulas)"
    return verdict


def _counted(count: int, noun: str) -> str:
    return "" if not count else f"{count} {noun}{'s' if count > 1 else ''}"


def _figures(context: Context) -> Iterator[tuple[str, object]]:
    for stage in context.stages:
        result = context.results[stage]
        word = "plan" if stage is Stage.PLAN else "report"
        yield word, {
            "status": result.status,
            "unrounded": result.unrounded,
            "sheet_credited": result.sheet_credited,
            "credited": result.credited,
        }


