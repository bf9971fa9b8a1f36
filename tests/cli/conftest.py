"""The command line as a test calls it, and books to call it with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jcm_xl import api
from jcm_xl.cli import main
from jcm_xl.inputs.example import example_inputs

KEY = "ID_AM003@1.0"
Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Call the command in this process: `run("check", path)`."""

    def call(*words: object) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words])

    return call


def process(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Call the command as a program of its own."""
    return subprocess.run(
        [sys.executable, "-m", "jcm_xl", *map(str, words)],
        capture_output=True, check=False, encoding="utf-8", errors="surrogateescape",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **more},
    )  # fmt: skip


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A blank book, a filled plan, a filled report and one with a fault."""
    folder = tmp_path_factory.mktemp("books")
    m = api.load(KEY)
    example = example_inputs(m)
    only_plan = {k: v for k, v in example.items() if k not in ("ex_post", "period")}
    plan, submission = api.filled(m, example)
    data = {
        "blank": api.new(m),
        "plan": api.fill(m, only_plan),
        "report": api.book(plan, submission),
        "faulty": api.book(plan, submission, {"mrs.unit:EC_PJ_i_p": "kWh/p"}),
    }
    paths = {name: folder / f"{name}.xlsx" for name in data}
    for name, path in paths.items():
        path.write_bytes(data[name])
    return paths
