"""Sources, procedures, frequencies, comments and the lines of the structure sheet."""

from __future__ import annotations

from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.inputs.entry import Entry
from jcm_xl.inputs.filling import Filling
from jcm_xl.inputs.judge import text
from jcm_xl.model.key import Key
from jcm_xl.model.submission import Stage
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.plan import Plan


@dataclass(slots=True)
class Texts:
    """Collects the texts; they are placed once the unit rows are counted."""

    f: Filling
    found: list[tuple[Key, Entry, str]] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)

    def of_parameter(self, entry: Entry) -> None:
        """Note the text of a parameter, of a unit row, or a list for a set."""
        if entry.name in self.f.m.sets:
            self._of_set(entry)
            return
        p = self.f.parameter(entry)
        if p is None:
            return
        stages = self.f.stages(entry) if p.is_monitored else (Stage.PLAN,)
        name = p.name
        if p.index is not None and entry.unit is not None:
            if not self._count(entry, p.index, entry.unit):
                return
            name = p.index
        for stage in stages:
            self._note(Key(stage, entry.role, name, entry.unit), entry)

    def of_person(self, entry: Entry) -> None:
        """Note a line of the sheet MSS."""
        self._note(Key("mss", entry.role, unit=int(entry.name)), entry)

    def _of_set(self, entry: Entry) -> None:
        if not isinstance(entry.value, list):
            label = self.f.m.sets[entry.name].label
            self.f.fault(entry, f"expected a list, one text for each {label}")
            return
        if not self._count(entry, entry.name, len(entry.value)):
            return
        for unit, item in enumerate(entry.value, 1):
            one = entry.item(unit, item)
            for stage in self.f.stages(one):
                self._note(Key(stage, entry.role, entry.name, unit), one)

    def _count(self, entry: Entry, index: str, unit: int) -> bool:
        self.units[index] = max(unit, self.units.get(index, 0))
        return self.f.has_room(entry, index, unit)

    def _note(self, key: Key, entry: Entry) -> None:
        found = text(self.f, entry)
        if found is not None:
            self.found.append((key, entry, found))

    def place(self, plan: Plan) -> None:
        """Put each text into its cell; the methodology's own text is left as it is."""
        for key, entry, found in self.found:
            slot = plan.get(key)
            if slot is None or not slot.is_input:
                self.f.fault(entry, _no_cell(key, plan), is_shown=False)
            elif slot.content is not None and found == expected_text(slot):
                continue
            elif entry.is_row and entry.unit and key in self.f.values:
                # Several parameters of one unit share the cell of its row.
                before = str(self.f.values[key])
                if found not in before.split("; "):
                    self.f.values[key] = f"{before}; {found}"
            else:
                self.f.put(key, found, entry.place)


def _no_cell(key: Key, plan: Plan) -> str:
    if key.stage == "mss":
        rows = sum(slot.is_in("mss", "role") for slot in plan.slots)
        return f"the sheet MSS has {rows} lines"
    there = [r for r in plan.layout.texts if key.in_plan().of(r) in plan.slots]
    known = " and ".join(there) or "none"
    return f"{key.name} has no cell for '{key.notion}'; it has {known}"
