"""Official workbooks filled in place: what is read is what was typed, and nothing else.

The official workbook is the blank of a hand that shares no code with our writer.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from bench.quality.adopted import DRESSED, keys
from bench.quality.books import fill
from bench.quality.hands.judge import honest
from bench.quality.hands.sheets import book_by_hand
from bench.quality.outcome import NOTHING, Outcome
from jcm_xl import api
from jcm_xl.adopt.fill_in import FillableFile
from jcm_xl.errors import JcmError
from jcm_xl.foreign.book import ForeignBook, read
from jcm_xl.model.key import Key
from jcm_xl.model.submission import Submission, Value
from jcm_xl.plan.stage import calculate_stages
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.patch import changed_parts
from jcm_xl.xlsx.read import read_grid

TARGETS = {
    "in place": "official workbooks filled in place and read as typed: all",
    "in place: parts": "of these, other parts than the sheets byte for byte: all",
    "in place: Table 3": "of these, Table 3 recalculated as we calculate it: all",
    "in place: half the time": "filled in at most half the time of a fresh book: all",
}


def in_place(seeds: range) -> dict[str, Outcome]:
    """Fill the blanks of many hands in place."""
    total = dict.fromkeys(TARGETS, NOTHING)
    for seed in seeds:
        key = keys()[seed % len(keys())]
        hand = list(DRESSED)[(seed + seed // len(keys())) % len(DRESSED)]
        plan, drawn = fill(key, seed)
        m, given = plan.methodology, honest(plan.methodology, drawn.values)
        empty = {k: v for k, v in given.items() if ".value:" not in k}
        empty["reference_number"] = ""
        official = book_by_hand(m, empty, plan.rows, DRESSED[hand])
        values = {Key.parse(name): value for name, value in given.items()}
        submission = Submission(m.id, m.version, plan.rows, values)
        sample = f"seed {seed}: {key} {hand}"
        package = open_bytes(official, "official.xlsx")
        target = FillableFile(package, read_grid(package), m)
        begin = time.process_time()
        try:
            done = target.filled(submission)
        except JcmError as refused:
            total["in place"] += Outcome(1, 1, (f"{sample}: {refused}"[:200],))
            continue
        middle = time.process_time()
        api.book(plan, submission)
        slow = middle - begin > (time.process_time() - middle) / 2
        book = read(read_grid(open_bytes(done.data)), m)
        for name, wrong in (
            ("in place", _otherwise(submission.values, book.submission.values)),
            ("in place: parts", _parts(official, done.data)),
            ("in place: Table 3", _results(submission, book)),
            ("in place: half the time", "slower" if slow else ""),
        ):
            words = (f"{sample}: {wrong}",) if wrong else ()
            total[name] += Outcome(1, int(bool(wrong)), words)
    return total


def _otherwise(given: Mapping[Key, Value], found: Mapping[Key, Value]) -> str:
    """Return the first value, option or day that is read otherwise."""
    for key in sorted({*given, *found}, key=str):
        is_one = key.notion in ("value", "option", "start", "end", "reference_number")
        if is_one and given.get(key) != found.get(key):
            return f"{key} {given.get(key)!r} reads {found.get(key)!r}"
    return ""


def _parts(before: bytes, after: bytes) -> str:
    changed = changed_parts(before, after)
    return ", ".join(n for n in changed if not n.startswith("xl/worksheets/sheet"))


def _results(submission: Submission, book: ForeignBook) -> str:
    """Return the first Table 3 that is another number; a loss is rounded otherwise."""
    _, results = calculate_stages(book.plan, submission)
    for stage, spots in book.results.items():
        result = next(r for s, r in results.items() if s == stage)
        if not spots or (result.unrounded or 0) < 0 or result.is_knife_edge:
            continue
        own = result.sheet_credited
        if spots[0].value != (None if own is None else float(own)):
            return f"{stage} {own} is {spots[0].value!r}"
    return ""
