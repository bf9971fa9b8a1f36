"""Ask our functions as Excel would, through xlwings' COM side in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from jcm_xl.hosts.excel.settings_sheet import FUNCTIONS

ROOT = Path(__file__).parents[3]


def called(
    *calls: tuple[str, list[Any]], rounds: int = 0, module: str = FUNCTIONS
) -> dict[str, Any]:
    job = json.dumps({"calls": calls, "rounds": rounds, "module": module})
    command = [sys.executable, "-m", "tests.hosts.excel.com_calls"]
    done = subprocess.run(
        command, cwd=ROOT, input=job, capture_output=True, text=True, check=True
    )
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


def as_com(rows: Any) -> Any:
    if rows is None:
        return "(missing)"
    return {"range": [[_plain(value) for value in row] for row in rows]}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date) else value
