"""Every host gives the figures of plain Python; the table says so when one does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.definition.library import entries
from jcm_xl.live.arguments import FunctionError
from jcm_xl.model.as_json import to_json
from jcm_xl.model.submission import Stage
from tests.books import example_submission
from tests.hosts import engines, hosts
from tests.hosts.__main__ import main
from tests.hosts.browser import Browser
from tests.hosts.cases import Case, Figures
from tests.hosts.table import rows
from tests.library.sweep import sweep
from tests.support import OURS, example_book, methodology

LIBRARY = [entry.key for entry in entries()]


@pytest.mark.browser
@pytest.mark.parametrize("key", sweep())
def test_the_core_gives_the_same_bits_in_the_browser(
    key: str, browser: Browser
) -> None:
    m = methodology(key)
    plan, submission = example_submission(m)
    carried = {"definition": to_json(m)} if key in OURS else {}
    inputs, results = api.calculate_stages(plan, submission)
    for stage, given in inputs.items():
        ours = results[stage].quantities.values()
        there = browser.ask(
            {"do": "quantities", "key": key, "values": given.values, "used": given.used}
            | carried
        )
        assert there == [[q.name, q.row, q.value, q.error] for q in ours]


@pytest.mark.browser
def test_the_core_needs_no_package_in_the_browser(browser: Browser) -> None:
    assert browser.ask({"do": "modules"}) == ["_pyodide_core"]


@pytest.mark.office
@pytest.mark.browser
@pytest.mark.library
def test_every_book_has_the_same_figures_in_every_host(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 0
    *_, last = capsys.readouterr().out.splitlines()
    books = sum(len(api.load(key).examples) for key in LIBRARY)
    more = [engines.without_gnumeric(), engines.without_hyperformula()].count(None)
    count = 7 + more
    figures = f"{books * count * 8:,} figures"
    assert last == f"{books} books, {count} hosts, {figures}: no difference"


@pytest.mark.browser
def test_a_blank_is_refused_in_words_in_the_browser(browser: Browser) -> None:
    given = ["TH_AM001", [["EG_i,p"]], [[None]]]
    answer = browser.ask({"do": "function", "name": "ER", "given": given})
    assert set(answer) == {"refused"}
    with pytest.raises(FunctionError) as failure:
        hosts.live("ER", *given)
    assert answer["refused"] == str(failure.value)


def test_a_host_that_differs_or_fails_is_named(tmp_path: Path) -> None:
    plan, submission = example_book("TH_AM001@1.0")
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.book(plan, submission))

    def a_tonne_more(case: Case) -> Figures:
        figures = dict(hosts.plain_python(case))
        figures[Stage.REPORT, "CREDITED"] += 1  # type: ignore[operator]
        return figures

    def broken(case: Case) -> Figures:
        raise ValueError("no such sheet")

    asked = {"plain": hosts.plain_python, "more": a_tonne_more, "broken": broken}
    (row,) = rows([Case("book", plan, submission, path)], asked)
    more, *others = row.differences
    credited = hosts.plain_python(row.case)[Stage.REPORT, "CREDITED"]
    assert more == f"more: CREDITED of the report is {credited + 1}, not {credited}"  # type: ignore[operator]
    assert len(others) == 8
    assert row.reductions["broken"] == "ValueError: no such sheet"
