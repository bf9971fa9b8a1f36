"""The book with which people are shown what a check finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jcm_xl import api
from jcm_xl.inputs.example import example_inputs
from jcm_xl.model.key import Key, value_key

if TYPE_CHECKING:
    from jcm_xl.writing.write import Overrides

KEY = "ID_AM003@1.0"
"""The refrigerators of project ID003, whose published figures the example gives."""


def faulty_book() -> tuple[str, bytes]:
    """Return name and bytes of the example with four slips in it."""
    m = api.load(KEY)
    plan, submission = api.filled(m, example_inputs(m))
    data = api.book(plan, submission, faults(m.results.reduction))
    return f"{m.spreadsheet_id}_faulty.xlsx", data


def faults(reduction: str) -> Overrides:
    """Return four slips that a reader hardly sees."""
    return {
        Key("mrs", "unit", "EC_PJ_i_p"): "kWh/p",
        value_key("mrs", "EC_PJ_i_p", 1): "135,0",
        Key("mrs", "table", "COP_RE_by_type", 0, part="value"): 1.23,
        Key("mrs", "quantity", reduction): 52.0,
    }
