"""Nobody judges himself: what the participant can write makes no finding milder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from jcm_xl.api import book
from jcm_xl.checks.run import check_file
from jcm_xl.model.finding import Report
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.checks.surgery import operate
from tests.keys import slot_key
from tests.named import named
from tests.support import DEFINITIONS, example_book

PLAN, SUBMISSION = example_book("EX_AM901")
RE, PE = (named(PLAN, f"«mrs.quantity:{name}|address»") for name in ("RE_p", "PE_p"))
FAULTY = book(
    PLAN,
    SUBMISSION,
    {
        "mrs.quantity:ER_p": (f"=1.2*({RE}-{PE})", 1381.9212),
        "mrs.result": (f"={PLAN[slot_key('mrs.result')].formula}", 1381.0),
    },
)
"""A claim that is a fifth too high, every stored result to match."""
ANSWERS = [
    ["Code", "Cell or parameter", "Reason"],
    *(
        [code, at, "The formula was agreed with the operator of the plant."]
        for code in ("JX210", "JX401", "JX406", "JX407", "JX111", "JX603")
        for at in ("mrs.result", "mrs.quantity:ER_p", "")
    ),
]
WRITTEN: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "nothing": [],
    "no stamp": [{"do": "drop_properties"}],
    **{
        f"{name} = {value}": [
            {"do": "set_property", "name": f"jcm_xl.{name}", "value": value}
        ]
        for name, value in (
            ("definition", "0123456789abcdef"), ("layout", "1"), ("shape", "1"),
            ("language", "ja"), ("monthly", "yes"), ("rows", "i=2"), ("tool", "9.9"),
            ("methodology", "EX_AM903"), ("version", "9.0"),
        )
    },
    **{
        f"added {name}": [
            {"do": "add_property", "name": f"jcm_xl.{name}", "value": "anything"}
        ]
        for name in ("overlay", "copy", "live", "meters")
    },
}  # fmt: skip


def judged(folder: Path, operations: Sequence[Mapping[str, Any]]) -> list[Report]:
    """Judge the book as it is, and with its answers taken by whoever judges."""
    path = folder / "book.xlsx"
    path.write_bytes(operate(FAULTY, operations))
    return [
        check_file(
            path, Settings(today=TODAY, definitions=DEFINITIONS, accepted_by=name)
        )
        for name in ("", "N. N.")
    ]


@pytest.mark.parametrize("answers", [False, True], ids=["", "answered"])
@pytest.mark.parametrize("name", WRITTEN)
def test_a_wrong_claim_is_never_clean(name: str, answers: bool, tmp_path: Path) -> None:
    sheet = {"do": "add_sheet", "sheet": "Answers", "texts": ANSWERS}
    operations = [*WRITTEN[name], *([sheet] if answers else [])]
    for report in judged(tmp_path, operations):
        assert report.exit_code > 0, report.verdict
        assert not report.verdict.startswith("CLEAN")
        if report.exit_code == 1:
            asked = [d for d in report.diagnostics if d.tonnes]
            assert any(d.severity.name == "ERROR" for d in asked), name
