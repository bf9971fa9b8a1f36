"""The sheet Live is compared like Check, and its results with those of the book."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from jcm_xl.api import book
from jcm_xl.checks.run import check_file
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import make_plan
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.fuzz.books import unpacked
from tests.support import DEFINITIONS, example_book
from tests.xlsx.handmade import zipped

_CREDITED = re.compile(
    rb'<c r="([A-Z]+\d+)"([^<>]*)>(<f>JCM\.CREDITED\([^<]*</f>)<v>[^<]*</v></c>'
)


_TYPED = [("JX236", "ERROR"), ("JX222", "WARNING")]


def live_book(change: Callable[[re.Match[bytes]], bytes]) -> bytes:
    """Return a book with the sheet Live, whose last CREDITED is changed."""
    plan, submission = example_book("EX_AM901")
    edition = Edition(live="libreoffice")
    parts = unpacked(book(make_plan(plan.methodology, plan.rows, edition), submission))
    (name,) = [name for name, data in parts.items() if _CREDITED.search(data)]
    *_, last = _CREDITED.finditer(parts[name])
    parts[name] = parts[name].replace(last[0], change(last))
    return zipped(parts)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda m: m[0], []),
        (lambda m: b'<c r="%b"><v>500</v></c>' % m[1], _TYPED),
        (lambda m: b'<c r="%b">%b<v>500</v></c>' % (m[1], m[3]), [("JX236", "ERROR")]),
        (lambda m: b'<c r="%b">%b<v>1151</v></c>' % (m[1], m[3]), []),
    ],
    ids=["as made", "a number typed over", "another result stored", "as calculated"],
)
def test_live_says_what_the_book_says(
    change: Callable[[re.Match[bytes]], bytes],
    found: list[tuple[str, str]],
    tmp_path: Path,
) -> None:
    path = tmp_path / "live.xlsx"
    path.write_bytes(live_book(change))
    report = check_file(path, Settings(today=TODAY, definitions=DEFINITIONS))
    assert [(d.code, d.severity.name) for d in report.diagnostics] == found


def test_a_book_without_its_sheet_live_is_the_plain_submission(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901")
    path = tmp_path / "plain.xlsx"
    parts = unpacked(book(plan, submission))
    custom = "docProps/custom.xml"
    text = (
        b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="98" '
        b'name="jcm_xl.live"><vt:lpwstr>libreoffice</vt:lpwstr>'
    )
    parts[custom] = parts[custom].replace(
        b"</Properties>", text + b"</property></Properties>"
    )
    path.write_bytes(zipped(parts))
    report = check_file(path, Settings(today=TODAY, definitions=DEFINITIONS))
    assert report.exit_code == 0
    assert report.diagnostics == ()
