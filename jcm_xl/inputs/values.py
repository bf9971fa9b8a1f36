"""The entries of parameters: their values and monitoring options, unit by unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.inputs.entry import FIXED, PLAN, REPORT, Entry
from jcm_xl.inputs.filling import Filling
from jcm_xl.inputs.judge import admitted, option
from jcm_xl.inputs.problems import EntryPlace
from jcm_xl.model.key import option_key, value_key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.submission import Stage


@dataclass(slots=True)
class Values:
    """Places values and options; lists over one set must be of one length."""

    f: Filling
    lists: dict[str, list[tuple[str, int, EntryPlace]]] = field(default_factory=dict)
    refused_options: set[str] = field(default_factory=set)

    def value(self, entry: Entry) -> None:
        """Place the value of an entry, or each value of its list."""
        p = self.f.parameter(entry)
        if p is None or not self._stage_fits(p, entry):
            return
        stage = Stage.REPORT if entry.stage == REPORT else Stage.PLAN
        for one in self._spread(p, entry):
            found = admitted(self.f, one, p)
            if found is not None:
                self.f.put(value_key(stage, p.name, one.unit), found, one.place)

    def _stage_fits(self, p: Parameter, entry: Entry) -> bool:
        stages = (FIXED, PLAN, "") if entry.is_row else (FIXED,)
        allowed = (PLAN, REPORT) if p.is_monitored else stages
        if entry.stage in allowed:
            return True
        if entry.is_row:
            wanted = "'plan' or 'report'" if p.is_monitored else "'plan'"
        else:
            wanted = "[ex_ante] or [ex_post]" if p.is_monitored else "[fixed]"
        kind = "monitored" if p.is_monitored else "fixed before the project"
        where = "its stage is" if entry.is_row else "it belongs under"
        expected = f"{p.name} is {kind}: {where} {wanted}"
        self.f.fault(entry, expected, is_shown=False)
        return False

    def _spread(self, p: Parameter, entry: Entry) -> Iterator[Entry]:
        """Yield one entry a unit row; note a problem where the shape is wrong."""
        if p.index is None:
            if isinstance(entry.value, list):
                self.f.fault(entry, f"expected one value; {p.name} has no units")
            elif entry.unit is not None:
                expected = f"{p.name} has no units; leave the column 'unit' blank"
                self.f.fault(entry, expected)
            else:
                yield entry
            return
        unit_set = self.f.m.sets[p.index]
        count = len(entry.value) if isinstance(entry.value, list) else entry.unit
        if count is None:
            what = "the number of the unit, one row" if entry.is_row else "a list, one"
            self.f.fault(entry, f"expected {what} for each {unit_set.label}")
        elif not self.f.has_room(entry, p.index, count):
            return
        elif isinstance(entry.value, list):
            named = f"{entry.name} ({entry.stage})"
            self.lists.setdefault(p.index, []).append((named, count, entry.place))
            for unit, item in enumerate(entry.value, 1):
                yield entry.item(unit, item)
        else:
            yield entry

    def lengths_agree(self) -> None:
        """Note every list that is shorter than another one over the same set."""
        for index, lists in self.lists.items():
            name, longest, _ = max(lists, key=lambda item: item[1])
            for _, count, place in lists:
                if count < longest:
                    label = self.f.m.sets[index].label
                    expected = (
                        f'expected {longest} (one for each {label}, "" where there is '
                        f"none), as {name} has"
                    )
                    self.f.problems.add(place, f"a list of {count}", expected)

    def option(self, entry: Entry) -> None:
        """Place an option; after the values, as one letter stands for all units."""
        p = self.f.parameter(entry)
        if p is None:
            return
        if not p.is_monitored:
            expected = f"{p.name} is fixed and has no monitoring option"
            self.f.fault(entry, expected, is_shown=False)
            return
        is_single = entry.unit is None and not isinstance(entry.value, list)
        is_for_all = p.index is not None and is_single
        ones = [entry] if is_for_all else list(self._spread(p, entry))
        for one in ones:
            letter = option(self.f, one, p)
            if letter is None:
                self.refused_options.add(p.name)
                continue
            for stage in self.f.stages(one) if len(p.options) > 1 else ():
                units = self.f.units_with_value(stage, p) if is_for_all else ()
                for unit in units or (one.unit,):
                    self._put_option(stage, p, unit, letter, one.place)

    def _put_option(
        self,
        stage: Stage,
        p: Parameter,
        unit: int | None,
        letter: str,
        place: EntryPlace,
    ) -> None:
        if p.index and unit is None:
            return  # no unit has a value yet
        key = option_key(stage, p.name, unit)
        if self.f.values.get(key) != letter:
            self.f.put(key, letter, place)

    def options_are_given(self) -> None:
        """Ask for the option of every value that could have several."""
        asked: dict[tuple[str, str], EntryPlace] = {}
        for key, place in self.f.places.items():
            p = self.f.m.parameters.get(key.name)
            if p is None or len(p.options) < 2 or key.notion != "value":
                continue
            if p.name in self.refused_options:
                continue
            if key.stage == "monthly":
                key = value_key(Stage.REPORT, key.name, key.unit)
            if key.of("option") not in self.f.values:
                asked.setdefault((key.stage, p.name), place)
        for (stage, name), place in asked.items():
            allowed = " or ".join(self.f.m.parameters[name].options)
            word = PLAN if stage == Stage.PLAN else REPORT
            expected = f"the monitoring option of {name} ({word}) is missing: {allowed}"
            self.f.problems.add(place, "", expected)
