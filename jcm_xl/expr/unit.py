"""Units as values: multiplied, divided and compared, never converted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import lru_cache
from types import MappingProxyType

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        group: tuple(words.split())
        for group, words in {
            "Power and electricity": "GW MW kW W VA kVA MVA V kV A ohm Hz",
            "Time": "second minute h day week month season year p",
            "Mass": "mg g kg t kt",
            "Greenhouse gases": """
                tCO2 kgCO2 tCO2e kgCO2e ktCO2 ktCO2e gCO2 gCO2e tCH4 kgCH4 gCH4
                tN2O kgN2O gN2O kgN2O-N kgN tN tC kgC tHFC kgHFC
            """,
            "Length, area, volume": "mm cm m km ha L kL Nm3 Sm3 gal bbl",
            "Heat and fuel": """
                J kJ MJ GJ TJ PJ cal kcal Mcal Gcal BTU MMBTU toe ktoe
            """,
            "Temperature and pressure": "degC K Pa kPa MPa bar",
            "Others": "USRt lm lx mol % ppm rpm",
            "Counted things": """
                unit set lamp vehicle batch cycle head person passenger household piece
            """,
            "Words": "text",
        }.items()
    }
)
"""The units of one word each, by kind; `p` is the period, `text` no number at all."""
ATOMS = frozenset(word for words in GROUPS.values() for word in words)

PRODUCTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **{f"{watt}h": (watt, "h") for watt in ("W", "kW", "MW", "GW", "kVA", "MVA")},
        "m2": ("m", "m"),
        "m3": ("m", "m", "m"),
        "km2": ("km", "km"),
        "tkm": ("t", "km"),
    }
)
"""The units of one word that are a product of others."""


_OTHERWISE: Mapping[str, str] = MappingProxyType(
    {
        "litre": "L", "liter": "L", "kilolitre": "kL", "hour": "h", "hours": "h",
        "hr": "h", "sec": "second", "s": "second", "min": "minute", "yr": "year",
        "°c": "degC", "celsius": "degC", "tonne": "t", "ton": "t", "gram": "g",
        "hectare": "ha", "barrel": "bbl", "gallon": "gal", "percent": "%",
        "tonne-kilometre": "tkm", "kwhr": "kWh", "nm³": "Nm3", "m³": "m3", "m²": "m2",
    }
)  # fmt: skip
"""What people write, in small letters, for a unit that has another name here."""


class UnitError(JcmError):
    """A unit that is not in the table, or is not written as a unit."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of atoms: sorted pairs of atom and exponent, none of them 0.

    ``spelling`` is the author's, for print; units are compared without it.
    """

    exponents: tuple[tuple[str, int], ...] = ()
    spelling: str = field(default="", compare=False)

    @classmethod
    def parse(cls, text: str) -> Unit:
        """Read ``kgCH4/ha/day``; ``1`` and ``-`` are no unit.

        Raises :class:`UnitError` with the nearest known unit.
        """
        if text.strip() in ("1", "-"):
            return NONE
        if "*" in text and "/" in text and text.rindex("*") > text.index("/"):
            raise UnitError(f"{text}: write all of * before the first /.")
        above, *below = text.split("/")
        counts: Counter[str] = Counter()
        for word in [] if above.strip() == "1" else above.split("*"):
            counts.update(_atoms(word.strip(), text))
        for word in below:
            counts.subtract(_atoms(word.strip(), text))
        return cls(cls._of(counts).exponents, text.strip())

    def exponent(self, atom: str) -> int:
        """Return the power of an atom: -1 of ``p`` in ``MWh/p``."""
        return dict(self.exponents).get(atom, 0)

    def __mul__(self, other: Unit) -> Unit:
        """The unit of a product."""
        counts = Counter(dict(self.exponents))
        counts.update(dict(other.exponents))
        return self._of(counts)

    def __truediv__(self, other: Unit) -> Unit:
        """The unit of a quotient."""
        counts = Counter(dict(self.exponents))
        counts.subtract(dict(other.exponents))
        return self._of(counts)

    def power(self, n: int) -> Unit:
        """The unit to a whole power."""
        return self._of({atom: count * n for atom, count in self.exponents})

    def root(self) -> Unit | None:
        """The square root of the unit; None where it has none."""
        if any(count % 2 for _, count in self.exponents):
            return None
        return self._of({atom: count // 2 for atom, count in self.exponents})

    def __str__(self) -> str:
        """As the author wrote it, else the shortest spelling; ``-`` for none."""
        if self.spelling and self.exponents:
            return self.spelling
        return _written(self.exponents)

    @classmethod
    def _of(cls, counts: Mapping[str, int]) -> Unit:
        return cls(tuple(sorted((atom, n) for atom, n in counts.items() if n)))


NONE = Unit()
TEXT = Unit((("text", 1),))


def _atoms(word: str, text: str) -> Iterable[str]:
    if word in PRODUCTS:
        return PRODUCTS[word]
    if word in ATOMS:
        return (word,)
    near = _nearest(word)
    hint = f"the nearest known unit is {near}" if near else "`jcm-xl units` lists them"
    part = "" if word == text.strip() else f" in {text}"
    raise UnitError(f"There is no unit {word or '(nothing)'}{part}; {hint}.")


def _nearest(word: str) -> str | None:
    from difflib import get_close_matches

    known = {unit.lower(): unit for unit in sorted([*ATOMS, *PRODUCTS])}
    known.update(_OTHERWISE)
    near = get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return known[near[0]] if near else None


@lru_cache(maxsize=1024)
def _written(exponents: tuple[tuple[str, int], ...]) -> str:
    above = _spelt({atom: n for atom, n in exponents if n > 0})
    below = _spelt({atom: -n for atom, n in exponents if n < 0})
    if not above and not below:
        return "-"
    return "/".join(["*".join(above) or "1", *below])


def _spelt(counts: dict[str, int]) -> list[str]:
    words: list[str] = []
    for name, parts in sorted(PRODUCTS.items(), key=lambda item: -len(item[1])):
        needed = Counter(parts)
        while all(counts.get(atom, 0) >= n for atom, n in needed.items()):
            words.append(name)
            for atom, n in needed.items():
                counts[atom] -= n
    return sorted([*words, *Counter(counts).elements()])
