"""A released book whose definition asks otherwise today: nothing it says is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.copies.next_report import carry_over
from jcm_xl.definition import library
from jcm_xl.definition.earlier import editions
from jcm_xl.foreign.found import Reason
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Submission, Value
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.layout import layout
from jcm_xl.plan.plan import make_plan
from jcm_xl.submission.open import CannotUse
from tests.books import example_values

RELEASED = Edition(layout=layout(1), shape=1)
"""The sheets of 0.1.0."""
ASKED_OTHERWISE = ("TH_AM001@1.0", "CR_AM001@1.0")
"""One in which a choice became another question, one in which a value is calculated."""


def released_plan(old: Methodology, path: Path) -> dict[Key, Value]:
    """Write the plan of an example as 0.1.0 wrote it; return what stands in it."""
    example = old.examples[0]
    values = example_values(old, example, "plan")
    rows = {name: 2 for name in old.sets}
    for p in old.inputs:
        given = example.given.get(p.name)
        if p.index and isinstance(given, list):
            rows[p.index] = max(rows[p.index], len(given))
    plan = make_plan(old, rows, RELEASED)
    api.save(api.book(plan, Submission(old.id, old.version, rows, values)), path)
    return values


@pytest.mark.parametrize(
    "key",
    [
        entry.key
        if entry.key in ASKED_OTHERWISE
        else pytest.param(entry.key, marks=pytest.mark.library)
        for entry in library.entries()
    ],
)
def test_what_a_released_plan_says_is_taken_or_listed(key: str, tmp_path: Path) -> None:
    today = library.load(key)
    for old in list(editions(today))[1:]:
        path = tmp_path / "plan.xlsx"
        values = released_plan(old, path)
        found = api.import_book(path)
        left = {item.key: item.reason for item in found.unplaced}
        assert set(values) <= {*found.submission.values, *left}
        assert set(left.values()) <= {Reason.NOT_ASKED}
        if key in ASKED_OTHERWISE:
            assert left
        if left:
            with pytest.raises(CannotUse, match=r"does not ask for .* `jcm-xl import`"):
                carry_over(path, today)
        else:
            carried = carry_over(path, today)[1]
            assert set(values) <= set(carried.values)
