"""The cells while they are filled: what is known, and every problem so far."""

from __future__ import annotations

from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.inputs.entry import BOTH, REPORT, Entry
from jcm_xl.inputs.problems import EntryPlace, InputCollector, shown
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Methodology, Parameter
from jcm_xl.model.submission import Stage, Value
from jcm_xl.text.nearest import nearest

_ONLY_A_PLAN = (
    "the inputs describe a plan only (no [ex_post], no row of the stage 'report'); "
    "this belongs to a report"
)


@dataclass(slots=True)
class Filling:
    """Slots by key with the places they were given at."""

    m: Methodology
    problems: InputCollector
    has_report: bool
    values: dict[Key, Value] = field(default_factory=dict)
    places: dict[Key, EntryPlace] = field(default_factory=dict)

    def fault(self, entry: Entry, expected: str, *, is_shown: bool = True) -> None:
        """Note a problem of an entry, with what was found there."""
        found = shown(entry.value) if is_shown else ""
        self.problems.add(entry.place, found, expected)

    def put(self, key: Key, value: Value, place: EntryPlace) -> None:
        """Fill a slot; twice is a problem."""
        if key in self.places:
            where = self.places[key].where
            expected = f"it is given twice{f' (see {where})' if where else ''}"
            self.problems.add(place, shown(value), expected)
            return
        self.values[key], self.places[key] = value, place

    def parameter(self, entry: Entry) -> Parameter | None:
        """Return the parameter of an entry, if it is one that the participant gives."""
        m, name = self.m, entry.name
        p = m.parameters.get(name)
        if p is not None and p.is_input:
            return p
        if p is not None:
            number = f"{p.value} {p.unit}"
            expected = f"{name} is a default of the methodology ({number}), never given"
        elif name in m.formulas:
            expected = f"{name} is calculated, never given"
        else:
            hint = nearest(name, [p.name for p in m.inputs])
            expected = f"{m.key} has no parameter '{name}'{hint}"
        self.fault(entry, expected, is_shown=False)
        return None

    def stages(self, entry: Entry) -> tuple[Stage, ...]:
        """Return the stages an option or text is for."""
        if entry.stage in (BOTH, ""):
            return tuple(Stage) if self.has_report else (Stage.PLAN,)
        if entry.stage != REPORT:
            return (Stage.PLAN,)
        return (Stage.REPORT,) if self.is_report(entry) else ()

    def is_report(self, entry: Entry) -> bool:
        """Tell whether there is a report; note the problem if there is none."""
        if not self.has_report:
            self.fault(entry, _ONLY_A_PLAN, is_shown=False)
        return self.has_report

    def has_room(self, entry: Entry, index: str, count: int) -> bool:
        """Tell whether the sheet has so many unit rows; note the problem if not."""
        most = self.m.sets[index].max_rows
        if count > most:
            expected = f"unit row {count}, but the sheet takes at most {most} rows"
            self.fault(entry, expected, is_shown=False)
        return count <= most

    def units_with_value(self, stage: Stage, p: Parameter) -> list[int]:
        """Return the unit rows for which a value was given."""
        stages = (stage, "monthly") if stage is Stage.REPORT else (stage,)
        units = (
            key.unit
            for key in self.values
            if key.stage in stages and key.notion == "value" and key.name == p.name
        )
        return list(dict.fromkeys(unit for unit in units if unit is not None))
