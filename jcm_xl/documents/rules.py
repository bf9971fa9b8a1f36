"""The pages of the rules, from the docstrings of the checks."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Protocol

from jcm_xl.documents.lines import BLANK, Line, line, table
from jcm_xl.model.finding import Audience, Phase, Severity


class Rule(Protocol):
    """What a page needs of a check."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def phase(self) -> Phase: ...  # noqa: D102
    @property
    def severity(self) -> Severity: ...  # noqa: D102
    @property
    def audience(self) -> Audience: ...  # noqa: D102
    @property
    def basis(self) -> str: ...  # noqa: D102
    @property
    def page(self) -> str: ...  # noqa: D102


def catalogue_lines(
    rules: Iterable[Rule], more: Iterable[tuple[str, str, str, str]] = ()
) -> Iterator[Line]:
    """Yield a line for each rule, and for rows of other rules."""
    rows = [
        (r.code, r.severity.name, str(r.audience), r.page.strip().split("\n")[0])
        for r in rules
    ]
    yield from table(("code", "severity", "for", "what it finds"), [*rows, *more])


def rule_lines(rule: Rule) -> Iterator[Line]:
    """Yield the page of one rule."""
    yield line(f"{rule.code} {rule.name.replace('_', ' ')}", "head")
    phase = rule.phase.name.lower().replace("_", " ")
    yield line(f"{rule.severity.name}, for the {rule.audience}, phase: {phase}")
    yield line(f"Basis: {rule.basis}")
    yield BLANK
    for text in inspect.cleandoc(rule.page).split("\n"):
        yield line(text.rstrip())
