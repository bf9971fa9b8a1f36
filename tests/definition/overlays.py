"""A definition of which nothing is confirmed, and overlays of it."""

from __future__ import annotations

from pathlib import Path

NAME = "EX_AM902_ver01.0.toml"
OVERLAY = "EX_AM902_ver01.0.overlay.toml"
_SOUND = (Path(__file__).parents[1] / "definitions" / NAME).read_text(encoding="utf-8")
UNCONFIRMED = _SOUND.replace(
    'evidence = "document"', 'evidence = "recollection"'
).replace('"official"', '"paraphrase"')
HEAD = """\
schema = 1
overlay = "EX_AM902@1.0"
confirmed_by = "N. N."
confirmed_on = 2026-11-20
source = { title = "Official document", section = "I" }
"""
CONFIRMED = HEAD + "\n[parameters.EF_elec]\nvalue = 0.5\n"


def unconfirmed(folder: Path) -> Path:
    """Write the definition and return its path."""
    path = folder / NAME
    path.write_text(UNCONFIRMED, encoding="utf-8")
    return path


def overlay(folder: Path, text: str = CONFIRMED) -> Path:
    """Write an overlay of it and return its path."""
    path = folder / OVERLAY
    path.write_text(text, encoding="utf-8")
    return path
