"""One book with faults of every kind, and its complete twin."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.submission.settings import Settings
from tests.checks.surgery import operate
from tests.keys import slot_key
from tests.support import DEFINITIONS, example_book

SETTINGS = Settings(definitions=DEFINITIONS)
KEY = "EX_AM901"


@dataclass(frozen=True)
class Books:
    """Paths of the faulty book and of the sound one, and a folder to write to."""

    faulty: Path
    sound: Path
    folder: Path


@pytest.fixture
def books(tmp_path: Path) -> Books:
    """The faulty book: wrong inputs, changed cells, moved rows, an own sheet."""
    plan, submission = example_book(KEY)
    sound, faulty = tmp_path / "sound.xlsx", tmp_path / "faulty.xlsx"
    sound.write_bytes(api.book(plan, submission))
    values = {
        **submission.values,
        slot_key("mrs.value:EG_i_p[1]"): "=HYPERLINK(A1) 1.392,14",
        slot_key("mps.source:EG_i_p"): "<r>our meter</r>",
    }
    total = plan[slot_key("mps.value:EG_i_p[1]")]
    edited = type(submission)(submission.methodology, submission.version,
                              submission.rows, values)  # fmt: skip
    overrides = {
        "mrs.unit:EG_i_p": "kWh/p",
        "mps.value:EG_i_p[1]": ("=SUM(Invoices!A1:A2)/1000", 1392.14),
        "mps.value:EG_i_p[2]": (f"={total.address}-500", 892.14),
        "'MPS(input)'!C30": "a note",
    }
    operations = [
        {"do": "add_sheet", "sheet": "Invoices", "texts": [["1000"], ["392.14"]]},
        {"do": "add_sheet", "sheet": "Answers", "texts": [
            ["Code", "Cell or parameter", "Reason"],
            ["JX603", "mrs.result", "+The plant ran at night, too."],
        ]},
        {"do": "insert_rows", "sheet": "MSS", "at": 5},
        {"do": "hide_sheet", "sheet": "MSS"},
    ]  # fmt: skip
    faulty.write_bytes(operate(api.book(plan, edited, overrides), operations))
    return Books(faulty, sound, tmp_path)
