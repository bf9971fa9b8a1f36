"""What is seen first at 1366 x 768: number, first cell, steps; and nothing is cut."""

from __future__ import annotations

import re

import pytest

from jcm_xl import api
from jcm_xl.definition.library import entries
from jcm_xl.model.key import REFERENCE_NUMBER
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.text.languages import languages, messages
from jcm_xl.writing.pages import pixels
from tests.support import SHAPES, example_book, methodology
from tests.writing.clipped import clipped, unfinished
from tests.writing.test_pages import SCREEN, parts

HEIGHT = 440
"""Pixels for cells on a screen 768 high, below Excel's ribbon and above its tabs."""
FOUR_LINES = 60


def first_sheet(plan: Plan) -> tuple[int, float]:
    """Return the number of frozen rows of the first sheet, and its zoom."""
    xml = parts(api.book(plan, example_book(plan.methodology)[1]))
    text = xml["xl/worksheets/sheet1.xml"]
    frozen, scale = (
        re.search(pattern, text)
        for pattern in (r'<pane ySplit="(\d+)"', r'zoomScale="(\d+)"')
    )
    assert frozen
    return int(frozen[1]), int(scale[1]) / 100 if scale else 1.0


@pytest.mark.parametrize("key", SHAPES)
def test_number_first_cell_and_steps_are_in_sight(key: str) -> None:
    plan, _ = example_book(key)
    frozen, zoom = first_sheet(plan)
    sheet = plan.layout.sheet("mps_input")
    number = plan[REFERENCE_NUMBER]
    widths = plan.layout.widths("mps_input")
    assert sum(map(pixels, widths[: number.column])) * zoom <= SCREEN
    below = [s for s in plan.inputs if s.sheet == sheet and s.row > frozen]
    first = min(below, key=lambda slot: (slot.row, slot.column))
    above = (plan.heights.get((sheet, row), 15) for row in range(1, first.row + 1))
    assert sum(above) * 96 / 72 * zoom <= HEIGHT
    steps = {s.key.notion: s for s in plan.slots.values() if s.role == "step"}
    assert {f"steps.{w}" for w in ("number", "fill", "check", "guide")} <= set(steps)
    assert all(step.row <= frozen for step in steps.values())
    blank = parts(api.new(key if "@" in key else plan.methodology))
    assert f'activeCell="{number.address}"' in blank["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("key", SHAPES)
def test_every_step_leads_to_its_place(key: str) -> None:
    plan, submission = example_book(key)
    xml = parts(api.book(plan, submission))
    wanted = {slot.key: slot.link for slot in plan.slots.values() if slot.link}
    assert sum(plan[key].role == "step" for key in wanted) > 10
    for number, name in enumerate(plan.sheets.values(), 1):
        text = xml[f"xl/worksheets/sheet{number}.xml"]
        link = r'<hyperlink ref="([A-Z]+\d+)[^"]*" location="([^"]*)"'
        ours = {
            plan[key].address: place
            for key, place in wanted.items()
            if plan[key].sheet == name
        }
        assert dict(re.findall(link, text)) == ours


@pytest.mark.parametrize("key", SHAPES)
def test_nothing_is_cut_and_rows_are_low(key: str) -> None:
    m = methodology(key)
    for language in languages():
        plan = make_plan(m, None, Edition(language, True, True))
        assert list(clipped(plan)) == [], language
    table = [s for s in plan.slots.values() if s.key.notion == "procedure"]
    assert all(plan.heights[s.sheet, s.row] <= FOUR_LINES for s in table)


@pytest.mark.library
def test_nothing_is_cut_in_the_library() -> None:
    found = [
        f"{entry.key} {what}"
        for entry in entries()
        for language in languages()
        for plan in [
            make_plan(api.load(entry.key), None, Edition(language, True, True))
        ]
        for what in (*clipped(plan), *unfinished(plan))
    ]
    assert found == []


@pytest.mark.parametrize("language", languages())
def test_a_language_that_nobody_has_read_says_so(language: str) -> None:
    plan = make_plan(methodology("TH_AM001"), None, Edition(language))
    doubt = messages(language).find("unreviewed")
    shown = [slot for slot in plan.slots.values() if doubt and slot.content == doubt]
    assert bool(doubt) == (language not in ("en", "ja"))
    assert [slot.sheet for slot in shown] == (["Guide"] if doubt else [])
