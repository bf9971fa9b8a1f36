"""The identity of a generated book: custom properties that Office keeps."""

from __future__ import annotations

from collections.abc import Mapping

from jcm_xl.dataclass import dataclass
from jcm_xl.plan.plan import Plan
from jcm_xl.version import __version__

_PREFIX = "jcm_xl."
_LONGEST = 255  # what Excel takes as a custom property


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a book says of its own making.

    layout, shape: how its sheets are laid out and built. 0.1.0 wrote no shape: it is 1.
    overlay: digest, day and name of the official figures it was made with, if any.
    copy:    what copy of a submission it is, if any: annotated, repaired.
    live: for which program it was given a sheet Live, if any.
    """

    methodology: str
    version: str
    digest: str
    layout: int
    language: str
    monthly: bool
    rows: Mapping[str, int]
    tool: str
    overlay: str = ""
    meters: bool = False
    copy: str = ""
    live: str = ""
    shape: int = 1

    @property
    def template(self) -> str:
        """Return the version of the template: `1.1`, of layout and shape."""
        return f"{self.layout}.{self.shape}"

    def properties(self) -> dict[str, str]:
        """Return the custom properties, all texts."""
        rows = " ".join(f"{name}={count}" for name, count in self.rows.items())
        return {
            f"{_PREFIX}methodology": self.methodology,
            f"{_PREFIX}version": self.version,
            f"{_PREFIX}definition": self.digest,
            f"{_PREFIX}layout": str(self.layout),
            f"{_PREFIX}shape": str(self.shape),
            f"{_PREFIX}language": self.language,
            f"{_PREFIX}monthly": "yes" if self.monthly else "no",
            f"{_PREFIX}rows": rows,
            f"{_PREFIX}tool": self.tool,
            **({f"{_PREFIX}overlay": self.overlay} if self.overlay else {}),
            **({f"{_PREFIX}meters": "yes"} if self.meters else {}),
            **({f"{_PREFIX}copy": self.copy} if self.copy else {}),
            **({f"{_PREFIX}live": self.live} if self.live else {}),
        }


def stamp_of(plan: Plan) -> Stamp:
    """Return the stamp that a book of this plan carries."""
    m = plan.methodology
    return Stamp(
        m.id, m.version, m.digest, plan.layout.version, plan.messages.language,
        plan.monthly, plan.rows, __version__,
        str(m.overlay)[:_LONGEST] if m.overlay else "",
        plan.meters,
        plan.copy,
        plan.live,
        plan.edition.shape,
    )  # fmt: skip


def read_stamp(properties: Mapping[str, str]) -> Stamp | None:
    """Return the stamp of a book, or `None` where it is lost or damaged."""
    try:
        rows = {
            name: int(count)
            for name, _, count in (
                part.partition("=") for part in properties[f"{_PREFIX}rows"].split()
            )
        }
        return Stamp(
            methodology=properties[f"{_PREFIX}methodology"],
            version=properties[f"{_PREFIX}version"],
            digest=properties[f"{_PREFIX}definition"],
            layout=int(properties[f"{_PREFIX}layout"]),
            language=properties[f"{_PREFIX}language"],
            monthly=properties[f"{_PREFIX}monthly"] == "yes",
            rows=rows,
            tool=properties[f"{_PREFIX}tool"],
            overlay=properties.get(f"{_PREFIX}overlay", ""),
            meters=properties.get(f"{_PREFIX}meters") == "yes",
            copy=properties.get(f"{_PREFIX}copy", ""),
            live=properties.get(f"{_PREFIX}live", ""),
            shape=int(properties.get(f"{_PREFIX}shape", "1")),
        )
    except (KeyError, ValueError):
        return None
