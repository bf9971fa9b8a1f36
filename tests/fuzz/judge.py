"""What no file may prevent: one verdict, two ways of reading that agree, no trace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from jcm_xl.api import judge as judged
from jcm_xl.checks.run import catalogue
from jcm_xl.documents.report.forms import FORMS, ReportDocument, form
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.grid import Grid
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.read import read_grid
from jcm_xl.xlsx.refusal import CannotRead
from tests.support import DEFINITIONS

SETTINGS = Settings(today=date(2026, 1, 1), definitions=DEFINITIONS)


def judge(data: bytes, folder: Path, forms: Iterable[str] = FORMS) -> int:
    """Judge a file in an empty folder and return the exit code; raise if a law breaks.

    What it raises is a fault of the reader or of a check, never of the file. The report
    is written in each of the forms.
    """
    path = folder / "book.xlsx"
    path.write_bytes(data)
    first, second = (_read(path, is_quick=is_quick) for is_quick in (True, False))
    assert first == second, "the short way and the parser read different things"
    (report,), books = judged([path], SETTINGS)
    assert report.exit_code in (0, 1, 2)
    assert report.verdict, "no verdict"
    if isinstance(first, str):
        assert report.exit_code == 2, f"judged, though {first}"
        assert first in report.verdict
    document = ReportDocument([report], catalogue(), books)
    for name in forms:
        text = form(name).write(document)
        assert text
        text.encode()
    assert path.read_bytes() == data, "the input was changed"
    assert [p.name for p in folder.iterdir()] == [path.name], "something was written"
    path.unlink()
    return report.exit_code


def _read(path: Path, *, is_quick: bool) -> Grid | str:
    """Return what a file holds, or why it is not read."""
    try:
        return read_grid(open_package(path), is_quick=is_quick)
    except CannotRead as refused:
        return refused.reason
