"""The books of a folder, project by project: each is judged with the others at hand.

A book alone cannot show that its days or its figures are claimed twice. So all are
judged once; then each that has others of its project, or shares figures with another
project, is judged anew with the registered plan, the reports before, and what is to be
asked.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, NamedTuple

from jcm_xl.model.finding import Report
from jcm_xl.submission.other_books import period_shown, reference_code
from jcm_xl.submission.settings import Kinship, Settings, Sibling

_MOST = 50
"""So many other books are looked at for one: no project has more reports."""
_LARGEST = 500
"""So many books of one project, or of like figures, are compared with each other."""
_MOST_ASKED = 10
"""So many of them are named in findings."""

JudgeEach = Callable[[Iterable[tuple[Path, Settings]]], Iterator[Report]]
Period = tuple[date, date]


class FolderBook(NamedTuple):
    """What a book claims: for which project and period, by which figures.

    number: the reference number, folded; empty where the book takes no part.
    key: methodology and version. is_complete: whether its plan has a result.
    """

    path: Path
    sha256: str
    number: str
    reference_number: str
    key: str
    stage: str
    period: Period | None
    is_complete: bool
    prints: tuple[str, ...]

    @property
    def project(self) -> tuple[str, str]:
        """Return what books of one project have in common: number and methodology."""
        return self.number, self.key.partition("@")[0]


def judge_folder(
    paths: Sequence[Path],
    settings: Settings,
    judge_each: JudgeEach,
    seen: Callable[[], object] = lambda: None,
) -> Iterator[Report]:
    """Yield the reports in the order of the paths, each judged beside its project.

    `seen` is called once a book that was judged for the first time. Reports wait on the
    disk, so that memory does not grow with them.
    """
    with tempfile.TemporaryFile() as kept:
        claims, places = [], []
        for path, report in zip(
            paths, judge_each((path, settings) for path in paths), strict=True
        ):
            claims.append(as_folder_book(path, report))
            places.append(kept.tell())
            pickle.dump(report, kept)
            seen()
        anew = beside(claims, settings)
        again = judge_each((paths[i], anew[i]) for i in sorted(anew))
        for i, place in enumerate(places):
            yield next(again) if i in anew else _kept(kept, place)


def _kept(file: IO[bytes], place: int) -> Report:
    """Return a report that this process has put there a moment ago."""
    file.seek(place)
    report: Report = pickle.load(file)
    return report


def as_folder_book(path: Path, report: Report) -> FolderBook:
    """Return what a book claims; one that was not judged claims nothing."""
    plan = report.figures.get("plan")
    status = plan.get("status") if isinstance(plan, Mapping) else ""
    is_judged = report.exit_code < 2 and bool(report.methodology)
    number = reference_code(report.reference_number) if is_judged else ""
    return FolderBook(
        path, report.sha256, number, report.reference_number, report.methodology,
        report.stage, report.period, status == "complete", report.prints,
    )  # fmt: skip


def beside(claims: Sequence[FolderBook], settings: Settings) -> dict[int, Settings]:
    """Return how to judge anew each book that others have to do with, by its place."""
    projects: dict[tuple[str, str], list[int]] = {}
    figures: dict[str, list[int]] = {}
    for i, one in enumerate(claims):
        if one.number:
            projects.setdefault(one.project, []).append(i)
            for mark in dict.fromkeys(one.prints):
                figures.setdefault(mark, []).append(i)
    anew: dict[int, Settings] = {}
    for i, one in enumerate(claims):
        if not one.number:
            continue
        same = [claims[j] for j in projects[one.project][:_LARGEST] if j != i]
        alike = [
            claims[j] for mark in one.prints for j in figures[mark][:_LARGEST]
            if claims[j].number != one.number
        ]  # fmt: skip
        told = _beside(one, _others(one, same), _others(one, alike), settings)
        if told != settings:
            anew[i] = told
    return anew


def _others(one: FolderBook, found: Iterable[FolderBook]) -> list[FolderBook]:
    """Return other files than this one, each once, whatever copies there are."""
    by_hash = {other.sha256: other for other in reversed(list(found))}
    by_hash.pop(one.sha256, None)
    others = sorted(by_hash.values(), key=lambda other: str(other.path))
    return others[:_MOST]


def _beside(
    one: FolderBook,
    same: Sequence[FolderBook],
    alike: Sequence[FolderBook],
    settings: Settings,
) -> Settings:
    plans = [c for c in same if c.stage == "plan" and c.is_complete]
    reports = [c for c in same if c.stage == "report" and c.period is not None]
    siblings = _siblings(Kinship.FIGURES, alike)
    if one.stage == "plan":
        told = plans if one.is_complete else []
        siblings += _siblings(Kinship.PLAN, told)
        return replace(settings, siblings=tuple(siblings))
    rounds = [c for c in reports if c.period == one.period]
    siblings += _siblings(Kinship.ROUND, rounds)
    before = tuple(c.path.absolute() for c in reports if _is_before(c, one))
    own = [c for c in plans if c.key == one.key]
    plan = own[0].path.absolute() if len(plans) == len(own) == 1 else None
    return replace(
        settings,
        plan=settings.plan or plan,
        previous=settings.previous or before,
        siblings=tuple(siblings),
    )


def _is_before(other: FolderBook, one: FolderBook) -> bool:
    """Tell whether a report begins before this one, or shares days with it."""
    if other.period is None or one.period is None or other.period == one.period:
        return False
    return other.period[0] <= one.period[1]


def _siblings(kinship: Kinship, others: Sequence[FolderBook]) -> list[Sibling]:
    return [
        Sibling(
            kinship, str(other.path), other.reference_number,
            period_shown(other.period) if other.period else "",
        )
        for other in others[:_MOST_ASKED]
    ]  # fmt: skip
