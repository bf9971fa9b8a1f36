"""Entries to a submission: every problem is collected, then raised at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from jcm_xl.dataclass import dataclass
from jcm_xl.inputs.entry import PLAN, REPORT, Entry
from jcm_xl.inputs.filling import Filling
from jcm_xl.inputs.judge import day, is_blank, number, text
from jcm_xl.inputs.meters import Meters
from jcm_xl.inputs.months import Months
from jcm_xl.inputs.problems import InputCollector, InputsError
from jcm_xl.inputs.texts import Texts
from jcm_xl.inputs.values import Values
from jcm_xl.model.key import (
    PERIOD,
    PERIOD_END,
    PERIOD_START,
    PLAN_DAYS,
    REFERENCE_NUMBER,
)
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import make_plan
from jcm_xl.text.nearest import nearest


@dataclass(frozen=True, slots=True)
class Inputs:
    """What inputs say: the cells to fill, and whether they reach the report.

    remarks: what was decided for the whole source, in sentences.
    """

    submission: Submission
    stage: str
    remarks: tuple[str, ...] = ()


def resolve(
    m: Methodology, entries: Sequence[Entry], problems: InputCollector
) -> Inputs:
    """Judge the entries against the methodology; raises `InputsError`."""
    has_report = any(entry.role == "stage" for entry in entries)
    return _Resolver(Filling(m, problems, has_report)).resolve(entries)


class _Resolver:
    """Sends each entry to whom it concerns; the whole book's are judged here."""

    def __init__(self, f: Filling) -> None:
        self._f, self._values, self._texts = f, Values(f), Texts(f)
        self._months = Months(f)
        self._asked: dict[str, int] = {}

    def resolve(self, entries: Sequence[Entry]) -> Inputs:
        judges: dict[str, Callable[[Entry], None]] = {
            "reference_number": self._reference,
            "rows": self._rows,
            "plan_days": self._plan_days,
            "period_start": self._period,
            "period_end": self._period,
            "person": self._texts.of_person,
            "role": self._texts.of_person,
            "meter": Meters(self._f).given,
            "month": self._months.given,
            "month_unit": self._months.given,
            "month_note": self._months.given,
            "value": self._values.value,
            "option": self._values.option,
            **dict.fromkeys(self._f.problems.layout.texts, self._texts.of_parameter),
        }
        for entry in entries:
            if entry.role == "methodology":  # of another one, all else would be wrong
                self._methodology(entry)
        # One option for all units needs to know which units have values.
        for entry in sorted(entries, key=lambda e: e.role == "option"):
            if entry.role == "option" and self._months.entries:
                self._months.place()
            if entry.role in judges:
                judges[entry.role](entry)
        self._months.place()
        self._values.lengths_agree()
        self._values.options_are_given()
        self._period_is_in_order()
        rows = self._counts()
        layout = self._f.problems.layout
        self._texts.place(make_plan(self._f.m, rows, Edition(layout=layout)))
        if self._f.problems.problems:
            raise InputsError(self._f.problems.problems)
        m = self._f.m
        submission = Submission(m.id, m.version, rows, self._f.values)
        stage = REPORT if self._f.has_report else PLAN
        return Inputs(submission, stage, tuple(self._f.problems.remarks))

    def _methodology(self, entry: Entry) -> None:
        m = self._f.m
        if is_blank(entry.value) or _names(entry.value, m):
            return
        self._f.fault(entry, f"{m.key} is asked for; the inputs name another one")
        raise InputsError(self._f.problems.problems)

    def _reference(self, entry: Entry) -> None:
        found = text(self._f, entry, "a text such as 'ID003'")
        if found is not None:
            self._f.put(REFERENCE_NUMBER, found, entry.place)

    def _rows(self, entry: Entry) -> None:
        unit_set = self._f.m.sets.get(entry.name)
        if unit_set is None:
            there = ", ".join(self._f.m.sets) or "none"
            hint = nearest(entry.name, self._f.m.sets)
            expected = f"no set '{entry.name}'{hint}; the sets are: {there}"
            self._f.fault(entry, expected, is_shown=False)
        elif type(entry.value) is int and 1 <= entry.value <= unit_set.max_rows:
            self._asked[entry.name] = entry.value
        else:
            self._f.fault(entry, f"expected 1 to {unit_set.max_rows} rows")

    def _plan_days(self, entry: Entry) -> None:
        days = number(self._f, entry, "days")
        if days is not None and days <= 0:
            self._f.fault(entry, "expected more than 0 days")
        elif days is not None:
            self._f.put(PLAN_DAYS, days, entry.place)

    def _period(self, entry: Entry) -> None:
        found = day(self._f, entry)
        if found is not None and self._f.is_report(entry):
            key = PERIOD_START if entry.role == "period_start" else PERIOD_END
            self._f.put(key, found, entry.place)

    def _period_is_in_order(self) -> None:
        start, end = map(self._f.values.get, PERIOD)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            place = self._f.places[PERIOD_END]
            expected = f"the period begins on {start}; it cannot end before"
            self._f.problems.add(place, str(end), expected)

    def _counts(self) -> dict[str, int]:
        """Return the unit rows of each set: those asked for, but enough for all."""
        m, needed = self._f.m, dict(self._texts.units)
        for key in self._f.values:
            if key.name and key.unit and (index := m.parameters[key.name].index):
                needed[index] = max(key.unit, needed.get(index, 1))
        counts = {}
        for name, unit_set in m.sets.items():
            asked = self._asked.get(name, unit_set.default_rows)
            counts[name] = min(max(asked, needed.get(name, 1)), unit_set.max_rows)
        return counts


def _names(value: object, m: Methodology) -> bool:
    """Tell whether a text names this methodology: `TH_AM001`, with version or not."""
    if not isinstance(value, str):
        return False
    word = value.strip().upper().removeprefix("JCM_").replace("_VER", "@")
    code, _, version = word.partition("@")
    return code == m.id and version in ("", m.version, m.padded_version)
