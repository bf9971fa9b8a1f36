"""Check: the sheet judges itself in native formulas, without Python or add-in."""

from __future__ import annotations

from jcm_xl.model.methodology import Parameter
from jcm_xl.plan.builder import Builder, quoted
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.xlsx.grid import column_letters as letters

FIRST = 8
FAR, SLIP = 2, 100
"""Ratios of report to plan per day that are worth an explanation, or a second look."""


class CheckSheet:
    """Lays out the lines of the check; each is `ok`, `-` or what to mend."""

    def __init__(self, b: Builder) -> None:
        self.b, self.text = b, b.messages
        self.sheet = b.layout.sheet("check")
        self.row = FIRST
        self.ok = quoted(self.text("check.ok"))
        self.start = b.cells["period.start"].absolute
        self.end = b.cells["period.end"].absolute

    def build(self) -> None:
        """Put the verdicts, the lines, the figures and the number as written here."""
        b = self.b
        b.sheets["check"], b.last_columns[self.sheet] = self.sheet, 7
        b.put(
            "check.title",
            self.sheet,
            2,
            2,
            "heading",
            style="title",
            span=6,
            content=self.text("check.title"),
        )
        b.line("check.head", self.sheet, FIRST - 1, 2, self.text("check.headings"))
        b.heights[self.sheet, FIRST - 1] = 32
        self._general()
        for p in b.m.inputs:
            self._parameter(p)
        for p in b.monitored:
            if len(p.options) > 1:
                self._option(p)
            if str(p.unit) == "day/p" and p.index is None:
                self._days(p)
        for unit_set in b.m.sets.values():
            self._state(
                "",
                self.text("check.units", label=unit_set.label),
                *(
                    self._count(stage, f"missing_units:{unit_set.name}")
                    for stage in ("mps", "mrs")
                ),
            )
        self._state(
            "", self.text("check.result"), self._result("mps"), self._result("mrs")
        )
        self._verdicts()
        self._figures()
        b.freeze[self.sheet] = (FIRST - 1, 0)

    def _state(
        self,
        symbol: str,
        what: str,
        plan: tuple[str, tuple[object, ...]] | None,
        report: tuple[str, tuple[object, ...]] | None,
    ) -> int:
        b, row = self.b, self.row
        b.put(
            f"check.symbol:{row}",
            self.sheet,
            row,
            2,
            "label",
            content=symbol,
            style="symbol",
        )
        b.put(f"check.what:{row}", self.sheet, row, 3, "label", content=what)
        for column, stage, pair in ((4, "mps", plan), (5, "mrs", report)):
            key = f"check.{stage}:{row}"
            if pair is None:
                b.put(key, self.sheet, row, column, "label", content="-", style="unit")
            else:
                b.put(
                    key,
                    self.sheet,
                    row,
                    column,
                    "state",
                    style="unit",
                    formula=pair[0],
                    recipe=pair[1],
                )
        if len(what) > 42:
            b.heights[self.sheet, row] = 30 if len(what) < 84 else 45
        self.row += 1
        return row

    def _general(self) -> None:
        cells, t = self.b.cells, self.text
        fill = quoted(t("check.fill"))
        reference = cells["reference_number"].absolute
        self._state(
            "",
            t("check.reference"),
            None,
            (
                f"IF(LEN({reference})>0,{self.ok},{fill})",
                ("state_text", "reference_number"),
            ),
        )
        people = [self._mss(role) for role in ("person", "role")]
        filled = ",".join(f"ROWS({where})-COUNTBLANK({where})>0" for where in people)
        self._state(
            "",
            t("check.mss"),
            (f"IF(AND({filled}),{self.ok},{fill})", ("state_mss",)),
            None,
        )
        no_date = quoted(t("check.not_a_date"))
        for key, cell in (("start", self.start), ("end", self.end)):
            word = "check.first" if key == "start" else "check.last"
            formula = (
                f"IF(ISNUMBER({cell}),{self.ok},IF(ISBLANK({cell}),{fill},{no_date}))"
            )
            self._state("", t(word), None, (formula, ("state_date", f"period.{key}")))
        both = f"AND(ISNUMBER({self.start}),ISNUMBER({self.end}))"
        backward = quoted(t("check.reversed"))
        formula = f"IF({both},IF({self.start}<={self.end},{self.ok},{backward}),{fill})"
        self._state("", t("check.order"), None, (formula, ("state_order",)))

    def _mss(self, role: str) -> str:
        keys = [f"mss.{role}:{n}" for n in range(1, self.b.layout("mss.rows") + 1)]
        return self.b.column_range(keys, self.sheet)

    def _count(self, stage: str, key: str) -> tuple[str, tuple[object, ...]]:
        cell = self.b.cells[f"{stage}.{key}"].absolute
        fill = quoted(" " + self.text("check.fill"))
        return f"IF({cell}=0,{self.ok},{cell}&{fill})", ("state_count", stage, key)

    def _single(self, stage: str, p: Parameter) -> tuple[str, tuple[object, ...]]:
        count = self.b.cells[f"{stage}.missing:{p.name}"].absolute
        cell = self.b.cells[f"{stage}.value:{p.name}"].absolute
        fill, text = quoted(self.text("check.fill")), quoted(self.text("check.text"))
        # Not COUNTIF(cell,"?*"): LibreOffice takes numbers for texts there.
        typed = f"IF(ISERROR({cell}),{fill},IF(LEN({cell})>0,{text},{fill}))"
        wrong = fill if p.is_choice else typed
        return (f"IF({count}=0,{self.ok},{wrong})", ("state_single", stage, p.name))

    def _parameter(self, p: Parameter) -> None:
        pairs = [
            None
            if stage == "mrs" and not p.is_monitored
            else self._count(stage, f"missing:{p.name}")
            if p.index
            else self._single(stage, p)
            for stage in ("mps", "mrs")
        ]
        row = self._state(typed_symbol(p.symbol), p.label, *pairs)
        if p.is_monitored and p.is_additive:
            self._ratio(p, row)

    def _ratio(self, p: Parameter, row: int) -> None:
        b, kind = self.b, "total" if p.index else "value"
        plan, report = (
            b.cells[f"{s}.{kind}:{p.name}"].absolute for s in ("mps", "mrs")
        )
        days = b.cells["plan.days"].absolute
        whole = f"IF(ISNUMBER({days}),{days},365)"
        known = (
            f"ISNUMBER({plan}),ISNUMBER({report}),ISNUMBER({self.start}),"
            f"ISNUMBER({self.end})"
        )
        ratio = f"({report}/({self.end}-{self.start}+1))/({plan}/{whole})"
        b.put(
            f"check.ratio:{p.name}",
            self.sheet,
            row,
            6,
            "ratio",
            style="value",
            formula=f'IF(AND({known}),IF(OR({plan}=0,{self.end}<{self.start}),"",'
            f'{ratio}),"")',
            recipe=("ratio", p.name, p.index),
        )
        here = f"F{row}"
        near, far, slip = (
            quoted(self.text(f"check.{k}")) for k in ("near", "far", "slip")
        )
        b.put(
            f"check.look:{p.name}",
            self.sheet,
            row,
            7,
            "look",
            style="fixed",
            formula=f"IF(ISNUMBER({here}),IF(OR({here}>={SLIP},{here}<=1/{SLIP}),{slip},"
            f'IF(OR({here}>{FAR},{here}<1/{FAR}),{far},{near})),"")',
            recipe=("look", p.name, p.index),
        )

    def _option(self, p: Parameter) -> None:
        b = self.b
        pairs: list[tuple[str, tuple[object, ...]]] = []
        choose = self.text("check.choose")
        for stage in ("mps", "mrs"):
            if p.index is None:
                cell = b.cells[f"{stage}.option:{p.name}"].absolute
                value = b.cells[f"{stage}.value:{p.name}"].absolute
                count = b.cells[f"{stage}.missing:{p.name}"].absolute
                chosen = ",".join(f'{cell}="Option {o}"' for o in p.options)
                pairs.append(
                    (
                        f'IF(AND({value}="",{count}=0),"-",'
                        f"IF(OR({chosen}),{self.ok},{quoted(choose)}))",
                        ("state_option", stage, p.name),
                    )
                )
                continue
            used = b.column_range(b.unit_keys(f"{stage}.used", p.index, p.index), "")
            options = b.column_range(
                b.unit_keys(f"{stage}.option", p.name, p.index), ""
            )
            count = f'SUMPRODUCT(({used}=1)*({options}=""))'
            pairs.append(
                (
                    f"IF({count}=0,{self.ok},{count}&{quoted(' ' + choose)})",
                    ("state_options", stage, p.name, p.index),
                )
            )
        self._state(
            typed_symbol(p.symbol), self.text("check.option", label=p.label), *pairs
        )

    def _days(self, p: Parameter) -> None:
        cell = self.b.cells[f"mrs.value:{p.name}"].absolute
        known = f"AND(ISNUMBER({cell}),ISNUMBER({self.start}),ISNUMBER({self.end}))"
        many = quoted(self.text("check.days"))
        inside = f"IF({cell}<={self.end}-{self.start}+1,{self.ok},{many})"
        self._state(
            typed_symbol(p.symbol),
            self.text("check.days_label", label=p.label),
            None,
            (f'IF({known},{inside},"-")', ("state_days", p.name)),
        )

    def _result(self, stage: str) -> tuple[str, tuple[object, ...]]:
        cell = self.b.cells[f"{stage}.result"].absolute
        failed = quoted(self.text("check.failed"))
        return f"IF(ISNUMBER({cell}),{self.ok},{failed})", ("state_result", stage)

    def _verdicts(self) -> None:
        last = self.row - 1
        for row, column, stage in ((4, 4, "plan"), (5, 5, "report")):
            where = f"{letters(column)}{FIRST}:{letters(column)}{last}"
            fine = f'COUNTIF({where},{self.ok})-COUNTIF({where},"-")'
            count = f"(ROWS({where})-{fine})"
            ready = quoted(self.text(f"check.{stage}_ready"))
            before = quoted(self.text(f"check.{stage}_before"))
            self.b.put(
                f"check.verdict:{stage}",
                self.sheet,
                row,
                2,
                "verdict",
                style="verdict",
                span=6,
                recipe=("verdict", stage),
                formula=f"IF({count}=0,{ready},{before}&{count})",
            )

    def _figures(self) -> None:
        """Put the three figures of both stages (the chart reads them) and 1234.5."""
        b, row, t, m = self.b, self.row + 1, self.text, self.b.m
        b.line(
            "check.figures.head",
            self.sheet,
            row,
            4,
            [t("check.plan"), t("check.report")],
        )
        for i, name in enumerate(
            (m.results.reference, m.results.project, m.results.reduction), 1
        ):
            f = m.formulas[name]
            b.symbol(f"check.figure.symbol:{name}", self.sheet, row + i, 2, f)
            b.put(
                f"check.figure.label:{name}",
                self.sheet,
                row + i,
                3,
                "label",
                content=f"{f.label} [{f.unit}]",
            )
            for column, stage in ((4, "mps"), (5, "mrs")):
                cell = b.cells[f"{stage}.quantity:{name}"].absolute
                b.put(
                    f"check.figure:{stage}.{name}",
                    self.sheet,
                    row + i,
                    column,
                    "figure",
                    style="value",
                    recipe=("figure", stage, name),
                    formula=f'IF(ISNUMBER({cell}),{cell},"")',
                )
        b.put(
            "check.writes.label",
            self.sheet,
            row + 5,
            2,
            "label",
            span=3,
            content=t("check.writes"),
        )
        b.put(
            "check.writes",
            self.sheet,
            row + 5,
            5,
            "state",
            style="unit",
            formula='1234.5&""',
            recipe=("constant", "1234.5"),
        )
        # The chart stands below; this slot is its lower edge, so that it is printed.
        b.put("check.chart", self.sheet, row + 24, 2, "chart", style="plain")
