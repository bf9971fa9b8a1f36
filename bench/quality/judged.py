"""Which of our own modules are changed on purpose, and what must notice it there."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import hypothesis
import pytest

from jcm_xl.checks.run import catalogue
from tests.checks.cases import Case, cases, expected, found, judge, made, unsaid

ROOT = Path(__file__).parents[2]
SECONDS = 20
_MEMORY = 4 << 30
_UNITS = ("tests/expr/test_units.py",)
_FORMULAS = ("tests/formula/test_compare.py",)
_NUMBERS = ("tests/checks/test_opinions.py",)
_COMPARING = ("JX401", "JX403", "JX406", "JX408", "JX607")


class Judged(NamedTuple):
    """A module, and the tests and fixtures by which a change of it is judged."""

    row: str
    module: str
    tests: tuple[str, ...] = ()
    fixtures: tuple[str, ...] = ()


CORE = (
    Judged("own units", "jcm_xl.expr.unit", _UNITS),
    Judged("own units", "jcm_xl.expr.units", _UNITS),
    Judged("own formulas", "jcm_xl.formula.compare", _FORMULAS),
    Judged("own formulas", "jcm_xl.formula.parse", _FORMULAS),
    Judged("own numbers", "jcm_xl.model.tolerance", _NUMBERS, _COMPARING),
    Judged("own numbers", "jcm_xl.checks.arithmetic.opinions", _NUMBERS, _COMPARING),
)  # fmt: skip


def checks() -> tuple[Judged, ...]:
    """Return every check; each is judged by its own fixture."""
    return tuple(
        Judged("own code", check.run.__module__, fixtures=(code,))
        for code, check in sorted(catalogue().items())
    )


def is_as_expected(judged: Judged, change: Callable[[], None]) -> bool:
    """Judge a module after a change, in a process of its own that ends with it.

    Whatever the change breaks, fills or never ends is gone with the process.
    """
    sys.stdout.flush()
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            _limit()
            change()
            os._exit(0 if _judge(judged) else 1)
        os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def _limit() -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _judge(judged: Judged) -> bool:
    own = (case for code in judged.fixtures for case in _cases(code))
    return all(_case_holds(case) for case in own) and _tests_hold(judged.tests)


def _tests_hold(tests: tuple[str, ...]) -> bool:
    if not tests:
        return True
    # A counterexample need not be a small one, nor another one the next time.
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile(
        "mutants", derandomize=True, database=None, phases=phases
    )
    hypothesis.settings.load_profile("mutants")
    for test in tests:  # read it again, under these settings
        sys.modules.pop(test.removesuffix(".py").replace("/", "."), None)
    paths = [str(ROOT / test) for test in tests]
    quick = ["-x", "-q", "-p", "no:cacheprovider", "--assert=plain"]
    return pytest.main([*quick, f"--rootdir={ROOT}", *paths]) == pytest.ExitCode.OK


@lru_cache(maxsize=1)
def _all_cases() -> tuple[Case, ...]:
    return tuple(cases())


def _cases(code: str) -> Iterator[Case]:
    return (case for case in _all_cases() if case.check == code)


def _case_holds(case: Case) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        plan, data = made(case)
        path = Path(folder) / "book.xlsx"
        path.write_bytes(data)
        report = judge(case, path)
        is_found = found(report, case.check) == expected(case, plan)
        return is_found and not unsaid(report, case)
