"""Each tutorial, command by command, and the lines that it promises."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from jcm_xl.cli import main
from jcm_xl.text.languages import messages

FOLDER = Path(__file__).parents[1] / "docs" / "tutorials"
ROLES = ("author", "browser", "participant", "programmer", "secretariat", "verifier")
_BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```", re.M | re.S)


def blocks(page: Path) -> Iterator[tuple[str, list[str]]]:
    for kind, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        yield kind, text.splitlines()


def test_each_role_has_one() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.md")) == sorted(ROLES)


@pytest.mark.slow
@pytest.mark.parametrize("role", [role for role in ROLES if role != "browser"])
def test_a_tutorial_does_what_it_says(
    role: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said, count = "", 0
    for kind, lines in blocks(FOLDER / f"{role}.md"):
        if kind == "text":
            promised = [" ".join(line.split()) for line in lines]
            assert [line for line in promised if line not in said] == []
            continue
        said = ""
        for line in lines:
            program, *words = shlex.split(line)
            assert program == "jcm-xl"
            result = CliRunner().invoke(main, words)
            assert result.exit_code in (0, 1), (line, result.output)
            said += " ".join(result.output.split()) + " "
            count += 1
    assert count >= 5


def test_the_words_of_the_browser_are_those_of_the_page() -> None:
    page = (FOLDER / "browser.md").read_text(encoding="utf-8")
    text = messages("en")
    known = {text(f"page.{key}") for key in (
        "sample", "drop", "take_all", "answer", "explain", "catalogue",
    )}  # fmt: skip
    assert set(re.findall(r"\*\*(.+?)\*\*", page)) == known
