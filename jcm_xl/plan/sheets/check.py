"""Check: the sheet judges itself in native formulas, without Python or add-in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from jcm_xl.engine.calculate import judge_criteria
from jcm_xl.expr.to_text import to_plain
from jcm_xl.expr.used import compares_as_it_stands
from jcm_xl.model.dependencies import set_groups
from jcm_xl.model.key import (
    PERIOD,
    PERIOD_END,
    PERIOD_START,
    PLAN_DAYS,
    REFERENCE_NUMBER,
    Key,
    option_key,
    value_key,
)
from jcm_xl.model.methodology import Criterion, Evidence, Parameter
from jcm_xl.model.submission import Stage
from jcm_xl.plan.builder import STAGES, Builder, Cursor, quoted
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.sheets.eligible import applies, unmet_units
from jcm_xl.plan.sheets.ready import (
    CheckPoint,
    Points,
    applying_keys,
    share,
    share_formula,
)
from jcm_xl.plan.slot import Cached, Computed
from jcm_xl.plan.stage import period_days, plan_days
from jcm_xl.text.days import serial
from jcm_xl.text.spellings import full_width
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.xlsx.grid import address

FIRST = 8
EXCESS = 0.2
"""Our own default: so much above the estimate is worth a look (JX603)."""
_DAYS = date(2011, 1, 1), date(2100, 1, 1)
"""No project of the JCM was monitored before; a Buddhist year is far behind."""
_DIGITS = '"0123456789０１２３４５６７８９"'
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
        self.share = ""

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
        if b.is_steady:
            self._share()
            self._criteria()
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
            plan, report = (self._count(key, value) for key in keys)
            self._state("", label, plan, report)
        plan, report = map(self._result, STAGES)
        self._state("", self.text("check.result"), plan, report)
        self._verdicts()
        self._figures()
        b.freeze[self.sheet] = (FIRST - 1, 0)

    def _at(self, row: int) -> Cursor:
        return self.b.row(self.sheet, row, self.table)

    def _state(
        self,
        symbol: str,
        what: str,
        plan: Computed | None,
        report: Computed | None,
        links: tuple[Key | None, Key | None] = (None, None),
    ) -> Cursor:
        """Put a line; where a stage is not asked it reads `-`.

        links: the cells to which a click on the answer of a stage leads.
        """
        at = self._at(self.row)
        slots = (
            at.put("symbol", Key("check", "symbol", unit=self.row), "label",
                   content=symbol, style="symbol"),
            at.put("what", Key("check", "what", unit=self.row), "label", content=what),
        )  # fmt: skip
        for stage, computed, key in zip(STAGES, (plan, report), links, strict=True):
            more: dict[str, Any] = (
                {"content": "-"} if computed is None else {"computed": computed}
            )
            if computed and key and self.b.is_steady:
                more["link"] = self.b.cells[key].absolute.replace("$", "")
            style = "symbol" if computed and self.b.is_steady else "unit"
            at.put(_COLUMN[stage], Key("check", stage, unit=self.row),
                   "state" if computed else "label", style=style, **more)  # fmt: skip
        if self.b.has_first_view:
            texts = zip(slots, (symbol, what), strict=True)
            at.height(max(self.b.needed(s, t, s.style) for s, t in texts))
        elif len(what) > 42:
            at.height(30 if len(what) < 84 else 45)
        self.row += 1
        return at

    def _general(self) -> None:
        cells, t, fill = self.b.cells, self.text, self.fill
        reference = cells[REFERENCE_NUMBER].absolute
        formula = f"IF(LEN({reference})>0,{self.ok},{fill})"
        pair: tuple[Computed | None, Computed] = None, Computed(formula, _has_reference)
        if self.b.is_steady:
            pair = self._reference(reference)
        links = (REFERENCE_NUMBER, REFERENCE_NUMBER)
        label = t("check.reference", **self.b.layout.names)
        self._state("", label, pair[0], pair[1], links)
        people = [self._mss(role) for role in ("person", "role")]
        least = 1 if self.b.is_steady else 0  # the heading above
        filled = ",".join(
            f"ROWS({where})-COUNTBLANK({where})>{least}" for where in people
        )
        formula = f"IF(AND({filled}),{self.ok},{fill})"
        if self.b.is_steady:  # the headings above are a row of two texts, too
            rows = "*".join(f'({where}<>"")' for where in people)
            formula = f"IF(SUMPRODUCT({rows})>1,{self.ok},{fill})"
        person = Key("mss", "person", unit=1)
        computed = Computed(formula, _has_structure)
        self._state("", t("check.mss"), computed, None, (person, None))
        if self.b.is_steady:
            self._plan_days()
        no_date = quoted(t("check.not_a_date"))
        days = ((PERIOD_START, "first", self.start), (PERIOD_END, "last", self.end))
        for key, word, cell in days:
            blank = f"IF(ISBLANK({cell}),{fill},{no_date})"
            sound = self.ok
            if self.b.is_steady:
                first, end = (serial(day) for day in _DAYS)
                whole = f"AND(INT({cell})={cell},{cell}>={first:.0f},{cell}<{end:.0f})"
                sound = f"IF({whole},{self.ok},{no_date})"
            formula = f"IF(ISNUMBER({cell}),{sound},{blank})"
            value = partial(_is_date, key=key)
            computed = Computed(formula, value)
            self._state("", t(f"check.{word}"), None, computed, (None, key))
        backward = quoted(t("check.reversed"))
        order = f"IF({self.start}<={self.end},{self.ok},{backward})"
        formula = f"IF(AND({self.dates}),{order},{fill})"
        self._state("", t("check.order"), None, Computed(formula, _is_in_order))

    def _reference(self, cell: str) -> tuple[Computed, Computed]:
        """Ask whether the number is written as one of this country."""
        country = self.b.m.country
        text = f'UPPER(SUBSTITUTE(SUBSTITUTE({cell}," ",""),"\u3000",""))'
        digits = ",".join(
            f"ISNUMBER(FIND(MID({text},{n},1),{_DIGITS}))" for n in (3, 4, 5)
        )
        known = f'OR(LEFT({text},2)="{country}",LEFT({text},2)="{full_width(country)}")'
        sound = f"AND(LEN({text})=5,{known},{digits})"
        other = quoted(self.text("check.other_reference"))
        asked = f"IF({sound},{self.ok},{other})"
        return (
            Computed(f'IF(LEN({cell})=0,"-",{asked})', partial(_reference, blank="-")),
            Computed(
                f"IF(LEN({cell})=0,{self.fill},{asked})",
                partial(_reference, blank=self.text("check.fill")),
            ),
        )

    def _plan_days(self) -> None:
        cell = self.b.cells[PLAN_DAYS].absolute
        wrong, text = (quoted(self.text(f"check.{k}")) for k in ("range", "text"))
        typed = f"IF(ISNUMBER({cell}),IF({cell}>0,{self.ok},{wrong}),{text})"
        formula = f'IF(ISERROR({cell}),{text},IF(LEN({cell})=0,"-",{typed}))'
        label = self.text("check.plan_days")
        computed = Computed(formula, _plan_days)
        self._state("", label, computed, None, (PLAN_DAYS, None))

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

    def _judged(self, stage: str, p: Parameter, there: Computed) -> Computed:
        """Ask more of a value that is there: one answer after the other."""
        points = tuple(Points(self.b, stage, p, self.share))
        formula = there.formula
        mend = [point for point in points if not point.is_doubt]
        doubts = [point for point in points if point.is_doubt]
        if doubts:
            formula = self._asked(doubts, formula)
        if mend:
            formula = self._asked(mend, formula)
        count = self.b.cells[Key(stage, "missing", p.name)].absolute
        formula = f"IF({count}>0,{there.formula},{formula})"
        value = partial(_judged, stage=stage, name=p.name, points=points, there=there)
        return Computed(formula, value)

    def _asked(self, points: Sequence[CheckPoint], fine: str) -> str:
        formula = fine
        for point in reversed(points):
            word = quoted(self.text(f"check.{point.word}"))
            formula = f"IF({point.formula}>0,{word},{formula})"
        return formula

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
        if self.b.is_steady:
            pairs = [
                computed and self._judged(stage, p, computed)
                for stage, computed in zip(STAGES, pairs, strict=True)
            ]
        unit = 1 if p.index else None
        links = value_key("mps", p.name, unit), value_key("mrs", p.name, unit)
        plan, report = pairs
        at = self._state(typed_symbol(p.symbol), p.label, plan, report, links)
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

    def _share(self) -> None:
        """Put the factor by which the estimates count for this period."""
        at = self._at(self.row)
        at.put("symbol", Key("check", "symbol", unit=self.row), "label", content="",
               style="symbol")  # fmt: skip
        at.put("what", Key("check", "what", unit=self.row), "label",
               content=self.text("check.share"))  # fmt: skip
        at.put("plan", Key("check", "mps", unit=self.row), "label", content="-",
               style="unit")  # fmt: skip
        at.put("report", Key("check", "mrs", unit=self.row), "label", content="-",
               style="unit")  # fmt: skip
        here = at.put(
            "ratio", Key("check", "share"), "ratio", style="value",
            computed=Computed(share_formula(self.b, self.start, self.end), _share),
        )  # fmt: skip
        at.height(30)
        self.share = here.fixed
        self.row += 1

    def _criteria(self) -> None:
        """Put a line for each criterion that is answered by calculation."""
        for c in self.b.m.criteria:
            if c.check is None or not compares_as_it_stands(c.check):
                continue
            label = f"{c.id}: {to_plain(c.check, self._symbol)}"
            plan, report = (self._criterion(stage, c) for stage in STAGES)
            self._state(c.id, label, plan, report)

    def _symbol(self, name: str) -> str:
        return typed_symbol(self.b.label(name).symbol)

    def _criterion(self, stage: str, c: Criterion) -> Computed:
        unmet = unmet_units(self.b, stage, c)
        word = "unmet" if c.evidence is Evidence.DOCUMENT else "look_unmet"
        words = quoted(self.text(f"check.{word}"))
        fine = f"IF({unmet}>0,{words},{self.ok})"
        missing = self.b.cells[Key(stage, "missing")].absolute
        formula = f'IF({missing}>0,"-",IF(ISERROR({unmet}),"-",{fine}))'
        return Computed(formula, partial(_criterion, stage=stage, c=c, word=word))

    def _option(self, p: Parameter) -> None:
        one = self._chosen if p.index is None else self._all_chosen
        unit = 1 if p.index else None
        self._state(
            typed_symbol(p.symbol), self.text("check.option", label=p.label),
            one("mps", p), one("mrs", p),
            (option_key("mps", p.name, unit), option_key("mrs", p.name, unit)),
        )  # fmt: skip

    def _chosen(self, stage: str, p: Parameter) -> Computed:
        cell, value, count = (
            self.b.cells[Key(stage, kind, p.name)].absolute
            for kind in ("option", "value", "missing")
        )
        chosen = ",".join(f'{cell}="Option {o}"' for o in p.options)
        choose = quoted(self.text("check.choose"))
        blank = f'{value}=""'
        if self.b.is_steady:
            blank += f',{cell}=""'
        asked = f"IF(OR({chosen}),{self.ok},{choose})"
        if self.b.is_steady and p.required_when is not None:
            idle = f'IF({cell}="","-",{asked})'
            where = applies(self.b, stage, p)
            asked = f"IF(ISERROR({where}),{asked},IF({where}=0,{idle},{asked}))"
        return Computed(
            f'IF(AND({blank},{count}=0),"-",{asked})',
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
        if b.is_steady and p.required_when is not None:
            where = self._where_asked(stage, p, options)
            count = f"IF(ISERROR({where}),{count},{where})"
        fine = self.ok
        if b.is_steady:
            known = "".join(f'-COUNTIF({options},"Option {o}")' for o in p.options)
            count += f"+ROWS({options})-COUNTBLANK({options}){known}"
            fine = f'IF(SUM({used})=0,"-",{self.ok})'
        choose = quoted(" " + self.text("check.choose"))
        return Computed(
            f"IF({count}=0,{fine},{count}&{choose})",
            partial(_all_chosen, stage=stage, name=p.name, index=index),
        )

    def _where_asked(self, stage: str, p: Parameter, options: str) -> str:
        """Count the blank options of the unit rows in which a parameter applies."""
        b, index = self.b, p.index or ""
        used, copies = (
            b.column_range(b.unit_keys(Key(stage, kind, name), index), "")
            for kind, name in (("used", index), ("repeat", p.name))
        )
        inner = f"INDEX({options},2):INDEX({options},{b.rows[index] + 1})"
        blank = f'({used}=1)*({inner}="")*(1-ISTEXT({copies}))'
        return f"SUMPRODUCT({blank}*{applies(b, stage, p)})"

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
        fine = self.ok
        if self.b.is_steady and stage == "mrs":
            name = self.b.m.results.reduction
            plan, report = (
                self.b.cells[Key(s, "quantity", name)].absolute for s in STAGES
            )
            expected = f"{plan}*{self.share}"
            above = (
                f"AND({plan}>0,{report}>{expected}*{1 + EXCESS},{report}-{expected}>=1)"
            )
            known = f"AND(ISNUMBER({plan}),ISNUMBER({report}),ISNUMBER({self.share}))"
            look = quoted(self.text("check.look_above"))
            fine = f"IF({known},IF({above},{look},{self.ok}),{self.ok})"
        formula = f"IF(ISNUMBER({cell}),{fine},{failed})"
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
            if self.b.is_steady:
                doubts = f"COUNTIF({where},{quoted(self.text('check.look') + '*')})"
                look = quoted(self.text(f"check.{word}_look"))
                ready = f"IF({doubts}=0,{ready},{look}&{doubts})"
                count = f"({count}-{doubts})"
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
        figures = results.figures
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


def _reference(shown: CachedValues, blank: str) -> Cached:
    value = shown.typed(REFERENCE_NUMBER)
    if value in (None, ""):
        return blank
    text = str(value).replace(" ", "").replace("\u3000", "").upper()
    country, m = text[:2], shown.plan.methodology
    is_known = country in (m.country, full_width(m.country))
    is_number = len(text) == 5 and all(digit in _DIGITS for digit in text[2:])
    return shown.word("ok" if is_known and is_number else "other_reference")


def _plan_days(shown: CachedValues) -> Cached:
    value = shown.typed(PLAN_DAYS)
    if value in (None, ""):
        return "-"
    if type(value) is not float:
        return shown.word("text")
    return shown.word("ok" if value > 0 else "range")


def _share(shown: CachedValues) -> Cached:
    part = share(shown)
    return "" if part is None else part


def _criterion(shown: CachedValues, stage: str, c: Criterion, word: str) -> Cached:
    if shown.missing(stage):
        return "-"
    m, inputs = shown.plan.methodology, shown.inputs[Stage(stage)]
    judged = judge_criteria(m, inputs, shown.results[Stage(stage)])
    answers = [answer for name, _, answer in judged if name == c.id]
    return shown.word(word if False in answers else "ok")


def _judged(
    shown: CachedValues,
    stage: str,
    name: str,
    points: Sequence[CheckPoint],
    there: Computed,
) -> Cached:
    if not shown.missing(stage, name):
        for point in points:
            if point.value(shown):
                return shown.word(point.word)
    return there.value(shown)


def _has_reference(shown: CachedValues) -> Cached:
    return shown.word("fill" if shown.is_blank(REFERENCE_NUMBER) else "ok")


def _has_structure(shown: CachedValues) -> Cached:
    rows = range(1, shown.plan.layout("mss.rows") + 1)
    every = [
        [not shown.is_blank(Key("mss", role, unit=n)) for role in ("person", "role")]
        for n in rows
    ]
    filled = all(map(any, zip(*every, strict=True)))
    if shown.plan.is_steady:
        filled = any(map(all, every))
    return shown.word("ok" if filled else "fill")


def _is_date(shown: CachedValues, key: Key) -> Cached:
    value = shown.typed(key)
    if type(value) is float:
        first, end = map(serial, _DAYS)
        is_sound = value == int(value) and first <= value < end
        return shown.word(
            "ok" if is_sound or not shown.plan.is_steady else "not_a_date"
        )
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
    blank = shown.typed(Key(stage, "value", name)) in (None, "")
    if shown.plan.is_steady:
        blank = blank and shown.is_blank(Key(stage, "option", name))
    if blank and not shown.missing(stage, name):
        return "-"
    p = shown.plan.methodology.parameters[name]
    is_idle = shown.plan.is_steady and applying_keys(shown, stage, p) == []
    if is_idle and shown.is_blank(Key(stage, "option", name)):
        return "-"
    allowed = {f"Option {option}".casefold() for option in p.options}
    is_allowed = str(shown.typed(Key(stage, "option", name))).casefold() in allowed
    return shown.word("ok" if is_allowed else "choose")


def _all_chosen(shown: CachedValues, stage: str, name: str, index: str) -> Cached:
    is_steady = shown.plan.is_steady
    p = shown.plan.methodology.parameters[name]
    known = {f"option {option}".casefold() for option in p.options}
    units = shown.used(stage, index)
    if is_steady and not units:
        return "-"
    count = sum(
        not shown.is_blank(Key(stage, "option", name, u))
        and str(shown.typed(Key(stage, "option", name, u))).casefold() not in known
        for u in units
        if is_steady
    )
    keys = applying_keys(shown, stage, p) if is_steady else None
    asked = units if keys is None else {key.unit for key in keys}
    count += sum(
        shown.is_blank(Key(stage, "option", name, u))
        and not (is_steady and shown.is_unneeded(stage, name, u))
        for u in units
        if u in asked
    )
    return shown.word("ok") if not count else f"{count} {shown.word('choose')}"


def _days(shown: CachedValues, name: str) -> Cached:
    value, days = shown.typed(Key("mrs", "value", name)), period_days(shown.submission)
    if type(value) is not float or days is None:
        return "-"
    return shown.word("ok" if value <= days else "days")


def _has_result(shown: CachedValues, stage: str) -> Cached:
    if not isinstance(shown.result(stage), float):
        return shown.word("failed")
    part = share(shown) if shown.plan.is_steady and stage == "mrs" else None
    if part is not None:
        plan, report = (shown.results[s].unrounded for s in Stage)
        if plan is not None and report is not None and plan > 0:
            expected = plan * part
            if report > expected * (1 + EXCESS) and report - expected >= 1:
                return shown.word("look_above")
    return shown.word("ok")


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
    words = [shown.of(slot) for slot in own if shown.of(slot) not in fine]
    doubts = 0
    if shown.plan.is_steady:
        doubts = sum(str(w).startswith(shown.word("look")) for w in words)
    count, word = len(words) - doubts, _COLUMN[stage]
    if not count and doubts:
        return f"{shown.word(f'{word}_look')}{doubts}"
    if not count:
        return shown.word(f"{word}_ready")
    return f"{shown.word(f'{word}_before')}{count}"


def _written_here(_: CachedValues) -> Cached:
    return "1234.5"


def _figure(shown: CachedValues, stage: str, name: str) -> Cached:
    value = shown.quantity(stage, name)
    return value if isinstance(value, float) else ""
