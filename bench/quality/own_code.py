"""Mutants of the checks themselves: do their fixtures notice?"""

from __future__ import annotations

import ast
import random
import signal
import sys
import tempfile
import types
from collections.abc import Iterator
from pathlib import Path

from bench.quality.outcome import NOTHING, Outcome
from jcm_xl.checks import base
from jcm_xl.checks.run import catalogue
from tests.checks.cases import Case, cases, expected, found, judge, made

SECONDS = 20
_COMPARE = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt,
    ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


class _Late(Exception):
    """A mutant that does not end."""


def own_code(seeds: range) -> dict[str, Outcome]:
    """Change one place of one check after the other and judge its fixtures again."""
    total = NOTHING
    paths = [Path(sys.modules[c.run.__module__].__file__ or "") for c in _checks()]
    by_check = _cases()
    for seed in seeds:
        chance = random.Random(f"own {seed}")
        path = chance.choice(paths)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        places = list(_places(tree))
        if not places:
            continue
        words = chance.choice(places)()
        code = path.stem.partition("_")[0].upper()
        lives = _survives(code, path, tree, by_check.get(code, []))
        sample = f"{path.name}: {words}"
        total += Outcome(1, int(lives), (sample,) if lives else ())
    return {"own code": total}


def _checks() -> list[base.Check]:
    return [catalogue()[code] for code in sorted(catalogue())]


def _cases() -> dict[str, list[Case]]:
    found_: dict[str, list[Case]] = {}
    for case in cases():
        found_.setdefault(case.check, []).append(case)
    return found_


def _places(tree: ast.Module) -> Iterator:
    """Yield for each place what changes it there, and says so."""
    functions = [n for n in tree.body if isinstance(n, ast.FunctionDef)]
    for function in functions:
        for node in (n for part in function.body for n in ast.walk(part)):
            line = getattr(node, "lineno", 0)
            if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARE:
                yield lambda n=node, at=line: _compare(n, at)
            elif isinstance(node, ast.BoolOp):
                yield lambda n=node, at=line: _bool(n, at)
            elif isinstance(node, ast.If | ast.IfExp):
                yield lambda n=node, at=line: _negate(n, at)
            elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
                yield lambda n=node, at=line: _number(n, at)
            elif isinstance(node, ast.Continue | ast.Break):
                continue


def _compare(node: ast.Compare, at: int) -> str:
    old = type(node.ops[0])
    node.ops[0] = _COMPARE[old]()
    return f"line {at}: {old.__name__} to {_COMPARE[old].__name__}"


def _bool(node: ast.BoolOp, at: int) -> str:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return f"line {at}: and/or exchanged"


def _negate(node: ast.If | ast.IfExp, at: int) -> str:
    node.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
    return f"line {at}: condition negated"


def _number(node: ast.Constant, at: int) -> str:
    node.value += 1  # type: ignore[operator]
    return f"line {at}: a number one higher"


def _survives(code: str, path: Path, tree: ast.Module, own: list[Case]) -> bool:
    kept = catalogue()[code]
    registry, known = base._REGISTRY, catalogue()
    module = types.ModuleType(kept.run.__module__)
    module.__file__ = str(path)
    original = sys.modules[module.__name__]
    registry.pop(code)
    sys.modules[module.__name__] = module
    signal.signal(signal.SIGALRM, _ring)
    signal.alarm(SECONDS)
    try:
        exec(compile(ast.fix_missing_locations(tree), str(path), "exec"), vars(module))
        known[code] = registry[code]  # type: ignore[index]
        return all(_as_expected(case) for case in own)
    except Exception:
        return False  # it fails, or does not end: noticed
    finally:
        signal.alarm(0)
        sys.modules[module.__name__] = original
        registry[code] = known[code] = kept  # type: ignore[index]


def _ring(*_: object) -> None:
    raise _Late


def _as_expected(case: Case) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        plan, data = made(case)
        path = Path(folder) / "book.xlsx"
        path.write_bytes(data)
        return found(judge(case, path), case.check) == expected(case, plan)
