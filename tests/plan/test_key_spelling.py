"""Keys are spelled as texts in one module alone; everywhere else they are values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import jcm_xl

ROOT = Path(jcm_xl.__file__).parent
SPELLING = ROOT / "model" / "key.py"
HOLE = "\0"
"""What an f-string fills in."""
SPELLED = re.compile(
    r"""^(?:mps|mrs|mss|period|plan|monthly|meters|check|live|guide)(?:_[a-z]+)?
         \.[a-z0-9_.\0]+[:\[@]             # mps.value:, monthly.value:
    | ^\0\.[a-z0-9_.\0]+:                   # {stage}.value:
    | \.(?:value|option|source|comment|quantity|symbol|label|unit):
    | ^(?:period\.(?:start|end)|plan\.days)$
    | ^(?:mps|mrs)\.$                       # what is cut off, or put before""",
    re.VERBOSE,
)


def test_no_other_module_spells_a_key() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sorted(ROOT.rglob("*.py"))
        if path != SPELLING
        for line, text in texts(ast.parse(path.read_text(encoding="utf-8")))
        if SPELLED.search(text)
    ]
    assert wrong == [], "take Key, value_key or another of jcm_xl.model.key"


def test_no_module_slices_a_key() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "key"
        and isinstance(node.slice, ast.Slice)
    ]
    assert wrong == [], "ask the key for its stage, notion, name or unit"


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module, f-strings with holes; docstrings are prose."""
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            prose.update(map(id, node.values))
            parts = (
                p.value if isinstance(p, ast.Constant) else HOLE for p in node.values
            )
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and id(node) not in prose:
            yield node.lineno, str(node.value)


@pytest.mark.parametrize(
    "line",
    [
        '"mps.value:EF"', 'f"{stage}.value:{name}[{u}]"', '"period.start"',
        'k.replace("mrs.", "mps.", 1)', 'f"monthly.value:{name}@{k}"',
        'a + ".option:"', 'f"mss.{role}:{n}"', 'f"{self.stage}.separate:{i}.number"',
    ],
)  # fmt: skip
def test_a_key_as_text_is_seen(line: str) -> None:
    assert any(SPELLED.search(text) for _, text in texts(ast.parse(f"y = {line}")))


@pytest.mark.parametrize(
    "line", ['text("period.label")', '"plan"', 'f"{a}: {b}"', '"check.ok"']
)
def test_another_text_is_none(line: str) -> None:
    assert not any(SPELLED.search(text) for _, text in texts(ast.parse(f"y = {line}")))
