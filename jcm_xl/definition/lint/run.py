"""Judge one definition file: what the loader refuses, then every rule."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path as FilePath

import jcm_xl.definition.lint as package
from jcm_xl.dataclass import dataclass
from jcm_xl.definition.lines import line_of
from jcm_xl.definition.lint.base import Fault, Lint, registered
from jcm_xl.definition.lint.draft import Draft
from jcm_xl.definition.load import Reading, read_bytes, read_file
from jcm_xl.definition.problems import Problem
from jcm_xl.model.finding import Severity


@dataclass(frozen=True, slots=True)
class LintRemark:
    """A fault ready to print: where, what, and the rule that says why and how."""

    file: str
    line: int
    key: str
    message: str
    rule: Lint

    @property
    def place(self) -> str:
        """Return `TH_AM001_ver01.0.toml:42`, as editors jump to it."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class LintReport:
    """The judgement on one definition file, remarks in the order of the file.

    skipped: why the rules of style did not run; empty where they did.
    """

    file: str
    remarks: tuple[LintRemark, ...]
    skipped: str = ""

    def count(self, severity: Severity) -> int:
        """Return how many remarks have this severity."""
        return sum(remark.rule.severity is severity for remark in self.remarks)

    @property
    def exit_code(self) -> int:
        """Return 1 for any error, as a definition with warnings may be used."""
        return 1 if self.count(Severity.ERROR) else 0

    @property
    def verdict(self) -> str:
        """Return one line: how many errors, warnings and notes."""
        words = [
            f"{n} {s.name.lower()}{'' if n == 1 else 's'}"
            for s in reversed(Severity)
            if (n := self.count(s))
        ]
        if not words:
            return "CLEAN: nothing to mend"
        word = "TO MEND" if self.exit_code else "USABLE"
        return f"{word}: {', '.join(words)}"


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Lint]:
    """Import every rule's module and return the rules by code."""
    for module in pkgutil.iter_modules(package.__path__):
        if module.name.startswith("jd"):
            importlib.import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(registered().items()))


def lint_file(path: str | FilePath) -> LintReport:
    """Judge a definition file; raises nothing for what is in it."""
    return _report(read_file(path))


def lint_bytes(data: bytes, name: str) -> LintReport:
    """Judge the bytes of a definition file of this name."""
    return _report(read_bytes(data, name))


def _report(reading: Reading) -> LintReport:
    remarks = [_refused(problem) for problem in dict.fromkeys(reading.problems)]
    skipped = ""
    if reading.methodology is None:
        skipped = "The file does not load yet; the rules of style were not run."
    else:
        draft = Draft(reading.methodology, reading.content)
        for rule in catalogue().values():
            for fault in faults(rule, draft):
                remarks.append(_remark(reading, rule, fault))
    remarks.sort(key=lambda r: (-r.rule.severity, r.line, r.rule.code, r.key))
    return LintReport(reading.name, tuple(remarks), skipped)


def _refused(problem: Problem) -> LintRemark:
    rule = catalogue()[problem.code]
    message = _sentence(problem.reason)
    if not message.endswith((".", "?", ")")):
        message += "."
    return LintRemark(problem.file, problem.line, problem.key, message, rule)


def _sentence(reason: str) -> str:
    """Return a reason on one line; a name at its beginning stays as it is written."""
    flat = re.sub(r"\n\s*\^\s*$", "", reason)
    flat = re.sub(r"\s*\n\s*", " in: ", flat)
    if not re.match(r"[a-z]+[ ;,.]", flat):
        return flat
    return f"{flat[0].upper()}{flat[1:]}"


def _remark(reading: Reading, rule: Lint, fault: Fault) -> LintRemark:
    key = ".".join(str(part) for part in fault.path) or "(file)"
    line = line_of(dict(reading.lines), fault.path)
    message = rule.message.format(key=key, **fault.facts)
    return LintRemark(reading.name, line, key, message, rule)


def faults(rule: Lint, draft: Draft) -> Iterator[Fault]:
    """Yield what one rule finds; nothing for what the loader finds itself."""
    yield from rule.run(draft) if rule.run else ()
