"""What a person does on the page, without a browser."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.desk.sample import faulty_book
from jcm_xl.desk.web import SETTINGS, NotOnPage, WebDesk
from jcm_xl.desk.web_bridge import WebBridge
from jcm_xl.model.finding import Severity
from jcm_xl.submission.answers import read_answers
from tests.support import example_book

ON = date(2026, 1, 2)


@pytest.fixture
def desk(tmp_path: Path) -> WebDesk:
    return WebDesk(tmp_path)


def put(desk: WebDesk, data: bytes, name: str = "book.xlsx") -> tuple[int, str]:
    """Drop a book and return its number and what the page shows of it."""
    number = desk.put(name, data)
    desk.judge()
    return number, str(desk.show(number)["html"])


def findings(html: str, word: str) -> list[str]:
    """Return the cards that have a button or a form of this kind."""
    return re.findall(rf'data-do="{word}" data-finding="([^"]+)"', html)


def test_a_book_of_a_name_that_is_there_gets_another(desk: WebDesk) -> None:
    data = api.new("TH_AM001@1.0")
    numbers = [desk.put(name, data) for name in ("a.xlsx", "A.xlsx", "x/../a.xlsx")]
    names = [row["name"] for row in desk.judge()]
    assert names == ["a.xlsx", "A (2).xlsx", "a (3).xlsx"]
    desk.drop(numbers[0])
    assert [row["id"] for row in desk.judge()] == numbers[1:]


def test_every_fault_of_the_sample_is_mended_by_buttons(
    desk: WebDesk, tmp_path: Path
) -> None:
    name, data = faulty_book()
    number, html = put(desk, data, name)
    for _ in range(10):
        cards = findings(html, "take")
        if not cards:
            break
        desk.take(number, cards[0], None, 0)
        desk.judge()
        html = str(desk.show(number)["html"])
    (row,) = desk.judge()
    assert row["counts"] == {"errors": 0, "warnings": 0}
    made = desk.file(number, "mended")
    path = tmp_path / made.name
    path.write_bytes(made.data)
    report = check_file(path, SETTINGS)
    assert report.count(Severity.ERROR) == 0
    assert report.figures["report"]["status"] == "complete"  # type: ignore[index]
    desk.undo(number)
    assert desk.judge()[0]["counts"] == {"errors": 4, "warnings": 0}


def test_one_of_several_alike_is_typed_alone_or_all_are(desk: WebDesk) -> None:
    plan, submission = example_book("ID_AM003@1.0", rows={"i": 4})
    texts = {f"mrs.value:EC_PJ_i_p[{n}]": "135,0" for n in range(1, 5)}
    number, html = put(desk, api.book(plan, submission, texts))
    button = r'data-finding="([^"]+)" data-member="1" data-choice="0">Type 135 into '
    (card,) = re.findall(f"{button}C11", html)
    desk.take(number, card, 1, 0)
    assert changed(desk, number) == ["C11"]
    html = str(desk.show(number)["html"])
    (card,) = re.findall(f"{button}C12", html)
    desk.take(number, card, None, 0)
    assert changed(desk, number) == ["C11", "C10", "C12", "C13"]


def changed(desk: WebDesk, number: int) -> list[str]:
    """Return the cells that the page says were changed, of a book judged anew."""
    assert len(desk.judge()) == 1
    html = str(desk.show(number)["html"]).partition('class="changes"')[2]
    return re.findall(r"<li>[^<]*!([A-Z]+[0-9]+):", html)


def test_a_warning_is_answered_and_the_answer_comes_along(
    desk: WebDesk, tmp_path: Path
) -> None:
    plan, submission = example_book("TH_AM001@1.0")
    first, html = put(desk, api.book(plan, submission), "first.xlsx")
    put(desk, api.book(plan, submission, {"mss.role:1": "All of it"}), "second.xlsx")
    html = str(desk.show(first)["html"])
    (card,) = findings(html, "answer")
    with pytest.raises(NotOnPage, match="no sentence"):
        desk.answer(first, card, "ok", "", ON)
    reason = "The second file is a draft that was never submitted."
    desk.answer(first, card, reason, "N. Tran", ON)
    assert [row["word"] for row in desk.judge()] == ["answered", "findings"]
    assert reason in str(desk.show(first)["html"])
    made = desk.file(first, "bundle")
    names = _unpacked(made.data, tmp_path)
    assert set(names) >= {"first_report.html", "first_annotated.xlsx"}
    (answer,) = read_answers(tmp_path / "first_answers.csv")
    assert (answer.reason, answer.by, answer.on) == (reason, "N. Tran", "2026-01-02")


def _unpacked(data: bytes, folder: Path) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
        return archive.namelist()


def test_a_book_that_did_not_change_is_not_judged_again(
    desk: WebDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jcm_xl.desk import web

    judged: list[str] = []
    plain = web.judge_file

    def counted(path: Path, settings: Any) -> Any:
        judged.append(path.name)
        return plain(path, settings)

    monkeypatch.setattr(web, "judge_file", counted)
    desk.put("a.xlsx", api.new("TH_AM001@1.0"))
    desk.put("b.xlsx", b"no book")
    first = desk.judge()
    assert desk.judge() == first
    assert judged == ["a.xlsx", "b.xlsx"]


def test_a_figure_is_explained_and_a_heading_is_none(desk: WebDesk) -> None:
    name, data = faulty_book()
    number, _ = put(desk, data, name)
    found = desk.explain(number, "MRS(calc_process)", "G6")
    assert "ER_p" in str(found["html"])
    none = desk.explain(number, "MRS(input)", "B7")
    assert none == {"html": "", "said": "B7 shows no figure of the methodology."}


def test_what_a_book_holds_is_escaped(desk: WebDesk) -> None:
    plan, submission = example_book("TH_AM001@1.0")
    evil = "<img src=x onerror=alert(1)>"
    number, html = put(desk, api.book(plan, submission, {"mss.role:1": evil}))
    assert evil not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert desk.show(number)["css"]


def test_the_bridge_refuses_in_words_and_names_an_error_of_ours(tmp_path: Path) -> None:
    bridge = WebBridge(tmp_path)

    def ask(**job: Any) -> Any:
        return json.loads(bridge.answer(json.dumps(job)))

    assert ask(do="hello")["version"]
    assert "XX_AM999" in ask(do="blank", key="XX_AM999")["refused"]
    assert ask(do="show", id=7) == {"failed": "KeyError"}
    bridge.give(faulty_book()[1])
    assert ask(do="put", name="a.xlsx") == {"id": 1}
    assert ask(do="judge", language="ja")["books"][0]["verdict"].startswith("指摘あり")
