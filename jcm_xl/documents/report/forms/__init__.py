"""The forms in which a report is written: one module each, found by being there.

A module has `SUFFIXES`, the endings of file names that ask for its form, and `write`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from jcm_xl.dataclass import dataclass
from jcm_xl.text.languages import ENGLISH

if TYPE_CHECKING:
    from jcm_xl.documents.drawing import Drawn
    from jcm_xl.documents.rules import Rule
    from jcm_xl.model.finding import Report

FORMS = tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """Reports that become one document.

    books: the judged files in the order of their reports; a page draws them.
    languages: the first is the document's, the others stand beneath.
    """

    reports: Sequence[Report]
    rules: Mapping[str, Rule] = field(default_factory=dict)
    books: Sequence[Drawn] = ()
    languages: Sequence[str] = ENGLISH


class ReportForm(Protocol):
    """What a module of this package holds."""

    SUFFIXES: tuple[str, ...]

    def write(self, document: ReportDocument) -> str:
        """Return the document in this form."""


def form(name: str) -> ReportForm:
    """Return one of the forms of `FORMS`."""
    module: ReportForm = import_module(f"{__name__}.{name}")
    return module


def written(name: str, document: ReportDocument) -> str:
    """Return a document in one of the forms, no longer than a report may be."""
    from jcm_xl.documents.report.bounds import bounded

    return bounded(document, form(name).write)


def form_of(path: Path) -> str:
    """Return the form that the ending of a file name asks for, or nothing."""
    suffix = path.suffix.lower()
    return next((name for name in FORMS if suffix in form(name).SUFFIXES), "")


def endings() -> tuple[str, ...]:
    """Return all endings of file names that ask for a form."""
    return tuple(suffix for name in FORMS for suffix in form(name).SUFFIXES)
