"""Problems of a definition file: all of them at once, each with its place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.families import Family
from jcm_xl.definition.lines import KeyPath, line_of
from jcm_xl.errors import JcmError


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: file, line, dotted key, the reason in a sentence, its family."""

    file: str
    line: int
    key: str
    reason: str
    code: Family = Family.FILE

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.reason}"


class DefinitionError(JcmError):
    """A definition file that cannot be used; `problems` lists every fault."""

    subject = "definition"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.line, p.key)))
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        super().__init__(f"{count} {noun} in the {self.subject}:\n{lines}")


@dataclass(slots=True)
class Collector:
    """Gathers the problems of one file while it is resolved.

    `family` is that of a problem whose own is not said.
    """

    file: str
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    family: Family = Family.VALUE

    def of(self, family: Family) -> Collector:
        """Return a view of this list whose problems are of one family."""
        return dataclasses.replace(self, family=family)

    def add(self, path: KeyPath, reason: str, family: Family | None = None) -> None:
        """Note a problem at a key path."""
        key = ".".join(str(part) for part in path) or "(file)"
        line = line_of(self.lines, path)
        code = family or self.family
        self.problems.append(Problem(self.file, line, key, reason, code))
