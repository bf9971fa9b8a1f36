from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser

import pytest

from jcm_xl.documents.lines import as_text
from jcm_xl.documents.report.forms.html import report_html
from jcm_xl.documents.report.forms.json import report_json
from jcm_xl.documents.report.forms.text import report_lines
from jcm_xl.documents.report.shared import exit_code
from jcm_xl.model.finding import Audience, Diagnostic, Report, Severity, VerdictWord
from tests.goldens import assert_golden

EVIL = (
    '</p><script>alert(1)</script>\x1b[2J\u202e=HYPERLINK("http://x")\nCLEAN'
    "[bold red]{{ 7*7 }}"
)


def finding(
    number: int = 204,
    severity: Severity = Severity.ERROR,
    text: str = "The unit in F8 on MRS(input) reads 'kWh/p'; it must read 'MWh/p'.",
    **more: object,
) -> Diagnostic:
    facts: dict[str, object] = {
        "code": f"JX{number}", "name": "unit-changed", "severity": severity,
        "audience": Audience.PARTICIPANT, "message": text,
        "remedy": "Write 'MWh/p' again.", "basis": "Monitoring Report Sheet, Units",
        "sheet": "MRS(input)", "cell": "F8", "slot": "mrs.unit:EG_i_p",
        "parameter": "EG_i,p", "found": "kWh/p", "expected": "MWh/p",
    }  # fmt: skip
    return Diagnostic(**{**facts, **more})  # type: ignore[arg-type]


def report(*found: Diagnostic, **more: object) -> Report:
    facts: dict[str, object] = {
        "file": "book.xlsx", "sha256": "ab" * 32, "verdict": "FINDINGS: 1 error",
        "exit_code": 1, "stage": "report", "methodology": "TH_AM001@1.0",
        "fingerprint": "0123456789abcdef", "diagnostics": found,
        "figures": {
            "plan": {"status": "complete", "unrounded": 101.0 - 2.3e-13,
                     "sheet_credited": 101, "credited": 100},
            "report": {"status": "incomplete", "unrounded": None,
                       "sheet_credited": None, "credited": None},
        },
        "skipped": ("arithmetic",),
        "versions": {"jcm_xl": "0.1.0", "definition": "00ff"},
    }  # fmt: skip
    return Report(**{**facts, **more})  # type: ignore[arg-type]


CLEAN = report(verdict="CLEAN (report stage)", exit_code=0, skipped=())
REFUSED = Report("x.xlsx", "", "CANNOT BE JUDGED: it is a folder.", 2)
NOTE = finding(
    104, Severity.NOTE, "A draft.", name="draft", remedy="", basis="", sheet="",
    cell="", parameter="", found="", expected="", audience=Audience.SECRETARIAT,
)  # fmt: skip


def text_of(*reports: Report, limit: int | None = 10) -> str:
    return as_text(report_lines(reports, limit))


def test_text() -> None:
    assert_golden("report.txt", text_of(report(finding(), NOTE)))
    assert_golden("report_several.txt", text_of(report(finding()), CLEAN, REFUSED))


def test_json() -> None:
    assert_golden("report.json", report_json([report(finding(), NOTE)]))


def test_html() -> None:
    page = report_html([report(finding(), NOTE), CLEAN, REFUSED])
    assert_golden("report.html", page)


def test_the_verdict_is_the_first_line() -> None:
    for one in (report(finding()), CLEAN, REFUSED):
        assert text_of(one).splitlines()[0] == one.verdict


@pytest.mark.parametrize("one", [report(finding()), CLEAN, REFUSED, report()])
def test_every_report_says_what_it_is_about(one: Report) -> None:
    for page in (text_of(one), html.unescape(report_html([one]))):
        assert one.file in page
        assert (one.sha256 or "unknown") in page
        assert one.fingerprint in page
        assert "Not compared with the registered plan." in page
        for name, version in one.versions.items():
            assert f"{name} {version}" in page
    data = json.loads(report_json([one]))
    assert data["compared_with_registered_plan"] is False
    (entry,) = data["files"]
    assert (entry["sha256"], entry["fingerprint"]) == (one.sha256, one.fingerprint)
    assert entry["versions"] == one.versions


