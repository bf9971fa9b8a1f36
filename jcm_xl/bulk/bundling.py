"""From a folder to its bundle: each book judged beside the others, then packed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from jcm_xl.bulk.bundle import (
    BundledBook,
    Certificate,
    LeftOut,
    enclosures,
    is_of,
    left_out,
    names_of,
    number_of,
    packed,
)
from jcm_xl.bulk.bundle_lists import check_list, evidence_list
from jcm_xl.bulk.projects import as_folder_book, beside
from jcm_xl.bulk.walk import walked
from jcm_xl.checks.run import Judged, judge_file
from jcm_xl.documents.drawing import Drawn
from jcm_xl.documents.report.forms.html import report_html
from jcm_xl.errors import JcmError
from jcm_xl.model.finding import Report
from jcm_xl.model.key import Key
from jcm_xl.model.shown import shown
from jcm_xl.plan.sheets.meters import METERS
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.readings import readings_of
from jcm_xl.submission.settings import Settings
from jcm_xl.text.languages import texts_in
from jcm_xl.text.visible import visible

Draw = Callable[[Judged], Drawn]
_FIELDS = ("meter", "serial_number", "certificate", "valid_from", "valid_until")


class Bundle(NamedTuple):
    """An archive with what was packed and what was not.

    number: the reference number. lines: the check list, as the archive has it.
    """

    number: str
    data: bytes
    reports: tuple[Report, ...]
    left_out: tuple[LeftOut, ...]
    check_list: str

    @property
    def exit_code(self) -> int:
        """Return that of the worst book, of those without a verdict, too."""
        is_unread = any(one.why.key == "bundle.no_verdict" for one in self.left_out)
        return 2 if is_unread else max(report.exit_code for report in self.reports)


def bundle_of(
    folder: Path,
    asked: str,
    settings: Settings,
    languages: Sequence[str],
    draw: Draw,
    leaving_out: Collection[Path] = (),
) -> Bundle:
    """Judge the books of a folder, and pack those of the project that is meant."""
    paths = walked([folder], leaving_out).books
    if not folder.is_dir() or not paths:
        raise JcmError(f"There are no workbooks in {folder}.")
    judged = _judged(paths, settings)
    reports = [one.report for one in judged]
    number = number_of(reports, asked)
    chosen = [
        (path, one)
        for path, one in zip(paths, judged, strict=True)
        if is_of(one.report, number)
    ]
    books = _books(chosen, number, languages, draw)
    without = tuple(left_out(paths, reports, number, folder))
    enclosed, w = enclosures(folder, books), texts_in(languages)[0]
    listed = check_list(number, books, enclosed, without, w)
    evidence = evidence_list(books, enclosed, w)
    texts = (("CHECKLIST.txt", listed), ("EVIDENCE.csv", evidence))
    data = packed(number, books, enclosed, texts)
    packed_reports = tuple(book.report for book in books)
    return Bundle(number, data, packed_reports, without, listed)


def _judged(paths: Sequence[Path], settings: Settings) -> list[Judged]:
    """Judge each book once, and anew those that others have to do with."""
    judged = [judge_file(path, settings) for path in paths]
    claims = [
        as_folder_book(path, one.report)
        for path, one in zip(paths, judged, strict=True)
    ]
    for i, anew in beside(claims, settings).items():
        judged[i] = judge_file(paths[i], anew)
    return judged


def _books(
    chosen: Sequence[tuple[Path, Judged]],
    number: str,
    languages: Sequence[str],
    draw: Draw,
) -> list[BundledBook]:
    named = [(_spreadsheet(one), one.report) for _, one in chosen]
    books = []
    for (path, one), name in zip(chosen, names_of(named, number), strict=True):
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != one.report.sha256:
            raise JcmError(f"{visible(path.name)} was changed meanwhile; try again.")
        kept = readings_of(one.context) if one.context else None
        report = replace(one.report, file=f"{name}{path.suffix.lower()}")
        page = report_html([report], [draw(one)], languages)
        books.append(BundledBook(
            path, data, report, name, page, kept.evidence if kept else None,
            _certificates(one.context),
        ))  # fmt: skip
    return books


def _spreadsheet(one: Judged) -> str:
    return one.context.methodology.spreadsheet_id if one.context else ""


def _certificates(context: OpenedBook | None) -> tuple[Certificate, ...]:
    if context is None or not context.plan.meters:
        return ()
    rows = []
    for n in range(1, METERS + 1):
        key = Key("meters", "number", unit=n)
        row = [shown(context.submission.get(key.of(name))) for name in _FIELDS]
        if row[2].strip():
            rows.append(Certificate(*row))
    return tuple(rows)
