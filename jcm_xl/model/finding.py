"""What a check found, and the report of one workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from enum import IntEnum, StrEnum
from importlib import import_module
from typing import Any

from jcm_xl.dataclass import dataclass
from jcm_xl.model.key import Key
from jcm_xl.text.phrase import Phrase


class Severity(IntEnum):
    """ERROR and WARNING ask for action, NOTE informs."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


class Audience(StrEnum):
    """Who can mend it."""

    PARTICIPANT = "participant"
    VERIFIER = "verifier"
    SECRETARIAT = "secretariat"


class MendedBy(StrEnum):
    """What mends a finding where nobody has to think about it.

    REPAIR: a fresh template around the inputs. RECALCULATION: that, or recalculating
    and saving. ANSWER: the answer that it is about.
    """

    NOTHING = "nothing"
    REPAIR = "repair"
    RECALCULATION = "recalculation"
    ANSWER = "answer"


class VerdictWord(StrEnum):
    """The words of a verdict; whatever tells of one uses these."""

    CLEAN = "clean"
    ANSWERED = "answered"
    FINDINGS = "findings"
    NOT_JUDGED = "not judged"

    @property
    def key(self) -> str:
        """Return it as keys of texts and classes of pages are spelt: `not_judged`."""
        return self.value.replace(" ", "_")


