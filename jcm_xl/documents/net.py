"""Business as usual, reference, project and credited tonnes, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.dataclass import dataclass
from jcm_xl.documents.lines import BLANK, Line, line, number, table
from jcm_xl.engine.net import Direction, Net
from jcm_xl.model.methodology import Methodology, Route

_NOT_SAID = "not known: the definition does not hold it"
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
                 "change_for_one_per_cent": d.change}
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
            (d.what, d.value, d.safe, f"{d.change:+.4g}", reason(m, d.name))
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


def reason(m: Methodology, name: str) -> str:
    """Return why a default value or a table is conservative."""
    item = m.parameters.get(name) or m.tables.get(name)
    return (item.conservative if item else "") or "not said"


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
