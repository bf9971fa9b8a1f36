"""The rules of conditional formatting of a sheet, plain ones and those of `x14`."""

from __future__ import annotations

from collections.abc import Mapping

from jcm_xl.xlsx import limits
from jcm_xl.xlsx.cell_styles import Styles
from jcm_xl.xlsx.looks import LookChange, LookChangeReader
from jcm_xl.xlsx.markup import Part
from jcm_xl.xlsx.sheet_look import Condition

_FALSE = ("0", "false")
_OWN_LOOK = ("dataBar", "iconSet", "colorScale")
_OUTER = ("conditionalFormatting", "sqref", "cfRule")
_COLOURS = frozenset(("color", "fillColor", "negativeFillColor"))


class Conditions:
    """Receives what stands within `conditionalFormatting`."""

    def __init__(self, part: Part, texts: list[str], styles: Styles) -> None:
        """Start without any; `texts` gathers the characters of the part."""
        self.found: list[Condition] = []
        self.is_open = False
        self._part, self._texts, self._styles = part, texts, styles
        self._ranges = ""
        self._rules: list[_Rule] = []
        self._rule: _Rule | None = None

    def start(self, name: str, said: Mapping[str, str]) -> None:
        """Handle a start tag by its local name."""
        if name == "conditionalFormatting":
            self.is_open, self._ranges, self._rules = True, said.get("sqref", ""), []
        elif name == "cfRule":
            self._rule = self._begun(said)
        elif self._rule is not None:
            self._rule.start(name, said)

    def end(self, name: str) -> None:
        """Handle an end tag by its local name."""
        if self._rule is None and name not in _OUTER:
            return
        text = "".join(self._texts).strip()
        self._texts.clear()
        if name == "sqref":
            self._ranges = text
        elif name in ("formula", "f") and self._rule is not None:
            self._rule.formula(text)
        elif name == "cfRule":
            self._rule = None
        elif name == "conditionalFormatting":
            self.is_open = False
            self.found += (
                rule.condition(self._ranges, self._styles) for rule in self._rules
            )
            if len(self.found) > limits.RULES_OF_A_SHEET:
                raise self._part.broken("too-many-conditions", "it has too many rules")

    def _begun(self, said: Mapping[str, str]) -> _Rule | None:
        """Return the rule that begins, None for one that can hide nothing."""
        key = said.get("dxfId", "")
        changes = self._styles.changes
        change = None
        if key.isascii() and key.isdecimal() and len(key) < 7:
            change = changes[int(key)] if int(key) < len(changes) else None
            if change and change.is_harmless and said.get("type") not in _OWN_LOOK:
                return None
        rule = _Rule(said, change)
        self._rules.append(rule)
        return rule


class _Rule:
    """One rule while it is read."""

    def __init__(self, said: Mapping[str, str], change: LookChange | None) -> None:
        self._said, self._change = said, change
        self._formulas: list[str] = []
        self._colours: list[Mapping[str, str]] = []
        self._inner: LookChangeReader | None = None
        self._is_alone = False
        self._is_value = False

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if name == "dxf":
            self._inner = LookChangeReader()
        elif self._inner is not None:
            self._inner.take(name, said)
        elif name in ("dataBar", "iconSet"):
            self._is_alone |= said.get("showValue", "1") in _FALSE
        elif name in _COLOURS:
            self._colours.append(said)
        elif name == "cfvo":
            self._is_value = True
        elif name in ("formula", "f") and not self._is_own_look:
            self._is_value = False

    @property
    def _is_own_look(self) -> bool:
        return self._said.get("type") in _OWN_LOOK

    def formula(self, text: str) -> None:
        if not self._is_value and text:
            self._formulas.append(text)

    def condition(self, ranges: str, styles: Styles) -> Condition:
        said, palette = self._said, styles.palette
        change = self._inner.change(palette) if self._inner else self._change
        priority = said.get("priority", "")
        is_number = priority.isascii() and priority.isdecimal() and len(priority) < 9
        return Condition(
            ranges,
            said.get("type", ""),
            said.get("operator", ""),
            tuple(self._formulas),
            int(priority) if is_number else 0,
            change or LookChange(),
            self._is_alone,
            tuple(palette.colour(colour) for colour in self._colours),
            said.get("text", ""),
        )
