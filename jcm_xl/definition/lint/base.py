"""What a lint rule is: a generator of faults, with its page in the manual."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.families import Family
from jcm_xl.definition.lines import KeyPath
from jcm_xl.definition.lint.draft import Draft
from jcm_xl.model.finding import Severity

__all__ = [
    "Draft",
    "Fault",
    "KeyPath",
    "Lint",
    "Severity",
    "lint",
    "refusal",
    "registered",
]

_SECTION = re.compile(r"^(\S.*)\n((?:[ \t]+.*\n|\n)+)", re.M)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault at one key; `facts` fill the placeholders of the message."""

    path: KeyPath
    facts: Mapping[str, object] = field(default_factory=dict)


Run = Callable[[Draft], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Lint:
    """An entry of the catalogue.

    run:  `None` for what the loader itself refuses (codes JD1xx).
    page: the docstring of its module: a sentence, why it matters, how to fix it.
    """

    code: str
    name: str
    severity: Severity
    message: str
    page: str
    run: Run | None = None

    @property
    def fact(self) -> str:
        """Return what the rule finds, in a sentence."""
        return self.page.strip().partition("\n")[0]

    @property
    def why(self) -> str:
        """Return why it matters, on one line."""
        return self._section("Why it matters")

    @property
    def remedy(self) -> str:
        """Return how to mend it, on one line."""
        return self._section("How to fix it")

    def _section(self, title: str) -> str:
        for match in _SECTION.finditer(inspect.cleandoc(self.page) + "\n"):
            if match[1] == title:
                return " ".join(match[2].split())
        return ""


_REGISTRY: dict[str, Lint] = {}


def lint(*, severity: Severity, message: str) -> Callable[[Run], Lint]:
    """Register a rule. Its file names it, the docstring there is its page."""

    def register(run: Run) -> Lint:
        code, _, name = run.__module__.rpartition(".")[2].partition("_")
        page = sys.modules[run.__module__].__doc__ or ""
        called = (code.upper(), name.replace("_", "-"))
        return _add(Lint(*called, severity, message, page, run))

    return register


def refusal(family: Family, name: str, page: str | None) -> Lint:
    """Register a family of problems that the loader finds itself."""
    return _add(Lint(family, name, Severity.ERROR, "{reason}", page or ""))


def _add(entry: Lint) -> Lint:
    if entry.code in _REGISTRY:
        raise AssertionError(f"two rules are called {entry.code}")
    _REGISTRY[entry.code] = entry
    return entry


def registered() -> Mapping[str, Lint]:
    """Return the rules that were imported so far."""
    return _REGISTRY
