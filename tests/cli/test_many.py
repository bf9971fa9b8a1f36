"""`check` on a folder, and the commands that copy and compare."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run, process


@pytest.fixture
def folder(books: dict[str, Path], tmp_path: Path) -> Path:
    inner = tmp_path / "received"
    (inner / "late").mkdir(parents=True)
    for name in ("report", "faulty"):
        (inner / f"{name}.xlsx").write_bytes(books[name].read_bytes())
    (inner / "late" / "again.xlsx").write_bytes(books["report"].read_bytes())
    (inner / "late" / "no.xlsx").write_text("a;b", encoding="utf-8")
    return inner


def test_a_folder_becomes_one_table(run: Run, folder: Path) -> None:
    table = folder / "table.xlsx"
    result = run("check", folder, "-o", table, "--jobs", 2)
    assert result.exit_code == 2, result.output
    assert result.output.splitlines()[1] == (
        "Workbooks: 4 (3 with findings, 1 cannot be judged)"
    )
    (sheet,) = load_workbook(table).worksheets
    files = [row[17].value for row in sheet.iter_rows(min_row=2)]
    names = ("faulty", "report", "late/again", "late/no")
    assert files == [str(folder / f"{name}.xlsx") for name in names]
    assert run("check", folder, "-o", table).exit_code == 2  # kept without --force
    assert "--force replaces it" in run("check", folder, "-o", table).output


def test_a_folder_as_json_and_as_lines(run: Run, folder: Path) -> None:
    told = run("check", folder, "--format", "json", "--jobs", 1)
    assert [file["exit_code"] for file in json.loads(told.stdout)["files"]] == [
        1, 1, 1, 2,
    ]  # fmt: skip
    text = run("check", folder, "--jobs", 1)
    assert text.output.startswith("Workbooks: 4")
    assert "the same file as" in text.output
    assert text.output.count("JX624: ") == 2  # the faulty book has graver findings


def test_a_folder_without_workbooks(run: Run, tmp_path: Path) -> None:
    result = run("check", tmp_path)
    assert result.exit_code == 2
    assert result.output == f"There are no workbooks in {tmp_path}.\n"


def test_a_table_is_never_written_over_a_submission(run: Run, folder: Path) -> None:
    book = folder / "report.xlsx"
    before = book.read_bytes()
    for words in (("check", book, "-o", book), ("repair", book, "-o", book)):
        result = run(*words, "--force")
        assert result.exit_code == 2
        assert "read by this command" in result.output
    assert book.read_bytes() == before


def test_it_works_as_a_program(folder: Path) -> None:
    done = process("check", folder, "-o", folder / "table.csv")
    assert done.returncode == 2
    assert done.stderr == ""
    assert (folder / "table.csv").read_text(encoding="utf-8-sig").count("\n") == 5


def test_a_book_is_annotated_repaired_and_compared(
    run: Run, books: dict[str, Path], tmp_path: Path
) -> None:
    copy, new = tmp_path / "copy.xlsx", tmp_path / "new.xlsx"
    result = run("check", books["faulty"], "--annotate", copy)
    assert result.exit_code == 1
    assert f"Wrote {copy}" in result.output
    assert run("check", copy).output.startswith("ANNOTATED COPY")
    result = run("repair", books["faulty"], "-o", new)
    assert result.exit_code == 0, result.output
    assert "kWh/p" in result.output
    assert run("check", new).output.startswith("REPAIRED BOOK")
    result = run("diff", books["faulty"], new)
    assert result.exit_code == 1
    assert result.output.startswith("DIFFERENT: Cells of the template 1, Sheets 1\n")
    assert run("diff", copy, copy).exit_code == 0
    told = json.loads(run("diff", books["faulty"], new, "--json").stdout)
    assert [pair["slot"] for pair in told["template"]] == ["mrs.unit:EC_PJ_i_p"]
    result = run("diff", copy, tmp_path / "none.xlsx")
    assert result.exit_code == 2
    assert "there is no such file" in result.output


def test_what_is_no_book_has_no_annotated_copy(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "book.xlsx"
    text.write_text("a;b", encoding="utf-8")
    result = run("check", text, "--annotate", tmp_path / "copy.xlsx")
    assert result.exit_code == 2
    assert "No annotated copy: " in result.output
    assert not (tmp_path / "copy.xlsx").exists()
    result = run("check", text, text, "--annotate", tmp_path / "copy.xlsx")
    assert "--annotate takes one FILE" in result.output


def test_answers_beside_a_book(
    run: Run, books: dict[str, Path], tmp_path: Path
) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text(
        '[[answer]]\ncode="JX204"\nat="EC_PJ,i,p"\nreason="Our meter shows kWh."\n'
    )
    result = run("check", books["faulty"], "--answers", answers)
    assert result.exit_code == 1
    assert "JX127" in result.output
    answers.write_text("[[answer")
    assert run("check", books["faulty"], "--answers", answers).exit_code == 2


def _listen() -> None:
    """Hear Ctrl-C even where these tests run in the background, deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def sixty_of(book: Path, folder: Path) -> Path:
    for number in range(60):
        shutil.copy(book, folder / f"{number}.xlsx")
    return folder


def judging(folder: Path) -> subprocess.Popen[str]:
    """Start `jcm-xl check` of a folder in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "jcm_xl", "check", folder],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True, preexec_fn=_listen,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at children")
@pytest.mark.parametrize("delay", [0.0, 0.1, 0.3, 0.6, 1.0])
def test_ctrl_c_at_any_moment_is_one_word(
    delay: float, books: dict[str, Path], tmp_path: Path
) -> None:
    running = judging(sixty_of(books["report"], tmp_path))
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    while running.poll() is None and not children.read_text("ascii"):
        time.sleep(0.002)
    time.sleep(delay)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does
    told, _ = running.communicate(timeout=30)
    assert "Traceback" not in told
    assert running.returncode != 2 or "Interrupted." in told


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_request_to_end_stops_everything(
    name: str, books: dict[str, Path], tmp_path: Path
) -> None:
    running = judging(sixty_of(books["report"], tmp_path))
    time.sleep(2)
    running.send_signal(getattr(signal, name))
    told, _ = running.communicate(timeout=30)
    if running.returncode == 2:  # else it had ended before
        assert "Interrupted." in told
        assert "leaked" not in told
    assert not list(tmp_path.glob(".jcm-*"))
