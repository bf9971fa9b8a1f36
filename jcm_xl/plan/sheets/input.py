"""MPS(input) and MRS(input): Tables 1 to 3 and the monitoring options."""

from __future__ import annotations

from jcm_xl.model.methodology import Parameter
from jcm_xl.plan.builder import MPS_INPUT_LAST, Builder, quoted
from jcm_xl.text.days import MONTH_NAMES

FIRST = 5
_TEXTS = ("source", "procedure", "frequency")


class InputSheet:
    """Positions of one input sheet; the report is one column wider than the plan."""

    def __init__(self, b: Builder, stage: str) -> None:
        self.b, self.stage = b, stage
        self.shift = 1 if stage == "mrs" else 0
        self.point = 2 + self.shift
        self.last = MPS_INPUT_LAST + self.shift
        self.table1 = FIRST + 3
        self.table2 = self.table1 + len(b.monitored) + 1
        self.rows2 = self.table2 + 3
        self.table3 = self.rows2 + max(len(b.fixed), 1) + 1
        self.result = self.table3 + 2
        self.legend = self.result + 2
        self.texts = self.legend + 6
        self.sheet = ""

    def build(self) -> None:
        """Put every slot but the result of Table 3, which needs the other sheet."""
        b, stage = self.b, self.stage
        self.sheet = b.begin(f"{stage}_input", self.last)
        if self.shift:
            self._period()
        self._heads1()
        for n, p in enumerate(b.monitored):
            self._row1(n, p)
        self._heads2()
        for n, p in enumerate(b.fixed):
            self._row2(self.rows2 + n, p)
        if not b.fixed:
            b.put(
                f"{stage}.table2.none",
                self.sheet,
                self.rows2,
                self.point,
                "label",
                content="-",
                style="symbol",
                span=2 + self.shift,
            )
        self._heads3()
        self._legend()
        self._option_texts()
        for p in b.m.inputs:
            if p.index is None:
                name, value = f"{stage}_{p.name}", f"{stage}.value:{p.name}"
                b.names[name] = b.cells[value].absolute
        b.freeze[self.sheet] = (4, 0)

    def _put(self, key: str, row: int, column: int, role: str, **more: object) -> None:
        self.b.put(f"{self.stage}.{key}", self.sheet, row, column, role, **more)

    def _period(self) -> None:
        text = self.b.layout
        self._put(
            "period.label",
            4,
            2,
            "heading",
            style="section",
            content=text("period.label"),
        )
        for column, key in ((5, "first"), (7, "last")):
            self._put(
                f"period.{key}",
                4,
                column,
                "heading",
                style="right",
                content=text(f"period.{key}"),
            )
            self.b.put(
                f"period.{'start' if key == 'first' else 'end'}",
                self.sheet,
                4,
                column + 1,
                "period",
                style="date",
                is_input=True,
                rule="date",
            )
        self._put(
            "period.hint", 4, 9, "note", style="plain", content=text("period.hint")
        )

    def _letters(self, row: int, column: int, table: str, spans: list[int]) -> None:
        for i, span in enumerate(spans):
            self._put(
                f"{table}.letter:{i + 1}",
                row,
                column,
                "heading",
                content=f"({chr(97 + i)})",
                style="letter",
                span=span,
            )
            column += span

    def _heads1(self) -> None:
        text = self.b.layout
        headings = text(f"table1.{self.stage}.headings")
        self._put(
            "table1.title",
            FIRST,
            2,
            "heading",
            style="section",
            content=text(f"table1.{self.stage}.title"),
        )
        self._letters(FIRST + 1, 2, "table1", [1] * len(headings))
        self.b.line(f"{self.stage}.table1.head", self.sheet, FIRST + 2, 2, headings)
        for row in (FIRST + 2, self.table3 + 1):
            self.b.heights[self.sheet, row] = 32

    def _row1(self, n: int, p: Parameter) -> None:
        b, stage, row, at = self.b, self.stage, self.table1 + n, self.point
        trust = b.trust(p)
        if self.shift:
            self._put(
                f"period_copy:{p.name}",
                row,
                2,
                "period_copy",
                style="symbol",
                formula=f"$B${self.result}",
                recipe=("period",),
            )
        self._put(
            f"point:{p.name}",
            row,
            at,
            "point",
            content=f"({n + 1})",
            style="unit",
            name=p.name,
        )
        b.symbol(f"{stage}.symbol:{p.name}", self.sheet, row, at + 1, p)
        self._put(
            f"label:{p.name}",
            row,
            at + 2,
            "label",
            content=p.label,
            name=p.name,
            trust=trust,
        )
        self._value(row, at + 3, p)
        self._put(
            f"unit:{p.name}",
            row,
            at + 4,
            "unit",
            content=b.unit(p),
            style="unit",
            name=p.name,
            trust=trust,
        )
        self._option(row, at + 5, p)
        for i, role in enumerate(_TEXTS):
            self._text(row, at + 6 + i, p, role)
        self._put(
            f"comment:{p.name}",
            row,
            at + 9,
            "comment",
            style="input",
            name=p.name,
            is_input=True,
            rule="text",
        )
        longest = max(len(block.procedure) for block in p.monitoring)
        b.heights[self.sheet, row] = min(400, max(45, 15 * (longest // 50 + 2)))

    def _value(self, row: int, column: int, p: Parameter) -> None:
        b, stage = self.b, self.stage
        if p.index is None:
            self._put(
                f"value:{p.name}",
                row,
                column,
                "value",
                name=p.name,
                is_input=True,
                style="input" if p.is_choice else "number",
                rule="choice" if p.is_choice else "number",
            )
        elif p.is_additive:
            keys = b.unit_keys(f"{stage}.value", p.name, p.index)
            where, see = b.column_range(keys, self.sheet), b.see(f"{stage}_separate")
            self._put(
                f"total:{p.name}",
                row,
                column,
                "total",
                style="value",
                name=p.name,
                formula=f"IF(COUNT({where})=0,{quoted(see)},SUM({where}))",
                recipe=("total", stage, p.name, p.index),
            )
        else:
            self._put(
                f"total:{p.name}",
                row,
                column,
                "label",
                name=p.name,
                content=b.see(f"{stage}_separate"),
            )

    def _option(self, row: int, column: int, p: Parameter) -> None:
        key = f"option:{p.name}"
        if len(p.options) == 1:
            self._put(
                key,
                row,
                column,
                "option_fixed",
                style="unit",
                name=p.name,
                content=f"Option {p.options[0]}",
            )
        elif p.index is None:
            self._put(
                key,
                row,
                column,
                "option",
                style="input",
                name=p.name,
                is_input=True,
                rule="option",
            )
        else:
            self._put(
                key,
                row,
                column,
                "label",
                name=p.name,
                content=self.b.see(f"{self.stage}_separate"),
            )

    def _text(self, row: int, column: int, p: Parameter, role: str) -> None:
        """Put the methodology's text: of the only option, or of the one chosen."""
        key = f"{role}:{p.name}"
        if len(p.options) == 1:
            self._put(
                key,
                row,
                column,
                role,
                style="input",
                name=p.name,
                content=getattr(p.monitoring[0], role),
                is_input=True,
                rule="text",
            )
            return
        self._put(
            key,
            row,
            column,
            role,
            style="input",
            name=p.name,
            is_input=True,
            rule="text",
            formula=self._chosen_text(row, p, role),
            recipe=("option_text", self.stage, p.name, role),
        )

    def _chosen_text(self, row: int, p: Parameter, role: str) -> str:
        first = (
            self.texts
            + 2
            + sum(
                len(q.options)
                for q in self._with_choice()
                if q.name != p.name
                and self.b.monitored.index(q) < self.b.monitored.index(p)
            )
        )
        column = "HIJK"[_TEXTS.index(role) + self.shift]
        cells = [f"{column}{first + i}" for i in range(len(p.options))]
        if p.index is None:
            chosen = self.b.cells[f"{self.stage}.option:{p.name}"].address
            formula = '""'
            for option, cell in reversed(list(zip(p.options, cells, strict=True))):
                formula = f'IF({chosen}="Option {option}",{cell},{formula})'
            return formula
        keys = self.b.unit_keys(f"{self.stage}.option", p.name, p.index)
        where = self.b.column_range(keys, self.sheet)
        return "&".join(
            f'IF(COUNTIF({where},"Option {option}")>0,{cell},"")'
            for option, cell in zip(p.options, cells, strict=True)
        )

    def _with_choice(self) -> list[Parameter]:
        return [p for p in self.b.monitored if len(p.options) > 1]

    def _heads2(self) -> None:
        text = self.b.layout
        self._put(
            "table2.title",
            self.table2,
            2,
            "heading",
            style="section",
            content=text(f"table2.{self.stage}"),
        )
        spans = [2 + self.shift, 1, 1, 1, 4, 1]
        self._letters(self.table2 + 1, 2, "table2", spans)
        column = 2
        for i, (span, head) in enumerate(
            zip(spans, text("table2.headings"), strict=True), 1
        ):
            self._put(
                f"table2.head:{i}",
                self.table2 + 2,
                column,
                "heading",
                content=head,
                style="head",
                span=span,
            )
            column += span

    def _row2(self, row: int, p: Parameter) -> None:
        """Put a row of Table 2; that of the report repeats the plan."""
        b, stage, trust = self.b, self.stage, self.b.trust(p)
        at = 4 + self.shift
        b.symbol(f"{stage}.symbol:{p.name}", self.sheet, row, 2, p, span=2 + self.shift)
        self._put(
            f"label:{p.name}",
            row,
            at,
            "label",
            content=p.label,
            name=p.name,
            trust=trust,
        )
        if p.index is not None:
            self._put(
                f"total:{p.name}",
                row,
                at + 1,
                "label",
                name=p.name,
                content=b.see(f"{stage}_separate"),
            )
        elif self.shift:
            self._copy(row, at + 1, f"value:{p.name}", p)
        else:
            self._value(row, at + 1, p)
        self._put(
            f"unit:{p.name}",
            row,
            at + 2,
            "unit",
            content=b.unit(p),
            style="unit",
            name=p.name,
            trust=trust,
        )
        for column, role, span in ((at + 3, "source", 4), (at + 7, "comment", 1)):
            if self.shift:
                self._copy(row, column, f"{role}:{p.name}", p, span)
            else:
                self._put(
                    f"{role}:{p.name}",
                    row,
                    column,
                    role,
                    style="input",
                    name=p.name,
                    is_input=True,
                    rule="text",
                    span=span,
                )
        b.heights[self.sheet, row] = 45 if len(p.label) > 64 else 32

    def _copy(
        self, row: int, column: int, key: str, p: Parameter, span: int = 1
    ) -> None:
        source = self.b.cells[f"mps.{key}"].seen_from(self.sheet)
        self._put(
            key,
            row,
            column,
            "copy",
            style="fixed",
            name=p.name,
            span=span,
            formula=f'IF({source}="","",{source})',
            recipe=("copy", f"mps.{key}"),
        )

    def _heads3(self) -> None:
        text, at = self.b.layout, self.point + 3
        self._put(
            "table3.title",
            self.table3,
            2,
            "heading",
            style="section",
            content=text(f"table3.{self.stage}"),
        )
        self._put(
            "table3.value",
            self.table3 + 1,
            at,
            "heading",
            style="head",
            content=text("table3.value"),
        )
        self._put(
            "table3.units",
            self.table3 + 1,
            at + 1,
            "heading",
            style="head",
            content=text("table3.units"),
        )
        if self.shift:
            self._put(
                "table3.period",
                self.table3 + 1,
                2,
                "heading",
                style="head",
                content=text("table3.period"),
                span=at - 2,
            )
            self._put(
                "period",
                self.result,
                2,
                "period_copy",
                style="symbol",
                span=at - 2,
                formula=self._period_formula(),
                recipe=("period",),
            )
        else:
            self._put(
                "days.label",
                self.result,
                at + 3,
                "note",
                style="plain",
                content=text("table3.days"),
            )
            self.b.put(
                "plan.days",
                self.sheet,
                self.result,
                self.last,
                "days",
                style="number",
                is_input=True,
                rule="number",
            )

    def _period_formula(self) -> str:
        # TEXT() codes follow the computer's language (yyyy is jjjj in German Excel).
        months = ",".join(quoted(month) for month in MONTH_NAMES)
        start, end = "$F$4", "$H$4"
        parts = '&"-"&'.join(
            f'DAY({d})&"/"&CHOOSE(MONTH({d}),{months})&"/"&YEAR({d})'
            for d in (start, end)
        )
        return f'IF(AND(ISNUMBER({start}),ISNUMBER({end})),{parts},"")'

    def result_slot(self) -> None:
        """Put the figure of Table 3, once the calculation sheet stands."""
        b, stage, at = self.b, self.stage, self.point + 3
        text = b.layout
        total = b.cells[f"{stage}.missing"].seen_from(self.sheet)
        value = b.cells[f"{stage}.quantity:{b.m.results.reduction}"].seen_from(
            self.sheet
        )
        one, many = quoted(text("incomplete.one")), quoted(text("incomplete.after"))
        after = f"IF({total}=1,{one},{many})"
        incomplete = f"{quoted(text('incomplete.before'))}&{total}&{after}"
        failed = quoted(text("incomplete.failed"))
        formula = (
            f"IF({total}>0,{incomplete},"
            f"IF(ISNUMBER({value}),ROUNDDOWN({value},0),{failed}))"
        )
        b.put(
            f"{stage}.result",
            self.sheet,
            self.result,
            at,
            "result",
            style="result",
            formula=formula,
            recipe=("result", stage),
        )
        self._put(
            "result.unit",
            self.result,
            at + 1,
            "unit",
            style="unit",
            content=str(b.m.formulas[b.m.results.reduction].unit),
        )
        b.names[f"{stage}_result"] = b.cells[f"{stage}.result"].absolute

    def _legend(self) -> None:
        text, spans = self.b.layout, (1 + self.shift, 5, 4)
        self._put(
            "legend.title",
            self.legend,
            2,
            "heading",
            style="section",
            content=text("options.title"),
        )
        rows = [text("options.headings"), *text("options.rows")]
        self.b.heights[self.sheet, self.legend + 1] = 32
        for i, cells in enumerate(rows):
            column = 2
            for j, (cell, span) in enumerate(zip(cells, spans, strict=True)):
                self._put(
                    f"legend:{i}.{j}",
                    self.legend + 1 + i,
                    column,
                    "heading",
                    content=cell,
                    span=span,
                    style="fixed" if i else "head",
                )
                column += span

    def _option_texts(self) -> None:
        b, row = self.b, self.texts + 2
        parameters = self._with_choice()
        if not parameters:
            return
        self._put(
            "texts.title",
            self.texts,
            2,
            "heading",
            style="section",
            content=b.layout("options.texts"),
        )
        headings = b.layout("table1.mps.headings")
        self.b.line(
            f"{self.stage}.texts.head",
            self.sheet,
            self.texts + 1,
            self.point + 6,
            headings[6:9],
        )
        for p in parameters:
            for block in p.monitoring:
                key = f"{p.name}.{block.option}"
                b.symbol(
                    f"{self.stage}.texts.symbol:{key}",
                    self.sheet,
                    row,
                    self.point + 4,
                    p,
                )
                self._put(
                    f"texts.option:{key}",
                    row,
                    self.point + 5,
                    "label",
                    content=f"Option {block.option}",
                    style="unit",
                    name=p.name,
                )
                for i, role in enumerate(_TEXTS):
                    self._put(
                        f"texts.{role}:{key}",
                        row,
                        self.point + 6 + i,
                        "label",
                        content=getattr(block, role),
                        name=p.name,
                        trust="official" if block.is_official else "paraphrase",
                    )
                b.heights[self.sheet, row] = min(
                    400, max(30, 15 * (len(block.procedure) // 50 + 2))
                )
                row += 1
