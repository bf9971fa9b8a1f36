"""What `import` says: what was taken from a book, what was not, what differs in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jcm_xl.dataclass import dataclass
from jcm_xl.documents.lines import BLANK, Line, counted, line
from jcm_xl.foreign.found import Remark, Unplaced
from jcm_xl.model.key import REFERENCE_NUMBER, Key
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.plan import Plan

SHOWN = 40
_NOTIONS = {
    "value of mps": ("value of the plan", "values of the plan"),
    "value of mrs": ("value of the report", "values of the report"),
    "option": ("monitoring option", "monitoring options"),
    "mss": ("cell of MSS", "cells of MSS"),
    "meters": ("cell of Meters", "cells of Meters"),
    "text": ("text of the participant's own", "texts of the participant's own"),
}


@dataclass(frozen=True, slots=True)
class Differs:
    """Something of the old book that the new one has otherwise, in a sentence."""

    sheet: str
    cell: str
    sentence: str


@dataclass(frozen=True)
class Imported:
    """The inputs of a book, ready for a fresh one.

    by_hand: whether the book was made by people, not by jcm_xl.
    made_as: the methodology whose inputs the book holds; another version of it is the
    plan's where they moved to that one.
    lost:    sentences on what besides inputs the new book does not have.
    """

    file: str
    sha256: str
    plan: Plan
    submission: Submission
    by_hand: bool
    made_as: str
    unplaced: tuple[Unplaced, ...] = ()
    remarks: tuple[Remark, ...] = ()
    differences: tuple[Differs, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Tell whether something was taken, and all that the book holds."""
        return bool(self.submission.values) and not (self.unplaced or self.lost)


def imported_lines(done: Imported, limit: int | None = SHOWN) -> Iterator[Line]:
    """Yield counts of what was taken, then every cell that needs a look."""
    m = done.plan.methodology
    maker = "made by hand" if done.by_hand else "made by jcm_xl"
    yield line(f"Read {done.file} as a book of {done.made_as}, {maker}")
    if done.made_as != m.key:
        yield line(f"Moved to {m.key}; what it asks for besides is listed at the end")
    taken = ", ".join(_taken(done.submission))
    nothing = "nothing; no table with an input was found"
    yield line(f"Taken: {taken or nothing}", "good" if taken else "error")
    for title, style, sentences in (
        ("Not taken", "error", list(map(unplaced_words, done.unplaced))),
        ("Taken, but please look", "warning", list(map(_remark, done.remarks))),
        ("Not carried over", "error", list(done.lost)),
        ("Otherwise in the new book", "warning", list(map(_differs, done.differences))),
    ):
        if sentences:
            yield BLANK
            yield line(f"{title}: {len(sentences):,}", style)
            for sentence in sentences[:limit]:
                yield line(sentence, "", 2)
            if limit is not None and len(sentences) > limit:
                more = counted(len(sentences) - limit, "more cell")
                yield line(f"... and {more} (--all lists them)", "dim", 2)
    yield BLANK


def _taken(submission: Submission) -> Iterator[str]:
    counts = Counter(map(_notion, submission.values))
    for notion, (one, many) in _NOTIONS.items():
        if count := counts[notion]:
            yield f"{count:,} {one if count == 1 else many}"
    if counts["period"]:
        yield "the monitoring period"
    if counts["reference_number"]:
        yield "the reference number"


def _notion(key: Key) -> str:
    """Return under what a cell is counted."""
    if key == REFERENCE_NUMBER or key.stage in ("period", "mss", "meters"):
        return key.stage or key.notion
    if key.notion == "value" and key.stage in tuple(Stage):
        return f"value of {key.stage}"
    return "option" if key.notion == "option" else "text"


def _where(sheet: str, cell: str) -> str:
    return f"'{sheet}'!{cell}" if cell else f"'{sheet}'"


def unplaced_words(item: Unplaced) -> str:
    """Return what was not taken, where it stands, and why."""
    text = f"{_where(item.sheet, item.cell)} {item.content}: {item.reason.value}"
    if item.unit:
        text += f" ({item.unit} for {item.wanted})"
    if item.probable:
        text += f"; probably {item.probable}"
    return text


def _remark(item: Remark) -> str:
    where = _where(item.sheet, item.cell)
    return f"{where} {item.content}, taken for {item.name}: {item.why.value}"


def _differs(item: Differs) -> str:
    return f"{_where(item.sheet, item.cell)} {item.sentence}"
