"""What a book says on its face: that it is not the approved spreadsheet."""

from __future__ import annotations

import textwrap

from jcm_xl.definition.library import entries, load
from jcm_xl.model.key import Key
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.layout import layout
from jcm_xl.plan.plan import Plan, make_plan
from tests.questions import of_every
from tests.support import SHAPES

WORDS = "Not the approved spreadsheet: do not submit; for checking and training."
ONCE_WITHOUT = ("ID_AM004", "ID_AM010", "ID_AM022", "KE_AM002", "MM_AM002", "PH_AM001",
                "TH_AM009")  # fmt: skip


def two_rows(key: str, edition: Edition | None = None) -> Plan:
    """Return a blank of two rows."""
    m = load(key)
    return make_plan(m, dict.fromkeys(m.sets, 2), edition)


def official(plan: Plan) -> list[str]:
    """Return the keys of the official sheets of a book."""
    return [key for key in plan.layout.official if key in plan.sheets]


def banner(key: str, edition: Edition | None = None) -> set[str]:
    """Return what stands on the official sheets of a blank of two rows."""
    plan = two_rows(key, edition)
    slots = (plan.get(Key(sheet, "draft")) for sheet in official(plan))
    return {str(slot.content) if slot else "" for slot in slots}


def cut(plan: Plan, key: str) -> list[str]:
    """Return what of the first row of a sheet is not seen: banner, id, or both."""
    slot, last = plan[Key(key, "draft")], plan[Key(key, "id")]
    widths = plan.layout.widths_up_to(key, last.column)
    end = slot.column - 1 + slot.span
    lines = textwrap.wrap(str(slot.content), int(sum(widths[slot.column - 1 : end])))
    has = {
        "banner": 15 * len(lines) <= plan.heights[slot.sheet, slot.row],
        "id": len(str(last.content)) * 0.9 <= sum(widths[end : last.column]),
    }
    return [f"{plan.methodology.key} {key}: {what}" for what in has if not has[what]]


@of_every(entry.key for entry in entries())
def test_the_banner_stands_while_anything_is_not_official(key: str) -> None:
    (text,) = banner(key)
    assert (WORDS in text) == load(key).is_draft
    for tally in load(key).tallies.values():
        assert str(tally) in text or not load(key).is_draft


@of_every(entry.key for entry in entries())
def test_the_whole_banner_is_seen_beside_the_id(key: str) -> None:
    # The longest one of all, and of the shapes the others, too.
    for copy in ("repaired", "annotated", "") if key in SHAPES else ("repaired",):
        plan = two_rows(key, Edition(language="ja", copy=copy))
        assert [each for sheet in official(plan) for each in cut(plan, sheet)] == []


def test_books_once_without_a_banner_have_one() -> None:
    for key in ONCE_WITHOUT:
        assert all(WORDS in text for text in banner(key))


def test_the_first_shape_counts_as_it_did() -> None:
    first = Edition(layout=layout(1), shape=1)
    m = load("TH_AM001@1.0")
    words = "DRAFT: numbers or formulas not confirmed by an official document: "
    assert banner(m.key, first) == {f"{words}{len(m.drafts)}"}
