"""Every hostile file gets its expected verdict, and leaves nothing behind."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner

from jcm_xl.checks.run import check_file
from jcm_xl.cli import main
from jcm_xl.model.finding import Report, Severity
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.fuzz.child import Child
from tests.fuzz.judge import judge
from tests.hostile.build import Recipe, build, recipes
from tests.support import DEFINITIONS

FILES = list(recipes())
LIGHT = [recipe for recipe in FILES if not recipe.get("heavy")]


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("something was looked for on the network")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)


def checked(path: Path, *options: str) -> tuple[int, str]:
    """Run the command; any exception but its exit would be a traceback."""
    arguments = ["check", str(path), "--definitions", str(DEFINITIONS), *options]
    result = CliRunner().invoke(main, [*arguments, "--today", TODAY.isoformat()])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def told(report: Report, severities: tuple[Severity, ...]) -> list[str]:
    return sorted({d.code for d in report.diagnostics if d.severity in severities})


def expect(recipe: Recipe, report: Report) -> int:
    """Compare with the recipe and return the exit code that it asks for."""
    if "refused" in recipe or "verdict" in recipe:
        _, _, reason = report.verdict.partition(" cannot be read: ")
        said = report.verdict if "verdict" in recipe else reason
        assert said.startswith(recipe.get("verdict", recipe.get("refused")))
        return 2
    found = told(report, (Severity.ERROR, Severity.WARNING))
    assert (found, report.verdict[:6]) == (
        recipe["found"],
        "FINDIN" if found else "CLEAN ",
    )
    assert told(report, (Severity.NOTE,)) == recipe.get("notes", [])
    return 1 if found else 0


@pytest.mark.parametrize("recipe", LIGHT, ids=lambda recipe: recipe["title"])
def test_both_ways_of_reading_agree_about_it(recipe: Recipe, tmp_path: Path) -> None:
    judge(build(recipe), tmp_path)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("recipe", LIGHT, ids=lambda recipe: recipe["title"])
def test_a_hostile_file_gets_its_verdict(recipe: Recipe, tmp_path: Path) -> None:
    data = build(recipe)
    path = tmp_path / "report.xlsx"
    path.write_bytes(data)
    report = check_file(path, Settings(today=TODAY, definitions=DEFINITIONS))
    wanted = expect(recipe, report)
    code, output = checked(path)
    assert code == report.exit_code == wanted
    assert output.isprintable() or "\x1b" not in output
    assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.slow
def test_no_hostile_file_costs_much_memory_or_time() -> None:
    files = {build(recipe): recipe for recipe in FILES}

    def check_once(data: bytes, folder: Path) -> int:
        path = folder / "report.xlsx"
        path.write_bytes(data)
        settings = Settings(today=TODAY, definitions=DEFINITIONS)
        return expect(files[data], check_file(path, settings))

    child = Child(check_once, megabytes=512, seconds=5.0)
    troubles = {
        recipe["title"]: child.judge(data).trouble  # once more: the machine may be busy
        for data, recipe in files.items()
        if child.judge(data).trouble
    }
    child.close()
    assert {title: trouble for title, trouble in troubles.items() if trouble} == {}


def test_no_two_files_are_the_same() -> None:
    titles = [recipe["title"] for recipe in FILES]
    assert len(titles) == len(set(titles))
    assert len({build(recipe) for recipe in FILES}) == len(FILES)


# -- what is no regular file ---------------------------------------------------------


def reason(path: Path | str) -> str:
    code, output = checked(Path(path))
    assert code == 2
    return " ".join(output.split()).partition(" cannot be read: ")[2]


def test_special_files(tmp_path: Path) -> None:
    assert reason(tmp_path / "none.xlsx").startswith("there is no such file.")
    loop = tmp_path / "loop.xlsx"
    loop.symlink_to(loop)
    assert reason(loop).startswith("the system cannot open it.")
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert reason(tmp_path / "pipe.xlsx").startswith("it is not a regular file.")
    assert reason("/dev/zero").startswith("it is not a regular file.")
    dangling = tmp_path / "dangling.xlsx"
    dangling.symlink_to(tmp_path / "nothing")
    assert reason(dangling).startswith("there is no such file.")
    owner = tmp_path / "~$report.xlsx"
    owner.write_bytes(bytes(165))
    assert reason(owner).startswith("it is the owner file that Excel keeps")


def test_a_link_to_a_sound_book_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(build(FILES[0]))
    (tmp_path / "link.xlsx").symlink_to(path)
    assert checked(tmp_path / "link.xlsx")[0] == 0
