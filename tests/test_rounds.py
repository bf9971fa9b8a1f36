"""Each test is of one round; sweeps and tests in other programs carry their markers."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from jcm_xl.definition.library import entries
from tests import times
from tests.rounds import COLLECTED, LONG, Round, of_round

ROOT = Path(__file__).parents[1]
LIBRARY = {str(fact): e.key for e in entries() for fact in (e.key, e.path, e)}
"""What a test may be given of a definition: its key, its file or its entry."""

FIXTURES = {
    "office": "office", "live_office": "office", "extension": "", "browser": "browser"
}  # fmt: skip


@pytest.fixture
def collected(request: pytest.FixtureRequest) -> list[pytest.Function]:
    """Every test of this session; those of one file where only that is run."""
    items = request.config.stash[COLLECTED]
    return [item for item in items if isinstance(item, pytest.Function)]


def marked(item: pytest.Item, name: str) -> bool:
    return item.get_closest_marker(name) is not None


def ids(*arguments: str) -> list[str]:
    """Return the tests that pytest would run."""
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-n", "0"]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return sorted(line for line in done.stdout.splitlines() if "::" in line)


def test_each_test_is_of_exactly_one_round(collected: list[pytest.Function]) -> None:
    of_rounds = [item for name in Round for item in of_round(name, collected)]
    assert Counter(of_rounds) == Counter(collected)
    assert len({item.nodeid for item in collected}) == len(collected)


@pytest.mark.slow
def test_the_two_rounds_are_all_that_pytest_collects() -> None:
    script = (ROOT / ".ci" / "test.sh").read_text(encoding="utf-8")
    assert f'rounds="{" ".join(Round)}"' in script, "every round, once"
    short, rest = (ids("--round", name) for name in Round)
    assert short
    assert rest
    assert sorted(short + rest) == ids(), "A test would be run twice, or never"


def test_the_markers_of_the_long_round_are_known(
    pytestconfig: pytest.Config,
) -> None:
    known = {line.partition(":")[0] for line in pytestconfig.getini("markers")}
    assert known >= LONG, "Name the marker in setup.cfg, too"


def definitions(item: pytest.Function) -> Iterator[str]:
    """Yield the keys of the definitions that a test is given."""
    given = item.callspec.params.values() if hasattr(item, "callspec") else ()
    for value in given:
        for fact in value if isinstance(value, tuple) else (value,):
            if str(fact) in LIBRARY:
                yield LIBRARY[str(fact)]


def test_a_sweep_over_the_library_is_marked(collected: list[pytest.Function]) -> None:
    swept = defaultdict(set)
    for item in collected:
        if not marked(item, "library"):
            swept[item.nodeid.partition("[")[0]].update(definitions(item))
    many = len(set(LIBRARY.values())) // 2
    assert [name for name, keys in swept.items() if len(keys) > many] == [], (
        "A test for each definition takes minutes: give it those of tests.books.SHAPES "
        "and mark the others `library`, as tests.library.sweep does; a quick question "
        "is one test of all, see tests/questions.py"
    )


def test_a_test_that_needs_another_program_says_so(
    collected: list[pytest.Function],
) -> None:
    silent = [
        item.nodeid
        for item in collected
        for name in item.fixturenames
        if FIXTURES.get(name) and not marked(item, FIXTURES[name])
    ]
    assert silent == [], "Mark it with the program: `office` or `browser`"


JUNIT = """<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests">
<testsuite name="pytest" errors="0" failures="1" skipped="1" tests="4" time="61.5">
<testcase classname="tests.checks.test_run" name="test_a" time="30.0" />
<testcase classname="tests.checks.test_run" name="test_b[x]" time="60.0">
<failure message="no">why</failure></testcase>
<testcase classname="tests.test_project.TestIt" name="test_c" time="6.0">
<skipped type="pytest.skip" message="here">where</skipped></testcase>
<testcase classname="bench.quality.test_quality" name="test_d" time="0.0" />
</testsuite></testsuites>"""


def test_the_times_of_both_rounds_are_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert times.main(tmp_path) == 1
    assert " no tests in 0.00s (0:00:00) " in capsys.readouterr().out
    for name in Round:
        (tmp_path / f"{name}.xml").write_text(JUNIT)
        (tmp_path / f"{name}.seconds").write_text("62")
    assert times.main(tmp_path) == 0
    *_, last = lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines[1:7]] == [
        ["short", "rest", "tests"],
        ["tests/checks", "1.5", "1.5", "4"],
        ["tests/test_project", "0.1", "0.1", "2"],
        ["bench/quality", "0.0", "0.0", "2"],
        ["together", "1.6", "1.6", "8"],
        ["on", "the", "clock", "1.0", "1.0"],
    ]
    assert last.strip("=") == " 2 failed, 4 passed, 2 skipped in 124.00s (0:02:04) "
