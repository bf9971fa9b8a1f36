"""What a passport shows, on one page."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.documents.lines import BLANK, Line, line
from jcm_xl.hosts.passport.read import PassportRead, TriedHere
from jcm_xl.hosts.passport.rows import FACTS, MACRO_FACTS
from jcm_xl.hosts.passport.trial import ABSENT, DIFFERS, EQUAL, SEEN, TrialKind
from jcm_xl.xlsx.grid import CellError, CellValue

_MOST_FAULTS, _MOST_ROWS, _MOST_PARTS = 6, 12, 14
_NEVER = "nothing of this is listed"


def passport_lines(read: PassportRead) -> Iterator[Line]:
    """Yield the page: verdict, program, what is proved, what differs, what changed."""
    yield _verdict(read)
    for fault in read.faults[:_MOST_FAULTS]:
        yield line(fault, "error", 2)
    if (more := len(read.faults) - _MOST_FAULTS) > 0:
        yield line(f"and {more} more", "error", 2)
    yield BLANK
    yield line("The program", "head")
    yield line(f"saved by {read.program}", "", 2)
    for name, value in read.facts.items():
        if value and name != "calculated":
            words = FACTS[name][0] if name in FACTS else MACRO_FACTS[name]
            yield line(f"{words}: {value}", "", 2)
    if read.program.calculated:
        yield line(f"Calculated at: {read.program.calculated:%Y-%m-%d %H:%M}", "", 2)
    yield from _proved(read)
    yield from _differing(read)
    yield from _pressed(read)
    yield from _changed(read)


def _verdict(read: PassportRead) -> Line:
    if read.faults:
        return line(f"{read.name}: CONFIRMS NOTHING, {_NEVER}.", "error")
    if read.is_simulated:
        return line(f"{read.name}: SIMULATED for a test, {_NEVER}.", "warning")
    return line(f"{read.name}: counts. Read in {read.program}.", "good")


def _proved(read: PassportRead) -> Iterator[Line]:
    yield BLANK
    yield line(
        "What is proved" if not read.faults else "What it says, unproved", "head"
    )
    for section in TrialKind:
        counts = read.counts(section)
        if counts[ABSENT] == sum(counts.values()):
            yield line(f"{section}: not available there", "dim", 2)
            continue
        count = sum(counts.values()) - counts[SEEN]
        noted = f"; {counts[SEEN]} noted, where programs differ" * bool(counts[SEEN])
        style = "good" if counts[EQUAL] == count else "warning"
        yield line(f"{section}: {counts[EQUAL]} of {count} equal{noted}", style, 2)
    good, count = read.example
    style = "good" if good == count else "warning"
    yield line(f"The filled book within: {good} of {count} formulas equal", style, 2)


def _differing(read: PassportRead) -> Iterator[Line]:
    for answer, title in ((DIFFERS, "What differs"), (SEEN, "What was noted")):
        found = [one for one in read.tried if one.answer == answer]
        if not found:
            continue
        yield BLANK
        yield line(title, "head")
        for one in found[:_MOST_ROWS]:
            yield line(_row(one), "warning" if answer == DIFFERS else "", 2)
        if (more := len(found) - _MOST_ROWS) > 0:
            yield line(f"and {more} more, on the sheet", "", 2)


def _row(one: TriedHere) -> str:
    formula = "".join(p if isinstance(p, str) else "..." for p in one.trial.pieces)
    where = f"line {one.row}, {one.trial.what}: {formula[:60]}"
    if one.trial.expected is None:
        return f"{where} gives {_value(one.found)}"
    return f"{where} gives {_value(one.found)}, expected {_value(one.trial.expected)}"


def _value(value: CellValue) -> str:
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, float) and not isinstance(value, bool):
        return f"{value:.15g}"
    return f"'{value[:40]}'" if isinstance(value, str) else str(value)


def _pressed(read: PassportRead) -> Iterator[Line]:
    if not read.buttons:
        return
    yield BLANK
    yield line("Buttons", "head")
    if not any(button.outcome for button in read.buttons):
        yield line("none was pressed", "dim", 2)
        return
    for button in read.buttons:
        words = button.words.replace("\n", " ")[:90] or "no word from Python"
        outcome = button.outcome or "not pressed"
        yield line(f"{button.name}: {outcome}; {words}", "", 2)


def _changed(read: PassportRead) -> Iterator[Line]:
    yield BLANK
    yield line("What the program changed on saving", "head")
    for change in read.changed[:_MOST_PARTS]:
        yield line(str(change), "", 2)
    if (more := len(read.changed) - _MOST_PARTS) > 0:
        yield line(f"and {more} more parts", "", 2)
    if not read.changed:
        yield line("nothing: it was not saved since it was made", "", 2)
