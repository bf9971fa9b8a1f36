"""The plan: every notion of a methodology placed on the sheets. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.model.key import Key, option_key, value_key
from jcm_xl.model.methodology import Methodology, Parameter
from jcm_xl.model.submission import Stage
from jcm_xl.plan.builder import Builder
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.sheet_shapes import SHAPES
from jcm_xl.plan.sheet_texts import sheet_texts
from jcm_xl.plan.slot import Slot
from jcm_xl.text.languages import Messages


class RowsError(JcmError):
    """A number of unit rows that the methodology does not allow."""


@dataclass(frozen=True, eq=False)
class Plan:
    """All slots by key, and what belongs to whole sheets.

    sheets: layout key -> printed name, in the order of the tabs.
    names:  workbook-defined name -> range.
    """

    methodology: Methodology
    edition: Edition
    messages: Messages
    rows: Mapping[str, int]
    slots: Mapping[Key, Slot]
    sheets: Mapping[str, str]
    names: Mapping[str, str]
    last_columns: Mapping[str, int]
    freeze: Mapping[str, tuple[int, int]]
    heights: Mapping[tuple[str, int], float]

    @property
    def layout(self) -> Layout:
        """Return texts and measures of the sheets."""
        return self.edition.layout

    @property
    def monthly(self) -> bool:
        """Tell whether there is a sheet for monthly amounts."""
        return self.edition.monthly

    @property
    def meters(self) -> bool:
        """Tell whether there is a sheet for meters."""
        return self.edition.meters

    @property
    def copy(self) -> str:
        """Return what copy of a submission it is, usually none."""
        return self.edition.copy

    @property
    def live(self) -> str:
        """Return for which program the sheet Live is, nothing without one."""
        return self.edition.live

    def __getitem__(self, key: Key) -> Slot:
        return self.slots[key]

    def get(self, key: Key) -> Slot | None:
        """Return a slot, `None` where this methodology has none of that key."""
        return self.slots.get(key)

    def value(self, p: Parameter, stage: str, unit: int | None) -> Slot:
        """Return the cell of a parameter's value; `KeyError` where there is none."""
        return self.slots[value_key(stage, p.name, unit)]

    def units(self, p: Parameter) -> tuple[int | None, ...]:
        """Return the unit rows of a parameter, from 1; `(None,)` where it has none."""
        return tuple(range(1, self.rows[p.index] + 1)) if p.index else (None,)

    def values(self, p: Parameter, stage: str) -> tuple[Key, ...]:
        """Return the keys of a parameter's values, one a unit row."""
        return tuple(value_key(stage, p.name, unit) for unit in self.units(p))

    def where(self, role: str, sheet: str = "") -> Iterator[Slot]:
        """Yield the slots of a role, on one sheet if it is named."""
        for slot in self.by_role.get(role, ()):
            if not sheet or slot.sheet == sheet:
                yield slot

    def choice(self, p: Parameter, typed: object) -> str | None:
        """Return the choice that the sheets take a text for, as it is defined.

        Those of the first shape ignore capitals and no more.
        """
        found = self.methodology.choice(p, typed)
        is_taken = found and (
            self.edition.shape >= 2 or str(typed).casefold() == found.casefold()
        )
        return found if is_taken else None

    @property
    def is_steady(self) -> bool:
        """Tell whether no formula names an input cell, so that handling moves none."""
        return self.edition.shape >= 2

    @property
    def counts_texts(self) -> bool:
        """Tell whether its face counts texts and open values, too."""
        return self.edition.shape >= 2

    @property
    def template(self) -> str:
        """Return the version of the template: `1.1`, of layout and shape."""
        return f"{self.layout.version}.{self.edition.shape}"

    @cached_property
    def by_role(self) -> Mapping[str, tuple[Slot, ...]]:
        """Return the slots by role."""
        groups: dict[str, list[Slot]] = {}
        for slot in self.slots.values():
            groups.setdefault(slot.role, []).append(slot)
        return {role: tuple(slots) for role, slots in groups.items()}

    @cached_property
    def by_place(self) -> Mapping[str, Mapping[tuple[int, int], Slot]]:
        """Return the slots by sheet name and (row, column)."""
        places: dict[str, dict[tuple[int, int], Slot]] = {
            name: {} for name in self.sheets.values()
        }
        for slot in self.slots.values():
            places[slot.sheet][slot.row, slot.column] = slot
        return places

    @cached_property
    def formulas(self) -> Mapping[str, tuple[Slot, ...]]:
        """Return the slots with a formula by sheet name."""
        return {
            name: tuple(slot for slot in places.values() if slot.formula)
            for name, places in self.by_place.items()
        }

    @cached_property
    def inputs(self) -> tuple[Slot, ...]:
        """Return the cells that the participant fills."""
        return tuple(slot for slot in self.slots.values() if slot.is_input)

    @cached_property
    def unit_cells(self) -> Mapping[tuple[Stage, str], tuple[tuple[Key, ...], ...]]:
        """Return the keys of the input cells of each unit row, by stage and set."""
        return {
            (stage, name): tuple(
                tuple(self._of_unit(stage, name, u)) for u in range(1, count + 1)
            )
            for stage in Stage
            for name, count in self.rows.items()
        }

    def _of_unit(self, stage: Stage, index: str, u: int) -> Iterator[Key]:
        keys = [Key(stage, "source", index, u), Key(stage, "comment", index, u)]
        for p in self.methodology.inputs:
            if p.index == index:
                keys += [value_key(stage, p.name, u), option_key(stage, p.name, u)]
        for key in keys:
            if (slot := self.get(key)) is not None and slot.is_input:
                yield key

    @cached_property
    def official(self) -> tuple[str, ...]:
        """Return the names of the official sheets, in order."""
        return tuple(self.sheets[k] for k in self.layout.official if k in self.sheets)


