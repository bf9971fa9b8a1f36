"""Business as usual, reference, project and credited tonnes, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.examples import example_inputs
from jcm_xl.documents.lines import BLANK, Line, line, number, table
from jcm_xl.engine.net import Direction, Net, directions, safe_direction
from jcm_xl.model.methodology import Conservatism, Methodology, Route

_NOT_SAID = "not known: the definition does not hold it"
UNKNOWN = "unknown"
_SAFE = {
    None: "not computed: no example uses it",
    "lower": "a lower value credits less",
    "higher": "a higher value credits less",
    "either": "which direction credits less depends on the inputs",
    "neither": "it changes nothing in the examples",
}
_WHY = {
    Route.REFERENCE: "Reference emissions are set below business as usual.",
    Route.PROJECT: "Project emissions are calculated with conservative default values.",
    Route.BOTH: "Reference emissions are set below business as usual, and project "
    "emissions are calculated with conservative default values.",
    Route.UNKNOWN: "Why fewer tonnes are credited than are reduced is not known here.",
}


@dataclass(frozen=True, slots=True)
class NetReport:
    """The figures of one stage of a book, or of an example."""

    methodology: Methodology
    of: str
    net: Net
    directions: tuple[Direction, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the figures for JSON."""
        n = self.net
        return {
            "methodology": self.methodology.key, "of": self.of,
            "route": str(self.methodology.net.route), "business_as_usual": n.usual,
            "reference": n.reference, "project": n.project,
            "likely_project": n.likely, "credited": n.credited, "net": n.net,
            "defaults": [
                {"what": d.what, "value": d.value, "safe": d.safe,
                 "change_for_one_per_cent": d.change, "why": reason(d.why)}
                for d in self.directions
            ],
        }  # fmt: skip

    def lines(self) -> Iterator[Line]:
        """Yield the route, the emissions and the direction of each default."""
        m = self.methodology
        yield line(f"{m.key}  {m.title}", "head")
        yield from why_lines(m)
        yield BLANK
        yield line(f"Emissions in tCO2, {self.of}", "head")
        yield from table(("what", "tCO2"), figures(self.net), 2)
        yield BLANK
        yield line("Default values and the direction that credits less", "head")
        rows = [
            (d.what, d.value, d.safe, f"{d.change:+.4g}", reason(d.why))
            for d in self.directions
        ]
        heads = ("value of", "used", "safe", "ER for +1 %", "why it is conservative")
        yield from table(heads, rows, 2)


def why_lines(m: Methodology) -> Iterator[Line]:
    """Yield how the methodology credits less than is reduced, with its grade."""
    yield line(_WHY[m.net.route], "" if m.net.source else "warning", 2)
    if m.net.text:
        yield line(m.net.text, "", 2)
    if m.net.source:
        yield line(f"{m.net.source} ({m.net.evidence})", "dim", 2)


def why(m: Methodology) -> str:
    """Return the same as one text, for section F.1."""
    source = f" [{m.net.source}; {m.net.evidence}]" if m.net.source else ""
    return " ".join(part for part in (_WHY[m.net.route], m.net.text) if part) + source


def reason(why: Conservatism | None) -> str:
    """Return why a default value is conservative; nobody is asked to guess."""
    return UNKNOWN if why is None else str(why)


@lru_cache(maxsize=64)
def _safe(m: Methodology) -> Mapping[tuple[str, int | None], str]:
    """Return in which direction the examples credit less, by default or table row."""
    changes: dict[tuple[str, int | None], list[float]] = {}
    for example in m.examples:
        for d in directions(m, example_inputs(m, example.given)):
            changes.setdefault((d.name, d.row), []).append(d.change)
    return {place: safe_direction(found) for place, found in changes.items()}


def safe_word(m: Methodology, name: str, row: int | None = None) -> str:
    """Return in which direction a default, or a row from 0, credits less."""
    return _SAFE[_safe(m).get((name, row))]


def safe_words(m: Methodology, name: str, row: int | None = None) -> str:
    """Return what `show` says of a default: the direction, and why it is so."""
    at = None if row is None else m.tables[name].rows[row]
    return _words(safe_word(m, name, row), m.conservatism(name, at))


def of_direction(direction: Direction) -> str:
    """Return the same of a default with the inputs of a book."""
    return _words(_SAFE[direction.safe], direction.why)


def _words(safe: str, why: Conservatism | None) -> str:
    return f"{safe}; why it is conservative: {reason(why)}"


def figures(net: Net) -> Iterator[tuple[str, str]]:
    """Yield what is shown of the figures; a gap is a sentence."""
    for what, value in (
        ("business as usual", net.usual),
        ("reference emissions", net.reference),
        ("project emissions, as calculated", net.project),
        ("project emissions, as they likely are", net.likely),
        ("credited (Table 3)", net.credited),
        ("net: reduced and not credited", net.net),
    ):
        yield what, _NOT_SAID if value is None else number(value)