@pytest.mark.parametrize(
    ("codes", "highest"), [([], 2), ([0], 0), ([0, 1], 1), ([1, 2, 0], 2), ([0, 0], 0)]
)
def test_of_several_files_the_highest_code_counts(
    codes: list[int], highest: int
) -> None:
    assert exit_code([report(exit_code=code) for code in codes]) == highest


def test_long_lists_are_cut_with_exact_counts() -> None:
    many = [finding(cell=f"{n}:{n}") for n in range(1234)]
    page = text_of(report(*many, NOTE))
    assert page.count("ERROR JX204") == 10
    assert "... and 1,224 more of JX204 (1,234 in all)" in page
    assert "Note JX104" in page
    assert text_of(report(*many), limit=None).count("ERROR JX204") == 1234
    assert len(json.loads(report_json([report(*many)]))["files"][0]["findings"]) == 1234


def test_consequences_are_named_under_their_cause() -> None:
    cause = finding()
    effects = [finding(401, cell=f"F{n}", follows=cause.key) for n in range(10, 17)]
    page = text_of(report(cause, *effects))
    assert page.count("ERROR ") == 1
    assert (
        "    7 more follow from this (told in full with --all): "
        "JX401 'MRS(input)'!F10, JX401 'MRS(input)'!F11, JX401 'MRS(input)'!F12, "
        "JX401 'MRS(input)'!F13, JX401 'MRS(input)'!F14, ...\n"
    ) in page
    one = text_of(report(cause, effects[0]))
    assert "    One more follows from this" in one
    whole = text_of(report(cause, *effects), limit=None)
    assert whole.count("ERROR JX401") == 7
    assert whole.count("    Follows from JX204 'MRS(input)'!F8.\n") == 7
    assert "more follow" not in whole


def test_an_answered_warning_shows_its_reason() -> None:
    warning = finding(307, Severity.WARNING, acknowledged="A dry year.")
    one = report(warning, verdict="ANSWERED (1), report stage")
    assert one.word is VerdictWord.ANSWERED
    for page in (text_of(one), report_html([one])):
        assert "Answered: A dry year." in page
    counts = json.loads(report_json([one]))["files"][0]["counts"]
    assert counts == {"error": 0, "warning": 1, "note": 0, "acknowledged": 1}


def evil() -> Report:
    bad = finding(text=EVIL, **dict.fromkeys(
        ("remedy", "basis", "sheet", "cell", "parameter", "found", "expected"), EVIL
    ))  # fmt: skip
    return report(bad, file=EVIL, verdict=EVIL, skipped=(EVIL,), figures={EVIL: EVIL})


def test_nothing_in_a_cell_steers_the_terminal() -> None:
    page = text_of(evil())
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", page) is None
    assert "\nCLEAN" not in page


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_nothing_in_a_cell_becomes_markup() -> None:
    tags, harmless = _Tags(), _Tags()
    page = report_html([evil()])
    tags.feed(page)
    harmless.feed(report_html([report(finding())]))
    assert (tags.found, tags.attributes) == (harmless.found, harmless.attributes)
    assert "script" not in tags.found
    assert "49" not in page.replace(evil().sha256, "")
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_a_page_loads_nothing_from_elsewhere() -> None:
    page = report_html([report(finding())])
    assert "default-src 'none'" in page
    assert not re.search(r"(src|href)=[\"'](?!#)|@import|url\(", page)


def test_json_keeps_texts_exact() -> None:
    (entry,) = json.loads(report_json([evil()]))["files"]
    assert entry["findings"][0]["found"] == EVIL


@pytest.mark.parametrize("figure", [None, "x", {}, {"status": 5}, [1],
                                    {"sheet_credited": "?"}])  # fmt: skip
def test_reporting_never_fails(figure: object) -> None:
    odd = report(figures={"plan": figure}, versions={})
    text_of(odd)
    report_html([odd])
    report_json([report(figures={"x": {"y": (float("nan"), object())}})])
