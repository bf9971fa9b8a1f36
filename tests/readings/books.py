"""A book that takes the months of made logs, and the logs in a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jcm_xl import api
from jcm_xl.model.evidence import LogEvidence
from jcm_xl.model.key import PERIOD, value_key
from jcm_xl.model.submission import Stage
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.readings.assignment import read_assignment
from jcm_xl.readings.read import read_logs
from tests.readings.made import MadeLogs
from tests.support import example_book, methodology

KEY = "EX_AM901"
"""Solar systems, EG_i_p in MWh for each."""


def put(logs: MadeLogs, folder: Path) -> list[Path]:
    """Write the logs and their assignment into a folder; return the logs."""
    for name, data in logs.files.items():
        (folder / name).write_bytes(data)
    (folder / "readings.toml").write_text(logs.assignment, encoding="utf-8")
    return [folder / name for name in logs.files]


def solar(rows: int = 1) -> Plan:
    return make_plan(methodology(KEY), {"i": rows}, Edition(monthly=True))


def evidence_of(logs: MadeLogs, folder: Path) -> LogEvidence:
    """Read made logs as the command does."""
    paths = put(logs, folder)
    assignment = read_assignment(folder / "readings.toml")
    return read_logs(paths, assignment, solar(), (logs.first, logs.last))


def book_for(logs: MadeLogs, path: Path, *, monthly: bool = True) -> Path:
    """Write a book with the period of the logs, and an estimate of their amount."""
    plan, submission = example_book(KEY, rows={"i": 2}, monthly=monthly)
    total = float(sum(logs.months.values())) / 1000
    days = (logs.last - logs.first).days + 1
    values = dict(submission.values)
    for key in list(values):
        if key.unit == 2:
            del values[key]
    values |= dict(zip(PERIOD, (logs.first, logs.last), strict=True))
    values[value_key(Stage.PLAN, "EG_i_p", 1)] = total * 365 / days
    values.pop(value_key(Stage.REPORT, "EG_i_p", 1))
    path.write_bytes(api.book(plan, replace(submission, values=values)))
    return path