def make_plan(
    m: Methodology,
    rows: Mapping[str, int] | None = None,
    edition: Edition | None = None,
) -> Plan:
    """Place a methodology on the sheets, with this many unit rows for each set.

    Raises `RowsError` for a set that does not exist or more rows than `max_rows`.
    """
    edition = edition or Edition()
    counts = {name: s.default_rows for name, s in m.sets.items()}
    for name, count in (rows or {}).items():
        if name not in m.sets:
            there = ", ".join(m.sets) or "none"
            raise RowsError(f"{m.key} has no set '{name}'; its sets are: {there}.")
        if not 1 <= count <= m.sets[name].max_rows:
            is_asked = m.sets[name].min_rows
            none = "" if is_asked else " A project without leaves them empty."
            raise RowsError(
                f"{m.key} takes 1 to {m.sets[name].max_rows} rows of "
                f"{m.sets[name].label} ({name}); {count} were asked for.{none}"
            )
        fixed = m.sets[name].max_rows
        if m.sets[name].is_fixed and count != fixed:
            raise RowsError(
                f"{m.key} has always {fixed} rows of {m.sets[name].label} ({name}); "
                f"{count} were asked for."
            )
        counts[name] = count
    return _plan(m, tuple(counts.items()), edition)


def as_copy(plan: Plan, kind: str) -> Plan:
    """Return the same sheets as a copy of this kind, which says so on its face."""
    return make_plan(plan.methodology, plan.rows, replace(plan.edition, copy=kind))


@lru_cache(maxsize=64)
def _plan(m: Methodology, rows: tuple[tuple[str, int], ...], edition: Edition) -> Plan:
    texts = sheet_texts(edition.language, edition.layout.version)
    b = Builder(
        m, edition.layout, texts, dict(rows), edition.monthly, edition.meters,
        edition.copy,
    )  # fmt: skip
    SHAPES[edition.shape](b, edition.live)
    return Plan(
        methodology=m,
        edition=edition,
        messages=b.messages,
        rows=dict(rows),
        slots=b.cells,
        sheets={key: b.sheets[key] for key in b.layout.names if key in b.sheets},
        names=b.names,
        last_columns=b.last_columns,
        freeze=b.freeze,
        heights=b.heights,
    )
