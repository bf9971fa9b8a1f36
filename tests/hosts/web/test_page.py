"""What a person does on the page, in Chromium: it says what Python says."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.desk.sample import faulty_book
from jcm_xl.desk.web import SETTINGS
from jcm_xl.model.finding import Report
from jcm_xl.text.languages import messages
from tests.hosts.web.chromium import Chromium
from tests.rounds import later
from tests.support import example_book

pytestmark = pytest.mark.browser
W = messages("en")
TAKE = "#book [data-do=take]"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    name, data = faulty_book()
    path = tmp_path / name
    path.write_bytes(data)
    return path


def native(path: Path) -> Report:
    return check_file(path, SETTINGS)


def clear(page: Chromium) -> None:
    """Take every book off the page."""
    while page.do("count", at="#list [data-do=drop]"):
        page.do("click", at="#list [data-do=drop]")


def test_a_book_is_judged_mended_and_taken_along(
    page: Chromium, faulty: Path, tmp_path: Path
) -> None:
    clear(page)
    before = native(faulty)
    page.do("drop", files=[faulty])
    assert page.text("#book .verdict") == before.verdict
    shown = [text.split() for text in page.do("texts", at="#book .finding h4")]
    cards = page.do("count", at="#book .finding")
    told = page.do(
        "tell", script="[...document.querySelectorAll('#book .finding h4')].map("
        "(h) => h.textContent.trim().split(/\\s+/)[2])",
    )  # fmt: skip
    assert sorted(told) == sorted(d.code for d in before.diagnostics if d.asks)
    assert cards == len(told)
    assert len(shown) == cards
    for _ in range(20):
        if not page.do("count", at=TAKE):
            break
        script = f"document.querySelector('{TAKE}').closest('.panel').id"
        page.do("click", at=f"#tab-{page.do('tell', script=script)}")
        page.do("click", at=TAKE)
    saved = tmp_path / "saved.xlsx"
    name = page.do("save", at="[data-what=mended]", to=saved)
    after = native(saved)
    assert name == f"{faulty.stem}_mended.xlsx"
    assert page.text("#book .verdict") == after.verdict
    assert [d.code for d in after.diagnostics if d.asks] == []
    assert changed_parts(faulty, saved) <= {
        f"xl/worksheets/sheet{n}.xml" for n in range(1, 12)
    } | {"xl/workbook.xml"}


def changed_parts(first: Path, second: Path) -> set[str]:
    with zipfile.ZipFile(first) as a, zipfile.ZipFile(second) as b:
        assert set(a.namelist()) >= set(b.namelist())
        return {name for name in b.namelist() if a.read(name) != b.read(name)}


def test_a_finding_leads_to_its_cell_and_back(page: Chromium, faulty: Path) -> None:
    clear(page)
    page.do("drop", files=[faulty])
    where = "#book .finding .where a:visible"
    place = page.text(where)
    page.do("click", at=where)
    cell = page.do("tell", script="document.querySelector('td.is-meant').dataset.cell")
    assert place.endswith(f"!{cell}")
    page.do("press", key="Enter")  # the link in the cell has the focus
    found = page.do(
        "tell", script="document.querySelector('.finding.is-meant .where').innerText"
    )
    assert place in found


def test_a_figure_is_explained_where_it_is_clicked(
    page: Chromium, faulty: Path
) -> None:
    clear(page)
    page.do("drop", files=[faulty])
    page.do("click", at=".doing [data-do=explain]")
    explained = api.explain(faulty)
    lines = [str(line) for line in explained.lines()]
    shown = page.text("dialog[open] .tree").splitlines()
    assert [x.rstrip() for x in shown if x] == [x.rstrip() for x in lines if x]
    page.do("press", key="Escape")
    assert page.do("count", at="dialog[open]") == 0


def test_nothing_leaves_the_computer(page: Chromium, faulty: Path) -> None:
    clear(page)
    page.do("drop", files=[faulty])
    page.do("click", at="[data-what=report]")
    seen = page.do("requests")
    foreign = [
        u for u in seen if not u.startswith((page.address, f"blob:{page.address}"))
    ]
    assert len(seen) > 10
    assert foreign == []
    asked = "fetch('https://example.com/').then(() => 'sent', () => 'refused')"
    assert page.do("tell", script=asked) == "refused"
    doors = "[typeof fetch, typeof XMLHttpRequest, typeof WebSocket]"
    assert page.do("workers", script=doors) == [["undefined"] * 3]
    complaints = page.do("complaints")
    assert [c for c in complaints if "example.com" not in c] == []
    assert any("Content Security Policy" in c for c in complaints)


def test_it_works_without_a_network(page: Chromium, faulty: Path) -> None:
    assert page.do("kept")
    page.do("offline", **{"is": True})
    try:
        page.do("reload")
        page.do("drop", files=[faulty])
        assert page.text("#book .verdict") == native(faulty).verdict
    finally:
        page.do("offline", **{"is": False})


def test_plan_and_report_find_each_other(page: Chromium, tmp_path: Path) -> None:
    clear(page)
    plan, submission = example_book("TH_AM001@1.0")
    report = tmp_path / "report.xlsx"
    report.write_bytes(api.book(plan, submission))
    ours = ("mps", "mss", "")
    values = {k: v for k, v in submission.values.items() if k.stage in ours}
    registered = tmp_path / "plan.xlsx"
    registered.write_bytes(api.book(plan, replace(submission, values=values)))
    page.do("drop", files=[report, registered])
    lines = page.do("texts", at="#list .open")
    assert len(lines) == 2
    assert W("page.beside", names="plan.xlsx") in lines[0]
    expected = check_file(report, replace(SETTINGS, plan=registered))
    assert expected.verdict in lines[0]


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Choose files"), later("ja", "ファイルを選ぶ")]
)
def test_everybody_can_use_it(
    page: Chromium, faulty: Path, language: str, word: str
) -> None:
    clear(page)
    page.do("choose", at="#language", value=language)
    try:
        assert page.text("label.button") == word
        assert page.do("axe")["found"] == []
        page.do("drop", files=[faulty])
        for width in (1366, 820, 390) if language == "en" else (390,):
            page.do("size", width=width)
            told = page.do("axe")
            assert told["found"] == []
            assert told["passed"] > 20
            wide = "document.documentElement.scrollWidth"
            assert page.do("tell", script=wide) <= width
        page.do("click", at=".doing [data-do=explain]")
        assert page.do("axe")["found"] == []
        page.do("press", key="Escape")
    finally:
        page.do("size", width=1366)
        page.do("choose", at="#language", value="en")


def test_what_is_no_sound_book_gets_one_sentence(
    page: Chromium, tmp_path: Path
) -> None:
    clear(page)
    ole = bytes.fromhex("d0cf11e0a1b11ae1")
    files = {
        "empty.xlsx": b"",
        "locked.xlsx": ole + "EncryptedPackage".encode("utf-16-le"),
        "torn.xlsx": faulty_book()[1][:9000],
        "script.xlsx": b"<script>alert(1)</script>",
    }
    paths = []
    for name, data in files.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    page.do("drop", files=paths)
    shown = page.do("texts", at="#list .open .small")
    assert [text.strip() for text in shown] == [native(path).verdict for path in paths]
    (tmp_path / "letter.docx").write_bytes(b"x")
    page.do("drop", files=[tmp_path / "letter.docx"])
    assert page.text("#messages") == W("page.not_a_book", name="letter.docx")


def test_a_blank_is_that_of_the_command(page: Chromium, tmp_path: Path) -> None:
    page.do("fill", at="#search", text="indonesia refrigerators")
    out = tmp_path / "blank.xlsx"
    key = page.do(
        "tell", script="document.querySelector('#methodologies button').dataset.key"
    )
    name = page.do("save", at="#methodologies button", to=out)
    page.do("fill", at="#search", text="")
    assert out.read_bytes() == api.new(key)
    assert name == f"{key.replace('@', '_ver')}_blank.xlsx"


@pytest.mark.slow
def test_a_book_that_takes_too_long_is_stopped(
    page: Chromium, faulty: Path, tmp_path: Path
) -> None:
    clear(page)
    page.do("drop", files=[faulty])
    plan, submission = example_book("ID_AM003@1.0", rows={"i": 100})
    large = tmp_path / "large.xlsx"
    large.write_bytes(api.book(plan, submission))
    stop = "new MutationObserver((_, all) => { if (document.getElementById('state')"
    stop += ".textContent.startsWith('Checking')) { all.disconnect(); setTimeout(() => "
    stop += "document.getElementById('stop').click(), 60); } }).observe("
    stop += "document.getElementById('state'), { childList: true })"
    page.do("tell", script=stop)
    page.do("drop", files=[large])
    assert page.text("#messages") == W("page.stopped", name="large.xlsx")
    assert len(page.do("texts", at="#list .open")) == 1
    assert page.text("#book .verdict") == native(faulty).verdict
