"""What is sent: the books as they are, each with its verdict, and nothing unsaid."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.bulk.bundle import names_of
from jcm_xl.errors import JcmError
from jcm_xl.submission.settings import Settings
from jcm_xl.writing.zipped import unzipped
from tests.bulk.test_projects import YEAR, report, written
from tests.checks.cases import TODAY
from tests.readings.books import book_for, put
from tests.readings.made import made
from tests.support import DEFINITIONS

SETTINGS = Settings(today=TODAY, definitions=DEFINITIONS)
PLAN, REPORT = (
    f"JCM_EX_AM903_ver01.0_{rest}"
    for rest in ("EX001_plan", "EX001_report_2021-01-01_2021-12-31")
)


def folder(place: Path, **values: object) -> Path:
    """Return a folder of one project: a plan, a report, an invoice."""
    (place / "evidence").mkdir(parents=True)
    (place / "evidence" / "invoice.pdf").write_bytes(b"an invoice")
    written(place / "a plan.xlsx", "plan", reference_number="EX001")
    report(place / "year.xlsx", 58123.4, reference_number="EX001", **YEAR, **values)
    return place


def parts(made_: api.Bundle) -> dict[str, bytes]:  # type: ignore[name-defined]
    return {k.removeprefix("EX001/"): v for k, v in unzipped(made_.data).items()}


def test_a_bundle_has_books_reports_evidence_and_hashes(tmp_path: Path) -> None:
    place = folder(tmp_path / "p")
    bundle = api.bundle(place, settings=SETTINGS)
    found = parts(bundle)
    assert sorted(found) == sorted(
        ["CHECKLIST.txt", "EVIDENCE.csv", "SHA256SUMS", "evidence/invoice.pdf",
         *(f"books/{n}.xlsx" for n in (PLAN, REPORT)),
         *(f"reports/{n}.html" for n in (PLAN, REPORT))]
    )  # fmt: skip
    assert found[f"books/{REPORT}.xlsx"] == (place / "year.xlsx").read_bytes()
    sums = dict(
        line.split("  ")[::-1] for line in found["SHA256SUMS"].decode().splitlines()
    )
    hashes = {k: hashlib.sha256(v).hexdigest() for k, v in found.items()}
    assert sums == {k: v for k, v in hashes.items() if k != "SHA256SUMS"}
    assert bundle.exit_code == 0
    assert bundle.check_list.count("\n[x] ") == 5
    assert "CLEAN" in found[f"reports/{REPORT}.html"].decode()
    assert api.bundle(place, settings=SETTINGS).data == bundle.data


def test_what_is_not_clean_is_packed_with_its_verdict(tmp_path: Path) -> None:
    place = folder(tmp_path / "p", **{"mrs__value:EG_p": -1.0})
    bundle = api.bundle(place, settings=SETTINGS)
    assert bundle.exit_code == 1
    assert "FINDINGS" in bundle.check_list
    assert f"[ ] {REPORT}: 2 errors" in bundle.check_list
    assert "FINDINGS" in parts(bundle)[f"reports/{REPORT}.html"].decode()


def test_what_is_left_out_is_named_with_its_reason(tmp_path: Path) -> None:
    place = folder(tmp_path / "p")
    report(place / "other.xlsx", 58999.4, reference_number="EX002", **YEAR)
    written(place / "nameless.xlsx", "plan", reference_number=None)
    (place / "broken.xlsx").write_bytes(b"no workbook")
    with pytest.raises(JcmError, match="EX001, EX002"):
        api.bundle(place, settings=SETTINGS)
    with pytest.raises(JcmError, match="there are: EX001, EX002"):
        api.bundle(place, "EX009", SETTINGS)
    bundle = api.bundle(place, "ex 001", SETTINGS)
    said = {one.file: str(one.why) for one in bundle.left_out}
    assert said["other.xlsx"] == "has the reference number EX002"
    assert said["nameless.xlsx"] == "has no reference number"
    assert said["broken.xlsx"].startswith("cannot be judged: CANNOT BE JUDGED")
    assert all(f"* {name}: " in bundle.check_list for name in said)
    assert bundle.exit_code == 2, "what has no verdict is no success"


def test_a_folder_without_books_and_without_numbers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JcmError, match="no workbooks"):
        api.bundle(tmp_path, settings=SETTINGS)
    written(tmp_path / "plan.xlsx", "plan", reference_number=None)
    with pytest.raises(JcmError, match="Type it into the plan first"):
        api.bundle(tmp_path, settings=SETTINGS)


@pytest.mark.slow
def test_logs_are_enclosed_where_they_are_those_that_were_read(tmp_path: Path) -> None:
    logs = made(7)
    paths = put(logs, tmp_path)
    book = book_for(logs, tmp_path / "book.xlsx")
    assignment = tmp_path / "readings.toml"
    filled = api.readings(paths, book, assignment, settings=SETTINGS)
    book.write_bytes(filled.data)
    assert _states(api.bundle(tmp_path, settings=SETTINGS)) == {"enclosed"}
    paths[0].write_bytes(paths[0].read_bytes() + b"\n")
    assert "in the folder with other" in str(
        _states(api.bundle(tmp_path, settings=SETTINGS))
    )
    shutil.move(paths[0], tmp_path / "elsewhere.csv")
    bundle = api.bundle(tmp_path, settings=SETTINGS)
    assert "not in the folder" in _states(bundle)
    assert f"[ ] {paths[0].name}: not in the folder." in bundle.check_list


def _states(bundle: api.Bundle) -> set[str]:  # type: ignore[name-defined]
    table = unzipped(bundle.data)[f"{bundle.number}/EVIDENCE.csv"].decode("utf-8-sig")
    return {row[4] for row in list(csv.reader(io.StringIO(table)))[1:]}


def test_two_books_of_one_name_are_told_apart(tmp_path: Path) -> None:
    plan = api.check(written(tmp_path / "a.xlsx", "plan"), SETTINGS)
    names = names_of([("ID", plan), ("ID", plan), ("ID", plan)], "EX001")
    assert names == ["ID_EX001_plan", "ID_EX001_plan_copy2", "ID_EX001_plan_copy3"]
