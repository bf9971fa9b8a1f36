"""Every fault of a definition is named with file, line, key and reason."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from jcm_xl.definition.load import load_bytes, load_file
from jcm_xl.definition.problems import DefinitionError

NAME = "EX_AM902_ver01.0.toml"
SOUND = (Path(__file__).parents[1] / "definitions" / NAME).read_text(encoding="utf-8")
CASES = tomllib.loads(
    (Path(__file__).parent / "broken.toml").read_text(encoding="utf-8")
)["case"]


def broken(case: dict[str, Any]) -> str:
    text = SOUND
    for find, put in [(case["find"], case["put"]), *case.get("more", [])]:
        assert find in text, f"the sound file does not hold {find!r}"
        text = text.replace(find, put)
    return text


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_every_problem_is_named_with_its_place(case: dict[str, Any]) -> None:
    text = broken(case)
    with pytest.raises(DefinitionError) as error:
        load_bytes(text.encode(), NAME)
    problems = error.value.problems
    for key, words in case["expect"]:
        assert any(p.key.startswith(key) and words in p.reason for p in problems), (
            f"no problem at {key} says {words!r} among:\n{error.value}"
        )
    if not case.get("any"):
        assert len(problems) == len(case["expect"]), str(error.value)
    assert all(p.file == NAME and p.line >= 1 for p in problems)


def test_the_line_is_that_of_the_key() -> None:
    text = SOUND.replace('unit   = "kW"', 'unit   = "kWatt"')
    with pytest.raises(DefinitionError) as error:
        load_bytes(text.encode(), NAME)
    (problem,) = error.value.problems
    assert "kWatt" in text.splitlines()[problem.line - 1]


def test_the_sound_file_loads() -> None:
    m = load_bytes(SOUND.encode(), NAME)
    assert (m.key, m.spreadsheet_id) == ("EX_AM902@1.0", "JCM_EX_AM902_ver01.0")


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"\xff\xfe", "UTF-8"), (b"", "schema"), (b"schema = 1", "[methodology]")],
)
def test_what_is_no_definition_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(DefinitionError, match=words.replace("[", r"\[")):
        load_bytes(data, NAME)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="cannot be read"):
        load_file(tmp_path / NAME)


def test_a_windows_file_loads(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert load_file(path).digest == load_bytes(SOUND.encode(), NAME).digest


def test_a_comma_in_a_choice_would_split_the_drop_down() -> None:
    name = "EX_AM903_ver01.0.toml"
    text = (Path(__file__).parents[1] / "definitions" / name).read_text("utf-8")
    text = text.replace("captive electricity", "captive, by generator")
    with pytest.raises(DefinitionError) as error:
        load_bytes(text.encode(), name)
    (problem,) = error.value.problems
    assert problem.key.endswith(".choices")
    assert problem.reason == (
        "'captive, by generator': a drop-down takes a comma for the end of a choice"
    )


def test_more_signs_than_a_drop_down_takes_are_refused() -> None:
    name = "EX_AM903_ver01.0.toml"
    text = (Path(__file__).parents[1] / "definitions" / name).read_text("utf-8")
    more = ", ".join(f'"by generator {n} of a long name {"x" * 60}"' for n in range(3))
    text = text.replace('"captive electricity"]', f'"captive electricity", {more}]')
    with pytest.raises(DefinitionError) as error:
        load_bytes(text.encode(), name)
    (problem,) = error.value.problems
    assert "a drop-down takes 255" in problem.reason


def test_a_number_of_thousands_of_digits_is_named_with_its_line() -> None:
    text = f"a = 1\nb = {'9' * 5_000}\n"
    with pytest.raises(DefinitionError) as error:
        load_bytes(text.encode(), NAME)
    (problem,) = error.value.problems
    assert (problem.line, problem.key) == (2, "(file)")
    assert "more digits than any number of a methodology" in problem.reason
