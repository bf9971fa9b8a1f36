"""Mutants of our own code: do its tests and fixtures notice?"""

from __future__ import annotations

import ast
import importlib
import inspect
import random
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from types import CodeType, FunctionType, ModuleType
from typing import NamedTuple

from bench.quality.judged import CORE, Judged, checks, is_as_expected
from bench.quality.outcome import NOTHING, Outcome

_COMPARE = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt,
    ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_ARITHMETIC = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult
}  # fmt: skip
_BEHIND = ("run", "fget", "func", "__func__", "__wrapped__")
"""Where checks, properties, class methods and caches keep the function itself."""


class Place(NamedTuple):
    """The n-th place of a module that can be changed."""

    judged: Judged
    number: int


def own_code(seeds: range) -> dict[str, Outcome]:
    """Change the checks, one place at a time, and judge their fixtures again."""
    return tried(_shuffled(checks()), seeds)


def own_core(seeds: range) -> dict[str, Outcome]:
    """Change what the checks rest on, one place at a time, and run its tests again."""
    return tried(_shuffled(CORE), seeds)


def count(table: tuple[Judged, ...]) -> int:
    """Return in how many places the modules of a table can be changed."""
    return len(_shuffled(table))


def tried(places: Sequence[Place], seeds: range) -> dict[str, Outcome]:
    found: dict[str, Outcome] = {}
    for judged, number in places[seeds.start : seeds.stop]:
        _must_hold(judged)
        words, lives = _survives(judged, number)
        sample = f"{judged.module.removeprefix('jcm_xl.')}: {words}"
        one = Outcome(1, int(lives), (sample,) if lives else ())
        found[judged.row] = found.get(judged.row, NOTHING) + one
    return found


@lru_cache(maxsize=2)
def _shuffled(table: tuple[Judged, ...]) -> tuple[Place, ...]:
    """Return every place once, in an order of chance that is the same each time."""
    places = [
        Place(judged, number)
        for judged in table
        for number in range(sum(1 for _ in _places(_tree(judged))))
    ]
    random.Random("own").shuffle(places)
    return tuple(places)


@lru_cache(maxsize=256)
def _must_hold(judged: Judged) -> None:
    """Make sure that nothing is noticed where nothing was changed."""
    if not _holds(judged, _tree(judged)):
        raise AssertionError(f"{judged.module} fails its tests without any change")


def _survives(judged: Judged, number: int) -> tuple[str, bool]:
    tree = _tree(judged)
    words = list(_places(tree))[number]()
    return words, _holds(judged, tree)


def _holds(judged: Judged, tree: ast.Module) -> bool:
    """Put the code of a tree in place of a module's, and judge it."""
    module = importlib.import_module(judged.module)
    path = str(module.__file__)
    code = compile(ast.fix_missing_locations(tree), path, "exec")
    parts = list(_paired(module, code))
    return is_as_expected(judged, lambda: _put(module, parts))


def _tree(judged: Judged) -> ast.Module:
    return ast.parse(inspect.getsource(importlib.import_module(judged.module)))


def _places(tree: ast.Module) -> Iterator[Callable[[], str]]:
    """Yield for each place what changes it there, and says so."""
    for function in _functions(tree):
        for node in (n for part in function.body for n in ast.walk(part)):
            at = getattr(node, "lineno", 0)
            if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARE:
                yield lambda n=node, at=at: _compare(n, at)
            elif isinstance(node, ast.BoolOp):
                yield lambda n=node, at=at: _bool(n, at)
            elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
                yield lambda n=node, at=at: _arithmetic(n, at)
            elif isinstance(node, ast.If | ast.IfExp):
                yield lambda n=node, at=at: _negate(n, at)
            elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
                yield lambda n=node, at=at: _number(n, at)


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    classes = [c.body for c in tree.body if isinstance(c, ast.ClassDef)]
    for body in (tree.body, *classes):
        yield from (n for n in body if isinstance(n, ast.FunctionDef))


def _compare(node: ast.Compare, at: int) -> str:
    old = type(node.ops[0])
    node.ops[0] = _COMPARE[old]()
    return f"line {at}: {old.__name__} to {_COMPARE[old].__name__}"


def _bool(node: ast.BoolOp, at: int) -> str:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return f"line {at}: and/or exchanged"


def _arithmetic(node: ast.BinOp, at: int) -> str:
    old = type(node.op)
    node.op = _ARITHMETIC[old]()
    return f"line {at}: {old.__name__} to {_ARITHMETIC[old].__name__}"


def _negate(node: ast.If | ast.IfExp, at: int) -> str:
    node.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
    return f"line {at}: condition negated"


def _number(node: ast.Constant, at: int) -> str:
    node.value += 1  # type: ignore[operator]
    return f"line {at}: a number one higher"


def _paired(
    module: ModuleType, code: CodeType
) -> Iterator[tuple[FunctionType, CodeType]]:
    """Pair every function of a module with its new code.

    The function stays the object that it was, for whoever imported it has that one.
    """
    functions = {f.__code__.co_qualname: f for f in _there(vars(module), module)}
    return ((functions[part.co_qualname], part) for part in _codes(code))


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of the functions and methods, not of what lies within these."""
    for part in code.co_consts:
        if isinstance(part, CodeType):
            is_function = bool(part.co_flags & inspect.CO_NEWLOCALS)
            if not is_function:
                yield from _codes(part)
            elif "<" not in part.co_name:
                yield part


def _there(names: dict[str, object], module: ModuleType) -> Iterator[FunctionType]:
    for value in list(names.values()):
        if inspect.isclass(value) and value.__module__ == module.__name__:
            yield from _there(dict(vars(value)), module)
            continue
        while not isinstance(value, FunctionType):
            behind = (getattr(value, name, None) for name in _BEHIND)
            value = next((v for v in behind if callable(v)), None)
            if value is None:
                break
        else:
            if value.__module__ == module.__name__:
                yield value


def _put(module: ModuleType, parts: list[tuple[FunctionType, CodeType]]) -> None:
    for function, code in parts:
        function.__code__ = code
    for value in vars(module).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()  # what was kept is of the code as it was
