"""Problems of an inputs file: all of them at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.model.submission import DateNumber
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.layout import layout as official_layout
from jcm_xl.text.visible import visible

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Where an entry stands: `inputs.toml`, `line 12`, `ex_post.EG_i_p`.

    order: what problems are sorted by within one file.
    """

    file: str
    where: str = ""
    key: str = ""
    order: int = 0

    def at(self, unit: int) -> EntryPlace:
        """Return the place of one item of a list."""
        return EntryPlace(self.file, self.where, f"{self.key}[{unit}]", self.order)


@dataclass(frozen=True, slots=True)
class InputProblem:
    """One fault: where it is, what was found there and what is expected."""

    place: EntryPlace
    found: str
    expected: str

    def __str__(self) -> str:
        parts = (self.place.file, self.place.where, self.place.key)
        where = ": ".join(part for part in parts if part)
        found = f"found {self.found}; " if self.found else ""
        return visible(f"{where}: {found}{self.expected}")


class InputsError(JcmError):
    """Inputs that cannot be used; `problems` lists every fault."""

    def __init__(self, problems: Iterable[InputProblem]) -> None:
        """Sort them as they stand in the file and write the message."""
        every = sorted(dict.fromkeys(problems), key=lambda p: p.place.order)
        self.problems = tuple(every)
        lines = "\n".join(f"  {problem}" for problem in every)
        noun = "problem" if len(every) == 1 else "problems"
        super().__init__(f"{len(every)} {noun} in the inputs:\n{lines}")


@dataclass(slots=True)
class InputCollector:
    """Gathers the problems of one source of inputs.

    remarks: what was decided for the whole source, in sentences.
    layout: of the sheets that are filled; its columns are what texts are called by.
    """

    problems: list[InputProblem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    layout: Layout = field(default_factory=official_layout)

    def add(self, place: EntryPlace, found: str, expected: str) -> None:
        """Note a problem."""
        self.problems.append(InputProblem(place, found, expected))


def shown(value: object) -> str:
    """Return what was found, short enough for a message."""
    if isinstance(value, DateNumber):
        return f"the date {value}"
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        cut = value if len(value) <= _LONGEST else value[:_LONGEST] + "..."
        return f"'{cut}'"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return "a table"
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."
