"""jcm-xl net: what is credited beside business as usual."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from tests.cli.conftest import Run


def test_gaps_are_sentences_and_a_book_gives_its_own_figures(
    run: Run, tmp_path: Path
) -> None:
    book = tmp_path / "book.xlsx"
    assert run("fill", "ID_AM003", "--example", "-o", book).exit_code == 0
    shown = run("net", "ID_AM003", book).output
    assert "Emissions in tCO2, book.xlsx, report" in shown
    assert "business as usual                      not known" in shown
    assert "credited (Table 3)                     25" in shown
    found = json.loads(run("net", "ID_AM003", "--json").output)
    assert found["credited"] == 25
    assert found["business_as_usual"] is None
    assert [d["safe"] for d in found["defaults"]] == ["higher"]


def test_the_two_figures_are_native_charts(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "net.xlsx"
    assert run("net", "ID_AM003", "-o", book).exit_code == 0
    with zipfile.ZipFile(book) as archive:
        charts = [n for n in archive.namelist() if n.startswith("xl/charts/chart")]
        texts = "".join(archive.read(name).decode() for name in charts)
        words = archive.read("xl/sharedStrings.xml").decode()
    assert len(charts) == 2
    assert "Figure 1: reference emissions below business as usual" in texts
    assert "Business as usual (not known)" in words  # on the axis, too
    assert "Net: reduced and not credited (not known)" in words
    assert run("net", "ID_AM003", "-o", book).exit_code == 2


def test_a_book_of_another_methodology_is_refused(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    assert run("fill", "ID_AM003", "--example", "-o", book).exit_code == 0
    result = run("net", "TH_AM001", book)
    assert result.exit_code == 2
    assert "is a book of ID_AM003@1.0" in result.output
