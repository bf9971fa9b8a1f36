"""A worksheet whose numbers stand in the file in their shortest form."""

from __future__ import annotations

from typing import Any

from jcm_xl.writing.plain_sheet import PlainSheet


def spelled(number: float) -> str:
    """Return the shortest text that reads as this number: `9.2`, `1E-05`.

    XlsxWriter writes 16 digits, 9.199999999999999 for 9.2. Programs that read decimals
    (Gnumeric, SQL imports) would calculate with another number.
    """
    return repr(float(number)).removesuffix(".0").replace("e", "E")


class ExactWorksheet(PlainSheet):
    """Writes numbers by `spelled`, typed and calculated ones."""

    def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
        attr = "".join(
            f' {key}="{self._escape_attributes(value)}"' for key, value in attributes
        )
        self.fh.write(f"<c{attr}><v>{spelled(number)}</v></c>")

    def _xml_formula_element(
        self, formula: str, result: Any, attributes: Any = ()
    ) -> None:
        is_number = isinstance(result, int | float) and not isinstance(result, bool)
        shown = spelled(result) if is_number else result
        super()._xml_formula_element(formula, shown, list(attributes))
