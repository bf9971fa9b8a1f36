"""The values of the sheet's formulas, from the engine's results.

A formula is written with its value, so that viewers, pandas and Excel's protected
view show numbers at once. Each recipe of a slot has its method here; LibreOffice's
recalculation of every generated book proves them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jcm_xl.model.result import Result
from jcm_xl.model.submission import Stage, StageInputs, Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.sheets.check import FAR, SLIP
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.stage import (
    effective,
    monthly_sum,
    months_in_period,
    period_days,
    plan_days,
)
from jcm_xl.text.days import period_text, serial

Cached = float | str


@dataclass(frozen=True)
class CachedValues:
    """What the formulas of a filled book show."""

    plan: Plan
    submission: Submission
    inputs: Mapping[Stage, StageInputs]
    results: Mapping[Stage, Result]

    def of(self, slot: Slot) -> Cached:
        """Return the value of a slot's formula; an error as its text, `#N/A`."""
        recipe = slot.recipe
        method: Callable[..., Cached] = getattr(self, f"_{recipe[0]}")
        return method(*recipe[1:])

    # -- input sheets ------------------------------------------------------------

    def _typed(self, key: str) -> Any:
        value = effective(self.plan, self.submission, key)
        return serial(value) if isinstance(value, date) else value

    def _reference(self) -> str:
        number = self._typed("reference_number")
        label = self.plan.layout("header.reference")
        return f"{label} {'' if number is None else number}"

    def _copy(self, key: str) -> Cached:
        value = self._typed(key)
        return "" if value is None else value

    def _only_option(self, key: str, option: str) -> str:
        return "" if self._typed(key) in (None, "") else option

    def _total(self, stage: str, name: str, index: str) -> Cached:
        keys = (f"{stage}.value:{name}[{u}]" for u in self._rows(index))
        numbers = [v for key in keys if type(v := self._typed(key)) is float]
        if not numbers:
            key = f"{stage}_separate"
            return str(self.plan.layout("separate.see", sheet=self.plan.sheets[key]))
        return float(sum(numbers))

    def _rows(self, index: str) -> range:
        return range(1, self.plan.rows[index] + 1)

    def _option_text(self, stage: str, name: str, role: str) -> str:
        p = self.plan.methodology.parameters[name]
        rows = self._rows(p.index) if p.index else ()
        keys = [f"{stage}.option:{name}[{u}]" for u in rows] or [
            f"{stage}.option:{name}"
        ]
        chosen = {self._typed(key) for key in keys}
        return "".join(
            getattr(block, role)
            for block in p.monitoring
            if f"Option {block.option}" in chosen
        )

    def _period(self) -> str:
        values = self.submission.values
        return period_text(values.get("period.start"), values.get("period.end"))

    def _result(self, stage: str) -> Cached:
        result, text = self.results[Stage(stage)], self.plan.layout
        count = len(result.missing)
        if count:
            after = text("incomplete.one" if count == 1 else "incomplete.after")
            return f"{text('incomplete.before')}{count}{after}"
        if result.sheet_credited is None:
            return str(text("incomplete.failed"))
        return float(result.sheet_credited)

    # -- calculation sheets ------------------------------------------------------

    def _quantity(self, stage: str, name: str, u: int | None, index: str) -> Cached:
        quantity = self.results[Stage(stage)].get(name, u)
        if quantity is None:
            return ""
        return quantity.error if quantity.value is None else quantity.value

    def _repeat(self, stage: str, name: str, u: int | None, index: str) -> Cached:
        quantity = self.results[Stage(stage)].get(name, u)
        if quantity is None:
            return ""
        if quantity.value is None:
            return "#N/A" if quantity.error == "#N/A" else ""
        return quantity.value

    def _default(self, name: str) -> Cached:
        m = self.plan.methodology
        return float((m.constants.get(name) or m.parameters[name]).value or 0)

    def _used(self, stage: str, index: str, u: int) -> float:
        return 1.0 if u in self.inputs[Stage(stage)].used[index] else 0.0

    def _missing(self, stage: str, name: str) -> float:
        missing = self.results[Stage(stage)].missing
        return float(sum(1 for item in missing if item.name == name and item.row != 0))

    def _missing_units(self, stage: str, index: str) -> float:
        return 0.0 if self.inputs[Stage(stage)].used[index] else 1.0

    def _missing_total(self, stage: str) -> float:
        return float(len(self.results[Stage(stage)].missing))

    # -- Check sheet -------------------------------------------------------------

    def _word(self, key: str) -> str:
        return str(self.plan.messages(f"check.{key}"))

    def _constant(self, value: Cached) -> Cached:
        return value

    def _state_text(self, key: str) -> str:
        return self._word("fill" if self._typed(key) in (None, "") else "ok")

    def _state_mss(self) -> str:
        rows = range(1, self.plan.layout("mss.rows") + 1)
        filled = all(
            any(self._typed(f"mss.{role}:{n}") not in (None, "") for n in rows)
            for role in ("person", "role")
        )
        return self._word("ok" if filled else "fill")

    def _state_date(self, key: str) -> str:
        value = self._typed(key)
        word = (
            "ok" if type(value) is float else "fill" if value is None else "not_a_date"
        )
        return self._word(word)

    def _state_order(self) -> str:
        start, end = self._typed("period.start"), self._typed("period.end")
        if type(start) is not float or type(end) is not float:
            return self._word("fill")
        return self._word("ok" if start <= end else "reversed")

    def _count(self, stage: str, key: str) -> float:
        kind, _, name = key.partition(":")
        count = self._missing if kind == "missing" else self._missing_units
        return count(stage, name)

    def _state_count(self, stage: str, key: str) -> str:
        count = self._count(stage, key)
        return self._word("ok") if not count else f"{count:.0f} {self._word('fill')}"

    def _state_single(self, stage: str, name: str) -> str:
        if not self._missing(stage, name):
            return self._word("ok")
        value = self._typed(f"{stage}.value:{name}")
        is_choice = self.plan.methodology.parameters[name].is_choice
        is_text = isinstance(value, str | bool) and not is_choice
        return self._word("text" if is_text else "fill")

    def _state_option(self, stage: str, name: str) -> str:
        blank = self._typed(f"{stage}.value:{name}") is None
        if blank and not self._missing(stage, name):
            return "-"
        p = self.plan.methodology.parameters[name]
        chosen = self._typed(f"{stage}.option:{name}")
        allowed = {f"Option {option}" for option in p.options}
        return self._word("ok" if chosen in allowed else "choose")

    def _state_options(self, stage: str, name: str, index: str) -> str:
        used = self.inputs[Stage(stage)].used[index]
        keys = (f"{stage}.option:{name}[{u}]" for u in used)
        count = sum(1 for key in keys if self._typed(key) in (None, ""))
        return self._word("ok") if not count else f"{count} {self._word('choose')}"

    def _state_days(self, name: str) -> str:
        value, days = self._typed(f"mrs.value:{name}"), period_days(self.submission)
        if type(value) is not float or days is None:
            return "-"
        return self._word("ok" if value <= days else "days")

    def _state_result(self, stage: str) -> str:
        is_number = isinstance(self._result(stage), float)
        return self._word("ok" if is_number else "failed")

    def _amount(self, stage: str, name: str, index: str | None) -> Any:
        if index:
            return self._total(stage, name, index)
        return self._typed(f"{stage}.value:{name}")

    def _ratio(self, name: str, index: str | None) -> Cached:
        plan, report = (self._amount(s, name, index) for s in ("mps", "mrs"))
        days = period_days(self.submission)
        if type(plan) is not float or type(report) is not float or days is None:
            return ""
        if plan == 0 or days < 1:
            return ""
        stated = self._typed("plan.days")
        whole = stated if type(stated) is float else plan_days(self.submission)
        if whole == 0:
            return "#DIV/0!"
        return (report / days) / (plan / whole)

    def _look(self, name: str, index: str | None) -> str:
        ratio = self._ratio(name, index)
        if not isinstance(ratio, float):
            return ""
        if ratio >= SLIP or ratio <= 1 / SLIP:
            return self._word("slip")
        return self._word("far" if ratio > FAR or ratio < 1 / FAR else "near")

    def _verdict(self, stage: str) -> str:
        key = "mps" if stage == "plan" else "mrs"
        fine = (self._word("ok"), "-")
        states = (
            s for s in self.plan.where("state") if s.key.startswith(f"check.{key}:")
        )
        count = sum(1 for slot in states if self.of(slot) not in fine)
        if not count:
            return self._word(f"{stage}_ready")
        return f"{self._word(f'{stage}_before')}{count}"

    def _figure(self, stage: str, name: str) -> Cached:
        value = self._quantity(stage, name, None, "")
        return value if isinstance(value, float) else ""

    # -- Live sheet ----------------------------------------------------------------

    def _live_call(self, *_: object) -> str:
        # Nobody has called the function yet; a value here would be taken for one.
        return "#NAME?"

    def _live_native(self, stage: str, name: str) -> Cached:
        if self._missing_total(stage):
            return str(self.plan.messages("live.missing"))
        return self._quantity(stage, name, None, "")

    def _live_word(self) -> str:
        return ""

    # -- Monthly sheet -----------------------------------------------------------

    def _months(self) -> float:
        return float(months_in_period(self.submission))

    def _month(self, k: int) -> Cached:
        start = self.submission.get("period.start")
        if not isinstance(start, date) or k >= months_in_period(self.submission):
            return ""
        month = start.year * 12 + start.month - 1 + k
        return serial(date(month // 12, month % 12 + 1, 1))

    def _months_typed(self, name: str) -> str:
        keys = (
            k for k in self.submission.values if k.startswith(f"monthly.value:{name}@")
        )
        typed = sum(1 for key in keys if type(self._typed(key)) is float)
        return f"{typed}/{months_in_period(self.submission)}"

    def _monthly_sum(self, name: str) -> Cached:
        total = monthly_sum(self.plan, self.submission, name)
        return "" if total is None else total
