"""Where quantities stand in a workbook, and what the participant says of them."""

from __future__ import annotations

from collections.abc import Callable

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.explain import Explanation
from jcm_xl.model.key import Key, value_key
from jcm_xl.model.reading import Takes, read
from jcm_xl.model.result import Missing
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot

_OWN_TEXTS = ("option", "source")


@dataclass(frozen=True, slots=True)
class Places:
    """The cells of one stage of one book.

    where: sheet and address of a slot in the file, where lines may have moved.
    """

    plan: Plan
    submission: Submission
    stage: Stage
    where: Callable[[Slot], tuple[str, str]]

    def input(self, name: str, row: int | None) -> Slot | None:
        """Return the cell into which an input is typed."""
        p = self.plan.methodology.parameters[name]
        stage = self.stage if p.is_monitored else Stage.PLAN
        return self.plan.get(value_key(stage, name, row or None))

    def quantity(self, name: str, row: int | None) -> Slot | None:
        """Return the cell that shows a formula, a default or a constant."""
        for notion in ("quantity", "default"):
            slot = self.plan.get(Key(self.stage, notion, name, row or None))
            if slot is not None:
                return slot
        return None

    def address(self, name: str, row: int | None) -> str:
        """Return `'MPS(input)'!E8` of any name, or nothing."""
        p = self.plan.methodology.parameters.get(name)
        is_input = p is not None and p.is_input
        slot = self.input(name, row) if is_input else self.quantity(name, row)
        return self._address(slot)

    def of_node(self, node: Explanation) -> str:
        """Return where the value of a tree's node stands."""
        if node.kind != "table":
            return self.address(node.name, node.row)
        if node.position is None:
            return ""
        key = Key(self.stage, "table", node.name, node.position, part="value")
        return self._address(self.plan.get(key))

    def said(self, node: Explanation) -> str:
        """Return the option and source that the participant gives for an input."""
        if node.kind not in ("monitored", "fixed"):
            return ""
        p = self.plan.methodology.parameters[node.name]
        stage = self.stage if p.is_monitored else Stage.PLAN
        texts = []
        for role in _OWN_TEXTS:
            keys = [Key(stage, role, node.name, node.row or None)]
            if p.index and node.row:
                keys.append(Key(stage, role, p.index, node.row))
            keys.append(Key(stage, role, node.name))
            texts.append(next((t for key in keys if (t := self._text(key))), ""))
        return ", ".join(text for text in texts if text)

    def _text(self, key: Key) -> str:
        value = self.submission.get(key)
        slot = self.plan.get(key)
        if isinstance(value, str):
            return value
        if slot is None or slot.formula or not isinstance(slot.content, str):
            return ""
        return "" if slot.role == "label" else slot.content

    def missing(self, item: Missing) -> str:
        """Return the cell that is still to be filled."""
        if item.row == 0:
            slot = self.plan.get(Key(self.stage, "number", item.name, 1))
            return self._address(slot)
        return self.address(item.name, item.row)

    def held(self, item: Missing) -> str:
        """Return what stands in that cell and does not count, nothing if it is blank.

        `2024-01-02, a number that the cell shows as a date`
        """
        slot = self.input(item.name, item.row) if item.row != 0 else None
        value = self.submission.get(slot.key) if slot else None
        if slot is None or value is None:
            return ""
        return f"{shown(value)}, {read(value, Takes.of(slot.rule)).kind.value}"

    def _address(self, slot: Slot | None) -> str:
        if slot is None:
            return ""
        sheet, cell = self.where(slot)
        return f"'{sheet}'!{cell}" if sheet else ""
