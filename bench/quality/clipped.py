"""Texts that a cell of a blank book cuts, and prompts that end inside a sentence."""

from __future__ import annotations

from bench.quality.books import KEYS
from bench.quality.outcome import NOTHING, Outcome
from jcm_xl import api
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import make_plan
from jcm_xl.writing.validations import shown_at
from tests.writing.clipped import ROLES, clipped, unfinished

OF_CLIPPED = {
    "clipped": "units, symbols, choices, headings and texts that a cell cuts: 0",
    "unfinished": "prompts that end inside a sentence: 0",
}


def measured(seeds: range) -> dict[str, Outcome]:
    """Measure the blank book of each definition, one a seed."""
    cut = ends = NOTHING
    for seed in seeds:
        plan = make_plan(api.load(KEYS[seed % len(KEYS)]), None, Edition("en", True))
        texts = sum(slot.role in ROLES for slot in plan.slots.values())
        found, open_ = tuple(clipped(plan)), tuple(unfinished(plan))
        cut += Outcome(texts, len(found), found)
        ends += Outcome(len(list(shown_at(plan))), len(open_), open_)
    return {"clipped": cut, "unfinished": ends}
