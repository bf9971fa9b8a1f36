"""In which ways people lay out the sheets of a monitoring spreadsheet.

Nothing here comes from our layout: headings, titles and spellings are written down as
people type them, in English, in Japanese and in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SHEETS = {
    "mps": "MPS(input)", "mps_units": "MPS(input_separate)",
    "mps_calc": "MPS(calc_process)", "mss": "MSS",
    "mrs": "MRS(input)", "mrs_units": "MRS(input_separate)",
    "mrs_calc": "MRS(calc_process)",
}  # fmt: skip
SPACED = {
    key: name.replace("(", " (").replace("_", " ") for key, name in SHEETS.items()
}
NUMBERED = {key: f"{n}. {name}" for n, (key, name) in enumerate(SHEETS.items(), 1)}
JAPANESE = {
    "mps": "計画（入力）", "mps_units": "計画（設備別）", "mps_calc": "計画（計算）",
    "mss": "体制", "mrs": "報告（入力）", "mrs_units": "報告（設備別）",
    "mrs_calc": "報告（計算）",
}  # fmt: skip

BANDS = {
    "mps": ("Monitoring Plan Sheet (Input Sheet) "
            "[Attachment to Project Design Document]",
            "モニタリング計画シート（入力シート）"),
    "mps_units": ("Monitoring Plan Sheet (Input Sheet, separate)",
                  "モニタリング計画シート（設備別入力シート）"),
    "mps_calc": ("Monitoring Plan Sheet (Calculation Process Sheet) "
                 "[Attachment to Project Design Document]",
                 "モニタリング計画シート（計算プロセスシート）"),
    "mss": ("Monitoring Structure Sheet [Attachment to Project Design Document]",
            "モニタリング体制シート"),
    "mrs": ("Monitoring Report Sheet (Input Sheet) [For Verification]",
            "モニタリング報告シート（入力シート）"),
    "mrs_units": ("Monitoring Report Sheet (Input Sheet, separate)",
                  "モニタリング報告シート（設備別入力シート）"),
    "mrs_calc": ("Monitoring Report Sheet (Calculation Process Sheet) "
                 "[For Verification]",
                 "モニタリング報告シート（計算プロセスシート）"),
}  # fmt: skip

TITLES = {
    "mps1": ("Table 1: Parameters to be monitored ex post",
             "表1：事後にモニタリングするパラメータ"),
    "mrs1": ("Table 1: Parameters monitored ex post",
             "表1：事後にモニタリングしたパラメータ"),
    "mps2": ("Table 2: Project-specific parameters to be fixed ex ante",
             "表2：事前に固定するプロジェクト固有のパラメータ"),
    "mrs2": ("Table 2: Project-specific parameters fixed ex ante",
             "表2：事前に固定したプロジェクト固有のパラメータ"),
    "mps3": ("Table 3: Ex-ante estimation of CO2 emission reductions",
             "表3：CO2排出削減量の事前推計"),
    "mrs3": ("Table 3: Ex-post calculation of CO2 emission reductions",
             "表3：CO2排出削減量の事後計算"),
}  # fmt: skip

HEADS = {
    "period": ("Monitoring period", "モニタリング期間"),
    "point": ("Monitoring point No.", "モニタリングポイント番号"),
    "symbol": ("Parameters", "パラメータ"),
    "label": ("Description of data", "データの説明"),
    "mps.value": ("Estimated Values", "推定値"),
    "mrs.value": ("Monitored Values", "モニタリング値"),
    "unit": ("Units", "単位"),
    "option": ("Monitoring option", "モニタリングオプション"),
    "source": ("Source of data", "データの出典"),
    "procedure": ("Measurement methods and procedures", "測定方法及び手順"),
    "frequency": ("Monitoring frequency", "モニタリング頻度"),
    "comment": ("Other comments", "その他コメント"),
    "result": ("CO2 emission reductions", "CO2排出削減量"),
    "number": ("No.", "番号"),
    "fuel": ("Fuel type", "燃料種"),
    "figure": ("Value", "値"),
    "parameter": ("Parameter", "パラメータ"),
    "person": ("Responsible personnel", "責任者"),
    "role": ("Role", "役割"),
}  # fmt: skip

BLOCKS = (
    ("1. Calculations for emission reductions", "1. 排出削減量の計算"),
    ("2. Selected default values, etc.", "2. 選択したデフォルト値等"),
    ("3. Calculations for reference emissions", "3. リファレンス排出量の計算"),
    ("4. Calculations of the project emissions", "4. プロジェクト排出量の計算"),
    ("[List of Default Values]", "［デフォルト値一覧］"),
)


@dataclass(frozen=True)
class Habits:
    """How one hand lays out its books.

    names:    of the sheets, by key. words: `en`, `ja` or `both`.
    corner:   how many rows and columns stay free before everything.
    order:    of the three tables, from above.
    letters, titles: whether there are rows `(a) (b)` and titles of tables.
    merged:   `down`: headings over two rows; `across`: over two columns.
    symbols:  `EC_PJ,i,p` as `typed`, `ECPJ,i,p` as `low`, in `two` columns, in `wide`
              signs, or with `blanks`.
    units:    where several units stand: `point` (1)-1, `symbol` EC_PJ,1,p, `sheet` of
              their own, one `column` each on that sheet, or a table `below` Table 2.
    heads:    whether a unit table has symbol and unit in `one` cell or in `two`.
    spelling: of units of measure: `plain`, `dash` (t-CO2/MWh), `low` (tCO₂), `blanks`,
              `wide`, `period` (MWh/period), `bullet`.
    option, period: how they are written.
    constants: a constant of the methodology is `typed` into formulas, printed in
              `block5`, or `asked` in Table 2.
    factors:  read `direct`, by `vlookup`, by `hlookup`, by `names`.
    rounding: `ROUNDDOWN`, `INT`, `TRUNC`, `FLOOR`, `IF` or in the `calc` sheet.
    repeated: Table 2 of the report is a `link` to the plan, `typed` again.
    result:   what is printed above Table 3's figure, if not the usual.
    extra:    `confidential` line, `column` of the reader's own, `remark` in an unused
              unit row, `gaps` between rows, `total` row by SUM, `legend`, `notes`.
    swapped:  the calculation sheet has the symbol before the value.
    classes:  a table by classes is read by `index` and MATCH, by `vlookup`, or is
              `nested` IF over its limits.
    products: a sum of products is one SUMPRODUCT; its rows stand for themselves.
    """

    names: Mapping[str, str] = field(default_factory=lambda: SHEETS)
    words: str = "en"
    corner: tuple[int, int] = (0, 1)
    order: str = "123"
    letters: bool = True
    titles: bool = True
    merged: str = ""
    symbols: str = "typed"
    units: str = "point"
    heads: str = "two"
    spelling: str = "plain"
    option: str = "Option {}"
    period: str = "{0.day}/{0:%b}/{0.year}-{1.day}/{1:%b}/{1.year}"
    constants: str = "typed"
    factors: str = "direct"
    rounding: str = "ROUNDDOWN"
    repeated: str = "link"
    result: str = ""
    extra: frozenset[str] = frozenset()
    swapped: bool = False
    classes: str = "index"
    products: bool = False


_SLASHED = "{0:%Y/%m/%d}～{1:%Y/%m/%d}"
_KANJI = "{0.year}年{0.month}月{0.day}日～{1.year}年{1.month}月{1.day}日"
_WORDS = "from {0.day} {0:%B} {0.year} to {1.day} {1:%B} {1.year}"

HANDS: Mapping[str, Habits] = {
    "as the form": Habits(extra=frozenset({"legend"})),
    "symbol in two columns": Habits(
        symbols="two", merged="across", spelling="low",
        extra=frozenset({"confidential"}),
    ),
    "Japanese throughout": Habits(
        JAPANESE, "ja", letters=False, symbols="wide", spelling="wide",
        option="オプション{}", period=_KANJI,
    ),
    "bilingual": Habits(
        SPACED, "both", symbols="low", option="Option {} / オプション{}",
        extra=frozenset({"legend", "notes"}), period=_SLASHED,
    ),
    "Table 2 first": Habits(order="213", corner=(2, 3), symbols="low", rounding="INT"),
    "Table 3 on top": Habits(order="312", merged="down", rounding="TRUNC",
                             spelling="dash"),
    "no letters, no titles": Habits(letters=False, titles=False, units="symbol",
                                    spelling="blanks"),
    "units on their own sheet": Habits(units="sheet", factors="names",
                                       extra=frozenset({"total"})),
    "units as columns": Habits(units="column", constants="block5", spelling="dash"),
    "units below Table 2": Habits(units="below", heads="one", factors="vlookup"),
    "heading with symbol and unit": Habits(units="sheet", heads="one", symbols="low",
                                           spelling="low", swapped=True),
    "names in formulas": Habits(factors="names", constants="block5", corner=(1, 2)),
    "VLOOKUP over the defaults": Habits(factors="vlookup", constants="block5",
                                        swapped=True, extra=frozenset({"gaps"})),
    "HLOOKUP over the defaults": Habits(factors="hlookup", constants="block5",
                                        rounding="IF"),
    "constants asked in Table 2": Habits(constants="asked", repeated="typed",
                                         symbols="blanks"),
    "a total below the units": Habits(extra=frozenset({"total", "gaps"}),
                                      rounding="FLOOR", period=_WORDS),
    "a remark in an unused row": Habits(units="sheet", extra=frozenset({"remark"}),
                                        repeated="typed"),
    "another gas in Table 3": Habits(
        result="GHG emission reductions (CO2, CH4)", spelling="period",
        rounding="calc",
    ),
    "Table 3 in Japanese and English": Habits(
        result="CO2排出削減量\nCO2 emission reductions", words="both", merged="down",
        letters=False,
    ),
    "columns of a reader": Habits(extra=frozenset({"column", "confidential", "notes"}),
                                  names=NUMBERED, option="{}"),
    "wide and late": Habits(corner=(6, 5), merged="across", symbols="wide",
                            spelling="wide", units="symbol", extra=frozenset({"gaps"})),
    "Japanese with units as columns": Habits(
        SPACED, "ja", units="column", option="オプション{}", period=_SLASHED,
        symbols="low", factors="names",
    ),
    "all three, units below, in both languages": Habits(
        words="both", units="below", order="321", spelling="bullet", merged="down",
        constants="asked", rounding="calc",
    ),
    "typed again": Habits(repeated="typed", constants="asked", units="symbol",
                          symbols="two", period=_WORDS, rounding="IF", swapped=True),
}  # fmt: skip
"""More than twenty hands; none of them has anything of our own layout."""
