"""Two definitions beside each other: every statement that differs, and no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from jcm_xl.cli import main
from jcm_xl.definition.compare import Said, SayingKind, compare_definitions
from jcm_xl.definition.library import entries, load
from jcm_xl.definition.load import load_file
from tests.questions import of_every
from tests.support import DEFINITIONS

PATH = DEFINITIONS / "EX_AM902_ver01.0.toml"
TEXT = PATH.read_text(encoding="utf-8")


@of_every([entry.key for entry in entries()], str)
def test_a_definition_is_the_same_as_itself(key: str) -> None:
    m = load(key)
    found = compare_definitions(m, m)
    assert found.is_same
    assert all(move.first == move.second for move in found.moves)
    assert len(found.moves) == len({repr(example.given) for example in m.examples})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value = 3.40", "value = 3.41",
         Said(SayingKind.NUMBER, "COP_RE_by_class[from 3.0 below 5.3]")),
        ("range  = { at_least = 0 }", "range  = { above = 0 }",
         Said(SayingKind.NUMBER, "EC_PJ_i_p.range")),
        ("max_rows = 30", "max_rows = 31", Said(SayingKind.ASKED, "set i")),
        ("Illustration of a measure.", "Another measure.",
         Said(SayingKind.TEXT, "summary.measures")),
        ('frequency = "Continuous measurement, monthly recording"',
         'frequency = "Once"', Said(SayingKind.TEXT, "EC_PJ_i_p.option C")),
    ],
    ids=lambda value: value.item if isinstance(value, Said) else "",
)  # fmt: skip
def test_what_was_changed_is_named_alone(
    old: str, new: str, said: Said, tmp_path: Path
) -> None:
    assert old in TEXT
    other = tmp_path / PATH.name
    other.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    both = load_file(PATH), load_file(other, with_examples=False)
    assert [change.said for change in compare_definitions(*both).changes] == [said]


def test_a_formula_that_changed_moves_the_examples(tmp_path: Path) -> None:
    other = tmp_path / PATH.name
    other.write_text(TEXT.replace('"sum(RE_i_p)"', '"2 * sum(RE_i_p)"'), "utf-8")
    found = compare_definitions(load_file(PATH), load_file(other, with_examples=False))
    assert [c.said for c in found.changes] == [Said(SayingKind.FORMULA, "RE_p")]
    assert all(move.first != move.second for move in found.moves)


def test_the_command_takes_ids_and_files() -> None:
    def run(*words: object) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["diff", *map(str, words)])
        return done.exit_code, done.output

    assert run(PATH, PATH)[0] == 0
    code, text = run("ID_AM002@1.0", "ID_AM002@2.0", "--json")
    facts = json.loads(text)
    assert (code, facts["same"]) == (1, False)
    assert [e["first"] == e["second"] for e in facts["examples"]] == [True] * 6
    assert "A: ID_AM002@1.0" in run("ID_AM002@1.0", "ID_AM002@2.0")[1]
    assert run(PATH, "book.xlsx")[0] == 2
