"""Check: the sheet judges itself in native formulas, without Python or add-in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from jcm_xl.model.dependencies import set_groups
from jcm_xl.model.key import (
    PERIOD,
    PERIOD_END,
    PERIOD_START,
    PLAN_DAYS,
    REFERENCE_NUMBER,
    Key,
)
from jcm_xl.model.methodology import Parameter
from jcm_xl.plan.builder import STAGES, Builder, Cursor, quoted
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.slot import Cached, Computed
from jcm_xl.plan.stage import period_days, plan_days
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.xlsx.grid import address

FIRST = 8
FAR, SLIP = 2, 100
"""Ratios of report to plan per day that are worth an explanation, or a second look."""
_COLUMN = {"mps": "plan", "mrs": "report"}
"""Columns of the stages."""


class CheckSheet:
    """Lays out the lines of the check; each is `ok`, `-` or what to mend."""

    def __init__(self, b: Builder) -> None:
        self.b, self.text = b, b.messages
        self.sheet, self.table = b.layout.sheet("check"), b.layout.table("check")
        self.row = FIRST
        self.ok, self.fill, self.unneeded = (
            quoted(self.text(f"check.{k}")) for k in ("ok", "fill", "unneeded")
        )
        self.start = b.cells[PERIOD_START].absolute
        self.end = b.cells[PERIOD_END].absolute
        self.dates = f"ISNUMBER({self.start}),ISNUMBER({self.end})"

    def build(self) -> None:
        """Put the verdicts, the lines, the figures and the number as written here."""
        b = self.b
        b.sheets["check"], b.last_columns[self.sheet] = self.sheet, self.table.last
        self._at(2).put("symbol", Key("check", "title"), "heading", style="title",
                        span=self.table.last - 1, content=self.text("check.title"),
                        )  # fmt: skip
        b.line(self._at(FIRST - 1), Key("check", "head"), self.table["symbol"].first,
               self.text("check.headings"))  # fmt: skip
        self._at(FIRST - 1).height(32)
        self._general()
        for p in b.m.inputs:
            self._parameter(p)
        for p in b.monitored:
            if len(p.options) > 1:
                self._option(p)
            if str(p.unit) == "day/p" and p.index is None:
                self._days(p)
        for group in set_groups(b.m):
            label = self.text("check.units", label=b.any_of(group).label)
            value = partial(CachedValues.missing_units, group=group)
            keys = (Key(stage, "missing_units", group[0]) for stage in STAGES)
            self._state("", label, *(self._count(key, value) for key in keys))
        self._state("", self.text("check.result"), *map(self._result, STAGES))
        self._verdicts()
        self._figures()
        b.freeze[self.sheet] = (FIRST - 1, 0)

    def _at(self, row: int) -> Cursor:
        return self.b.row(self.sheet, row, self.table)

    def _state(
        self, symbol: str, what: str, plan: Computed | None, report: Computed | None
    ) -> Cursor:
        """Put a line; where a stage is not asked it reads `-`."""
        at = self._at(self.row)
        at.put("symbol", Key("check", "symbol", unit=self.row), "label", content=symbol,
               style="symbol")  # fmt: skip
        at.put("what", Key("check", "what", unit=self.row), "label", content=what)
        for stage, computed in zip(STAGES, (plan, report), strict=True):
            more: Mapping[str, Any] = (
                {"content": "-"} if computed is None else {"computed": computed}
            )
            at.put(_COLUMN[stage], Key("check", stage, unit=self.row),
                   "state" if computed else "label", style="unit", **more)  # fmt: skip
        if len(what) > 42:
            at.height(30 if len(what) < 84 else 45)
        self.row += 1
        return at

    def _general(self) -> None:
        cells, t, fill = self.b.cells, self.text, self.fill
        reference = cells[REFERENCE_NUMBER].absolute
        formula = f"IF(LEN({reference})>0,{self.ok},{fill})"
        self._state(
            "",
            t("check.reference", **self.b.layout.names),
            None,
            Computed(formula, _has_reference),
        )
        people = [self._mss(role) for role in ("person", "role")]
        least = 1 if self.b.is_steady else 0  # the heading above
        filled = ",".join(
            f"ROWS({where})-COUNTBLANK({where})>{least}" for where in people
        )
        formula = f"IF(AND({filled}),{self.ok},{fill})"
        self._state("", t("check.mss"), Computed(formula, _has_structure), None)
        no_date = quoted(t("check.not_a_date"))
        days = ((PERIOD_START, "first", self.start), (PERIOD_END, "last", self.end))
        for key, word, cell in days:
            blank = f"IF(ISBLANK({cell}),{fill},{no_date})"
            formula = f"IF(ISNUMBER({cell}),{self.ok},{blank})"
            value = partial(_is_date, key=key)
            self._state("", t(f"check.{word}"), None, Computed(formula, value))
        backward = quoted(t("check.reversed"))
        order = f"IF({self.start}<={self.end},{self.ok},{backward})"
        formula = f"IF(AND({self.dates}),{order},{fill})"
        self._state("", t("check.order"), None, Computed(formula, _is_in_order))

    def _mss(self, role: str) -> str:
        keys = [
            Key("mss", role, unit=n) for n in range(1, self.b.layout("mss.rows") + 1)
        ]
        return self.b.input_range(keys, self.sheet)

    def _count(self, key: Key, count: partial[float]) -> Computed:
        cell = self.b.cells[key].absolute
        fill = quoted(" " + self.text("check.fill"))
        value = partial(_count, count=partial(count, stage=key.stage))
        return Computed(f"IF({cell}=0,{self.ok},{cell}&{fill})", value)

    def _column(self, stage: str, p: Parameter) -> Computed:
        """Count what is missing of a column; one of which nothing is asked says so."""
        b, index = self.b, p.index or ""
        cell = b.cells[Key(stage, "missing", p.name)].absolute
        keys = b.unit_keys(Key(stage, "repeat", p.name), index)
        copies = b.column_range(keys, "")
        fill, unneeded = quoted(" " + self.text("check.fill")), self.unneeded
        nothing = self.fill if self._must_have(index) else unneeded
        used = b.column_range(b.unit_keys(Key(stage, "used", index), index), "")
        blank = f"IF(SUM({used})=0,{nothing},{unneeded})"
        fine = f"IF(COUNTBLANK({copies})=ROWS({copies}),{blank},{self.ok})"
        return Computed(
            f"IF({cell}=0,{fine},{cell}&{fill})",
            partial(_column, stage=stage, name=p.name),
        )

    def _must_have(self, index: str) -> bool:
        return (index,) in set_groups(self.b.m)

    def _single(self, stage: str, p: Parameter) -> Computed:
        count = self.b.cells[Key(stage, "missing", p.name)].absolute
        cell = self.b.cells[Key(stage, "value", p.name)].absolute
        fill, text = self.fill, quoted(self.text("check.text"))
        # Not COUNTIF(cell,"?*"): LibreOffice takes numbers for texts there.
        typed = f"IF(ISERROR({cell}),{fill},IF(LEN({cell})>0,{text},{fill}))"
        wrong = fill if p.is_choice else typed
        value = partial(_single, stage=stage, name=p.name)
        fine = self.ok
        if self.b.is_steady and p.required_when is not None:
            fine = f'IF({cell}="",{self.unneeded},{self.ok})'
        return Computed(f"IF({count}=0,{fine},{wrong})", value)

    def _parameter(self, p: Parameter) -> None:
        value = partial(CachedValues.missing, name=p.name)
        pairs = [
            None
            if stage == "mrs" and not p.is_monitored
            else self._count(Key(stage, "missing", p.name), value)
            if p.index and not self.b.is_steady
            else self._column(stage, p)
            if p.index
            else self._single(stage, p)
            for stage in STAGES
        ]
        at = self._state(typed_symbol(p.symbol), p.label, *pairs)
        if p.is_monitored and p.is_additive:
            self._ratio(p, at)

    def _ratio(self, p: Parameter, at: Cursor) -> None:
        b, kind = self.b, "total" if p.index else "value"
        plan, report = (b.cells[Key(s, kind, p.name)].absolute for s in STAGES)
        days = b.cells[PLAN_DAYS].absolute
        whole = f"IF(ISNUMBER({days}),{days},365)"
        known = f"ISNUMBER({plan}),ISNUMBER({report}),{self.dates}"
        ratio = f"({report}/({self.end}-{self.start}+1))/({plan}/{whole})"
        formula = (
            f'IF(AND({known}),IF(OR({plan}=0,{self.end}<{self.start}),"",{ratio}),"")'
        )
        value = partial(_ratio, name=p.name, index=p.index)
        here = at.put("ratio", Key("check", "ratio", p.name), "ratio", style="value",
                      computed=Computed(formula, value)).address  # fmt: skip
        near, far, slip = (
            quoted(self.text(f"check.{k}")) for k in ("near", "far", "slip")
        )
        formula = (
            f"IF(ISNUMBER({here}),IF(OR({here}>={SLIP},{here}<=1/{SLIP}),{slip},"
            f'IF(OR({here}>{FAR},{here}<1/{FAR}),{far},{near})),"")'
        )
        at.put("look", Key("check", "look", p.name), "look", style="fixed",
               computed=Computed(formula, partial(_look, name=p.name, index=p.index)),
               )  # fmt: skip

    def _option(self, p: Parameter) -> None:
        one = self._chosen if p.index is None else self._all_chosen
        self._state(
            typed_symbol(p.symbol), self.text("check.option", label=p.label),
            *(one(stage, p) for stage in STAGES),
        )  # fmt: skip

    def _chosen(self, stage: str, p: Parameter) -> Computed:
        cell, value, count = (
            self.b.cells[Key(stage, kind, p.name)].absolute
            for kind in ("option", "value", "missing")
        )
        chosen = ",".join(f'{cell}="Option {o}"' for o in p.options)
        choose = quoted(self.text("check.choose"))
        return Computed(
            f'IF(AND({value}="",{count}=0),"-",IF(OR({chosen}),{self.ok},{choose}))',
            partial(_chosen, stage=stage, name=p.name),
        )

    def _all_chosen(self, stage: str, p: Parameter) -> Computed:
        b, index = self.b, p.index or ""
        used, options, copies = (
            b.input_range(b.unit_keys(Key(stage, kind, name), index), "")
            for kind, name in (
                ("used", index), ("option", p.name), ("repeat", p.name)
            )
        )  # fmt: skip
        # A text in the copy is the empty one of a value that is not needed.
        asked = f"*(1-ISTEXT({copies}))" if b.is_steady else ""
        count = f'SUMPRODUCT(({used}=1)*({options}=""){asked})'
        choose = quoted(" " + self.text("check.choose"))
        return Computed(
            f"IF({count}=0,{self.ok},{count}&{choose})",
            partial(_all_chosen, stage=stage, name=p.name, index=index),
        )

    def _days(self, p: Parameter) -> None:
        cell = self.b.cells[Key("mrs", "value", p.name)].absolute
        known = f"AND(ISNUMBER({cell}),{self.dates})"
        many = quoted(self.text("check.days"))
        inside = f"IF({cell}<={self.end}-{self.start}+1,{self.ok},{many})"
        computed = Computed(f'IF({known},{inside},"-")', partial(_days, name=p.name))
        label = self.text("check.days_label", label=p.label)
        self._state(typed_symbol(p.symbol), label, None, computed)

    def _result(self, stage: str) -> Computed:
        cell = self.b.cells[Key(stage, "result")].absolute
        failed = quoted(self.text("check.failed"))
        formula = f"IF(ISNUMBER({cell}),{self.ok},{failed})"
        return Computed(formula, partial(_has_result, stage=stage))

    def _verdicts(self) -> None:
        last = self.row - 1
        for row, stage in ((4, "mps"), (5, "mrs")):
            word = _COLUMN[stage]
            column = self.table[word].first
            where = f"{address(FIRST, column)}:{address(last, column)}"
            fine = f'COUNTIF({where},{self.ok})-COUNTIF({where},"-")'
            if self.b.is_steady:
                fine += f"-COUNTIF({where},{self.unneeded})"
            count = f"(ROWS({where})-{fine})"
            ready = quoted(self.text(f"check.{word}_ready"))
            before = quoted(self.text(f"check.{word}_before"))
            formula = f"IF({count}=0,{ready},{before}&{count})"
            value = partial(_verdict, stage=stage)
            self._at(row).put("symbol", Key("check", "verdict", word), "verdict",
                              style="verdict", span=self.table.last - 1,
                              computed=Computed(formula, value))  # fmt: skip

    def _figures(self) -> None:
        """Put the three figures of both stages (the chart reads them) and 1234.5."""
        heads, t, results = self._at(self.row + 1), self.text, self.b.m.results
        self.b.line(heads, Key("check", "figures.head"), self.table["plan"].first,
                    [t("check.plan"), t("check.report")])  # fmt: skip
        figures = (results.reference, results.project, results.reduction)
        for i, name in enumerate(figures, 1):
            self._figure(heads.down(i), name)
        writes = heads.down(5)
        writes.put("symbol", Key("check", "writes.label"), "label", span=3,
                   content=t("check.writes"))  # fmt: skip
        writes.put("report", Key("check", "writes"), "state", style="unit",
                   computed=Computed('1234.5&""', _written_here))  # fmt: skip
        # The chart stands below; this slot is its lower edge, so that it is printed.
        heads.down(24).put("symbol", Key("check", "chart"), "chart", style="plain")

    def _figure(self, at: Cursor, name: str) -> None:
        b, f = self.b, self.b.m.formulas[name]
        b.symbol(at, "symbol", Key("check", "figure.symbol", name), f)
        at.put("what", Key("check", "figure.label", name), "label",
               content=f"{f.label} [{f.unit}]")  # fmt: skip
        for stage in STAGES:
            cell = b.cells[Key(stage, "quantity", name)].absolute
            value = partial(_figure, stage=stage, name=name)
            computed = Computed(f'IF(ISNUMBER({cell}),{cell},"")', value)
            at.put(_COLUMN[stage], Key("check", "figure", stage, part=name), "figure",
                   style="value", computed=computed)  # fmt: skip


# -- what the formulas show --------------------------------------------------------


def _has_reference(shown: CachedValues) -> Cached:
    return shown.word("fill" if shown.is_blank(REFERENCE_NUMBER) else "ok")


def _has_structure(shown: CachedValues) -> Cached:
    rows = range(1, shown.plan.layout("mss.rows") + 1)
    filled = all(
        any(not shown.is_blank(Key("mss", role, unit=n)) for n in rows)
        for role in ("person", "role")
    )
    return shown.word("ok" if filled else "fill")


def _is_date(shown: CachedValues, key: Key) -> Cached:
    value = shown.typed(key)
    if type(value) is float:
        return shown.word("ok")
    return shown.word("fill" if value is None else "not_a_date")


def _is_in_order(shown: CachedValues) -> Cached:
    start, end = map(shown.typed, PERIOD)
    if type(start) is not float or type(end) is not float:
        return shown.word("fill")
    return shown.word("ok" if start <= end else "reversed")


def _count(shown: CachedValues, count: partial[float]) -> Cached:
    number = count(shown)
    return shown.word("ok") if not number else f"{number:.0f} {shown.word('fill')}"


def _column(shown: CachedValues, stage: str, name: str) -> Cached:
    if missing := shown.missing(stage, name):
        return f"{missing:.0f} {shown.word('fill')}"
    m = shown.plan.methodology
    index = m.parameters[name].index or ""
    used = shown.used(stage, index)
    if any(not shown.is_unneeded(stage, name, u) for u in used):
        return shown.word("ok")
    is_needed = not used and (index,) in set_groups(m)
    return shown.word("fill" if is_needed else "unneeded")


def _single(shown: CachedValues, stage: str, name: str) -> Cached:
    value = shown.typed(Key(stage, "value", name))
    if not shown.missing(stage, name):
        p = shown.plan.methodology.parameters[name]
        is_unneeded = shown.plan.is_steady and p.required_when is not None
        return shown.word("unneeded" if is_unneeded and value in (None, "") else "ok")
    is_choice = shown.plan.methodology.parameters[name].is_choice
    is_text = isinstance(value, str | bool) and not is_choice
    return shown.word("text" if is_text else "fill")


def _chosen(shown: CachedValues, stage: str, name: str) -> Cached:
    blank = shown.typed(Key(stage, "value", name)) is None
    if blank and not shown.missing(stage, name):
        return "-"
    p = shown.plan.methodology.parameters[name]
    allowed = {f"Option {option}".casefold() for option in p.options}
    is_allowed = str(shown.typed(Key(stage, "option", name))).casefold() in allowed
    return shown.word("ok" if is_allowed else "choose")


def _all_chosen(shown: CachedValues, stage: str, name: str, index: str) -> Cached:
    is_steady = shown.plan.is_steady
    count = sum(
        shown.is_blank(Key(stage, "option", name, u))
        and not (is_steady and shown.is_unneeded(stage, name, u))
        for u in shown.used(stage, index)
    )
    return shown.word("ok") if not count else f"{count} {shown.word('choose')}"


def _days(shown: CachedValues, name: str) -> Cached:
    value, days = shown.typed(Key("mrs", "value", name)), period_days(shown.submission)
    if type(value) is not float or days is None:
        return "-"
    return shown.word("ok" if value <= days else "days")


def _has_result(shown: CachedValues, stage: str) -> Cached:
    return shown.word("ok" if isinstance(shown.result(stage), float) else "failed")


def _amount(shown: CachedValues, stage: str, name: str, index: str | None) -> object:
    if index:
        return shown.total(stage, name, index)
    return shown.typed(Key(stage, "value", name))


def _ratio(shown: CachedValues, name: str, index: str | None) -> Cached:
    plan, report = (_amount(shown, stage, name, index) for stage in STAGES)
    days = period_days(shown.submission)
    if not isinstance(plan, float) or not isinstance(report, float) or days is None:
        return ""
    if plan == 0 or days < 1:
        return ""
    stated = shown.typed(PLAN_DAYS)
    whole = stated if type(stated) is float else plan_days(shown.submission)
    if whole == 0:
        return "#DIV/0!"
    return (report / days) / (plan / float(whole))


def _look(shown: CachedValues, name: str, index: str | None) -> Cached:
    ratio = _ratio(shown, name, index)
    if not isinstance(ratio, float):
        return ""
    if ratio >= SLIP or ratio <= 1 / SLIP:
        return shown.word("slip")
    return shown.word("far" if ratio > FAR or ratio < 1 / FAR else "near")


def _verdict(shown: CachedValues, stage: str) -> Cached:
    fine = (shown.word("ok"), shown.word("unneeded"), "-")
    states = shown.plan.where("state")
    own = (slot for slot in states if slot.key.is_in("check", stage))
    count = sum(1 for slot in own if shown.of(slot) not in fine)
    word = _COLUMN[stage]
    if not count:
        return shown.word(f"{word}_ready")
    return f"{shown.word(f'{word}_before')}{count}"


def _written_here(_: CachedValues) -> Cached:
    return "1234.5"


def _figure(shown: CachedValues, stage: str, name: str) -> Cached:
    value = shown.quantity(stage, name)
    return value if isinstance(value, float) else ""
