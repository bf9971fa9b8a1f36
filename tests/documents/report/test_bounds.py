"""No report of one book is longer than five megabytes, and none hides that it is."""

from __future__ import annotations

import dataclasses
import json

import jsonschema
import pytest

from jcm_xl.checks.run import catalogue
from jcm_xl.documents.report.bounds import BYTES, shortened
from jcm_xl.documents.report.forms import FORMS, ReportDocument, written
from jcm_xl.model.finding import Report, Severity, VerdictWord
from jcm_xl.places import templates
from tests.documents.report.test_report import finding, report

MANY = 9_000


@pytest.fixture(scope="module")
def long() -> Report:
    """A report of very many findings with long texts, the last ones not answered."""
    text = "wrong " * 30
    every = [
        finding(302 + n % 2, cell=f"F{n}", found=text, expected=text,
                acknowledged="Seen by the plant." if n < 8_000 else "",
                severity=Severity.WARNING)
        for n in range(1, MANY + 1)
    ]  # fmt: skip
    return report(*every)


@pytest.mark.parametrize("form", FORMS)
def test_a_long_report_is_short_and_says_what_it_leaves_out(
    form: str, long: Report
) -> None:
    text = written(form, ReportDocument([long], catalogue(), languages=("en", "ja")))
    assert len(text.encode()) <= BYTES
    whole = written(form, ReportDocument([report(finding())], catalogue()))
    assert "are not listed" not in whole
    if form in ("json", "sarif"):  # the others fold like findings into one
        assert "further findings are not listed" in text.replace("\\n", " ")
        assert "JX303 (" in text


def test_a_short_report_counts_and_judges_by_all_findings(long: Report) -> None:
    (short,) = shortened([long], 100)
    assert (len(short.diagnostics), len(short.unlisted)) == (100, MANY - 100)
    assert short.count(Severity.WARNING) == MANY
    assert all(d.acknowledged for d in short.diagnostics)
    assert short.word is VerdictWord.FINDINGS
    assert shortened([report(finding())]) == [report(finding())]


def test_a_short_report_is_valid_json_with_exact_counts(long: Report) -> None:
    folder = templates() / "documents"
    schema = json.loads((folder / "report.schema.json").read_text(encoding="utf-8"))
    told = json.loads(written("json", ReportDocument([long])))
    jsonschema.Draft202012Validator(schema).validate(told)
    (entry,) = told["files"]
    assert entry["counts"]["warning"] == MANY
    assert entry["counts"]["acknowledged"] == 7_999
    listed = len(entry["findings"])
    (sentence,) = (s for s in entry["skipped"] if "not listed" in s)
    assert sentence.startswith(f"{MANY - listed:,} further findings are not listed")


def test_of_many_books_each_has_its_room(long: Report) -> None:
    small = [dataclasses.replace(report(finding()), file=f"{n}.xlsx") for n in range(9)]
    told = json.loads(written("json", ReportDocument(small)))
    assert [len(entry["findings"]) for entry in told["files"]] == [1] * 9