class Phase(IntEnum):
    """The order of judging; only file and identity gate what follows."""

    FILE = 1
    IDENTITY = 2
    STRUCTURE = 3
    VALUES = 4
    ARITHMETIC = 5
    ELIGIBILITY = 6
    PLAN_REPORT = 7
    ANSWERS = 8


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding ready to print: where, what, why, what to do.

    Its texts are phrases, which read as English and are said in any language by
    `Messages.say`: message, remedy and basis, and found and expected where they hold
    words of ours. Of like findings on cells that touch each other there is one: `block`
    names all its `count` cells, or the first of very many ranges, `cell` the first.
    """

    code: str
    name: str
    severity: Severity
    audience: Audience
    message: str
    remedy: str
    basis: str
    sheet: str = ""
    cell: str = ""
    block: str = ""
    slot: Key | None = None
    parameter: str = ""
    found: str = ""
    expected: str = ""
    count: int = 1
    follows: str = ""
    """The key of the finding that this one is only a consequence of."""
    acknowledged: str = ""
    """The reason with which a warning was answered; errors cannot be."""
    mended_by: MendedBy = MendedBy.NOTHING
    tonnes: bool = False
    """Whether Table 3 may be another number because of it: no flag accepts that."""

    @property
    def asks(self) -> bool:
        """Tell whether it asks for something and nobody has answered it."""
        return self.severity > Severity.NOTE and not self.acknowledged

    @property
    def is_answered(self) -> bool:
        """Tell whether it is a warning with a reason why it may stand."""
        return self.severity is Severity.WARNING and bool(self.acknowledged)

    @property
    def page(self) -> str:
        """Return where the rule is described, from the top of the project."""
        return f"docs/rules/{self.code}.md"

    @property
    def manual(self) -> str:
        """Return the command that shows the page of the rule; readers have no path."""
        return f"jcm-xl rule {self.code}"

    @property
    def key(self) -> str:
        """Return what names this finding in its report: code and place."""
        about = self.place or self.parameter or self.found
        if isinstance(about, Phrase):
            return Phrase("", "{code} {about}", code=self.code, about=about)
        return f"{self.code} {about}".rstrip()

    @property
    def place(self) -> str:
        """Return `'MRS(input)'!F8`, or the sheet, or nothing."""
        if not self.sheet:
            return ""
        return f"'{self.sheet}'!{self.cells}" if self.cell else f"'{self.sheet}'"

    @property
    def cells(self) -> str:
        """Return all cells it is about: `F8`, or `B100:B120, D5` of a block."""
        return self.block or self.cell


@dataclass(frozen=True, slots=True)
class Opinion:
    """One figure by three hands.

    own:    what the definition gives, as the sheet shows it.
    second: what the sheet's own formulas give in another engine; `reason` says why
            there is none.
    stored: what the file shows without being recalculated.
    share:  the largest difference from `own`, in per cent of the reductions.
    materiality: the highest threshold, in per cent, that the share reaches; 0 below
            all of them, `None` where nothing differs or no share can be told.
    is_edge: programs may round this figure down to different tonnes, all honestly.
    official: what the official workbook gives that the book is compared with, filled
            with the same inputs; nothing without one.
    """

    stage: str
    name: str
    slot: Key
    sheet: str
    cell: str
    own: float | str | None
    second: float | str | None
    stored: float | str | None
    reason: str = ""
    difference: float | None = None
    share: float | None = None
    materiality: float | None = None
    is_edge: bool = False
    official: float | str | None = None


NO_VERDICT = 2
"""The exit code of what cannot be judged."""


def word_of(found: Iterable[Diagnostic]) -> VerdictWord:
    """Return the verdict on a book that was judged, by its findings alone."""
    word = VerdictWord.CLEAN
    for d in found:
        if d.asks:
            return VerdictWord.FINDINGS
        if d.is_answered:
            word = VerdictWord.ANSWERED
    return word


@dataclass(frozen=True, slots=True)
class Report:
    """The judgement on one file, in no language: its sentences are phrases.

    compared: what was compared besides the definition, and what was not, in
    sentences by topic (`plan`, `previous`, `template`, `second opinion`).
    opinions: reference and project emissions, reductions and credits of each stage,
    by the definition, by the sheet's own formulas and as stored.
    is_draft: some numbers of the definition rest on no official document.
    is_public_copy: values are masked with XXX.
    is_uncalculated: no formula has a stored result.
    accepted_by: who accepts, for the judging side, the answered warnings.
    prints: hashes of the monitored figures of whole units, to find them in other books.
    unlisted: findings that a document leaves out to stay short; they count as all do.
    """

    file: str
    sha256: str
    verdict: str
    exit_code: int
    stage: str = ""
    methodology: str = ""
    fingerprint: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    figures: Mapping[str, object] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    reference_number: str = ""
    period: tuple[date, date] | None = None
    compared: Mapping[str, str] = field(default_factory=dict)
    is_compared_with_plan: bool = False
    opinions: tuple[Opinion, ...] = ()
    is_draft: bool = False
    is_public_copy: bool = False
    is_uncalculated: bool = False
    accepted_by: str = ""
    prints: tuple[str, ...] = ()
    unlisted: tuple[Diagnostic, ...] = ()

    @property
    def every(self) -> tuple[Diagnostic, ...]:
        """Return all findings, listed or not."""
        return (*self.diagnostics, *self.unlisted)

    @property
    def word(self) -> VerdictWord:
        """Return the verdict in one word."""
        if self.exit_code == NO_VERDICT:
            return VerdictWord.NOT_JUDGED
        return word_of(self.every)

    def to_frame(self) -> Any:
        """Return the findings as a pandas frame, one a row; it needs pandas.

        Without findings it has its columns and no row. Texts are in English.
        """
        pandas = import_module("pandas")  # nobody else here needs it
        rows = [
            [_plain(getattr(d, name)) for name in _COLUMNS] for d in self.diagnostics
        ]
        return pandas.DataFrame(rows, columns=list(_COLUMNS))

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity."""
        return sum(d.count for d in self.every if d.severity is severity)


_COLUMNS = (
    "code", "name", "severity", "sheet", "cells", "parameter", "found", "expected",
    "message", "remedy", "basis", "count", "follows", "acknowledged", "tonnes",
)  # fmt: skip
"""What a frame has of each finding."""


def _plain(value: object) -> object:
    """Return a value without types of ours."""
    if isinstance(value, Severity):
        return value.name.lower()
    return str(value) if isinstance(value, str) else value
